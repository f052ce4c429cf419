"""Edits to the text of an annotated article, and the exchanges that they make up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from quellenlage.domain import Span
from training.corpus import Annotated

Place = tuple[int, int]
"""Where words stand in a text: their start and their end."""


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """`text` in place of the characters from `start` to `end` of an article's text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Exchange:
    """One thing of an article, named `old`, that becomes `new` by all its `edits`; `kind` says what sort of thing."""

    kind: str
    old: str
    new: str
    edits: tuple[Edit, ...]

    @classmethod
    def at(cls, places: Iterable[Place], kind: str, old: str, new: str) -> Exchange:
        """The exchange that writes `new` at each place, in just this form."""
        return cls(kind, old, new, tuple(Edit(start, end, new) for start, end in places))


def edited(article: Annotated, edits: Iterable[Edit]) -> Annotated:
    """The article with its text edited and its spans where their words now stand.

    The edits must not overlap, and none may reach over the edge of a span.
    """
    ordered = sorted(edits)
    text, at = "", 0
    for edit in ordered:
        text += article.text[at : edit.start] + edit.text
        at = edit.end
    text += article.text[at:]

    def moved(position: int) -> int:
        return position + sum(len(e.text) - (e.end - e.start) for e in ordered if e.end <= position)

    spans = (Span.of(text, moved(s.start), moved(s.end), s.type, s.confidence) for s in article.spans)
    return replace(article, text=text, spans=tuple(spans))
