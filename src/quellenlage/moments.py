"""Moments as people write them."""

from __future__ import annotations

from datetime import datetime, time

from quellenlage.ledger import LedgerError


def moment_of(written: str, where: str) -> datetime:
    """A moment as the user writes it, in his own zone unless he says otherwise; of a day it is the end.

    Raises `LedgerError` where it is none.
    """
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        raise LedgerError(f"{where} {written!r} is no day or time; write 2026-03-01 or 2026-03-01T09:00") from None
    if len(written) <= len("2026-03-01"):
        moment = datetime.combine(moment.date(), time.max)
    return moment.astimezone()
