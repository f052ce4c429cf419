"""An article's text cut into paragraphs of plain and marked pieces, each mark with an anchor to link to."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quellenlage.domain import Claim, Reading, Span, SpanType


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text that a reading or a claim names; `type` is None where only a claim does."""

    start: int
    end: int
    type: SpanType | None

    @property
    def anchor(self) -> str:
        """The id of the mark on the page."""
        return f"z{self.start}"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a paragraph; `anchor` is set on the first piece of a mark that is not blank."""

    text: str
    mark: Mark | None = None
    anchor: str | None = None


def marks_of(reading: Reading | None, claims: Iterable[Claim]) -> list[Mark]:
    """The marks in order of the text, none overlapping another: spans first, then evidence that no span touches."""
    spans: tuple[Span, ...] = reading.spans if reading else ()
    wanted = [Mark(span.start, span.end, span.type) for span in sorted(spans, key=lambda s: (s.start, -s.end))]
    evidence = {(entry.start, entry.end) for claim in claims for entry in claim.evidence}
    wanted += [Mark(start, end, None) for start, end in sorted(evidence, key=lambda e: (e[0], -e[1]))]
    kept: list[Mark] = []
    for mark in wanted:
        place = bisect_right(kept, mark.start, key=lambda m: m.start)
        free_before = place == 0 or kept[place - 1].end <= mark.start
        free_after = place == len(kept) or mark.end <= kept[place].start
        if free_before and free_after:
            kept.insert(place, mark)
    return kept


def anchor_of(start: int, end: int, marks: Sequence[Mark]) -> str | None:
    """The anchor of the first mark that shares a character with the stretch."""
    return next((mark.anchor for mark in marks if mark.start < end and start < mark.end), None)


def paragraphs(text: str, marks: Sequence[Mark]) -> list[list[Piece]]:
    """The lines of `text` that are not blank, each cut at its marks; a mark over a line end goes on in the next."""
    lines: list[list[Piece]] = []
    start = 0
    for line in text.split("\n"):
        if line.strip():
            lines.append(list(_pieces(text, start, start + len(line), marks)))
        start += len(line) + 1
    return lines


def pieces_of(text: str, marks: Iterable[tuple[int, int]]) -> list[tuple[str, bool]]:
    """A short text cut at its marks; whether each piece is marked."""
    pieces, at = [], 0
    for start, end in marks:
        pieces += [(text[at:start], False), (text[max(at, start) : end], True)]
        at = max(at, end)
    return [piece for piece in [*pieces, (text[at:], False)] if piece[0]]


def _pieces(text: str, start: int, end: int, marks: Sequence[Mark]) -> Iterable[Piece]:
    at = start
    for mark in marks:
        begin, stop = max(mark.start, start), min(mark.end, end)
        if begin >= stop:
            continue
        if at < begin:
            yield Piece(text[at:begin])
        is_first = bool(text[begin:stop].strip()) and not text[mark.start : begin].strip()
        yield Piece(text[begin:stop], mark, mark.anchor if is_first else None)
        at = stop
    if at < end:
        yield Piece(text[at:end])
