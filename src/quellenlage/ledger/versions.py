"""The name of the state that a ledger is in: whoever knows an answer of that state need not be given it again."""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlalchemy import Connection, func, select

from quellenlage.ledger.asked import PROGRAM
from quellenlage.ledger.tables import article, judgement, reading, weighing

_DIGITS = 20
_LAST_WEIGHING = select(func.max(weighing.c.id)).scalar_subquery()
# One statement: it is asked before every answer.
_NUMBERS = select(
    select(func.max(article.c.number)).scalar_subquery(),
    select(func.max(reading.c.id)).scalar_subquery(),
    select(func.max(judgement.c.id)).scalar_subquery(),
    select(func.count(judgement.c.undone)).scalar_subquery(),
    select(weighing.c.made).where(weighing.c.id == _LAST_WEIGHING).scalar_subquery(),
    # Removing an article withdraws the weighings that it was part of.
    select(weighing.c.state).where(weighing.c.id == _LAST_WEIGHING).scalar_subquery(),
)


def version_now(connection: Connection, moment: datetime | None) -> str:
    """20 hexadecimal digits that change with all that comes into a ledger, is judged, weighed or removed.

    They are of now, whatever the moment. A question for `Ledger.ask`.
    """
    numbers = tuple(connection.execute(_NUMBERS).one())
    return hashlib.sha256(repr((PROGRAM, numbers)).encode()).hexdigest()[:_DIGITS]
