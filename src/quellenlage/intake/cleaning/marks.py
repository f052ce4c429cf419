"""Stretches of a text that are kept but say nothing of what it tells: datelines and people's ages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from quellenlage.domain import Mark, MarkKind
from quellenlage.intake.credits import LONGEST_DATELINE, agency_pattern

_FIRST_LINES = 8
# "Putin (70)", "Kim Jong-un (39, Nordkorea)": a number beside a name; years of four digits are dates.
_AGE = re.compile(r"(?<=[a-zäöüß] )\([1-9]\d{1,2}(?=\)|, )")
_LARGEST_AGE = 115
_NAME = r"[A-ZÄÖÜ][\w.’'-]+(?: (?:[A-ZÄÖÜ]|am |an der |de |el |al-)[\w.’'-]*){0,3}"
_PLACES = rf"{_NAME}(?: ?/ ?{_NAME}){{0,3}}"
_DATE = r"(?:, (?:den )?\d{1,2}\. ?(?:\d{1,2}\.|[A-ZÄ][a-zäé]+\.?)(?: ?\d{4})?)"
_DASH = r"(?: ?[–—-]{1,2} )"


def marks_of(text: str) -> tuple[Mark, ...]:
    """The datelines of a text's first lines, and the ages behind names, in the order of the text.

    A dateline is the place at the beginning of a paragraph with an agency ("Kiew (dpa) – "), a date ("Bern, 3. Mai – ")
    or in capitals ("KIEW/BERLIN. "). An age is a number from 10 to 115 in parentheses behind a name.
    """
    return tuple(sorted([*_datelines(text), *_ages(text)]))


def _datelines(text: str) -> Iterator[Mark]:
    start = seen = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            seen += 1
            if seen > _FIRST_LINES:
                return
            if match := _dateline().match(line, 0, LONGEST_DATELINE):
                yield Mark(start + match.start(1), start + match.end(1), MarkKind.DATELINE)
        start += len(line)


def _ages(text: str) -> Iterator[Mark]:
    for match in _AGE.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        if int(digits) <= _LARGEST_AGE:
            yield Mark(match.start() + 1, match.start() + 1 + len(digits), MarkKind.AGE)


@cache
def _dateline() -> re.Pattern[str]:
    agency = rf"(?:[\w.-]{{2,12}}/)*(?:{agency_pattern()})(?:/[\w.-]{{2,12}})*"
    credited = rf"{_PLACES}{_DATE}? ?\({agency}\)(?:{_DASH}|[.:] ?| )"
    dated = rf"{_PLACES}{_DATE}(?: ?\([^)]{{2,20}}\))?{_DASH}"
    capitals = rf"[A-ZÄÖÜ]{{3,}}(?:[ /-]{{1,3}}[A-ZÄÖÜ]{{3,}}){{0,4}}{_DATE}?(?:\. |{_DASH})"
    return re.compile(rf"\s*({credited}|{dated}|{capitals}|\({agency}\) ?)(?=\S)")
