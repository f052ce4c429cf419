"""Accounts, what opens them, and the audit log, whose rows stay as they are."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_PLAIN = sa.String().with_variant(sa.String(collation="C"), "postgresql")
_REFUSAL = "rows of the audit log are only added"


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", _PLAIN, nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("password", sa.Text(), nullable=False),
        sa.Column("made", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("folded", name=op.f("uq_account_folded")),
    )
    op.create_table(
        "credential",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("made", _MOMENT, nullable=False),
        sa.Column("used", _MOMENT, nullable=False),
        sa.Column("expires", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_credential")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_credential_account_id")),
    )
    op.create_index(op.f("ix_credential_account_id"), "credential", ["account_id"], unique=False)
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    for statement in _only_added(op.get_bind().dialect.name):
        op.execute(statement)


def _only_added(dialect: str) -> list[str]:
    """What makes the database refuse to change or delete rows of the audit log."""
    if dialect == "sqlite":
        return [
            f"CREATE TRIGGER audit_no_{what} BEFORE {what} ON audit BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
            for what in ("update", "delete")
        ]
    return [
        "CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql "
        f"AS $$ BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$",
        "CREATE TRIGGER audit_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
    ]
