"""The bytes that articles were made of, what pages say of them; facets of a pair and its goods."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


_PAIRS_AND_GOODS = """
    FROM claim_facet AS of_pair
    JOIN facet AS pair ON pair.id = of_pair.facet_id AND pair.field = 'pair'
    JOIN claim_facet AS of_item ON of_item.claim_key = of_pair.claim_key AND of_item.dated = of_pair.dated
    JOIN facet AS item ON item.id = of_item.facet_id AND item.field = 'item_class'
"""
_FACETS = f"""
    INSERT INTO facet (field, value, folded, claims)
    SELECT 'pair_item', pair.value || ' ' || item.value, min(pair.folded || ' ' || item.folded),
        sum(CASE WHEN claim.until IS NULL THEN 1 ELSE 0 END)
    {_PAIRS_AND_GOODS} JOIN claim ON claim.key = of_pair.claim_key
    GROUP BY pair.value || ' ' || item.value
"""
_ENTERED = f"""
    INSERT INTO claim_facet (facet_id, dated, claim_key)
    SELECT together.id, of_pair.dated, of_pair.claim_key {_PAIRS_AND_GOODS}
    JOIN facet AS together ON together.field = 'pair_item' AND together.value = pair.value || ' ' || item.value
"""


def upgrade() -> None:
    op.add_column("article", sa.Column("updated", sa.String(), nullable=True))
    op.add_column("article", sa.Column("credits", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("article", sa.Column("paywalled", sa.Boolean(), nullable=True))
    op.add_column("article", sa.Column("marks", sa.JSON(), nullable=False, server_default="[]"))
    plain = sa.String().with_variant(sa.String(collation="C"), "postgresql")
    op.add_column("article", sa.Column("part_of", plain, nullable=True))
    op.create_index(op.f("ix_article_part_of"), "article", ["part_of"])
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
    # A ledger that comes from before 0004 has just been given all the facets that there are.
    if not op.get_bind().execute(sa.text("SELECT 1 FROM facet WHERE field = 'pair_item' LIMIT 1")).first():
        op.execute(_FACETS)
        op.execute(_ENTERED)
