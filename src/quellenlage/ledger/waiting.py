"""Which claims wait for a person to look at them, and the order in which looking is worth most.

Gives questions for `Ledger.ask`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import log2
from typing import Any

from sqlalchemy import Connection, RowMapping, func, select

from quellenlage.ledger import tables
from quellenlage.ledger.asked import Question
from quellenlage.ledger.facets import in_parts
from quellenlage.ledger.queries import EVERY_CLAIM, ClaimFilter, chosen, held

LOOKED_AT = 400
"""How many claims, the least sure, are put in order; and how many of those of the largest deals."""
LARGEST = 20
"""Of how many of the largest deals claims are looked at."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A claim on which nobody has judged: how surely it was read, its deal, and how many articles tell of that."""

    claim: str
    confidence: float
    deal: str | None
    articles: int

    @property
    def urgency(self) -> float:
        """Doubt times weight: what is surely read need not be looked at, and a deal that is told of more weighs more.

        The weight is the logarithm to the base 2 of the articles and one more, so that of twice as many articles it is
        about one larger; a claim of no deal, or of one article, weighs 1.
        """
        return (1 - self.confidence) * log2(1 + max(1, self.articles))


@dataclass(frozen=True, slots=True)
class DealOf:
    """The deal that a claim is of, and how many articles tell of it."""

    name: str
    articles: int


def waiting(where: ClaimFilter = EVERY_CLAIM, deal: str | None = None) -> Question[tuple[Waiting, ...]]:
    """The claims that wait, the most urgent first; of a deal, or of a choice.

    Of very many, only the `LOOKED_AT` least sure and as many of the largest deals are put in order.
    """

    def question(connection: Connection, moment: datetime | None) -> tuple[Waiting, ...]:
        found: dict[str, RowMapping] = {}
        if deal is None:
            wanted = chosen(where, moment).with_only_columns(tables.claim.c.id, tables.claim.c.confidence)
            unjudged = wanted.where(tables.claim.c.verdict.is_(None))
            least_sure = unjudged.order_by(tables.claim.c.confidence, tables.claim.c.key).limit(LOOKED_AT)
            found = {row["id"]: row for row in connection.execute(least_sure).mappings()}
        if deal is not None or where == EVERY_CLAIM:
            found |= {row["id"]: row for row in _of_deals(connection, deal, moment)}
        deals = deals_of_claims(connection, sorted(found), moment)
        listed = [_waiting(row, deals.get(id)) for id, row in found.items()]
        return tuple(sorted(listed, key=lambda one: (-one.urgency, one.claim)))

    return question


def deal_of_claim(claim: str) -> Question[str | None]:
    """The name of the deal that a claim is of."""

    def question(connection: Connection, moment: datetime | None) -> str | None:
        found = deals_of_claims(connection, [claim], moment).get(claim)
        return None if found is None else found.name

    return question


def deals_of_claims(connection: Connection, claims: Sequence[str], moment: datetime | None) -> dict[str, DealOf]:
    """The deals that some claims are of, by the ids of these."""
    deal, member = tables.deal, tables.deal_claim
    found: dict[str, DealOf] = {}
    for part in in_parts(claims):
        wanted = select(member.c.claim_id, deal.c.name, deal.c.articles).join(deal, deal.c.key == member.c.deal_key)
        rows = connection.execute(wanted.where(member.c.claim_id.in_(part), held(deal, moment)))
        found |= {row.claim_id: DealOf(row.name, row.articles) for row in rows}
    return found


def _of_deals(connection: Connection, name: str | None, moment: datetime | None) -> Sequence[RowMapping]:
    """Claims of the deal of this name, or of the largest deals, on which nobody has judged."""
    deal, member, claim = tables.deal, tables.deal_claim, tables.claim
    deals: Any = select(deal.c.key).where(held(deal, moment))
    if name is None:
        deals = deals.order_by(deal.c.articles.desc(), deal.c.name.desc()).limit(LARGEST)
    else:
        deals = deals.where(deal.c.name == name)
    keys = list(connection.execute(deals).scalars())
    wanted = (
        select(claim.c.id, claim.c.confidence)
        .join(member, member.c.claim_id == claim.c.id)
        .where(member.c.deal_key.in_(keys), held(claim, moment), claim.c.verdict.is_(None))
        .order_by(claim.c.confidence, claim.c.key)
        .limit(LOOKED_AT)
    )
    return connection.execute(wanted).mappings().all()


def _waiting(row: RowMapping, deal: DealOf | None) -> Waiting:
    return Waiting(row["id"], row["confidence"], deal.name if deal else None, deal.articles if deal else 0)


def unjudged(most: int) -> Question[int]:
    """How many claims wait, counted up to `most`."""
    claim = tables.claim

    def question(connection: Connection, moment: datetime | None) -> int:
        some = select(claim.c.key).where(held(claim, moment), claim.c.verdict.is_(None)).limit(most).subquery()
        return int(connection.execute(select(func.count()).select_from(some)).scalar_one())

    return question
