"""Lists of deals are looked through for a stage without a look at every deal."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_ORDERS = {
    "ix_deal_largest": "articles",
    "ix_deal_latest": "last_day",
    "ix_deal_disputed": "denials",
    "ix_deal_unsupported": "origins",
}


def upgrade() -> None:
    held = sa.text("until IS NULL")
    for name, order in _ORDERS.items():
        op.drop_index(name, "deal")
        op.create_index(name, "deal", [order, "name", "stage"], sqlite_where=held, postgresql_where=held)
