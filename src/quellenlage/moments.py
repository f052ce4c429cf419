"""Moments as people write them."""

from __future__ import annotations

from datetime import datetime, time

from quellenlage.ledger import Refused

# Nearer to the ends of the calendar some zones are beyond them.
_EARLIEST, _LATEST = datetime(1, 1, 3), datetime(9999, 12, 29)


def moment_of(written: str, where: str) -> datetime:
    """A moment as the user writes it, in his own zone unless he says otherwise; of a day it is the end.

    Raises `Refused` where it is none.
    """
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        raise Refused("no_moment", where=where, written=written) from None
    if len(written) <= len("2026-03-01"):
        moment = datetime.combine(moment.date(), time.max)
    within = min(max(moment.replace(tzinfo=None), _EARLIEST), _LATEST)
    return within.replace(tzinfo=moment.tzinfo).astimezone()
