"""What all forms of annotated articles share: one text with plain line ends, spans that never overlap."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from typing import TypeVar

from quellenlage.domain import Article, Link, Reading, Span, SpanType, Statement, Transfer
from quellenlage.intake.normalise import Normalised
from quellenlage.ledger import LedgerError

Bearer = TypeVar("Bearer", Transfer, Statement)
CONTEXT = 20
"""How many characters are shown of two texts from where they differ."""


class BadAnnotation(LedgerError):
    """Annotations that cannot come into the ledger; the message has one line a mistake: where, what was expected."""

    def __init__(self, mistakes: Sequence[str]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(mistakes))


@dataclass(frozen=True)
class Annotation:
    """An annotated article as a file holds it.

    `id` is that of the article in the ledger, or its doc. `reading` is of `text`, and nobody's yet. `where` says in
    which file it stands, and `line` at which line of it the text begins, where it stands there in lines.
    """

    id: str
    text: str
    reading: Reading
    where: str
    line: int | None = None


def reading_of(annotation: Annotation, article: Article) -> Reading:
    """The annotation as a reading of the article.

    Raises `BadAnnotation` where it is of another text, with the first place at which the two differ.
    """
    copy = folded(article.text)
    at = _first_difference(annotation.text, copy.text)
    if at is not None:
        there, here = (repr(text[at : at + CONTEXT]) for text in (annotation.text, copy.text))
        line = annotation.text.count("\n", 0, at)
        place = annotation.where if annotation.line is None else f"{annotation.where}, line {annotation.line + line}"
        raise BadAnnotation(
            [
                f"{place}: the text is not that of {article.doc}: at character {at} it goes on with {there}, where the "
                f"article has {here}. Annotations may not change the text; put the article's own words back there."
            ]
        )

    def original(span: Span) -> Span:
        return Span.of(article.text, *copy.back(span.start, span.end), span.type, span.confidence)

    return restricted(replace(annotation.reading, article_id=article.id), original)


def folded(text: str) -> Normalised:
    r"""The text with `\n` for every line end and no empty lines around it, as files of annotated articles have it."""
    chars: list[str] = []
    origin: list[int] = []
    ends: list[int] = []
    for start, end, char in _lines_folded(text):
        chars.append(char)
        origin.append(start)
        ends.append(end)
    whole = "".join(chars)
    first = len(whole) - len(whole.lstrip("\n"))
    last = len(whole.rstrip("\n"))
    after = ends[last - 1] if last else 0
    return Normalised(whole[first:last], (*origin[first:last], after), tuple(ends[first:last]))


def flat(reading: Reading, copy: Normalised) -> Reading:
    """The reading of a text as one of its folded copy, whose spans do not overlap.

    Of spans that do the surest stays, then the longer. What rests on one that does not stay is left out.
    """
    surest: dict[tuple[int, int, SpanType], Span] = {}
    for span in spans_of(reading):
        key = (span.start, span.end, span.type)
        if key not in surest or surest[key].confidence < span.confidence:
            surest[key] = span
    moved = {key: place for key, span in surest.items() if (place := _in_copy(span, copy))}
    kept: dict[tuple[int, int, SpanType], Span] = {}
    taken: list[tuple[int, int]] = []
    for key, span in sorted(moved.items(), key=lambda one: (-one[1].confidence, one[0][0] - one[0][1], one[0])):
        at = bisect_left(taken, (span.start, span.end))
        behind = at == len(taken) or span.end <= taken[at][0]
        if behind and (at == 0 or taken[at - 1][1] <= span.start):
            taken.insert(at, (span.start, span.end))
            kept[key] = span
    return restricted(reading, lambda span: kept.get((span.start, span.end, span.type)))


def spans_of(reading: Reading) -> Iterator[Span]:
    """Every span that a reading names."""
    yield from reading.spans
    for transfer in reading.transfers:
        yield from (link.span for links in transfer.roles.values() for link in links)
    for statement in reading.statements:
        yield from (link.span for links in statement.roles.values() for link in links)


def restricted(reading: Reading, other: Callable[[Span], Span | None]) -> Reading:
    """The reading with other spans in the place of its own, in the order of the text; without those that have none.

    A trigger needs its transfer, a cue its statement, and a group two members. What is told twice is joined.
    """
    transfers: dict[Span, Transfer] = {}
    for transfer in sorted(reading.transfers, key=lambda one: -one.stage_confidence):
        if trigger := other(transfer.trigger):
            transfers[trigger] = _joined(transfers.get(trigger), replace(transfer, trigger=trigger))
    statements: dict[Span, Statement] = {}
    for statement in sorted(reading.statements, key=lambda one: -one.stance_confidence):
        if cue := other(statement.cue):
            statements[cue] = _joined(statements.get(cue), replace(statement, cue=cue))

    def place(span: Span) -> Span | None:
        found = other(span)
        if found is None or (found.type is SpanType.TRIGGER and found not in transfers):
            return None
        return None if found.type is SpanType.CUE and found not in statements else found

    def links(roles: Mapping[str, tuple[Link, ...]], role: str) -> tuple[Link, ...]:
        return _links((found, link.confidence) for link in roles[role] if (found := place(link.span)))

    quantities: dict[Span, list[tuple[Span, float]]] = {}
    for item, link in reading.quantities:
        if (counted := place(item)) and (count := place(link.span)):
            quantities.setdefault(counted, []).append((count, link.confidence))
    return Reading(
        reading.article_id,
        reading.reader,
        spans=tuple(sorted({found for span in spans_of(reading) if (found := place(span))})),
        transfers=tuple(t.with_roles(partial(links, t.roles)) for _, t in sorted(transfers.items())),
        statements=tuple(s.with_roles(partial(links, s.roles)) for _, s in sorted(statements.items())),
        quantities=tuple((item, link) for item, some in sorted(quantities.items()) for link in _links(some)),
        same=groups([place(span) for span in group] for group in reading.same),
        events=groups([place(span) for span in group] for group in reading.events),
    )


def groups(found: Iterable[Sequence[Span | None]]) -> tuple[tuple[Span, ...], ...]:
    """Groups of two spans of one type and more; those that share a member become one."""
    joined: list[set[Span]] = []
    for group in found:
        for type in SpanType:
            new = {span for span in group if span is not None and span.type is type}
            touching = [one for one in joined if one & new]
            joined = [one for one in joined if not one & new]
            joined.append(new.union(*touching))
    return tuple(sorted(tuple(sorted(group)) for group in joined if len(group) > 1))


def overlaps(spans: Sequence[Span]) -> list[tuple[Span, Span]]:
    """The pairs of neighbours among spans that overlap."""
    ordered = sorted(spans, key=lambda span: (span.start, span.end))
    return [(one, other) for one, other in pairwise(ordered) if other.start < one.end]


def _joined(one: Bearer | None, other: Bearer) -> Bearer:
    if one is None:
        return other
    roles: Mapping[str, tuple[Link, ...]] = one.roles
    return one.with_roles(lambda role: (*roles[role], *other.roles[role]))


def _links(found: Iterable[tuple[Span, float]]) -> tuple[Link, ...]:
    surest: dict[Span, float] = {}
    for span, confidence in found:
        surest[span] = max(confidence, surest.get(span, 0.0))
    return tuple(Link(span, confidence) for span, confidence in sorted(surest.items()))


def _in_copy(span: Span, copy: Normalised) -> Span | None:
    """A span of a text where it stands in the text's copy; None where nothing of it does."""
    start = bisect_right(copy.ends, span.start)
    end = bisect_left(copy.origin, span.end, hi=len(copy.ends))
    return Span.of(copy.text, start, end, span.type, span.confidence) if start < end else None


def _lines_folded(text: str) -> Iterator[tuple[int, int, str]]:
    at = 0
    while at < len(text):
        end = at + (2 if text.startswith("\r\n", at) else 1)
        yield at, end, "\n" if text[at] == "\r" else text[at]
        at = end


def _first_difference(one: str, other: str) -> int | None:
    if one == other:
        return None
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
