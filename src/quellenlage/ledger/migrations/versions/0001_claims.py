"""Articles, their readings, and the claims with their values, hops and evidence."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "article",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("doc", sa.String(), nullable=False),
        sa.Column("outlet", sa.String(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("published", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("authors", sa.JSON(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("taken_in", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article")),
    )
    op.create_index(op.f("ix_article_doc"), "article", ["doc"], unique=False)
    op.create_index(op.f("ix_article_published"), "article", ["published"], unique=False)
    op.create_table(
        "reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("reader", sa.String(), nullable=False),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_reading_article_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading")),
        sa.UniqueConstraint("article_id", "reader", name=op.f("uq_reading_article_id_reader")),
    )
    op.create_table(
        "claim",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("reading_id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("negated", sa.Boolean(), nullable=False),
        sa.Column("hedged", sa.Boolean(), nullable=False),
        sa.Column("quantity_low", sa.Double(), nullable=True),
        sa.Column("quantity_high", sa.Double(), nullable=True),
        sa.Column("quantity_words", sa.Text(), nullable=True),
        sa.Column("quantity_unit", sa.String(), nullable=True),
        sa.Column("quantity_approximate", sa.Boolean(), nullable=True),
        sa.Column("quantity_item", sa.String(), nullable=True),
        sa.Column("amount_low", sa.Double(), nullable=True),
        sa.Column("amount_high", sa.Double(), nullable=True),
        sa.Column("amount_words", sa.Text(), nullable=True),
        sa.Column("amount_currency", sa.String(), nullable=True),
        sa.Column("amount_approximate", sa.Boolean(), nullable=True),
        sa.Column("time", sa.String(), nullable=True),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_claim_article_id")),
        sa.ForeignKeyConstraint(["reading_id"], ["reading.id"], name=op.f("fk_claim_reading_id")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_claim")),
        sa.UniqueConstraint("reading_id", "id", name=op.f("uq_claim_reading_id_id")),
    )
    op.create_index(op.f("ix_claim_article_id"), "claim", ["article_id"], unique=False)
    op.create_index(op.f("ix_claim_id"), "claim", ["id"], unique=False)
    op.create_index(op.f("ix_claim_stage"), "claim", ["stage"], unique=False)
    op.create_table(
        "claim_hop",
        sa.Column("claim_key", sa.Integer(), nullable=False),
        sa.Column("chain", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("stance", sa.String(), nullable=False),
        sa.Column("span_start", sa.Integer(), nullable=True),
        sa.Column("span_end", sa.Integer(), nullable=True),
        sa.Column("span_type", sa.String(), nullable=True),
        sa.Column("span_text", sa.Text(), nullable=True),
        sa.Column("span_confidence", sa.Double(), nullable=True),
        sa.Column("cue_start", sa.Integer(), nullable=True),
        sa.Column("cue_end", sa.Integer(), nullable=True),
        sa.Column("cue_type", sa.String(), nullable=True),
        sa.Column("cue_text", sa.Text(), nullable=True),
        sa.Column("cue_confidence", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(["claim_key"], ["claim.key"], name=op.f("fk_claim_hop_claim_key")),
        sa.PrimaryKeyConstraint("claim_key", "chain", "position", name=op.f("pk_claim_hop")),
    )
    op.create_index(op.f("ix_claim_hop_folded"), "claim_hop", ["folded"], unique=False)
    op.create_table(
        "claim_value",
        sa.Column("claim_key", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["claim_key"], ["claim.key"], name=op.f("fk_claim_value_claim_key")),
        sa.PrimaryKeyConstraint("claim_key", "field", "position", name=op.f("pk_claim_value")),
    )
    op.create_index(op.f("ix_claim_value_field_folded"), "claim_value", ["field", "folded"], unique=False)
    op.create_table(
        "evidence",
        sa.Column("claim_key", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["claim_key"], ["claim.key"], name=op.f("fk_evidence_claim_key")),
        sa.PrimaryKeyConstraint("claim_key", "position", name=op.f("pk_evidence")),
    )
