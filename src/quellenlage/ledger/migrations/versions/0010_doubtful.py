"""Deals tell how surely they were read, and those of which no claim was read surely can be left out of a list."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_DOUBTFUL = 0.35


def upgrade() -> None:
    op.add_column("deal", sa.Column("doubtful", sa.Boolean, nullable=False, server_default=sa.false()))
    connection = op.get_bind()
    metadata = sa.MetaData()
    metadata.reflect(connection, only=["deal", "deal_claim", "claim"])
    deal, member, claim = (metadata.tables[name] for name in ("deal", "deal_claim", "claim"))
    read = sa.case((claim.c.verdict.is_not(None), 1.0), else_=claim.c.confidence)
    surest = (
        sa.select(member.c.deal_key, sa.func.max(read).label("confidence"))
        .join(claim, claim.c.id == member.c.claim_id)
        .group_by(member.c.deal_key)
        .subquery()
    )
    rows = connection.execute(
        sa.select(deal.c.key, deal.c.body, surest.c.confidence).join(surest, surest.c.deal_key == deal.c.key)
    ).all()
    change = sa.update(deal).where(deal.c.key == sa.bindparam("of"))
    changed = change.values(body=sa.bindparam("told"), doubtful=sa.bindparam("is_doubtful"))
    for row in rows:
        body = {**row.body, "confidence": row.confidence}
        connection.execute(changed, {"of": row.key, "told": body, "is_doubtful": row.confidence < _DOUBTFUL})
