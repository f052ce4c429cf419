"""Whether what a person judges is still what he saw, and what others have done to it since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, Text, cast, or_, select

from quellenlage.claims.version import version_of
from quellenlage.domain import Judgement
from quellenlage.ledger import claim_rows, tables
from quellenlage.ledger.errors import LedgerError
from quellenlage.ledger.queries import held
from quellenlage.ledger.rows import judgement_of

TOLD = 5
"""How many judgements on what has changed are told of."""


class Overtaken(LedgerError):
    """What is to be judged is not what was seen.

    `changed` are the claims or the deal that are others by now, `judgements` the last ones on these claims, the newest
    first; there are none where an article was read anew.
    """

    def __init__(self, changed: Sequence[str], judgements: Sequence[Judgement] = ()) -> None:
        self.changed, self.judgements = tuple(changed), tuple(judgements)
        by = ", ".join(f"{one.kind} by {one.person} (judgement {one.number})" for one in judgements)
        super().__init__(
            f"{', '.join(changed)}: it is not what you saw any more{f'; last {by}' if by else ''}. "
            "Nothing was changed; look at it again and judge what it says now."
        )


def must_be_as_seen(connection: Connection, seen: Mapping[str, str]) -> None:
    """Raise `Overtaken` unless every claim, by its id, is held in the version that was seen."""
    if not seen:
        return
    table = tables.claim
    wanted = select(table).where(held(table, None), table.c.id.in_(sorted(seen)))
    now = {claim.id: version_of(claim) for claim in claim_rows.claims_of(connection, wanted)}
    changed = [id for id, version in seen.items() if now.get(id) != version]
    if changed:
        raise Overtaken(changed, judgements_on(connection, changed, TOLD))


def judgements_on(connection: Connection, claims: Iterable[str], most: int) -> list[Judgement]:
    """The last judgements on some claims that are in force, the newest first."""
    table = tables.judgement
    wanted = set(claims)
    # A judgement remembers its claims as JSON; their ids are words of their own in it.
    naming = or_(*(cast(table.c.claims, Text).contains(f'"{id}"', autoescape=True) for id in sorted(wanted)))
    made_it = tables.claim_judgement
    judged = (
        select(made_it.c.judgement_id)
        .join(tables.claim, tables.claim.c.key == made_it.c.claim_key)
        .where(tables.claim.c.id.in_(sorted(wanted)), held(tables.claim, None))
    )
    in_force = select(table).where(or_(naming, table.c.id.in_(judged)), table.c.undone.is_(None))
    rows = connection.execute(in_force.order_by(table.c.id.desc()).limit(most)).mappings()
    return [judgement_of(row) for row in rows]
