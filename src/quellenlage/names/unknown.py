"""What the lists did not know in what was read: the words that a `names.yaml` should explain first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from quellenlage.domain import Article, Reading, Span, SpanType
from quellenlage.names import actors, items
from quellenlage.names.actors import ActorKind
from quellenlage.names.knowledge import fold
from quellenlage.names.own import NOTHING, OwnNames
from quellenlage.names.text import without_article

EXAMPLES = 3
AROUND = 40
"""Characters of an example on either side of the words."""


@dataclass(frozen=True, slots=True)
class Example:
    """Where unknown words stand: the article's doc, and the words with what is around them."""

    doc: str
    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """Words of a type that no list knows, how often they stand in the articles, and the first places."""

    words: str
    type: SpanType
    count: int
    examples: tuple[Example, ...]


def unknown_names(read: Iterable[tuple[Article, Reading]], own: OwnNames = NOTHING) -> list[Unknown]:
    """The actors and goods of some readings that no list knows, most frequent first."""
    found: dict[tuple[SpanType, str], list[tuple[Article, Span]]] = {}
    for article, reading in read:
        for span in reading.spans:
            if is_unknown(span, own):
                found.setdefault((span.type, fold(without_article(span.text))), []).append((article, span))
    listed = [
        Unknown(
            places[0][1].text, type, len(places), tuple(_example(article, span) for article, span in places[:EXAMPLES])
        )
        for (type, _), places in found.items()
    ]
    return sorted(listed, key=lambda unknown: (-unknown.count, unknown.type, unknown.words))


def is_unknown(span: Span, own: OwnNames) -> bool:
    """Whether a span names an actor or goods, and no list says which."""
    if span.type is SpanType.ACTOR:
        return actors.identify(span.text, own).kind is ActorKind.UNKNOWN
    if span.type is SpanType.ITEM:
        item = items.identify(span.text, own)
        return not item.classes and not item.generic
    return False


def _example(article: Article, span: Span) -> Example:
    before = " ".join(article.text[max(0, span.start - AROUND) : span.start].split())
    after = " ".join(article.text[span.end : span.end + AROUND].split())
    return Example(article.doc, before, span.text, after)
