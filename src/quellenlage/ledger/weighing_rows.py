"""A weighing in its tables: deals, stories and shared text, each held from the weighing that first told it so."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter
from sqlalchemy import Connection, Select, Table, insert, select, update

from quellenlage.ledger import tables
from quellenlage.ledger.facets import in_parts
from quellenlage.ledger.queries import held
from quellenlage.weigh.copies import Copy
from quellenlage.weigh.stories import Story
from quellenlage.weigh.weighing import Deal, Weighing

Kept = TypeVar("Kept", Deal, Story, Copy)
_FORMS: dict[type, TypeAdapter[Any]] = {kind: TypeAdapter(kind) for kind in (Deal, Story, Copy)}
TABLES: dict[type, Table] = {Deal: tables.deal, Story: tables.story, Copy: tables.shared_text}


def keep(connection: Connection, weighing: Weighing, article_of: Mapping[str, str], now: datetime) -> None:
    """Hold what a weighing says from now on; what it says as before stays held as before.

    `article_of` gives the article of every claim.
    """
    for key, deal in _changed(connection, Deal, weighing.deals, now):
        values = [
            {"deal_key": key, "field": field, "value": value, "folded": value.casefold()}
            for field, names in deal_facets(deal).items()
            for value in names
        ]
        claims = [{"deal_key": key, "claim_id": id, "article_id": article_of[id]} for id in deal.claims]
        _insert(connection, tables.deal_value, values)
        _insert(connection, tables.deal_claim, claims)
    for key, story in _changed(connection, Story, weighing.stories, now):
        _insert(connection, tables.story_article, [{"story_key": key, "article_id": id} for id in story.articles])
    for _ in _changed(connection, Copy, weighing.copies, now):
        pass


def read(connection: Connection, kind: type[Kept], wanted: Select[Any]) -> tuple[Kept, ...]:
    """The deals, stories or copies whose bodies a selection gives, in its order."""
    return of_bodies(kind, connection.execute(wanted).scalars())


def of_bodies(kind: type[Kept], bodies: Iterable[Any]) -> tuple[Kept, ...]:
    """The deals, stories or copies of some bodies."""
    form = _form_of(kind)
    return tuple(form.validate_python(body) for body in bodies)


def deal_facets(deal: Deal) -> dict[str, tuple[str, ...]]:
    """The fields by which deals are chosen."""
    return {"supplier": deal.supplier, "recipient": deal.recipient, "item_class": deal.item_classes}


def _changed(
    connection: Connection, kind: type[Kept], said: Sequence[Kept], now: datetime
) -> Iterator[tuple[int, Kept]]:
    """Close the rows of what is said no longer, insert what is said anew, and give that with its keys."""
    table = TABLES[kind]
    form = _form_of(kind)
    new = {_canonical(body): (one, body) for one in said for body in [form.dump_python(one, mode="json")]}
    rows = connection.execute(select(table.c.key, table.c.body).where(held(table, None)))
    before = {_canonical(body): key for key, body in rows}
    for part in in_parts(key for text, key in before.items() if text not in new):
        connection.execute(update(table).where(table.c.key.in_(part)).values(until=now))
    for text, (one, body) in new.items():
        if text not in before:
            row = {**_columns(one), "body": body, "since": now}
            yield connection.execute(insert(table).values(row).returning(table.c.key)).scalar_one(), one


def _columns(one: object) -> dict[str, Any]:
    match one:
        case Deal():
            standing = one.standing
            days = [told.since for told in standing.stages if told.since] + [told.day for told in standing.history]
            return {
                "name": one.id,
                "stage": standing.stage.value,
                "articles": len(one.articles),
                "origins": len(standing.origins),
                "denials": len(standing.denied_by),
                "unverified": len(standing.unverified_by),
                "grade": standing.grade.value,
                "doubtful": one.is_doubtful,
                "first_day": min(days, default=""),
                "last_day": max(days, default=""),
            }
        case Copy():
            return {"original": one.original, "copy": one.copy}
    return {}


def _insert(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        connection.execute(insert(table), rows)


def _canonical(body: Any) -> str:
    return json.dumps(body, sort_keys=True)


def _form_of(kind: type[Kept]) -> TypeAdapter[Kept]:
    return cast("TypeAdapter[Kept]", _FORMS[kind])
