"""An article's text cut into paragraphs of plain and marked pieces, each mark with an anchor to link to."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

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
class Shared:
    """A stretch of the text that stands in another article too; `number` is that of the copy on the page."""

    start: int
    end: int
    number: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a paragraph; `anchor` is set on the first piece of a mark that is not blank.

    `is_shared` is whether it stands in another article too, `begins` are the passages that begin with it.
    """

    text: str
    mark: Mark | None = None
    anchor: str | None = None
    is_shared: bool = False
    begins: tuple[Shared, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text: where it begins, and its pieces."""

    start: int
    pieces: tuple[Piece, ...]


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
    """The anchor of the first mark that shares a character with the stretch; `marks` are in order of the text."""
    mark = next(_within(start, end, marks), None)
    return None if mark is None else mark.anchor


def claims_at(marks: Sequence[Mark], claims: Iterable[Claim]) -> dict[str, tuple[str, ...]]:
    """The claims that rest on each mark, by its anchor."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for claim in claims:
        for entry in claim.evidence:
            for mark in _within(entry.start, entry.end, marks):
                found[mark.anchor][claim.id] = None
    return {anchor: tuple(ids) for anchor, ids in found.items()}


@dataclass(frozen=True, slots=True)
class Ties:
    """With what a mark has to do: the groups that it belongs to, and those of them that light up with it.

    A trigger belongs to the statements about it, but does not stand for these.
    """

    within: tuple[int, ...]
    leads: tuple[int, ...]


def ties_of(reading: Reading | None, marks: Sequence[Mark]) -> dict[str, Ties]:
    """The ties of marks by their anchors; a group is a transfer, a statement or a quantity, with all its roles."""
    if reading is None:
        return {}
    groups: list[tuple[list[Span], list[Span]]] = [
        ([one.trigger, *(link.span for links in one.roles.values() for link in links)], []) for one in reading.transfers
    ]
    groups += [
        (
            [one.cue, *(link.span for link in (*one.source, *one.reporter))],
            [link.span for link in one.about],
        )
        for one in reading.statements
    ]
    groups += [([item, quantity.span], []) for item, quantity in reading.quantities]
    within: dict[str, dict[int, None]] = defaultdict(dict)
    leads: dict[str, dict[int, None]] = defaultdict(dict)
    for number, (leading, led) in enumerate(groups):
        for span in (*leading, *led):
            if anchor := anchor_of(span.start, span.end, marks):
                within[anchor][number] = None
        for span in leading:
            if anchor := anchor_of(span.start, span.end, marks):
                leads[anchor][number] = None
    return {anchor: Ties(tuple(numbers), tuple(leads[anchor])) for anchor, numbers in within.items()}


def paragraphs(text: str, marks: Sequence[Mark], shared: Iterable[Shared] = ()) -> list[Line]:
    """The lines of `text` that are not blank, each cut at its marks and where shared passages begin and end.

    A mark over a line end goes on in the next line.
    """
    begins: dict[int, list[Shared]] = defaultdict(list)
    for passage in shared:
        begins[passage.start].append(passage)
    joined = _joined(passage for passages in begins.values() for passage in passages)
    cuts = sorted({*begins, *(end for _, end in joined)})
    lines: list[Line] = []
    start = 0
    for line in text.split("\n"):
        if line.strip():
            pieces = _pieces(text, start, start + len(line), marks)
            lines.append(Line(start, tuple(_shaded(pieces, start, cuts, joined, begins))))
        start += len(line) + 1
    return lines


def pieces_of(text: str, marks: Iterable[tuple[int, int]]) -> list[tuple[str, bool]]:
    """A short text cut at its marks; whether each piece is marked."""
    pieces, at = [], 0
    for start, end in marks:
        pieces += [(text[at:start], False), (text[max(at, start) : end], True)]
        at = max(at, end)
    return [piece for piece in [*pieces, (text[at:], False)] if piece[0]]


def _within(start: int, end: int, marks: Sequence[Mark]) -> Iterator[Mark]:
    """The marks that share a character with a stretch; none of `marks`, in order of the text, overlaps another."""
    for at in range(max(0, bisect_right(marks, start, key=lambda mark: mark.start) - 1), len(marks)):
        if marks[at].start >= end:
            return
        if marks[at].end > start:
            yield marks[at]


def _pieces(text: str, start: int, end: int, marks: Sequence[Mark]) -> Iterator[Piece]:
    at = start
    for mark in _within(start, end, marks):
        begin, stop = max(mark.start, start), min(mark.end, end)
        if at < begin:
            yield Piece(text[at:begin])
        is_first = bool(text[begin:stop].strip()) and not text[mark.start : begin].strip()
        yield Piece(text[begin:stop], mark, mark.anchor if is_first else None)
        at = stop
    if at < end:
        yield Piece(text[at:end])


def _shaded(
    pieces: Iterable[Piece],
    start: int,
    cuts: Sequence[int],
    joined: Sequence[tuple[int, int]],
    begins: Mapping[int, Sequence[Shared]],
) -> Iterator[Piece]:
    """The pieces of a line, which begins at `start`, cut where shared passages begin and end."""
    at = start
    for piece in pieces:
        end = at + len(piece.text)
        within = cuts[bisect_right(cuts, at) : bisect_right(cuts, end - 1)]
        for begin, stop in zip((at, *within), (*within, end), strict=True):
            place = bisect_right(joined, begin, key=lambda stretch: stretch[0]) - 1
            text = piece.text[begin - at : stop - at]
            is_shared = place >= 0 and begin < joined[place][1]
            anchor = piece.anchor if begin == at else None
            yield replace(piece, text=text, anchor=anchor, is_shared=is_shared, begins=tuple(begins.get(begin, ())))
        at = end


def _joined(passages: Iterable[Shared]) -> list[tuple[int, int]]:
    """The stretches that are shared with anyone, none overlapping another."""
    joined: list[tuple[int, int]] = []
    for passage in sorted(passages, key=lambda one: (one.start, one.end)):
        if joined and passage.start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], passage.end)
        else:
            joined.append((passage.start, passage.end))
    return joined
