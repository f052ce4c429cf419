"""Claims are chosen by who denies, confirms, declines to comment on or could not verify them."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_ANSWERS = ("denied_by", "confirmed_by", "no_comment_by", "unverified_by")


def upgrade() -> None:
    connection = op.get_bind()
    metadata = sa.MetaData()
    metadata.reflect(connection, only=["claim", "claim_value", "facet", "claim_facet"])
    claim, value, facet, entered = (metadata.tables[name] for name in ("claim", "claim_value", "facet", "claim_facet"))
    answers = value.join(claim, claim.c.key == value.c.claim_key)
    of_answers = value.c.field.in_(_ANSWERS)
    counted = (
        sa.select(value.c.field, value.c.value, sa.func.count().filter(claim.c.until.is_(None)).label("claims"))
        .select_from(answers)
        .where(of_answers)
        .group_by(value.c.field, value.c.value)
    )
    # Only Python folds the letters of all alphabets.
    rows = [{**row, "folded": row["value"].casefold()} for row in connection.execute(counted).mappings()]
    if not rows:
        return
    connection.execute(sa.insert(facet), rows)
    same = (facet.c.field == value.c.field) & (facet.c.value == value.c.value)
    held_once = claim.c.until.is_(None) | (claim.c.since < claim.c.until)
    columns = facet.c.id, claim.c.dated, claim.c.key
    entries = sa.select(*columns).distinct().select_from(answers.join(facet, same)).where(of_answers, held_once)
    connection.execute(sa.insert(entered).from_select(["facet_id", "dated", "claim_key"], entries))
