"""EDTF dates as the days that they may mean, so that they can be set against one another."""

from __future__ import annotations

import re
from datetime import date, timedelta

Days = tuple[date, date]
"""The first and the last day that a date may mean."""

_DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14)}
_OPEN = {"", ".."}


def days_of(edtf: str | None) -> Days | None:
    """The days of an EDTF date or interval; of an open end, those of its known one. None where it tells none."""
    if not edtf:
        return None
    begin, slash, end = edtf.partition("/")
    if not slash:
        return _days(begin)
    known = [days for days in (_days(part) for part in (begin, end) if part not in _OPEN) if days]
    return (known[0][0], known[-1][1]) if known else None


def days_apart(one: Days, other: Days) -> int:
    """How many days lie between two dates at least."""
    return max(0, (one[0] - other[1]).days, (other[0] - one[1]).days)


def _days(edtf: str) -> Days | None:
    match = _DAY.fullmatch(edtf.strip("?~%").partition("T")[0].replace("X", "0"))
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        if year is None or month is None:
            last = 9 if "X" in edtf else 0
            return (date(year or 1, 1, 1), date((year or 1) + last, 12, 31))
        if day is not None:
            return (date(year, month, day), date(year, month, day))
        first, final = _SEASONS.get(month, (month, month))
        return (date(year, first, 1), _last_of(year + (final - 1) // 12, (final - 1) % 12 + 1))
    except ValueError:
        return None


def _last_of(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
