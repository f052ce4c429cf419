"""The tables of what a watch remembers: when it looks where, and what became of all that it found."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Index, Integer, String, Table, Text, text

from quellenlage.ledger.tables import Moment, metadata

_WAITING = text("state = 'waiting'")

watch_look = Table(
    "watch_look",
    metadata,
    Column("address", String, primary_key=True),
    Column("due", Moment),
    Column("answered", Moment),
    Column("etag", Text),
    Column("modified", Text),
    Column("digest", String),
    Column("failures", Integer, nullable=False),
    Column("why", Text, nullable=False),
)

# `body` is what a source said of the article, as long as that is needed.
watch_entry = Table(
    "watch_entry",
    metadata,
    Column("key", String, primary_key=True),
    Column("source", String, nullable=False),
    Column("host", String, nullable=False),
    Column("updated", String),
    Column("state", String, nullable=False),
    Column("found", Moment, nullable=False),
    Column("due", Moment, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("why", Text, nullable=False),
    Column("body", JSON(none_as_null=True)),
    Index("ix_watch_entry_due", "due", "key", sqlite_where=_WAITING, postgresql_where=_WAITING),
)
