"""Who held which office when: "der französische Präsident" in an article of 2019 is Emmanuel Macron.

The terms are in `data/offices.yaml`, which names its sources.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from quellenlage.names.knowledge import load

THROUGHOUT = date(2014, 12, 31)
"""Without a date an office is only that of somebody who has held it from this day at the latest until now."""


class Office(StrEnum):
    """The offices of which the holders are known."""

    LEADER = "leader"
    HEAD = "head"
    GOVERNMENT = "government"
    FOREIGN = "foreign"
    DEFENCE = "defence"


@dataclass(frozen=True, slots=True)
class Term:
    """Somebody's time in office, from the first to the last day; `end` is None while it lasts."""

    name: str
    begin: date
    end: date | None


def holder(state: str, office: Office, day: date | None) -> str | None:
    """The name of whoever held an office of a state (ISO 3166-1 alpha-2) on a day; None where that is not sure.

    Where nobody stands above the head of state, the head is the leader.
    """
    terms = offices().get((state, office), ())
    if not terms and office is Office.LEADER:
        return holder(state, Office.HEAD, day)
    if day is None:
        names = {term.name for term in terms if term.begin <= THROUGHOUT and term.end is None}
    else:
        names = {term.name for term in terms if term.begin <= day and (term.end is None or day <= term.end)}
    return names.pop() if len(names) == 1 else None


def holders() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every holder of an office, as (state, names): the usual name, and other spellings of it in full."""
    for state, of_state in load("offices").items():
        for persons in of_state.values():
            for names, _ in _persons(persons):
                yield state, (names[0], *(name for name in names[1:] if " " in name))


@cache
def offices() -> Mapping[tuple[str, Office], tuple[Term, ...]]:
    """All terms of the packaged list, by state and office."""
    return {
        (state, Office(office)): tuple(_term(names[0], term) for names, terms in _persons(persons) for term in terms)
        for state, of_state in load("offices").items()
        for office, persons in of_state.items()
    }


def _persons(lines: str) -> Iterator[tuple[list[str], list[str]]]:
    """The names and the terms of each line."""
    for line in lines.splitlines():
        names, _, terms = line.partition("; ")
        yield names.split(", "), terms.split(", ")


def _term(name: str, written: str) -> Term:
    begin, _, end = written.partition("/")
    return Term(name, _day(begin, last=False), None if end == ".." else _day(end, last=True))


def _day(written: str, last: bool) -> date:
    """The first or the last day of a year, a month or a day in ISO 8601."""
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}", written):
        raise ValueError(f"offices.yaml: {written!r} is no date; write it as 2019, 2019-05 or 2019-05-20")
    year, month, day = (*map(int, written.split("-")), 0, 0)[:3]
    month = month or (12 if last else 1)
    return date(year, month, day or (monthrange(year, month)[1] if last else 1))
