"""Months, weekdays and recent years for others of their sort."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from random import Random

from quellenlage.domain import SpanType
from quellenlage.names.knowledge import load
from training.augment.edits import Exchange, Place
from training.augment.grammar import grammar
from training.augment.scene import Scene, by_words

_DAYS_OF_SHORT_MONTHS = {2: 28, 4: 30, 6: 30, 9: 30, 11: 30}
_DAY_BEFORE = re.compile(r"(\d+)\.\s*\Z")
_LONGEST_ABBREVIATION = 4
_YEARS = range(2019, 2027)
_ANY_YEAR = re.compile("|".join(map(str, _YEARS)))
_YEAR = re.compile(rf"(?<![\w/–-])(?<!\D[.,])(?:{_ANY_YEAR.pattern})(?![\w/–-]|[.,]\d)")


def month_exchanges(scene: Scene, chance: Random, share: float) -> Iterator[Exchange]:
    """About `share` of the months, each for one that has the days which are named with it."""

    def suits(index: int, places: list[Place]) -> bool:
        days = [_DAY_BEFORE.search(scene.text[:start]) for start, _ in places]
        return all(int(day.group(1)) <= _DAYS_OF_SHORT_MONTHS.get(index + 1, 31) for day in days if day)

    return _name_exchanges(scene, chance, share, "month", suits)


def weekday_exchanges(scene: Scene, chance: Random, share: float) -> Iterator[Exchange]:
    """About `share` of the weekdays, also where a part of the day is written on to them."""
    return _name_exchanges(scene, chance, share, "weekday", lambda index, places: True)


def year_exchanges(scene: Scene, chance: Random, share: float) -> Iterator[Exchange]:
    """The recent years of the article, all or none, in their order."""
    found = by_words(scene.text, [match.span() for match in _YEAR.finditer(scene.text)])
    every = _ANY_YEAR.findall(scene.text)
    places = {
        year: where
        for year, where in found.items()
        if every.count(year) == len(where) and all(_is_apart(scene, *place) for place in where)
    }
    if not places or len(places) != len(set(every)) or chance.random() >= share:
        return
    old = sorted(places)
    for year, new in zip(old, sorted(chance.sample(_YEARS, len(old))), strict=True):
        if year != str(new):
            yield Exchange.at(places[year], "year", year, str(new))


def _name_exchanges(
    scene: Scene, chance: Random, share: float, kind: str, suits: Callable[[int, list[Place]], bool]
) -> Iterator[Exchange]:
    """About `share` of the months or weekdays, each for one that `suits`, by its index, its places."""
    names: list[list[str]] = load("dates")[f"{kind}s"]
    present = [n for n, words in enumerate(names) if re.search(rf"\b(?:{'|'.join(words)})", scene.text)]
    gone = set(present)
    for old in present:
        places = _name_places(scene, names[old], kind == "weekday")
        if not places or chance.random() >= share:
            continue
        others = [n for n in range(len(names)) if n not in gone and suits(n, places)]
        if others:
            new = chance.choice(others)
            gone.add(new)
            yield Exchange.at(places, kind, names[old][0], names[new][0])


def _name_places(scene: Scene, names: Sequence[str], with_day_part: bool) -> list[Place]:
    """Where a month or weekday stands; nowhere if it also stands in another word, an abbreviation or a name."""
    part = rf"(?={'|'.join(grammar()['day_parts'])})" if with_day_part else r"(?!)"
    long = [names[0], *(n for n in names[1:] if len(n) > _LONGEST_ABBREVIATION)]
    short = [n for n in names[1:] if len(n) <= _LONGEST_ABBREVIATION]
    whole = re.compile(rf"(?<![\w-])(?:{'|'.join(long)})(?:(?![\w-])|{part})")
    any_form = re.compile(rf"\b(?:{'|'.join(long)})" + (rf"|\b(?:{'|'.join(short)})\b" if short else ""))
    places = [match.span() for match in whole.finditer(scene.text)]
    if len(places) != len(any_form.findall(scene.text)):
        return []
    in_name = any(n.start < end and start < n.end for start, end in places for n in scene.named)
    return [] if in_name or any(not _is_apart(scene, *place) for place in places) else places


def _is_apart(scene: Scene, start: int, end: int) -> bool:
    """Whether a time stands in a time, or in nothing that may mean something else by it."""
    return all(s.start <= start and end <= s.end and s.type is SpanType.TIME for s in scene.spans_at(start, end))
