"""What can be asked of the ledger, as SQL."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select

from quellenlage.domain import Stage
from quellenlage.ledger.tables import article, claim, claim_hop, claim_value, reading


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """Which claims are wanted; what is None does not matter. Capitals do not matter either.

    `source` is any hop of a chain but the article's own outlet; `article` is a whole doc or id.
    """

    supplier: str | None = None
    recipient: str | None = None
    item_class: str | None = None
    stage: Stage | None = None
    source: str | None = None
    article: str | None = None


class Facet(StrEnum):
    """The fields of claims whose values can be listed, to choose from."""

    SUPPLIER = "supplier"
    RECIPIENT = "recipient"
    ITEM_CLASS = "item_class"
    SOURCE = "source"


def by_date() -> tuple[ColumnElement[Any], ...]:
    """The order of articles: published (unknown last), then doc, then id."""
    return (article.c.published.is_(None), article.c.published, article.c.doc, article.c.id)


def current_readings() -> Select[int]:
    """The ids of the newest reading of every article; ids grow with time."""
    return select(func.max(reading.c.id)).group_by(reading.c.article_id)


def matching(where: ClaimFilter) -> ColumnElement[bool]:
    """The condition on `claim` that `where` sets, among current readings."""
    condition: ColumnElement[bool] = claim.c.reading_id.in_(current_readings())
    for field, value in (
        ("supplier", where.supplier),
        ("recipient", where.recipient),
        ("item_class", where.item_class),
    ):
        if value is not None:
            condition &= exists().where(
                claim_value.c.claim_key == claim.c.key,
                claim_value.c.field == field,
                claim_value.c.folded == value.casefold(),
            )
    if where.source is not None:
        condition &= exists().where(
            claim_hop.c.claim_key == claim.c.key,
            claim_hop.c.position > 0,
            claim_hop.c.folded == where.source.casefold(),
        )
    if where.stage is not None:
        condition &= claim.c.stage == where.stage.value
    if where.article is not None:
        condition &= claim.c.article_id.in_(
            select(article.c.id).where(
                or_(
                    article.c.doc == where.article,
                    func.lower(article.c.doc) == where.article.lower(),
                    func.lower(article.c.id) == where.article.lower(),
                )
            )
        )
    return condition


def choices(facet: Facet) -> Select[str]:
    """The distinct values of `facet` in current readings, in order."""
    if facet is Facet.SOURCE:
        values, wanted = claim_hop, claim_hop.c.position > 0
        column: ColumnElement[str] = claim_hop.c.actor
    else:
        values, wanted = claim_value, claim_value.c.field == facet.value
        column = claim_value.c.value
    return (
        select(column)
        .join_from(values, claim, claim.c.key == values.c.claim_key)
        .where(wanted, claim.c.reading_id.in_(current_readings()))
        .distinct()
        .order_by(column)
    )
