"""Since when and until when claims, readings and weighings were held; facets; the full-text index."""

from collections import Counter
from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.engine import Connection

from quellenlage.domain import Article
from quellenlage.ledger import text_index

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_HELD = sa.text("until IS NULL")
_MOMENT = sa.DateTime(timezone=True)
_STANCES = {"denied_by": "denied", "confirmed_by": "confirmed", "no_comment_by": "no_comment"}
_STANCES["unverified_by"] = "unverified"
_PARTIES = ("supplier", "recipient", "item_class")
_SOURCES = ("source", "origin", "outlet")
_AT_ONCE = 5000
_PLAIN = {
    "article": ("doc", "published"),
    "claim": ("id", "dated"),
    "claim_facet": ("dated",),
    "deal": ("name", "first_day", "last_day"),
    "deal_claim": ("claim_id",),
}


def upgrade() -> None:
    _columns()
    _facets()
    _weighings()
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        _plain_order()
    for statement in text_index.CREATE[connection.dialect.name]:
        op.execute(statement)
    _fill(connection)


def _columns() -> None:
    with op.batch_alter_table("article") as article:
        article.add_column(sa.Column("number", sa.Integer(), nullable=True))
    op.execute(
        "UPDATE article SET number = (SELECT count(*) FROM article AS other WHERE other.taken_in < article.taken_in "
        "OR (other.taken_in = article.taken_in AND other.id <= article.id))"
    )
    with op.batch_alter_table("article") as article:
        article.alter_column("number", existing_type=sa.Integer(), nullable=False)
        article.create_unique_constraint(op.f("uq_article_number"), ["number"])
    with op.batch_alter_table("reading") as reading:
        reading.add_column(sa.Column("until", _MOMENT, nullable=True))
    op.execute(
        "UPDATE reading SET until = (SELECT min(later.made) FROM reading AS later "
        "WHERE later.article_id = reading.article_id AND later.id > reading.id)"
    )
    _held_index("ix_reading_held", "reading", ["article_id"], unique=True)
    with op.batch_alter_table("claim") as claim:
        claim.add_column(sa.Column("verdict", sa.String(), nullable=True))
        claim.add_column(sa.Column("since", _MOMENT, nullable=True))
        claim.add_column(sa.Column("until", _MOMENT, nullable=True))
        claim.add_column(sa.Column("dated", sa.String(), nullable=True))
        claim.drop_constraint(op.f("uq_claim_reading_id_id"), type_="unique")
    op.execute(
        "UPDATE claim SET since = (SELECT made FROM reading WHERE reading.id = claim.reading_id), "
        "until = (SELECT until FROM reading WHERE reading.id = claim.reading_id), "
        "dated = coalesce((SELECT substr(published, 1, 10) FROM article WHERE article.id = claim.article_id), '')"
    )
    with op.batch_alter_table("claim") as claim:
        claim.alter_column("since", existing_type=_MOMENT, nullable=False)
        claim.alter_column("dated", existing_type=sa.String(), nullable=False)
    _held_index("ix_claim_held", "claim", ["article_id", "id"], unique=True)
    _held_index("ix_claim_latest", "claim", ["dated", "key"], unique=False)
    _held_index("ix_claim_doubtful", "claim", ["confidence", "key"], unique=False)
    op.create_index(op.f("ix_claim_since"), "claim", ["since"], unique=False)
    ended = sa.text("until IS NOT NULL")
    op.create_index("ix_claim_ended", "claim", ["until"], unique=False, sqlite_where=ended, postgresql_where=ended)
    op.create_index(op.f("ix_claim_reading_id"), "claim", ["reading_id"], unique=False)
    op.drop_index(op.f("ix_claim_stage"), "claim")
    op.drop_index(op.f("ix_claim_hop_folded"), "claim_hop")
    with op.batch_alter_table("claim_hop") as hop:
        hop.drop_column("folded")
    op.drop_index(op.f("ix_claim_value_field_folded"), "claim_value")
    with op.batch_alter_table("claim_value") as value:
        value.drop_column("folded")
    with op.batch_alter_table("judgement") as judgement:
        judgement.add_column(sa.Column("corrections", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("judgement") as judgement:
        judgement.alter_column("corrections", existing_type=sa.JSON(), server_default=None)


def _plain_order() -> None:
    """Let PostgreSQL sort as SQLite does."""
    for table, columns in _PLAIN.items():
        for column in columns:
            op.execute(f'ALTER TABLE {table} ALTER COLUMN {column} TYPE VARCHAR COLLATE "C"')


def _held_index(name: str, table: str, columns: list[str], unique: bool) -> None:
    op.create_index(name, table, columns, unique=unique, sqlite_where=_HELD, postgresql_where=_HELD)


def _facets() -> None:
    op.create_table(
        "facet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_facet")),
        sa.UniqueConstraint("field", "value", name=op.f("uq_facet_field_value")),
    )
    op.create_index(op.f("ix_facet_field_folded"), "facet", ["field", "folded"], unique=False)
    op.create_table(
        "claim_facet",
        sa.Column("facet_id", sa.Integer(), nullable=False),
        sa.Column("dated", sa.String(), nullable=False),
        sa.Column("claim_key", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["claim_key"], ["claim.key"], name=op.f("fk_claim_facet_claim_key")),
        sa.ForeignKeyConstraint(["facet_id"], ["facet.id"], name=op.f("fk_claim_facet_facet_id")),
        sa.PrimaryKeyConstraint("facet_id", "dated", "claim_key", name=op.f("pk_claim_facet")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_claim_facet_claim_key"), "claim_facet", ["claim_key"], unique=False)
    op.create_table(
        "claim_judgement",
        sa.Column("claim_key", sa.Integer(), nullable=False),
        sa.Column("judgement_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["claim_key"], ["claim.key"], name=op.f("fk_claim_judgement_claim_key")),
        sa.ForeignKeyConstraint(["judgement_id"], ["judgement.id"], name=op.f("fk_claim_judgement_judgement_id")),
        sa.PrimaryKeyConstraint("claim_key", "judgement_id", name=op.f("pk_claim_judgement")),
    )
    op.create_index(op.f("ix_claim_judgement_judgement_id"), "claim_judgement", ["judgement_id"], unique=False)


def _weighings() -> None:
    # What was kept of weighings until now cannot be told in claims; `quellenlage weigh` tells it anew.
    op.drop_table("weighing")
    op.create_table(
        "weighing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("made", _MOMENT, nullable=False),
        sa.Column("state", sa.JSON(), nullable=False),
        sa.Column("program", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_weighing")),
    )
    op.create_table(
        "deal",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("since", _MOMENT, nullable=False),
        sa.Column("until", _MOMENT, nullable=True),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("origins", sa.Integer(), nullable=False),
        sa.Column("denials", sa.Integer(), nullable=False),
        sa.Column("unverified", sa.Integer(), nullable=False),
        sa.Column("grade", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.String(), nullable=False),
        sa.Column("last_day", sa.String(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_deal")),
    )
    op.create_index(op.f("ix_deal_name"), "deal", ["name"], unique=False)
    _held_index("ix_deal_largest", "deal", ["articles", "name"], unique=False)
    _held_index("ix_deal_latest", "deal", ["last_day", "name"], unique=False)
    _held_index("ix_deal_disputed", "deal", ["denials", "name"], unique=False)
    _held_index("ix_deal_unsupported", "deal", ["origins", "name"], unique=False)
    op.create_table(
        "deal_value",
        sa.Column("deal_key", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["deal_key"], ["deal.key"], name=op.f("fk_deal_value_deal_key")),
        sa.PrimaryKeyConstraint("deal_key", "field", "value", name=op.f("pk_deal_value")),
    )
    op.create_index(op.f("ix_deal_value_field_folded_deal_key"), "deal_value", ["field", "folded", "deal_key"])
    op.create_table(
        "deal_claim",
        sa.Column("deal_key", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.String(), nullable=False),
        sa.Column("article_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_deal_claim_article_id")),
        sa.ForeignKeyConstraint(["deal_key"], ["deal.key"], name=op.f("fk_deal_claim_deal_key")),
        sa.PrimaryKeyConstraint("deal_key", "claim_id", name=op.f("pk_deal_claim")),
    )
    op.create_index(op.f("ix_deal_claim_claim_id"), "deal_claim", ["claim_id"], unique=False)
    op.create_index(op.f("ix_deal_claim_article_id"), "deal_claim", ["article_id"], unique=False)
    op.create_table(
        "story",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("since", _MOMENT, nullable=False),
        sa.Column("until", _MOMENT, nullable=True),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_story")),
    )
    op.create_table(
        "story_article",
        sa.Column("story_key", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_story_article_article_id")),
        sa.ForeignKeyConstraint(["story_key"], ["story.key"], name=op.f("fk_story_article_story_key")),
        sa.PrimaryKeyConstraint("story_key", "article_id", name=op.f("pk_story_article")),
    )
    op.create_index(op.f("ix_story_article_article_id"), "story_article", ["article_id"], unique=False)
    op.create_table(
        "shared_text",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("original", sa.String(), nullable=False),
        sa.Column("copy", sa.String(), nullable=False),
        sa.Column("since", _MOMENT, nullable=False),
        sa.Column("until", _MOMENT, nullable=True),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["copy"], ["article.id"], name=op.f("fk_shared_text_copy")),
        sa.ForeignKeyConstraint(["original"], ["article.id"], name=op.f("fk_shared_text_original")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_shared_text")),
    )
    op.create_index(op.f("ix_shared_text_copy"), "shared_text", ["copy"], unique=False)
    op.create_index(op.f("ix_shared_text_original"), "shared_text", ["original"], unique=False)


def _fill(connection: Connection) -> None:
    """Enter claims under their facets, and articles under their words."""
    metadata = sa.MetaData()
    metadata.reflect(connection, only=["article", "claim", "claim_value", "claim_hop", "facet", "claim_facet"])
    claim, value, hop = (metadata.tables[name] for name in ("claim", "claim_value", "claim_hop"))
    dated = {}
    current = set()
    entered: set[tuple[str, str, int]] = set()
    for row in connection.execute(sa.select(claim)):
        dated[row.key] = row.dated
        current |= {row.key} if row.until is None else set()
        entered.add(("stage", row.stage, row.key))
        entered |= {
            ("stance", name, row.key) for name, is_so in (("hedged", row.hedged), ("negated", row.negated)) if is_so
        }
        entered |= {("month", row.dated[:7], row.key)} if row.dated else set()
    for row in connection.execute(sa.select(value)):
        if row.field in _PARTIES:
            entered.add((row.field, row.value, row.claim_key))
        elif row.field in _STANCES:
            entered.add(("stance", _STANCES[row.field], row.claim_key))
    last: dict[tuple[int, int], tuple[int, str]] = {}
    called: dict[str, str] = {}
    of: dict[tuple[int, str], list[str]] = {}
    for field, name, key in entered:
        of.setdefault((key, field), []).append(name)
    for key in dated:
        for supplier in of.get((key, "supplier"), []):
            entered |= {("pair", f"{supplier}>{recipient}", key) for recipient in of.get((key, "recipient"), [])}
    for row in connection.execute(sa.select(hop)):
        entered.add(("source" if row.position else "outlet", row.actor, row.claim_key))
        called.setdefault(row.actor, row.name)
        chain = (row.claim_key, row.chain)
        last[chain] = max(last.get(chain, (-1, "")), (row.position, row.actor))
    entered |= {("origin", actor, key) for (key, _), (_, actor) in last.items()}
    counts = Counter((field, name) for field, name, key in entered if key in current)
    ids = {pair: number for number, pair in enumerate(sorted({(field, name) for field, name, _ in entered}), 1)}
    rows = [
        {
            "field": field,
            "value": name,
            "folded": name.casefold(),
            "claims": counts[field, name],
            "name": called.get(name) if field in _SOURCES else None,
        }
        for field, name in ids
    ]
    _insert(connection, metadata.tables["facet"], rows)
    facet = metadata.tables["facet"]
    ids = {(row.field, row.value): row.id for row in connection.execute(sa.select(facet))}
    links = [
        {"facet_id": ids[field, name], "dated": dated[key], "claim_key": key} for field, name, key in sorted(entered)
    ]
    _insert(connection, metadata.tables["claim_facet"], links)
    article = metadata.tables["article"]
    for row in connection.execute(sa.select(article.c.id, article.c.title, article.c.text, article.c.number)).all():
        text_index.index(connection, Article(row.id, row.id, row.text, row.title), row.number)


def _insert(connection: Connection, table: sa.Table, rows: Sequence[Mapping[str, object]]) -> None:
    for at in range(0, len(rows), _AT_ONCE):
        connection.execute(table.insert(), rows[at : at + _AT_ONCE])
