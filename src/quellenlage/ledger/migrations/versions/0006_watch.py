"""What a watch remembers: when it looks where, and what became of all that it found."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_WAITING = sa.text("state = 'waiting'")


def upgrade() -> None:
    op.create_table(
        "watch_look",
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("due", _MOMENT, nullable=True),
        sa.Column("answered", _MOMENT, nullable=True),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("modified", sa.Text(), nullable=True),
        sa.Column("digest", sa.String(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("address", name=op.f("pk_watch_look")),
    )
    op.create_table(
        "watch_entry",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("host", sa.String(), nullable=False),
        sa.Column("updated", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("found", _MOMENT, nullable=False),
        sa.Column("due", _MOMENT, nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_watch_entry")),
    )
    op.create_index(
        "ix_watch_entry_due",
        "watch_entry",
        ["due", "key"],
        unique=False,
        sqlite_where=_WAITING,
        postgresql_where=_WAITING,
    )
