"""The tables of the ledger, in types that SQLite and PostgreSQL both know.

Changing one means a new file in `migrations/versions`; a test compares the two.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    DateTime,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# Two articles may go by the same doc, so only the hash of the content is a key.
article = Table(
    "article",
    metadata,
    Column("id", String, primary_key=True),
    Column("doc", String, nullable=False, index=True),
    Column("outlet", String),
    Column("title", Text),
    Column("url", Text),
    Column("published", String, index=True),
    Column("dated_by", Text),
    Column("language", String),
    Column("authors", JSON, nullable=False),
    Column("text", Text, nullable=False),
    Column("taken_in", DateTime(timezone=True), nullable=False),
)

reading = Table(
    "reading",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("article_id", ForeignKey("article.id"), nullable=False),
    Column("reader", String, nullable=False),
    Column("made", DateTime(timezone=True), nullable=False),
    Column("body", JSON, nullable=False),
    UniqueConstraint("article_id", "reader"),
)

# A newer reading may find a claim again under the same id, so the id is unique within a reading only.
claim = Table(
    "claim",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("id", String, nullable=False, index=True),
    Column("reading_id", ForeignKey("reading.id"), nullable=False),
    Column("article_id", ForeignKey("article.id"), nullable=False, index=True),
    Column("kind", String, nullable=False),
    Column("stage", String, nullable=False, index=True),
    Column("negated", Boolean, nullable=False),
    Column("hedged", Boolean, nullable=False),
    Column("quantity_low", Double),
    Column("quantity_high", Double),
    Column("quantity_words", Text),
    Column("quantity_unit", String),
    Column("quantity_approximate", Boolean),
    Column("quantity_item", String),
    Column("amount_low", Double),
    Column("amount_high", Double),
    Column("amount_words", Text),
    Column("amount_currency", String),
    Column("amount_approximate", Boolean),
    Column("time", String),
    Column("confidence", Double, nullable=False),
    Column("position", Integer, nullable=False),
    UniqueConstraint("reading_id", "id"),
)

# `folded` is the value without case: SQLite's own lower() knows ASCII only.
claim_value = Table(
    "claim_value",
    metadata,
    Column("claim_key", ForeignKey("claim.key"), primary_key=True),
    Column("field", String, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("value", Text, nullable=False),
    Column("folded", Text, nullable=False),
    Index(None, "field", "folded"),
)


def _span_columns(name: str) -> list[Column[object]]:
    return [
        Column(f"{name}_start", Integer),
        Column(f"{name}_end", Integer),
        Column(f"{name}_type", String),
        Column(f"{name}_text", Text),
        Column(f"{name}_confidence", Double),
    ]


claim_hop = Table(
    "claim_hop",
    metadata,
    Column("claim_key", ForeignKey("claim.key"), primary_key=True),
    Column("chain", Integer, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("actor", Text, nullable=False),
    Column("folded", Text, nullable=False, index=True),
    Column("kind", String, nullable=False),
    Column("name", Text, nullable=False),
    Column("stance", String, nullable=False),
    *_span_columns("span"),
    *_span_columns("cue"),
)

judgement = Table(
    "judgement",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("claims", JSON, nullable=False),
    Column("others", JSON, nullable=False),
    Column("person", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("made", DateTime(timezone=True), nullable=False),
    Column("undone", DateTime(timezone=True)),
)

# What the weighing said each time that it was asked to say what had changed.
weighing = Table(
    "weighing",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("made", DateTime(timezone=True), nullable=False),
    Column("body", JSON, nullable=False),
)

evidence = Table(
    "evidence",
    metadata,
    Column("claim_key", ForeignKey("claim.key"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("field", String, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("rule", Text),
)
