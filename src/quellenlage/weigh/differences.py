"""In what two texts differ, word by word, in rows that can stand side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

MOST_WORDS = 4_000
"""Texts of more words are compared line by line."""
_WORD = re.compile(r"\s*\S+[^\S\n]*\n*|\s+")
_LINE = re.compile(r"[^\n]*\n+|[^\n]+")


class Kind(StrEnum):
    """What became of some words on the way from the one text to the other."""

    SAME = "same"
    LEFT_OUT = "left_out"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that are in both texts, or in the first or the second only."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph of the first text, and what the second has in its place; either may be empty."""

    one: tuple[Piece, ...]
    other: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Differences:
    """Two texts side by side; how many of their words they share, and how many only one of them has."""

    rows: tuple[Row, ...]
    same: int
    left_out: int
    added: int


def differences(one: str, other: str) -> Differences:
    """What the second text leaves out of the first and adds to it, by the longest words in a row that both have.

    The pieces of either side, joined, are its text (Ratcliff & Metzener 1988, as difflib does it).
    """
    pattern = _LINE if max(len(one.split()), len(other.split())) > MOST_WORDS else _WORD
    mine, theirs = (list[str](pattern.findall(text)) for text in (one, other))
    keys, other_keys = ([word.strip() for word in words] for words in (mine, theirs))
    counts = dict.fromkeys(Kind, 0)
    rows, left, right = [], list[Piece](), list[Piece]()
    for tag, a, b, c, d in SequenceMatcher(None, keys, other_keys, autojunk=False).get_opcodes():
        if tag != "equal":
            left += _piece(Kind.LEFT_OUT, mine[a:b])
            right += _piece(Kind.ADDED, theirs[c:d])
            counts[Kind.LEFT_OUT] += _words(mine[a:b])
            counts[Kind.ADDED] += _words(theirs[c:d])
            continue
        counts[Kind.SAME] += _words(mine[a:b])
        for start, end in _paragraphs(mine[a:b]):
            left += _piece(Kind.SAME, mine[a + start : a + end])
            right += _piece(Kind.SAME, theirs[c + start : c + end])
            if mine[a + end - 1].endswith("\n"):
                rows.append(Row(tuple(left), tuple(right)))
                left, right = [], []
    if left or right:
        rows.append(Row(tuple(left), tuple(right)))
    return Differences(tuple(rows), counts[Kind.SAME], counts[Kind.LEFT_OUT], counts[Kind.ADDED])


def _paragraphs(mine: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Stretches of shared words that end where a paragraph of the first text does."""
    start = 0
    for place in range(1, len(mine) + 1):
        if mine[place - 1].endswith("\n") or place == len(mine):
            yield start, place
            start = place


def _piece(kind: Kind, words: Sequence[str]) -> list[Piece]:
    return [Piece(kind, "".join(words))] if words else []


def _words(parts: Sequence[str]) -> int:
    return sum(len(part.split()) for part in parts)
