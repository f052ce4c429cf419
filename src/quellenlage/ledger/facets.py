"""By what claims can be chosen: their facets, and how many claims hold each now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from quellenlage.domain import Claim
from quellenlage.ledger.tables import claim_facet, facet

AT_ONCE = 500
"""How many values are asked for in one statement; SQLite takes some thousands."""


class Facet(StrEnum):
    """The fields by which claims are chosen."""

    SUPPLIER = "supplier"
    RECIPIENT = "recipient"
    ITEM_CLASS = "item_class"
    STAGE = "stage"
    SOURCE = "source"
    ORIGIN = "origin"
    OUTLET = "outlet"
    STANCE = "stance"
    MONTH = "month"


STANCES = ("denied_by", "confirmed_by", "no_comment_by", "unverified_by")
"""Fields of a claim that give it a stance of the same name, without "_by"."""

FacetValue = tuple[str, str]
"""A field and a value."""


def facets_of(claim: Claim, dated: str) -> frozenset[FacetValue]:
    """The facets of a claim whose article is `dated`.

    A source is any hop but the article's own outlet, an origin the last one of a chain. Stances are "denied",
    "confirmed", "no_comment" and "unverified", "hedged" and "negated".
    """
    found = {(Facet.STAGE, claim.stage.value)}
    for field, values in (
        (Facet.SUPPLIER, claim.supplier),
        (Facet.RECIPIENT, claim.recipient),
        (Facet.ITEM_CLASS, claim.item_classes),
        (Facet.SOURCE, claim.sources),
        (Facet.ORIGIN, claim.origins),
        (Facet.OUTLET, (chain.hops[0].actor for chain in claim.chains)),
        (Facet.STANCE, stances_of(claim)),
        (Facet.MONTH, (dated[:7],) if dated else ()),
    ):
        found |= {(field, value) for value in values}
    return frozenset((field.value, value) for field, value in found)


def stances_of(claim: Claim) -> Iterator[str]:
    """What is done to a claim in its article."""
    for field in STANCES:
        if getattr(claim, field):
            yield field.removesuffix("_by")
    if claim.hedged:
        yield "hedged"
    if claim.negated:
        yield "negated"


def add_facets(connection: Connection, claims: Sequence[tuple[int, str, frozenset[FacetValue]]]) -> None:
    """Enter claims, each a key, a day and its facets, under their facets, and count them."""
    counts = Counter(value for _, _, facets in claims for value in facets)
    ids = _counted(connection, counts)
    rows = [
        {"facet_id": ids[value], "dated": dated, "claim_key": key}
        for key, dated, facets in claims
        for value in sorted(facets)
    ]
    if rows:
        connection.execute(insert(claim_facet), rows)


def uncount(connection: Connection, keys: Sequence[int]) -> None:
    """Count claims that are held no longer under none of their facets; they stay entered there."""
    if not keys:
        return
    entered = select(claim_facet.c.facet_id).where(claim_facet.c.claim_key.in_(keys))
    counts = Counter(connection.execute(entered).scalars())
    # In one order, so that two writers do not wait for one another.
    for id in sorted(counts):
        fewer = facet.c.claims - counts[id]
        connection.execute(update(facet).where(facet.c.id == id).values(claims=fewer))


def forget(connection: Connection, keys: Sequence[int]) -> None:
    """Take claims that are held no longer out of their facets."""
    connection.execute(delete(claim_facet).where(claim_facet.c.claim_key.in_(keys)))


def _counted(connection: Connection, counts: Counter[FacetValue]) -> dict[FacetValue, int]:
    """Add to the counts of some facets, which are made where there are none; gives their ids."""
    ids: dict[FacetValue, int] = {}
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    for field, value in sorted(counts):
        row = {"field": field, "value": value, "folded": value.casefold(), "claims": counts[field, value]}
        new = dialect.insert(facet).values(row)
        more = {"claims": facet.c.claims + new.excluded.claims}
        counted = new.on_conflict_do_update(index_elements=["field", "value"], set_=more).returning(facet.c.id)
        ids[field, value] = connection.execute(counted).scalar_one()
    return ids


def in_parts(keys: Iterable[int]) -> Iterator[list[int]]:
    """Keys in parts that fit into one statement."""
    all_of_them = list(keys)
    for at in range(0, len(all_of_them), AT_ONCE):
        yield all_of_them[at : at + AT_ONCE]
