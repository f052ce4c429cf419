"""The name of the state that a ledger is in: whoever knows an answer of that state need not be given it again."""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlalchemy import Connection

from quellenlage.ledger.asked import PROGRAM, last_weighing, state_of

_DIGITS = 20


def version_now(connection: Connection, moment: datetime | None) -> str:
    """20 hexadecimal digits that change with all that comes into a ledger, is judged, weighed or removed.

    They are of now, whatever the moment. A question for `Ledger.ask`.
    """
    weighed = last_weighing(connection, None)
    of_it = "" if weighed is None else (weighed["id"], weighed["made"].isoformat(), weighed["state"])
    return hashlib.sha256(repr((PROGRAM, state_of(connection, None), of_it)).encode()).hexdigest()[:_DIGITS]
