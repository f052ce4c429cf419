"""The spans of the baseline: what the lists of `names` know is marked, longest names first.

It marks no places and no returns: of them there is no list.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from benchmarks.held_back import PUBLISHED
from quellenlage.domain import Span
from quellenlage.domain import SpanType as Type
from quellenlage.names import dates, hedges, items, money, quantities, weapons
from quellenlage.names.actors import ActorKind
from quellenlage.names.cue_words import Manner, manner
from quellenlage.names.kind_words import Head, Sort, kind_words
from quellenlage.names.knowledge import fold
from quellenlage.names.known_actors import Known, known_actors
from quellenlage.names.text import folded_words, stem, to_ascii
from quellenlage.names.time_words import UNIT, YEAR, time_words
from quellenlage.names.transfer_words import Perspective, perspective

WORD = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+(?:[-–‑'’][^\W_]+)*|[€$£]")
SENTENCE_END = re.compile(r"\n|(?<!\b\d)(?<!\b\d\d)[.!?:][\"”“«»)]*\s+[\"„“»(]*(?=[A-ZÄÖÜ\d])")
CLAUSE_END = re.compile(r"[,;:–()]")
QUOTES = ('"', "„", "“", "”", "«", "»")
ARTICLES = frozenset({"der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "einem", "einer"})
BEFORE_A_TIME = ARTICLES | {
    *("im", "in", "am", "an", "seit", "ab", "bis", "zum", "zur", "vor", "nach", "noch", "schon", "bereits", "von"),
    *("anfang", "mitte", "ende"),
}
UNIT_OF_TIME = re.compile(UNIT)
WORDS = Path(__file__).with_name("common_words.yaml")


@dataclass(frozen=True, slots=True)
class Word:
    """A word as printed and folded to ASCII, with the numbers of its sentence and of its clause."""

    text: str
    folded: str
    start: int
    end: int
    sentence: int
    clause: int
    capital: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked span, and its words from number `at` up to `end`; `word` is the first of them."""

    span: Span
    at: int
    end: int
    word: Word


Words = Sequence[Word]


def words_of(text: str) -> list[Word]:
    """The words of a text; a new sentence begins a new clause as well."""
    words: list[Word] = []
    sentence = clause = end = 0
    for match in WORD.finditer(text):
        ends = bool(SENTENCE_END.search(text, end, match.start() + 1))
        sentence += ends
        clause += ends or bool(CLAUSE_END.search(text, end, match.start()))
        word, end = match.group(), match.end()
        words.append(Word(word, to_ascii(word), match.start(), end, sentence, clause, not word[0].islower()))
    return words


def marked(words: Words, text: str) -> Iterator[Mark]:
    """What the lists know, from left to right; where several know a word, the first of `FINDERS` has it."""
    at = free = 0
    while at < len(words):
        type, count = next(((type, n) for type, find in FINDERS if (n := find(words, at))), (None, 1))
        if type:
            start, end = words[at].start, words[at + count - 1].end
            # The names of outlets are marked with their quotation marks.
            if type is Type.ACTOR and start > free and text[start - 1] in QUOTES and text.startswith(QUOTES, end):
                start, end = start - 1, end + 1
            free = end
            yield Mark(Span.of(text, start, end, type), at, at + count, words[at])
        at += count


def kept(marks: Sequence[Mark]) -> list[Mark]:
    """Marks without verbs that govern a transfer noun or tell of no item, and without hedges that weaken nothing."""
    nouns = {m.word.clause for m in marks if m.span.type is Type.TRIGGER and m.word.capital}
    goods = {m.word.sentence for m in marks if m.span.type in (Type.ITEM, Type.QUANTITY)}
    verbs = [m for m in marks if m.span.type is Type.TRIGGER and not m.word.capital]
    dropped = {m.at for m in verbs if m.word.clause in nouns or m.word.sentence not in goods}
    transfers = {m.word.sentence for m in marks if m.span.type is Type.TRIGGER and m.at not in dropped}
    dropped |= {m.at for m in marks if m.span.type is Type.HEDGE and m.word.sentence not in transfers}
    return [m for m in marks if m.at not in dropped]


def _amount(words: Words, at: int) -> int:
    return _longest(words, at, 7, lambda run: _is_currency(run[-1].text) and _is_number(run[:-1]))


def _quantity(words: Words, at: int) -> int:
    measured = _longest(words, at, 7, lambda run: _is_measure(run[-1].text) and _is_number(run[:-1]))
    count = measured or _longest(words, at, 6, _is_number)
    lone_article = count == 1 and words[at].folded in ARTICLES
    before_item = count and not lone_article and any(_item(words, at + count + n) for n in (0, 1))
    return count if measured or before_item else 0


def _time(words: Words, at: int) -> int:
    begins = _listed(words, at, Type.TIME) and words[at].folded not in ARTICLES
    return _longest(words, at, 6, _is_time) if begins else 0


def _known_actor(words: Words, at: int) -> int:
    count = _longest(words, at, known_actors().longest, lambda run: _known(run) is not None)
    found = _known(words[at : at + count])
    if not found:
        return 0
    if found.actor.kind is ActorKind.STATE and (kind := _kind_of_actor(words, at + count)):
        return count + kind
    adjective = found.small and found.actor.kind is ActorKind.STATE
    return 0 if adjective and not (_item(words, at + count) or _trigger(words, at + count)) else count


def _kind_of_actor(words: Words, at: int) -> int:
    head = head_of(words[at].text) if _listed(words, at, Type.ACTOR) and words[at].capital else None
    if head is None:
        return 0
    named = head.sort in (Sort.OFFICE, Sort.TITLE, Sort.PERSONS)
    return 1 + (_longest(words, at + 1, 3, lambda run: all(map(_is_name, run))) if named else 0)


def _trigger(words: Words, at: int) -> int:
    return int(_listed(words, at, Type.TRIGGER) and perspective(words[at].text) is not Perspective.UNKNOWN)


def _item(words: Words, at: int) -> int:
    model = _longest(words, at, 4, _is_model)
    if model or not (_listed(words, at, Type.ITEM) and words[at].capital and _is_item(words[at].text)):
        return model
    if _trigger(words, at):
        return 0
    link = 2 if [word.folded for word in words[at + 1 : at + 3]] == ["vom", "typ"] else 0
    model = _longest(words, at + 1 + link, 4, _is_model)
    return 1 + (link + model if model else 0)


def _hedge(words: Words, at: int) -> int:
    return int(_listed(words, at, Type.HEDGE) and hedges.is_hedge(words[at].text))


def _cue(words: Words, at: int) -> int:
    phrase = _longest(words, at, 4, lambda run: " ".join(w.folded for w in run) in common_words()["cue_phrases"])
    return phrase or int(_listed(words, at, Type.CUE) and manner(words[at].text) is not Manner.UNKNOWN)


FINDERS: tuple[tuple[Type, Callable[[Words, int], int]], ...] = (
    (Type.AMOUNT, _amount),
    (Type.QUANTITY, _quantity),
    (Type.TIME, _time),
    (Type.ACTOR, _known_actor),
    (Type.TRIGGER, _trigger),
    (Type.ITEM, _item),
    (Type.ACTOR, _kind_of_actor),
    (Type.HEDGE, _hedge),
    (Type.CUE, _cue),
)
"""For each type of span, how many words from a place on make one."""


def _longest(words: Words, at: int, most: int, fits: Callable[[Words], bool]) -> int:
    """How many words from `at` on, in one clause and at most so many, fit together."""
    runs = (words[at : at + n] for n in range(min(most, len(words) - at), 0, -1))
    return next((len(run) for run in runs if run[0].clause == run[-1].clause and fits(run)), 0)


def _listed(words: Words, at: int, type: Type) -> bool:
    return at < len(words) and words[at].folded not in _passed_over(type)


def said(run: Words) -> str:
    """The words of a run as one text."""
    return " ".join(word.text for word in run)


def _known(run: Words) -> Known | None:
    # "In der" is not "Inder".
    parts = folded_words(said(run)) if run and run[-1].folded not in ARTICLES else []
    found = known_actors().find(parts, list(map(stem, parts))) if parts else None
    return found if found and found.may_be(said(run)) else None


def _is_name(word: Word) -> bool:
    known = _known((word,))
    listed = _is_item(word.text) or head_of(word.text) or perspective(word.text) is not Perspective.UNKNOWN
    return word.capital and not listed and (known is None or known.actor.kind is ActorKind.PERSON)


def _is_number(run: Words) -> bool:
    if not run or run[0].folded in ("und", "oder") or quantities.read_amount(run[-1].text) is None:
        return False
    amount = quantities.read_amount(said(run))
    return amount is not None and not amount.rest


def _is_time(run: Words) -> bool:
    told = [word.text for word in run if word.folded not in BEFORE_A_TIME]
    lone_unit = len(told) == 1 and UNIT_OF_TIME.fullmatch(fold(told[0]))
    if not told or lone_unit or run[-1].text != told[-1] or not all(map(_tells_time, told)):
        return False
    return not all(map(_is_small_number, told)) and dates.parse(said(run), PUBLISHED) is not None


@cache
def _tells_time(word: str) -> bool:
    folded = fold(word)
    listed = UNIT_OF_TIME.fullmatch(folded) or folded.startswith(tuple(time_words().which))
    return bool(listed) or _is_small_number(word) or dates.parse(word, PUBLISHED) is not None


def _is_small_number(word: str) -> bool:
    return quantities.read_amount(word) is not None and not re.fullmatch(YEAR, word)


@cache
def _is_item(word: str) -> bool:
    found = items.identify(word)
    return bool(found.classes) or found.generic


def _is_model(run: Words) -> bool:
    models = [weapons.find(fold(said(part))) for part in (run, run[1:], run[:-1])]
    return all(word.capital for word in run) and bool(models[0]) and models[0] not in models[1:]


@cache
def head_of(words: str) -> Head | None:
    """The noun of a kind that the last of these words is or ends with."""
    parts = folded_words(words)
    found = kind_words().head_of(parts[-1]) if parts else None
    return found[0] if found else None


@cache
def _is_currency(word: str) -> bool:
    found = money.parse(f"2 {word}")
    return found is not None and found.currency is not None


@cache
def _is_measure(word: str) -> bool:
    # In small letters only listed measures are read as units, no other nouns.
    found = quantities.parse(f"2 {word.lower()}")
    return found is not None and found.unit is not None


@cache
def _passed_over(type: Type) -> frozenset[str]:
    return frozenset(common_words()["passed_over"][type.value].split(", "))


@cache
def common_words() -> dict[str, Any]:
    """The list `common_words.yaml`."""
    content: dict[str, Any] = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    return content
