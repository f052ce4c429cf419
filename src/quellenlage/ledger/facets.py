"""By what claims can be chosen: their facets, and how many claims hold each now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from typing import TypeVar

from sqlalchemy import Connection, bindparam, insert, select, tuple_, update

from quellenlage.domain import Claim
from quellenlage.ledger.tables import claim_facet, facet

Key = TypeVar("Key")
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
    DENIED_BY = "denied_by"
    CONFIRMED_BY = "confirmed_by"
    NO_COMMENT_BY = "no_comment_by"
    UNVERIFIED_BY = "unverified_by"
    MONTH = "month"
    PAIR = "pair"
    PAIR_ITEM = "pair_item"


TO_CHOOSE_FROM = tuple(field for field in Facet if field not in (Facet.PAIR, Facet.PAIR_ITEM))
"""The facets whose values are listed; pairs only make it quick to find what goes from one party to another."""
STANCES = ("denied_by", "confirmed_by", "no_comment_by", "unverified_by")
"""Fields of a claim that give it a stance of the same name, without "_by"."""

_NAMED = frozenset({Facet.SOURCE.value, Facet.ORIGIN.value, Facet.OUTLET.value})
FacetValue = tuple[str, str]
"""A field and a value."""


def facets_of(claim: Claim, dated: str) -> frozenset[FacetValue]:
    """The facets of a claim whose article is `dated`.

    A source is any hop but the article's own outlet, an origin the last one of a chain. Stances are "denied",
    "confirmed", "no_comment" and "unverified", "hedged" and "negated"; `denied_by` and its like are who answers so.
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
        *((Facet(field), getattr(claim, field)) for field in STANCES),
        (Facet.MONTH, (dated[:7],) if dated else ()),
        (Facet.PAIR, (pair(*both) for both in product(claim.supplier, claim.recipient))),
        (
            Facet.PAIR_ITEM,
            (pair(*all_three) for all_three in product(claim.supplier, claim.recipient, claim.item_classes)),
        ),
    ):
        found |= {(field, value) for value in values}
    return frozenset((field.value, value) for field, value in found)


def pair(supplier: str, recipient: str, item_class: str | None = None) -> str:
    """The facet of a supplier and a recipient together, and of what goes from the one to the other."""
    return f"{supplier}>{recipient}" if item_class is None else f"{supplier}>{recipient} {item_class}"


def stances_of(claim: Claim) -> Iterator[str]:
    """What is done to a claim in its article."""
    for field in STANCES:
        if getattr(claim, field):
            yield field.removesuffix("_by")
    if claim.hedged:
        yield "hedged"
    if claim.negated:
        yield "negated"


@dataclass(frozen=True, slots=True)
class Entry:
    """A claim to be entered under its facets: its key, its day, and whether it is held now and so counted."""

    key: int
    dated: str
    claim: Claim
    held: bool


def add_facets(connection: Connection, entries: Sequence[Entry]) -> None:
    """Enter claims under their facets, and count those that are held."""
    if not entries:
        return
    facets = [facets_of(entry.claim, entry.dated) for entry in entries]
    names = {hop.actor: hop.name for one in entries for chain in one.claim.chains for hop in chain.hops}
    counts = Counter({value: 0 for values in facets for value in values})
    counts.update(value for entry, values in zip(entries, facets, strict=True) if entry.held for value in values)
    ids = _counted(connection, counts, names)
    rows = [
        {"facet_id": ids[value], "dated": entry.dated, "claim_key": entry.key}
        for entry, values in zip(entries, facets, strict=True)
        for value in values
    ]
    connection.execute(insert(claim_facet), rows)


def names_of(connection: Connection, sources: Iterable[str]) -> dict[str, str]:
    """What articles call some sources, by their identities; those that none names are left out."""
    wanted = select(facet.c.value, facet.c.name).where(
        facet.c.field.in_(_NAMED), facet.c.value.in_(sorted(set(sources))), facet.c.name.is_not(None)
    )
    return {row.value: row.name for row in connection.execute(wanted)}


def uncount(connection: Connection, keys: Sequence[int]) -> None:
    """Count claims that are held no longer under none of their facets; they stay entered there."""
    if not keys:
        return
    entered = select(claim_facet.c.facet_id).where(claim_facet.c.claim_key.in_(keys))
    _count(connection, {id: -count for id, count in Counter(connection.execute(entered).scalars()).items()})


def _counted(connection: Connection, counts: Counter[FacetValue], names: Mapping[str, str]) -> dict[FacetValue, int]:
    """Add to the counts of some facets, which are made where there are none; gives their ids."""
    ids: dict[FacetValue, int] = {}
    wanted = sorted(counts)
    for part in in_parts(wanted):
        known = select(facet.c.id, facet.c.field, facet.c.value).where(tuple_(facet.c.field, facet.c.value).in_(part))
        ids |= {(row.field, row.value): row.id for row in connection.execute(known)}
    _count(connection, {id: counts[value] for value, id in ids.items()})
    new = [value for value in wanted if value not in ids]
    if new:
        rows = [
            {
                "field": field,
                "value": value,
                "folded": value.casefold(),
                "name": names.get(value) if field in _NAMED else None,
                "claims": counts[field, value],
            }
            for field, value in new
        ]
        made = connection.execute(insert(facet).returning(facet.c.id, sort_by_parameter_order=True), rows)
        ids |= dict(zip(new, made.scalars(), strict=True))
    return ids


def _count(connection: Connection, more: Mapping[int, int]) -> None:
    if more:
        change = update(facet).where(facet.c.id == bindparam("facet")).values(claims=facet.c.claims + bindparam("more"))
        connection.execute(change, [{"facet": id, "more": count} for id, count in more.items()])


def in_parts(keys: Iterable[Key]) -> Iterator[list[Key]]:
    """Keys in parts that fit into one statement."""
    all_of_them = list(keys)
    for at in range(0, len(all_of_them), AT_ONCE):
        yield all_of_them[at : at + AT_ONCE]
