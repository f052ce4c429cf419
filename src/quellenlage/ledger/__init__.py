"""Keeps articles, readings and claims; nothing that was recorded is lost."""

from quellenlage.ledger.asked import Logged
from quellenlage.ledger.errors import Ambiguous, LedgerError, NotFound, Refused
from quellenlage.ledger.facets import Facet
from quellenlage.ledger.queries import ClaimFilter
from quellenlage.ledger.store import Ledger

__all__ = ["Ambiguous", "ClaimFilter", "Facet", "Ledger", "LedgerError", "Logged", "NotFound", "Refused"]
