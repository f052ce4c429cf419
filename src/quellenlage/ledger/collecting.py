"""Removes from a ledger what its owner names: superseded readings, or articles with all that rests on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, RowMapping, Table, delete, select, update

from quellenlage.domain import Article
from quellenlage.ledger import original_rows, tables, text_index
from quellenlage.ledger.claim_rows import PARTS
from quellenlage.ledger.facets import in_parts, uncount
from quellenlage.ledger.rows import article_of

WITHDRAWN: list[int] = []
"""The state of a weighing that no ledger is ever in: whoever asks for that time has its claims weighed anew."""


@dataclass(frozen=True, slots=True)
class Removal:
    """What is to go: articles, readings by their ids, claims by their keys, judgements by their numbers.

    `shortened` are judgements that go on without the claims of these articles; weighings that were made between `since`
    and `until` rest on something that goes.
    """

    articles: tuple[Article, ...] = ()
    readings: tuple[int, ...] = ()
    claims: tuple[int, ...] = ()
    judgements: tuple[int, ...] = ()
    shortened: tuple[int, ...] = ()
    since: datetime | None = None
    until: datetime | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is to go."""
        return not (self.articles or self.readings)


def removals(connection: Connection, before: datetime | None, articles: Sequence[str]) -> tuple[Removal, ...]:
    """What would go: articles with all that rests on them, and what was superseded before a moment in the others."""
    going = (resting_on(connection, articles), superseded(connection, before, articles) if before else Removal())
    return tuple(removal for removal in going if not removal.is_empty)


def superseded(connection: Connection, before: datetime, besides: Sequence[str] = ()) -> Removal:
    """The readings that were replaced before a moment, with their claims, where no judgement rests on any of these.

    A reading goes whole or not at all, so that what is left of the past is right. Those of the articles `besides` are
    not among them.
    """
    reading, claim = tables.reading, tables.claim
    found = select(reading.c.id, reading.c.made, reading.c.until)
    found = found.where(reading.c.until <= before, reading.c.article_id.not_in(besides))
    judged = {one["id"] for row in _judgements(connection) for one in (*row["claims"], *row["others"])}
    rests = select(tables.claim_judgement.c.claim_key)
    kept: set[int] = set()
    keys: dict[int, list[int]] = {}
    of_these = select(claim.c.key, claim.c.id, claim.c.reading_id, claim.c.until, claim.c.key.in_(rests).label("rests"))
    of_these = of_these.where(claim.c.reading_id.in_(found.with_only_columns(reading.c.id))).order_by(claim.c.key)
    for row in connection.execute(of_these).mappings():
        keys.setdefault(row["reading_id"], []).append(row["key"])
        if row["rests"] or row["id"] in judged or row["until"] is None or row["until"] > before:
            kept.add(row["reading_id"])
    going = [row for row in connection.execute(found.order_by(reading.c.id)) if row.id not in kept]
    return Removal(
        readings=tuple(row.id for row in going),
        claims=tuple(key for row in going for key in keys.get(row.id, ())),
        since=min((row.made for row in going), default=None),
        until=max((row.until for row in going), default=None),
    )


def resting_on(connection: Connection, articles: Sequence[str]) -> Removal:
    """Some articles, by their ids, with all that rests on them."""
    rows = _rows(connection, tables.article, tables.article.c.id, articles)
    readings = _rows(connection, tables.reading, tables.reading.c.article_id, articles)
    claims = _rows(connection, tables.claim, tables.claim.c.article_id, articles)
    judgements: list[int] = []
    shortened: list[int] = []
    for row in _judgements(connection):
        left = [[one for one in row[side] if one["article_id"] not in articles] for side in ("claims", "others")]
        if left != [row["claims"], row["others"]]:
            means_something = all(
                bool(now) == bool(was) for now, was in zip(left, (row["claims"], row["others"]), strict=True)
            )
            (shortened if means_something else judgements).append(row["id"])
    return Removal(
        articles=tuple(article_of(row) for row in rows),
        readings=tuple(row["id"] for row in readings),
        claims=tuple(row["key"] for row in claims),
        judgements=tuple(judgements),
        shortened=tuple(shortened),
        since=min((row["taken_in"] for row in rows), default=None),
    )


def remove(connection: Connection, removal: Removal) -> None:
    """Remove all that is to go, with what is derived from it; what was weighed with it is to be weighed anew."""
    articles = [article.id for article in removal.articles]
    ids = {row["id"] for row in _rows(connection, tables.claim, tables.claim.c.key, removal.claims)}
    _remove_weighed(connection, articles, sorted(ids), removal)
    _remove_claims(connection, removal.claims)
    _delete(connection, tables.reading.c.id, removal.readings)
    _shorten(connection, articles, removal.shortened)
    _delete(connection, tables.judgement.c.id, removal.judgements)
    _remove_articles(connection, articles)


def _remove_claims(connection: Connection, keys: Sequence[int]) -> None:
    claim, entered, facet = tables.claim, tables.claim_facet, tables.facet
    under: set[int] = set()
    for part in in_parts(keys):
        counted = select(claim.c.key).where(claim.c.key.in_(part), claim.c.until.is_(None))
        uncount(connection, list(connection.execute(counted).scalars()))
        under |= set(connection.execute(select(entered.c.facet_id).where(entered.c.claim_key.in_(part))).scalars())
    for table in (*PARTS, entered):
        _delete(connection, table.c.claim_key, keys)
    _delete(connection, claim.c.key, keys)
    for part in in_parts(sorted(under)):
        unused = ~select(entered.c.facet_id).where(entered.c.facet_id == facet.c.id).exists()
        connection.execute(delete(facet).where(facet.c.id.in_(part), unused))


def _remove_weighed(connection: Connection, articles: Sequence[str], ids: Sequence[str], removal: Removal) -> None:
    """Remove the deals, stories and shared text, held and past ones, that rest on what goes."""
    claims, stories, shared = tables.deal_claim, tables.story_article, tables.shared_text
    deals = {row["deal_key"] for row in _rows(connection, claims, claims.c.claim_id, ids)}
    deals |= {row["deal_key"] for row in _rows(connection, claims, claims.c.article_id, articles)}
    told = {row["story_key"] for row in _rows(connection, stories, stories.c.article_id, articles)}
    for column, keys in (
        (tables.deal_value.c.deal_key, deals),
        (claims.c.deal_key, deals),
        (tables.deal.c.key, deals),
        (stories.c.story_key, told),
        (tables.story.c.key, told),
    ):
        _delete(connection, column, sorted(keys))
    _delete(connection, shared.c.original, articles)
    _delete(connection, shared.c.copy, articles)
    made = tables.weighing.c.made
    withdrawn = update(tables.weighing).values(state=WITHDRAWN).where(made >= removal.since)
    if removal.until is not None:
        withdrawn = withdrawn.where(made <= removal.until)
    connection.execute(withdrawn)


def _remove_articles(connection: Connection, ids: Sequence[str]) -> None:
    original_rows.remove(connection, ids)
    table = tables.article
    rows = _rows(connection, table, table.c.id, ids)
    known = [row for row in rows if text_index.enters(connection, article_of(row), row["number"])]
    for row in known:
        text_index.forget(connection, article_of(row), row["number"])
    _delete(connection, table.c.id, ids)
    if len(known) < len(rows):
        text_index.rebuild(connection)


def _shorten(connection: Connection, articles: Sequence[str], numbers: Sequence[int]) -> None:
    """Let judgements go on without the claims of some articles."""
    table = tables.judgement
    for row in _rows(connection, table, table.c.id, numbers):
        left = {side: [one for one in row[side] if one["article_id"] not in articles] for side in ("claims", "others")}
        connection.execute(update(table).where(table.c.id == row["id"]).values(left))


def _judgements(connection: Connection) -> Sequence[RowMapping]:
    """All judgements, those that were taken back too: the past rests on these."""
    return connection.execute(select(tables.judgement).order_by(tables.judgement.c.id)).mappings().all()


def _rows(connection: Connection, table: Table, column: Column[Any], values: Sequence[Any]) -> list[RowMapping]:
    found: list[RowMapping] = []
    for part in in_parts(values):
        wanted = select(table).where(column.in_(part)).order_by(*table.primary_key.columns)
        found += connection.execute(wanted).mappings()
    return found


def _delete(connection: Connection, column: Column[Any], values: Sequence[Any]) -> None:
    for part in in_parts(values):
        connection.execute(delete(column.table).where(column.in_(part)))
