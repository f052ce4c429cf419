"""When a reader was here last: a cookie of two moments, that of the visit before and that of the page before."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

COOKIE = "visit"
PAUSE = timedelta(minutes=30)
"""After so long without a page a new visit begins; what is new stays new through the whole of one."""
KEPT = timedelta(days=400)
"""How long the cookie is kept; browsers keep none for longer."""
_FORM = re.compile(r"(\d{1,12})?-(\d{1,12})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit at a moment, and when the visit before it ended; None where there was none."""

    before: datetime | None
    now: datetime

    @property
    def cookie(self) -> str:
        """What the reader's browser keeps of it."""
        return f"{int(self.before.timestamp()) if self.before else ''}-{int(self.now.timestamp())}"


def visit_of(cookie: str, now: datetime) -> Visit:
    """The visit of a reader who brings a cookie; one that cannot be read, or is of the future, is none."""
    found = _FORM.fullmatch(cookie)
    if found is None:
        return Visit(None, now)
    before, latest = (None if part is None else int(part) for part in found.groups())
    if latest is None or latest > now.timestamp():
        return Visit(None, now)
    if now.timestamp() - latest > PAUSE.total_seconds():
        before = latest
    return Visit(None if before is None or before > latest else datetime.fromtimestamp(before, UTC), now)
