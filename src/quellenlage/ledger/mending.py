"""Makes anew what is derived from the rest of a ledger: facets with their counts, and the full-text index."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, func, select, update

from quellenlage.ledger import text_index
from quellenlage.ledger.claim_rows import claims_of_rows
from quellenlage.ledger.doctor import Check, claims_without_facets, held_counts
from quellenlage.ledger.facets import Entry, add_facets
from quellenlage.ledger.tables import facet


def mend(connection: Connection, checks: Collection[Check]) -> None:
    """Mend what some checks found; of what is not derived nothing is changed."""
    facets = [check for check in checks if check.is_of_facets]
    if facets:
        _enter_claims(connection)
        recount(connection)
    if any(check.is_mendable for check in checks if check not in facets):
        text_index.rebuild(connection)


def recount(connection: Connection) -> None:
    """Count the claims that are held under every facet."""
    counted = held_counts().subquery()
    right = select(counted.c.claims).where(counted.c.facet_id == facet.c.id).scalar_subquery()
    connection.execute(update(facet).values(claims=func.coalesce(right, 0)))


def _enter_claims(connection: Connection) -> None:
    """Enter the claims under their facets that are held and entered under none."""
    rows = connection.execute(claims_without_facets()).mappings().all()
    claims = claims_of_rows(connection, rows)
    pairs = zip(rows, claims, strict=True)
    add_facets(connection, [Entry(row["key"], row["dated"], claim, held=True) for row, claim in pairs])
