"""What a ledger holds of a source: the deals that it tells of, and how these were answered after it told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from quellenlage.domain import Claim
from quellenlage.ledger.claim_rows import claims_of
from quellenlage.ledger.facets import STANCES, Facet, in_parts
from quellenlage.ledger.queries import ClaimFilter, chosen, held, latest_first
from quellenlage.ledger.searching import way_of
from quellenlage.ledger.tables import claim, claim_value, deal, deal_claim, facet

LOOKED_AT = 500
"""How many claims of a source, the latest, are followed to their deals."""
LOOKED_THROUGH = 2_000
"""How many claims about a party, the latest, are looked through for its answers."""


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer to a deal: of which kind (a field of `STANCES`), by whom, on which day and in which claim it is told.

    The day is empty where the article has none.
    """

    field: str
    actor: str
    day: str
    claim: str
    article: str


@dataclass(frozen=True, slots=True)
class Told:
    """A deal that a source tells of: since when, in how many of the claims that were looked at, and the answers to it.

    Only answers of the same day or later are among them, in the order of their days.
    """

    deal: str
    since: str
    claims: int
    answers: tuple[Answered, ...]

    def answered(self, field: str) -> bool:
        """Whether anybody answered so."""
        return any(one.field == field for one in self.answers)


@dataclass(frozen=True, slots=True)
class Record:
    """The deals that a source tells of, the latest first; `looked_at`: how many of its claims these were found by."""

    deals: tuple[Told, ...]
    looked_at: int


def record_of(connection: Connection, where: ClaimFilter, moment: datetime | None) -> Record:
    """The deals of the latest `LOOKED_AT` claims that are wanted, and how each was answered since it was told so."""
    way = way_of(connection, where)
    latest = chosen(where, moment, way).order_by(*latest_first(way)).limit(LOOKED_AT)
    days = {row.id: row.dated for row in connection.execute(latest.with_only_columns(claim.c.id, claim.c.dated))}
    names: dict[int, str] = {}
    of_deal: dict[int, list[str]] = defaultdict(list)
    for part in in_parts(days):
        found = select(deal.c.key, deal.c.name, deal_claim.c.claim_id).join(deal_claim)
        for row in connection.execute(found.where(deal_claim.c.claim_id.in_(part), held(deal, moment))):
            names[row.key] = row.name
            of_deal[row.key].append(days[row.claim_id])
    since = {key: min(day or "9" for day in told) for key, told in of_deal.items()}
    answers: dict[int, list[Answered]] = defaultdict(list)
    for part in in_parts(of_deal):
        wanted = (
            select(deal_claim.c.deal_key, claim_value.c.field, claim_value.c.value, claim.c.dated, claim.c.id)
            .add_columns(claim.c.article_id)
            .join(claim, claim.c.id == deal_claim.c.claim_id)
            .join(claim_value, claim_value.c.claim_key == claim.c.key)
            .where(deal_claim.c.deal_key.in_(part), held(claim, moment), claim_value.c.field.in_(STANCES))
        )
        for row in connection.execute(wanted):
            if row.dated >= since[row.deal_key] or not row.dated:
                one = Answered(row.field, row.value, row.dated, row.id, row.article_id)
                answers[row.deal_key].append(one)
    told = [
        Told(
            names[key],
            "" if since[key] == "9" else since[key],
            len(of_deal[key]),
            tuple(sorted(answers[key], key=lambda one: (one.day, one.field, one.actor, one.claim))),
        )
        for key in of_deal
    ]
    return Record(tuple(sorted(told, key=lambda one: (one.since, one.deal), reverse=True)), len(days))


def some_claims(
    connection: Connection, where: ClaimFilter, moment: datetime | None, first: int, most: int
) -> tuple[tuple[Claim, ...], bool]:
    """Some of the claims that are wanted, the latest first, and whether there are more; they are not counted."""
    way = way_of(connection, where)
    wanted = chosen(where, moment, way).order_by(*latest_first(way)).offset(first).limit(most + 1)
    found = claims_of(connection, wanted)
    return tuple(found[:most]), len(found) > most


def answers_in(connection: Connection, where: ClaimFilter, moment: datetime | None) -> tuple[Answered, ...]:
    """The answers to the latest `LOOKED_THROUGH` claims that are wanted, the latest first."""
    way = way_of(connection, where)
    latest = chosen(where, moment, way).order_by(*latest_first(way)).limit(LOOKED_THROUGH)
    keys = latest.with_only_columns(claim.c.key)
    wanted = (
        select(claim_value.c.field, claim_value.c.value, claim.c.dated, claim.c.id, claim.c.article_id)
        .join(claim, claim.c.key == claim_value.c.claim_key)
        .where(claim_value.c.claim_key.in_(keys), claim_value.c.field.in_(STANCES))
        .order_by(claim.c.dated.desc(), claim.c.key.desc(), claim_value.c.field, claim_value.c.position)
    )
    return tuple(
        Answered(row.field, row.value, row.dated, row.id, row.article_id) for row in connection.execute(wanted)
    )


def counted_of(connection: Connection, field: Facet, values: Iterable[str]) -> dict[str, int]:
    """How many claims that are held now have some values of a facet, those of most claims first; none of none."""
    wanted = (
        select(facet.c.value, func.sum(facet.c.claims))
        .where(
            facet.c.field == field.value,
            facet.c.folded.in_([value.casefold() for value in values]),
            facet.c.claims > 0,
        )
        .group_by(facet.c.value)
    )
    found = {value: int(count) for value, count in connection.execute(wanted)}
    return dict(sorted(found.items(), key=lambda one: (-one[1], one[0])))
