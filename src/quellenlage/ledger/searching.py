"""Lists, counts and searches over the claims that are held: what a page shows at once."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Connection, Select, func, select, union_all

from quellenlage.domain import Article, Claim, Stage
from quellenlage.ledger import weighing_rows
from quellenlage.ledger.asking import Search
from quellenlage.ledger.claim_rows import claims_of
from quellenlage.ledger.facets import TO_CHOOSE_FROM, Facet
from quellenlage.ledger.queries import ClaimFilter, Way, chosen, held, ids_of, latest_first
from quellenlage.ledger.rows import article_of
from quellenlage.ledger.tables import article, claim, claim_facet, deal, deal_value, facet
from quellenlage.ledger.text_index import Term, numbers_with
from quellenlage.ledger.words import Word, words_of
from quellenlage.weigh.weighing import Deal

COUNTED = 10_000
"""Up to how many claims are counted; of more it is only said that there are more."""
LOOKED_THROUGH = 3_000
"""How many articles, those that came into the ledger last, a search looks through that finds more."""
NOWHERE = 0
"""The id of no facet."""
FACETED = 2_000
"""From how many claims, the latest, the facets of a choice are counted."""
SNIPPET = 240
"""How many characters of a text are shown around what was looked for."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the claims that were wanted, and how many there are; `more`: at least so many."""

    claims: tuple[Claim, ...]
    count: int
    more: bool


@dataclass(frozen=True, slots=True)
class FacetCount:
    """A value of a facet, and how many of the claims that were wanted have it."""

    value: str
    claims: int


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of a text; `marks` are where in it words stand that were looked for."""

    text: str
    marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that was found, where in it, and those of its claims that were wanted."""

    article: Article
    snippet: Snippet
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Hits:
    """Some of the articles that were found, and how many there are; `more`: at least so many."""

    hits: tuple[Hit, ...]
    count: int
    more: bool


def page_of(
    connection: Connection, where: ClaimFilter, moment: datetime | None, first: int, most: int, by_doubt: bool
) -> Page:
    """The claims that are wanted from the `first` on, at most so many; the latest first, or the least sure."""
    way = None if by_doubt else way_of(connection, where)
    order = (claim.c.confidence, claim.c.key) if by_doubt else latest_first(way)
    wanted = chosen(where, moment, way)
    if by_doubt:
        wanted = wanted.where(claim.c.verdict.is_(None))
    claims = tuple(claims_of(connection, wanted.order_by(*order).offset(first).limit(most)))
    # A page that is not full is the last one: whoever looked for so few has gone through all.
    is_last = 0 < len(claims) < most or not (first or claims)
    count = first + len(claims) if is_last else _counted(connection, wanted.with_only_columns(claim.c.key))
    return Page(claims, min(count, COUNTED), count > COUNTED)


def facet_counts(
    connection: Connection, where: ClaimFilter, moment: datetime | None, most: int | None = None
) -> Mapping[Facet, tuple[FacetCount, ...]]:
    """The values of all facets among the claims that are wanted, at most so many of each, those of most claims first.

    Of all claims that are held now they are kept; of a choice those of the latest `FACETED` claims are counted.
    """
    if where == ClaimFilter() and moment is None:
        kept = select(facet.c.field, facet.c.value, facet.c.claims).where(facet.c.claims > 0)
        kept = kept.order_by(facet.c.claims.desc(), facet.c.value).limit(most)
        # One after the other goes by the index; asked for most fields at once, SQLite goes through all there are.
        counts: Select[Any] | CompoundSelect[Any] = union_all(
            *(select(kept.where(facet.c.field == field).subquery()) for field in TO_CHOOSE_FROM)
        )
    else:
        way = way_of(connection, where)
        keys = chosen(where, moment, way).with_only_columns(claim.c.key).order_by(*latest_first(way)).limit(FACETED)
        counts = (
            select(facet.c.field, facet.c.value, func.count())
            .join(claim_facet, claim_facet.c.facet_id == facet.c.id)
            .where(claim_facet.c.claim_key.in_(keys), facet.c.field.in_(TO_CHOOSE_FROM))
            .group_by(facet.c.id, facet.c.field, facet.c.value)
        )
    found: dict[str, list[tuple[int, str]]] = {field.value: [] for field in TO_CHOOSE_FROM}
    for field, value, count in connection.execute(counts).all():
        found[field].append((-count, value))
    return {
        field: tuple(FacetCount(value, -less) for less, value in sorted(found[field.value])[:most])
        for field in TO_CHOOSE_FROM
    }


class DealOrder(StrEnum):
    """In which order deals are listed."""

    LARGEST = "largest"
    LATEST = "latest"
    DISPUTED = "disputed"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True, slots=True)
class DealFilter:
    """Which deals are wanted; what is None does not matter.

    `doubtful`: those as well of which no claim was read surely.
    """

    supplier: str | None = None
    recipient: str | None = None
    item_class: str | None = None
    stage: Stage | None = None
    doubtful: bool = True


EVERY_DEAL = DealFilter()
SURELY_READ = DealFilter(doubtful=False)


@dataclass(frozen=True, slots=True)
class Deals:
    """Some of the deals that were wanted, and how many there are; `more`: at least so many."""

    deals: tuple[Deal, ...]
    count: int
    more: bool


def deals_of(
    connection: Connection, where: DealFilter, order: DealOrder, moment: datetime | None, first: int, most: int
) -> Deals:
    """The deals that are wanted, in an order, from the `first` on, at most so many."""
    orders = {
        DealOrder.LARGEST: (deal.c.articles.desc(), deal.c.name.desc()),
        DealOrder.LATEST: (deal.c.last_day.desc(), deal.c.name.desc()),
        DealOrder.DISPUTED: (deal.c.denials.desc(), deal.c.name.desc()),
        DealOrder.UNSUPPORTED: (deal.c.origins, deal.c.name),
    }
    wanted = select(deal.c.body).where(*chosen_deals(where, moment))
    page = wanted.order_by(*orders[order]).offset(first).limit(most)
    count = _counted(connection, wanted.with_only_columns(deal.c.key))
    return Deals(weighing_rows.read(connection, Deal, page), min(count, COUNTED), count > COUNTED)


def chosen_deals(where: DealFilter, moment: datetime | None) -> list[ColumnElement[bool]]:
    """What holds of the deals that are wanted."""
    wanted = [held(deal, moment)]
    if not where.doubtful:
        wanted.append(~deal.c.doubtful)
    if where.stage is not None:
        wanted.append(deal.c.stage == where.stage.value)
    for field in ("supplier", "recipient", "item_class"):
        if (value := getattr(where, field)) is not None:
            named = deal_value.alias()
            of_it = select(named.c.deal_key).where(named.c.field == field, named.c.folded == value.casefold())
            wanted.append(deal.c.key.in_(of_it))
    return wanted


def way_of(connection: Connection, where: ClaimFilter) -> Way | None:
    """By which facet to go through the claims: the one that fewest claims have, if it has one value alone.

    A facet that no claim ever had leads nowhere.
    """
    ways = []
    for field, value in where.facets.items():
        named = connection.execute(select(facet.c.id, facet.c.claims).where(facet.c.id.in_(ids_of(field, value)))).all()
        if not named:
            return Way(field, NOWHERE)
        if len(named) == 1:
            ways.append((named[0].claims, field, named[0].id))
    return Way(min(ways)[1], min(ways)[2]) if ways else None


def search(connection: Connection, asked: Search, moment: datetime | None, first: int, most: int) -> Hits:
    """The articles that are looked for, the latest first.

    Of very many only `LOOKED_THROUGH` are looked through: those that came into the ledger last, or of the latest days.
    """
    if asked.terms:
        numbers = numbers_with(connection.dialect.name, asked.terms)
        latest = numbers.order_by(numbers.selected_columns.number.desc()).limit(LOOKED_THROUGH + 1).subquery()
        found = select(article.c.id).join(latest, latest.c.number == article.c.number)
        if asked.asks_for_claims:
            found = found.where(chosen(asked.where, moment).where(claim.c.article_id == article.c.id).exists())
    else:
        way = way_of(connection, asked.where)
        keys = chosen(asked.where, moment, way).order_by(*latest_first(way)).limit(LOOKED_THROUGH + 1)
        found = select(article.c.id).where(article.c.id.in_(keys.with_only_columns(claim.c.article_id)))
    if moment is not None:
        found = found.where(article.c.taken_in <= moment)
    latest_articles = (func.coalesce(article.c.published, "").desc(), article.c.doc, article.c.id)
    counted = found.add_columns(func.count().over().label("found")).order_by(*latest_articles)
    page = connection.execute(counted.offset(first).limit(most)).all()
    count = int(page[0].found) if page else _counted(connection, found) if first else 0
    ids = [row.id for row in page]
    rows = connection.execute(select(article).where(article.c.id.in_(ids)).order_by(*latest_articles)).mappings()
    articles = [article_of(row) for row in rows]
    claims: dict[str, list[Claim]] = defaultdict(list)
    of_these = chosen(asked.where, moment).where(claim.c.article_id.in_(ids))
    for one in claims_of(connection, of_these.order_by(claim.c.position, claim.c.key)):
        claims[one.article_id].append(one)
    hits = (Hit(one, snippet_of(one.text, asked.terms), tuple(claims[one.id])) for one in articles)
    return Hits(tuple(hits), min(count, LOOKED_THROUGH), count > LOOKED_THROUGH)


def snippet_of(text: str, terms: Sequence[Term]) -> Snippet:
    """The piece of a text in which most of the terms stand, with marks on them; its beginning where none does."""
    marks = _marks(text, [term for term in terms if not term.unwanted])
    starts = [start for start, _ in marks]
    within = [bisect_right(starts, start + SNIPPET) - place for place, start in enumerate(starts)]
    best = starts[within.index(max(within))] if marks else 0
    start = _back_to_a_word(text, max(0, best - SNIPPET // 4)) if marks else 0
    end = _end_of_a_word(text, min(len(text), start + SNIPPET))
    inside = tuple((a - start, b - start) for a, b in marks if start <= a and b <= end)
    return Snippet(text[start:end], inside)


def _marks(text: str, terms: Iterable[Term]) -> list[tuple[int, int]]:
    words = list(words_of(text))
    marks = set()
    for term in terms:
        for at in range(len(words) - len(term.stems) + 1):
            stretch = words[at : at + len(term.stems)]
            if _stand(stretch, term):
                marks.add((stretch[0].start, stretch[-1].end))
    return sorted(marks)


def _stand(words: Sequence[Word], term: Term) -> bool:
    *whole, last = zip(words, term.stems, strict=True)
    if not all(stem in (word.stem, *word.parts) for word, stem in whole):
        return False
    word, stem = last
    return any(one.startswith(stem) if term.begun else one == stem for one in (word.stem, *word.parts))


def _back_to_a_word(text: str, place: int) -> int:
    space = re.compile(r"\s").search(text, max(0, place - 20), place + 1)
    return space.end() if space else place


def _end_of_a_word(text: str, place: int) -> int:
    is_within = bool(text[place : place + 1].strip())
    space = re.compile(r"\s\S{1,40}$").search(text, max(0, place - 41), place) if is_within else None
    return space.start() if space else place


def _counted(connection: Connection, wanted: Select[object]) -> int:
    some = wanted.order_by(None).limit(COUNTED + 1).subquery()
    return int(connection.execute(select(func.count()).select_from(some)).scalar_one())
