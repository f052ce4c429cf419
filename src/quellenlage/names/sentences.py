"""Where the sentences of a German text end."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache

from quellenlage.names.knowledge import load

# Of a row of marks all are gone over once: there may be hundreds of thousands.
_MARK = re.compile(r"(?<![.!?…])[.!?…]++[\"“”»«'’)\]]*+\s++(?=[\"„“»«‚(\[]*[A-ZÄÖÜ0-9])|\n+")
_LAST_WORD = re.compile(r"[^\W_]+\Z")
_LONGEST_ORDINAL = 2


def sentence_starts(text: str) -> list[int]:
    """Where each sentence of a text begins, in order; the first begins at 0.

    A line is a sentence of its own, as headlines are. A full stop behind an abbreviation, a single letter or a number
    of one or two digits ("am 3. August") ends nothing.
    """
    return [0, *(match.end() for match in _MARK.finditer(text) if not _goes_on(text, match))]


def sentence_numbers(text: str, places: Sequence[int]) -> tuple[int, ...]:
    """For each place in a text the number of the sentence in which it stands, counted from 0."""
    starts = sentence_starts(text)
    return tuple(bisect_right(starts, place) - 1 for place in places)


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentences that hold the characters from `start` to `end` begin and end."""
    starts = sentence_starts(text)
    first = bisect_right(starts, start) - 1
    after = bisect_right(starts, max(start, end - 1))
    return starts[first], starts[after] if after < len(starts) else len(text)


def _goes_on(text: str, mark: re.Match[str]) -> bool:
    if not mark.group().startswith(".") or mark.group().startswith(".."):
        return False
    before = _LAST_WORD.search(text, max(0, mark.start() - 20), mark.start())
    if before is None:
        return False
    word = before.group()
    return len(word) == 1 or word in _abbreviations() or (word.isdigit() and len(word) <= _LONGEST_ORDINAL)


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(load("abbreviations")["abbreviations"])
