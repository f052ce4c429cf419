"""Articles as their readers know them: the entries of a ticker, which are articles here, are one page there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from quellenlage.domain import Article


@dataclass(frozen=True, slots=True)
class Part:
    """An article, and where in the text of its page its own begins."""

    article: Article
    start: int


@dataclass(frozen=True, slots=True)
class Page:
    """An article that stands for itself, or a ticker: its whole text, and its parts."""

    article: Article
    parts: tuple[Part, ...]


def pages_of(articles: Iterable[Article]) -> Iterator[Page]:
    """The pages of some articles, each where its first article stands."""
    groups: dict[str, list[Article]] = defaultdict(list)
    for article in articles:
        groups[f"part {article.part_of}" if article.part_of else f"id {article.id}"].append(article)
    return map(_page, groups.values())


def page_doc(article: Article) -> str:
    """The doc under which readers know an article."""
    return article.part_of or article.doc


def _page(articles: list[Article]) -> Page:
    first = articles[0]
    if first.part_of is None:
        return Page(first, (Part(first, 0),))
    ordered = sorted(articles, key=_number)
    starts = [0]
    for article in ordered:
        starts.append(starts[-1] + len(article.text) + 1)
    whole = replace(
        ordered[0],
        id=first.part_of,
        doc=first.part_of,
        text="\n".join(article.text for article in ordered),
        credits=tuple(dict.fromkeys(credit for article in ordered for credit in article.credits)),
        marks=(),
        part_of=None,
    )
    return Page(whole, tuple(Part(article, start) for article, start in zip(ordered, starts, strict=False)))


def _number(article: Article) -> int:
    return int(article.doc.rpartition("#")[2])
