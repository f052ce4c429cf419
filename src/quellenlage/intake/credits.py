"""Whom an article credits as its makers: agencies in datelines, credit lines and fields for authors."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from quellenlage.intake.knowledge import load

_LONGEST_LINE = 120
LONGEST_DATELINE = 300
"""Characters of a line in which a dateline stands."""
_FIRST_LINES, _LAST_LINES = 6, 6
_MADE_WITH = r"(?:mit (?:material|informationen|agenturmaterial|inhalten) (?:von|der|des)|quellen?|agenturen|agentur)"


def credits_of(text: str, authors: Iterable[str] = ()) -> tuple[str, ...]:
    """The agencies of `data/agencies.yaml` that a text or its authors name as makers, as written there, each once.

    In a text these are the agencies of a dateline ("Kiew (dpa) – ") and of a line that holds nothing but short names
    and agencies ("/jkl/dpa", "(dpa/AFP)", "Mit Material von dpa und Reuters").
    """
    found: dict[str, str] = {}
    for words in (*_credit_words(text), *authors):
        for agency in _agency().findall(words):
            found.setdefault(agency.casefold(), agency)
    return tuple(found.values())


def agency_pattern() -> str:
    """A regular expression for one agency of the list, longest first."""
    return "|".join(map(re.escape, sorted(load("agencies")["agencies"], key=len, reverse=True)))


def _credit_words(text: str) -> Iterable[str]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for line in lines[:_FIRST_LINES]:
        if dateline := _dateline_agencies().match(line, 0, LONGEST_DATELINE):
            yield dateline[1]
    for line in dict.fromkeys([*lines[:_FIRST_LINES], *lines[-_LAST_LINES:]]):
        if len(line) <= _LONGEST_LINE and _credit_line().fullmatch(line):
            yield line
        elif closing := _closing().search(line):
            yield closing[1]


@cache
def _agency() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{agency_pattern()})(?![\w-])")


@cache
def _dateline_agencies() -> re.Pattern[str]:
    return re.compile(rf"[^().!?]{{0,60}}\(((?:[\w.-]+/)*(?:{agency_pattern()})(?:/[\w.-]+)*)\)")


@cache
def _closing() -> re.Pattern[str]:
    """Behind the last sentence of a paragraph: "… sagte er. (dpa/AFP)", "… sagte er. dpa/jkl"."""
    return re.compile(rf"[.!?“\"] ?\(?((?:\w{{2,4}}/){{0,3}}(?:{agency_pattern()})(?:/\w{{2,4}}){{0,3}})\)?\.?$")


@cache
def _credit_line() -> re.Pattern[str]:
    name = rf"(?:{agency_pattern()}|[\w.]{{1,12}})"
    joined = rf"{name}(?: ?[/,|;+&] ?{name}| und {name}){{0,6}}"
    return re.compile(rf"[(\[/|–—-]*\s*(?:{_MADE_WITH}\s*:?\s*)?{joined}[)\].]*", re.I)
