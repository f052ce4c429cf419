"""Claims in their tables: what is held of an article, and how that changes when it is read or judged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, Table, insert, select, update

from quellenlage.claims.judging import judged
from quellenlage.domain import Article, Claim, Judgement
from quellenlage.ledger import tables
from quellenlage.ledger.facets import Entry, add_facets, in_parts, uncount
from quellenlage.ledger.queries import held
from quellenlage.ledger.rows import (
    article_of,
    claim_of,
    claim_row,
    day_of,
    evidence_rows,
    hop_rows,
    judgement_rows,
    value_rows,
)

PARTS = (tables.claim_value, tables.claim_hop, tables.evidence, tables.claim_judgement)
"""The tables that hold more of a claim than its row, in the order in which `claim_of` takes them."""


def write_read(
    connection: Connection,
    article: Article,
    reading_id: int,
    claims: Sequence[Claim],
    judgements: Sequence[Judgement],
    now: datetime,
) -> None:
    """Write the claims of a new reading of an article, and what the judgements make of them."""
    dated = day_of(article)
    wanted = {claim.id: claim for claim in judged(article, claims, judgements)}
    as_read = [claim for claim in claims if wanted.get(claim.id) == claim]
    changed = [claim for id, claim in wanted.items() if claim not in as_read]
    replaced = [claim for claim in claims if claim not in as_read]
    write(connection, [Row(claim, reading_id, dated, now) for claim in as_read + changed])
    write(connection, [Row(claim, reading_id, dated, now, now) for claim in replaced])


def settle(connection: Connection, article_id: str, judgements: Sequence[Judgement], now: datetime) -> None:
    """Let the held claims of an article be what the judgements make of those of its current reading."""
    table, reading = tables.claim, tables.reading
    current = select(reading.c.id).where(reading.c.article_id == article_id, held(reading, None, since="made"))
    reading_id = connection.execute(current).scalar_one_or_none()
    if reading_id is None:
        return
    of_it = select(tables.article).where(tables.article.c.id == article_id)
    article = article_of(connection.execute(of_it).mappings().one())
    every = connection.execute(select(table).where(table.c.reading_id == reading_id).order_by(table.c.key))
    rows = every.mappings().all()
    found = {row["key"]: claim for row, claim in zip(rows, claims_of_rows(connection, rows), strict=True)}
    as_read: dict[str, Claim] = {}
    for claim in found.values():
        if not claim.judgements:
            as_read.setdefault(claim.id, claim)
    wanted = {claim.id: claim for claim in judged(article, as_read.values(), judgements)}
    now_held = {row["key"]: found[row["key"]] for row in rows if row["until"] is None}
    close(connection, [key for key, claim in now_held.items() if wanted.get(claim.id) != claim], now)
    new = [claim for claim in wanted.values() if claim not in now_held.values()]
    write(connection, [Row(claim, reading_id, day_of(article), now) for claim in new])


def close(connection: Connection, keys: Sequence[int], now: datetime) -> None:
    """Hold some claims no longer."""
    for part in in_parts(keys):
        connection.execute(update(tables.claim).where(tables.claim.c.key.in_(part)).values(until=now))
        uncount(connection, part)


def held_keys(connection: Connection, article_id: str) -> list[int]:
    """The keys of the claims of an article that are held now."""
    table = tables.claim
    wanted = select(table.c.key).where(table.c.article_id == article_id, held(table, None))
    return list(connection.execute(wanted).scalars())


def claims_of_rows(connection: Connection, rows: Sequence[RowMapping]) -> list[Claim]:
    """The claims of some rows of `claim`, in their order."""
    parts = [_by_claim(connection, table, [row["key"] for row in rows]) for table in PARTS]
    return [claim_of(row, *(part[row["key"]] for part in parts)) for row in rows]


def claims_of(connection: Connection, wanted: Select[Any]) -> list[Claim]:
    """The claims that a selection of `claim` gives, in its order."""
    return claims_of_rows(connection, connection.execute(wanted).mappings().all())


@dataclass(frozen=True, slots=True)
class Row:
    """A claim as it is to be written: of which reading, of which day, and from when until when it is held."""

    claim: Claim
    reading_id: int
    dated: str
    since: datetime
    until: datetime | None = None


def write(connection: Connection, rows: Sequence[Row]) -> None:
    """Write claims; those that are held, or were, are entered under their facets."""
    if not rows:
        return
    table = tables.claim
    new = [claim_row(row.claim, row.reading_id, row.dated, row.since, row.until) for row in rows]
    inserted = insert(table).returning(table.c.key, sort_by_parameter_order=True)
    keys = list(connection.execute(inserted, new).scalars())
    for part, rows_of in zip(PARTS, (value_rows, hop_rows, evidence_rows, judgement_rows), strict=True):
        more = [one for key, row in zip(keys, rows, strict=True) for one in rows_of(row.claim, key)]
        if more:
            connection.execute(insert(part), more)
    held_once = [
        Entry(key, row.dated, row.claim, row.until is None)
        for key, row in zip(keys, rows, strict=True)
        if row.until is None or row.since < row.until
    ]
    add_facets(connection, held_once)


def _by_claim(connection: Connection, table: Table, keys: Iterable[int]) -> Mapping[int, list[RowMapping]]:
    grouped: dict[int, list[RowMapping]] = defaultdict(list)
    for part in in_parts(keys):
        rows = select(table).where(table.c.claim_key.in_(part)).order_by(*table.primary_key.columns)
        # All at once: one after the other, each would be fetched by a call of its own.
        for row in connection.execute(rows).mappings().all():
            grouped[row["claim_key"]].append(row)
    return grouped
