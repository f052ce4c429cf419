"""What can be asked of the ledger, as SQL; of any moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, and_, exists, or_, select

from quellenlage.domain import Stage
from quellenlage.ledger.facets import Facet, pair
from quellenlage.ledger.tables import article, claim, claim_facet, facet


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """Which claims are wanted; what is None does not matter. Capitals do not matter either, but in an article's name.

    `source` is any hop of a chain but the article's own outlet, `origin` the last one, `stance` what is done to the
    claim ("denied", "confirmed", "no_comment", "unverified", "hedged", "negated"), `denied_by` and its like who does
    it; `article` is a whole doc or id;
    `since` and `until` are the first and the last day of articles, as ISO 8601 writes them, or as much of it as is
    known.
    """

    supplier: str | None = None
    recipient: str | None = None
    item_class: str | None = None
    stage: Stage | None = None
    source: str | None = None
    article: str | None = None
    origin: str | None = None
    outlet: str | None = None
    stance: str | None = None
    since: str | None = None
    until: str | None = None
    denied_by: str | None = None
    confirmed_by: str | None = None
    no_comment_by: str | None = None
    unverified_by: str | None = None

    @property
    def facets(self) -> dict[Facet, str]:
        """The facets that it asks for."""
        asked = {
            **self._parties_and_goods,
            Facet.STAGE: self.stage and self.stage.value,
            Facet.SOURCE: self.source,
            Facet.ORIGIN: self.origin,
            Facet.OUTLET: self.outlet,
            Facet.STANCE: self.stance,
            Facet.DENIED_BY: self.denied_by,
            Facet.CONFIRMED_BY: self.confirmed_by,
            Facet.NO_COMMENT_BY: self.no_comment_by,
            Facet.UNVERIFIED_BY: self.unverified_by,
        }
        return {field: value for field, value in asked.items() if value is not None}

    @property
    def _parties_and_goods(self) -> dict[Facet, str | None]:
        if self.supplier is None or self.recipient is None:
            return {
                Facet.SUPPLIER: self.supplier,
                Facet.RECIPIENT: self.recipient,
                Facet.ITEM_CLASS: self.item_class,
            }
        facet = Facet.PAIR if self.item_class is None else Facet.PAIR_ITEM
        return {facet: pair(self.supplier, self.recipient, self.item_class)}


EVERY_CLAIM = ClaimFilter()


def by_date() -> tuple[ColumnElement[Any], ...]:
    """The order of articles: published (unknown last), then doc, then id."""
    return (article.c.published.is_(None), article.c.published, article.c.doc, article.c.id)


def held(table: FromClause, moment: datetime | None, since: str = "since", until: str = "until") -> ColumnElement[bool]:
    """The condition that a row is held now, or was at a moment."""
    if moment is None:
        return table.c[until].is_(None)
    return and_(table.c[since] <= moment, or_(table.c[until].is_(None), table.c[until] > moment))


def ids_of(field: Facet, value: str) -> Select[int]:
    """The facets of a field that are called `value`, whatever its capitals."""
    return select(facet.c.id).where(facet.c.field == field.value, facet.c.folded == value.casefold())


@dataclass(frozen=True, slots=True)
class Way:
    """By which facet the claims are gone through that are wanted: the one that fewest claims have, if there is any."""

    field: Facet
    id: int


def chosen(where: ClaimFilter, moment: datetime | None, way: Way | None = None) -> Select[Any]:
    """The claims that are wanted, as a selection of `claim`, gone through on a `way`."""
    found = select(claim).where(held(claim, moment))
    facets = where.facets
    day, key = claim.c.dated, claim.c.key
    if way is not None:
        day, key = claim_facet.c.dated, claim_facet.c.claim_key
        found = found.join(claim_facet, and_(key == claim.c.key, claim_facet.c.facet_id == way.id))
        del facets[way.field]
    if (stage := facets.pop(Facet.STAGE, None)) is not None:
        # The row is looked at anyway, to see whether it is held.
        found = found.where(claim.c.stage == stage)
    for field, value in facets.items():
        other = claim_facet.alias()
        found = found.where(
            exists().where(
                other.c.facet_id.in_(ids_of(field, value)),
                other.c.dated == day,
                other.c.claim_key == key,
            )
        )
    if where.since is not None:
        found = found.where(day >= where.since)
    if where.until is not None:
        # "2023-11" stands for all days of that month, which are followed by nothing behind "~".
        found = found.where(day <= where.until + "~", day != "")
    if where.article is not None:
        called = or_(article.c.doc == where.article, article.c.id == where.article)
        found = found.where(claim.c.article_id.in_(select(article.c.id).where(called)))
    return found


def latest_first(way: Way | None = None) -> tuple[ColumnElement[Any], ...]:
    """The order of lists: claims of the latest articles first, of undated ones last."""
    if way is None:
        return (claim.c.dated.desc(), claim.c.key.desc())
    return (claim_facet.c.dated.desc(), claim_facet.c.claim_key.desc())
