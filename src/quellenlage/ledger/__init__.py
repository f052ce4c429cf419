"""Keeps articles, readings and claims; nothing that was recorded is lost."""

from quellenlage.ledger.errors import Ambiguous, LedgerError, NotFound
from quellenlage.ledger.queries import ClaimFilter, Facet
from quellenlage.ledger.store import Ledger

__all__ = ["Ambiguous", "ClaimFilter", "Facet", "Ledger", "LedgerError", "NotFound"]
