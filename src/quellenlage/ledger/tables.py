"""The tables of the ledger, in types that SQLite and PostgreSQL both know.

Nothing in them is overwritten: a row is held from `since` until `until`, which is empty while it is held, so the ledger
can be asked as of any moment. Changing a table means a new file in `migrations/versions`; a test compares the two.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    DateTime,
    Dialect,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    false,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """A moment in UTC; SQLite keeps no zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment as it is kept."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment as it is used."""
        return None if value is None else value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


_HELD = text("until IS NULL")
_ENDED = text("until IS NOT NULL")
_PLAIN = String().with_variant(String(collation="C"), "postgresql")
"""A string that is compared and sorted by its characters, as SQLite does, and not as some language does."""

# Two articles may go by the same doc, so only the hash of the content is a key.
article = Table(
    "article",
    metadata,
    Column("id", String, primary_key=True),
    # What the full-text index calls the article.
    Column("number", Integer, nullable=False),
    Column("doc", _PLAIN, nullable=False, index=True),
    Column("outlet", String),
    Column("title", Text),
    Column("url", Text),
    Column("published", _PLAIN, index=True),
    Column("dated_by", Text),
    Column("language", String),
    Column("authors", JSON, nullable=False),
    Column("updated", String),
    Column("credits", JSON, nullable=False, server_default="[]"),
    Column("paywalled", Boolean),
    Column("marks", JSON, nullable=False, server_default="[]"),
    Column("part_of", _PLAIN, index=True),
    Column("text", Text, nullable=False),
    Column("taken_in", Moment, nullable=False),
    UniqueConstraint("number"),
)

# The bytes that articles were made of, compressed; several articles may be made of the same.
original = Table(
    "original",
    metadata,
    Column("digest", String, primary_key=True),
    Column("body", LargeBinary, nullable=False),
    Column("media_type", String, nullable=False),
    Column("charset", String, nullable=False),
    Column("address", Text),
    Column("got", String),
)

article_original = Table(
    "article_original",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("article_id", ForeignKey("article.id"), nullable=False),
    Column("digest", ForeignKey("original.digest"), nullable=False, index=True),
    UniqueConstraint("article_id", "digest"),
)

reading = Table(
    "reading",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("article_id", ForeignKey("article.id"), nullable=False),
    Column("reader", String, nullable=False),
    Column("made", Moment, nullable=False),
    Column("until", Moment),
    Column("body", JSON, nullable=False),
    UniqueConstraint("article_id", "reader"),
    Index("ix_reading_held", "article_id", unique=True, sqlite_where=_HELD, postgresql_where=_HELD),
)

# A claim has a row for each state in which it was ever held: as it was read, and as each judgement left it. `dated` is
# the day of its article, and empty where that is unknown, so that lists need not ask for the article.
claim = Table(
    "claim",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("id", _PLAIN, nullable=False, index=True),
    Column("reading_id", ForeignKey("reading.id"), nullable=False, index=True),
    Column("article_id", ForeignKey("article.id"), nullable=False, index=True),
    Column("kind", String, nullable=False),
    Column("stage", String, nullable=False),
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
    Column("verdict", String),
    Column("since", Moment, nullable=False),
    Column("until", Moment),
    Column("dated", _PLAIN, nullable=False),
    Index("ix_claim_held", "article_id", "id", unique=True, sqlite_where=_HELD, postgresql_where=_HELD),
    Index("ix_claim_latest", "dated", "key", sqlite_where=_HELD, postgresql_where=_HELD),
    Index("ix_claim_doubtful", "confidence", "key", sqlite_where=_HELD, postgresql_where=_HELD),
    Index(None, "since"),
    Index("ix_claim_ended", "until", sqlite_where=_ENDED, postgresql_where=_ENDED),
)

claim_judgement = Table(
    "claim_judgement",
    metadata,
    Column("claim_key", ForeignKey("claim.key"), primary_key=True),
    Column("judgement_id", ForeignKey("judgement.id"), primary_key=True, index=True),
)

claim_value = Table(
    "claim_value",
    metadata,
    Column("claim_key", ForeignKey("claim.key"), primary_key=True),
    Column("field", String, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("value", Text, nullable=False),
)

# By what claims are chosen: a value of a field, and how many claims hold it now. `folded` is the value without case:
# SQLite's own lower() knows ASCII only. `name` is what articles call a source.
facet = Table(
    "facet",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("field", String, nullable=False),
    Column("value", Text, nullable=False),
    Column("folded", Text, nullable=False),
    Column("name", Text),
    Column("claims", Integer, nullable=False),
    UniqueConstraint("field", "value"),
    Index(None, "field", "folded"),
)

# Ordered as lists are: all claims of a facet by their days.
claim_facet = Table(
    "claim_facet",
    metadata,
    Column("facet_id", ForeignKey("facet.id"), primary_key=True),
    Column("dated", _PLAIN, primary_key=True),
    Column("claim_key", ForeignKey("claim.key"), primary_key=True, index=True),
    sqlite_with_rowid=False,
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
    Column("corrections", JSON, nullable=False),
    Column("person", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("made", Moment, nullable=False),
    Column("undone", Moment),
)

# Each weighing that was kept, and what the ledger held at that time (`Ledger.state`).
weighing = Table(
    "weighing",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("made", Moment, nullable=False),
    Column("state", JSON, nullable=False),
    Column("program", String, nullable=False),
)

deal = Table(
    "deal",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("name", _PLAIN, nullable=False, index=True),
    Column("since", Moment, nullable=False),
    Column("until", Moment),
    Column("stage", String, nullable=False),
    Column("articles", Integer, nullable=False),
    Column("origins", Integer, nullable=False),
    Column("denials", Integer, nullable=False),
    Column("unverified", Integer, nullable=False),
    Column("grade", Integer, nullable=False),
    Column("doubtful", Boolean, nullable=False, server_default=false()),
    Column("first_day", _PLAIN, nullable=False),
    Column("last_day", _PLAIN, nullable=False),
    Column("body", JSON, nullable=False),
    # The stage is there so that a list of deals at a rare one need not look at every deal.
    Index("ix_deal_largest", "articles", "name", "stage", sqlite_where=_HELD, postgresql_where=_HELD),
    Index("ix_deal_latest", "last_day", "name", "stage", sqlite_where=_HELD, postgresql_where=_HELD),
    Index("ix_deal_disputed", "denials", "name", "stage", sqlite_where=_HELD, postgresql_where=_HELD),
    Index("ix_deal_unsupported", "origins", "name", "stage", sqlite_where=_HELD, postgresql_where=_HELD),
)

deal_value = Table(
    "deal_value",
    metadata,
    Column("deal_key", ForeignKey("deal.key"), primary_key=True),
    Column("field", String, primary_key=True),
    Column("value", Text, primary_key=True),
    Column("folded", Text, nullable=False),
    Index(None, "field", "folded", "deal_key"),
)

deal_claim = Table(
    "deal_claim",
    metadata,
    Column("deal_key", ForeignKey("deal.key"), primary_key=True),
    Column("claim_id", _PLAIN, primary_key=True, index=True),
    Column("article_id", ForeignKey("article.id"), nullable=False, index=True),
)

story = Table(
    "story",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("since", Moment, nullable=False),
    Column("until", Moment),
    Column("body", JSON, nullable=False),
)

story_article = Table(
    "story_article",
    metadata,
    Column("story_key", ForeignKey("story.key"), primary_key=True),
    Column("article_id", ForeignKey("article.id"), primary_key=True, index=True),
)

shared_text = Table(
    "shared_text",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("original", ForeignKey("article.id"), nullable=False, index=True),
    Column("copy", ForeignKey("article.id"), nullable=False, index=True),
    Column("since", Moment, nullable=False),
    Column("until", Moment),
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

_WAITING = text("state = 'waiting'")

# What a watch remembers: when it looks where, and what became of all that it found.
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

# Who may use a server that listens beyond this machine. `folded` is the name without case.
account = Table(
    "account",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("folded", _PLAIN, nullable=False),
    Column("role", String, nullable=False),
    Column("password", Text, nullable=False),
    Column("made", Moment, nullable=False),
    UniqueConstraint("folded"),
)

# What opens an account: the digest of a session's cookie, or of a token of a program.
credential = Table(
    "credential",
    metadata,
    Column("digest", String, primary_key=True),
    Column("account_id", ForeignKey("account.id"), nullable=False, index=True),
    Column("kind", String, nullable=False),
    Column("made", Moment, nullable=False),
    Column("used", Moment, nullable=False),
    Column("expires", Moment, nullable=False),
)

# Who did what, when and from where. Rows are only added: triggers of the migration refuse all else. It names persons
# and not accounts, which may be gone; `address` is empty for what was done on the command line.
audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("person", Text, nullable=False),
    Column("address", Text),
    Column("action", String, nullable=False),
    Column("about", Text, nullable=False),
)
