"""The sentences of an article in which the words for a field of a claim stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from quellenlage.domain import Evidence
from quellenlage.names.sentences import sentence_around

LONGEST = 400
"""How many characters are quoted at most."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A stretch of a text, and where in it the words stand that it is quoted for; `start` is its place in the text."""

    text: str
    marks: tuple[tuple[int, int], ...]
    start: int


def quote_of(text: str, evidence: Iterable[Evidence]) -> Quote | None:
    """The sentence that holds most of some evidence, the first of several, with all of it that stands there marked."""
    entries = sorted({(entry.start, entry.end) for entry in evidence})
    if not entries:
        return None
    sentences = dict.fromkeys(sentence_around(text, first, last) for first, last in entries)
    start, end = max(sentences, key=lambda around: sum(around[0] <= a and b <= around[1] for a, b in entries))
    first, last = next((a, b) for a, b in entries if start <= a and b <= end)
    if end - start > LONGEST:
        start = max(start, first - LONGEST // 3)
        end = min(end, max(last, start + LONGEST))
    quoted = text[start:end].rstrip()
    marks = tuple((a - start, b - start) for a, b in entries if start <= a and b <= start + len(quoted))
    return Quote(quoted, marks, start)
