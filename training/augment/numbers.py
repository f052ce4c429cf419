"""Numbers of quantities and amounts, in digits and in words, for others that are as long and as round."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from random import Random

from quellenlage.domain import SpanType
from quellenlage.names.knowledge import load
from training.augment.edits import Edit, Exchange, Place
from training.augment.grammar import capitalised, grammar
from training.augment.scene import Scene, by_words

_COUNTED = frozenset({SpanType.QUANTITY, SpanType.AMOUNT})
_ANY_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_DIGITS = re.compile(r"(?<![\w.,/–-])\d+(?:[.,]\d+)*(?![\w/–-]|[.,]\d)")
_TRIES = 20


def number_exchanges(scene: Scene, chance: Random, share: float) -> Iterator[Exchange]:
    """About `share` of the numbers in digits; those that also stand elsewhere, or in words, stay."""
    in_words = {scene.text[start:end].lower() for start, end in _counts(scene, _number_word())}
    everywhere = _ANY_DIGITS.findall(scene.text)
    gone = set(everywhere)
    for old, places in by_words(scene.text, _counts(scene, _DIGITS)).items():
        is_elsewhere = len(old) > 1 and everywhere.count(old) > len(places)
        is_one = old in ("0", "1")
        if is_elsewhere or is_one or _word_of(old) in in_words or chance.random() >= share:
            continue
        new = next((n for n in (_other_digits(old, chance) for _ in range(_TRIES)) if n not in gone), None)
        if new:
            gone.add(new)
            yield Exchange.at(places, "number", old, new)


def number_word_exchanges(scene: Scene, chance: Random, share: float) -> Iterator[Exchange]:
    """About `share` of the numbers in words, from two to twelve; those that also stand in digits stay."""
    places: dict[str, list[Place]] = {}
    for start, end in _counts(scene, _number_word()):
        places.setdefault(scene.text[start:end].lower(), []).append((start, end))
    in_digits = {scene.text[start:end] for start, end in _counts(scene, _DIGITS)}
    gone = set(places)
    for old, found in places.items():
        others = [word for word in _words_to_twelve().values() if word not in gone]
        if not others or str(_value_of(old)) in in_digits or chance.random() >= share:
            continue
        new = chance.choice(others)
        gone.add(new)
        edits = (Edit(start, end, capitalised(new) if scene.text[start].isupper() else new) for start, end in found)
        yield Exchange("number word", old, new, tuple(edits))


def _counts(scene: Scene, number: re.Pattern[str]) -> list[Place]:
    """Where the numbers of a sort stand that are alone in a quantity or an amount."""
    found = []
    for span in scene.spans:
        numbers = [*_ANY_DIGITS.findall(span.text), *_number_word().findall(span.text)]
        if span.type in _COUNTED and len(numbers) == 1:
            matches = (match.span() for match in number.finditer(scene.text, span.start))
            found += [(start, end) for start, end in matches if end <= span.end]
    return [(start, end) for start, end in found if not _fraction().match(scene.text, end)]


def _other_digits(digits: str, chance: Random) -> str:
    """A number as round, as long and of the same style; nothing becomes one, which would want another noun."""
    lowest = 2 if len(digits) == 1 else 1
    return "".join(str(chance.randint(lowest, 9)) if c in "123456789" else c for c in digits)


@cache
def _words_to_twelve() -> Mapping[int, str]:
    words: dict[int, str] = {}
    for word, value in load("numbers")["units"].items():
        if 2 <= value <= 12:
            words.setdefault(value, word)
    return words


def _value_of(word: str) -> int:
    return next(value for value, listed in _words_to_twelve().items() if listed == word)


def _word_of(digits: str) -> str | None:
    return _words_to_twelve().get(int(digits)) if digits.isdigit() else None


@cache
def _number_word() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{'|'.join(_words_to_twelve().values())})(?![\w-])", re.IGNORECASE)


@cache
def _fraction() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{'|'.join(grammar()['fractions'])})\b")
