"""The bytes that articles were made of; when a page was changed, whom it credits, what its text marks."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("article", sa.Column("updated", sa.String(), nullable=True))
    op.add_column("article", sa.Column("credits", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("article", sa.Column("paywalled", sa.Boolean(), nullable=True))
    op.add_column("article", sa.Column("marks", sa.JSON(), nullable=False, server_default="[]"))
    op.create_table(
        "original",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("charset", sa.String(), nullable=False),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("got", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_original")),
    )
    op.create_table(
        "article_original",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_article_original_article_id")),
        sa.ForeignKeyConstraint(["digest"], ["original.digest"], name=op.f("fk_article_original_digest")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_original")),
        sa.UniqueConstraint("article_id", "digest", name=op.f("uq_article_original_article_id_digest")),
    )
    op.create_index(op.f("ix_article_original_digest"), "article_original", ["digest"])
