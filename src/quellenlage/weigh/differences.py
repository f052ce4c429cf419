"""In what two texts differ, word by word, in rows that can stand side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

MOST_WORDS = 4_000
"""Texts of more words are compared line by line."""
BY_CHANCE = 2
"""So many shared words in a row between longer changes mean nothing."""
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

    The pieces of either side, joined, are its text (Ratcliff & Metzener 1988, as difflib does it). A word or two that
    both have between larger changes count as changed: they are there by chance and would tear the rest apart.
    """
    pattern = _LINE if max(len(one.split()), len(other.split())) > MOST_WORDS else _WORD
    mine, theirs = (list[str](pattern.findall(text)) for text in (one, other))
    rows, left, right = [], list[Piece](), list[Piece]()
    counts = dict.fromkeys(Kind, 0)
    for block in _meaningful(_blocks(mine, theirs)):
        for part in _parts(block, mine, theirs):
            here, there = "".join(mine[part.start : part.end]), "".join(theirs[part.other_start : part.other_end])
            left += [Piece(Kind.SAME if part.same else Kind.LEFT_OUT, here)] if here else []
            right += [Piece(Kind.SAME if part.same else Kind.ADDED, there)] if there else []
            counts[Kind.SAME if part.same else Kind.LEFT_OUT] += len(here.split())
            counts[Kind.ADDED] += 0 if part.same else len(there.split())
            if all(not side or side[-1].text.endswith("\n") for side in (left, right)):
                rows.append(Row(tuple(left), tuple(right)))
                left, right = [], []
    if left or right:
        rows.append(Row(tuple(left), tuple(right)))
    return Differences(tuple(rows), counts[Kind.SAME], counts[Kind.LEFT_OUT], counts[Kind.ADDED])


@dataclass(frozen=True, slots=True)
class _Block:
    """Words from `start` to `end` of the first text and those in their place in the second."""

    same: bool
    start: int
    end: int
    other_start: int
    other_end: int

    @property
    def words(self) -> int:
        return max(self.end - self.start, self.other_end - self.other_start)


def _blocks(mine: Sequence[str], theirs: Sequence[str]) -> list[_Block]:
    keys, other_keys = ([word.strip() for word in words] for words in (mine, theirs))
    opcodes = SequenceMatcher(None, keys, other_keys, autojunk=False).get_opcodes()
    return [_Block(tag == "equal", *places) for tag, *places in opcodes]


def _meaningful(blocks: Sequence[_Block]) -> Iterator[_Block]:
    """The same blocks, neighbouring changes as one; shared words by chance count as changed."""
    waiting: _Block | None = None
    for number, block in enumerate(blocks):
        around = [*blocks[max(0, number - 1) : number], *blocks[number + 1 : number + 2]]
        by_chance = block.words <= BY_CHANCE and len(around) == 2 and all(one.words > BY_CHANCE for one in around)
        if block.same and not by_chance:
            yield from [waiting] if waiting else []
            yield block
            waiting = None
        else:
            first = waiting or block
            waiting = _Block(False, first.start, block.end, first.other_start, block.other_end)
    yield from [waiting] if waiting else []


def _parts(block: _Block, mine: Sequence[str], theirs: Sequence[str]) -> Iterator[_Block]:
    """Shared words cut where a paragraph of both texts ends, words of one text where one of its own does."""
    shift = block.other_start - block.start
    start, other_start = block.start, block.other_start
    if block.same:
        for place in range(block.start, block.end):
            if mine[place].endswith("\n") and theirs[place + shift].endswith("\n"):
                yield _Block(True, start, place + 1, other_start, place + 1 + shift)
                start, other_start = place + 1, place + 1 + shift
    elif block.other_start == block.other_end:
        for place in range(block.start, block.end):
            if mine[place].endswith("\n"):
                yield _Block(False, start, place + 1, other_start, other_start)
                start = place + 1
    if start < block.end or other_start < block.other_end:
        yield _Block(block.same, start, block.end, other_start, block.other_end)
