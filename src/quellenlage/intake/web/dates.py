"""Moments as feeds and sitemaps write them → ISO 8601 with the zone that was given."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

from quellenlage.intake.web.knowledge import known

_WORD = re.compile(r"[A-Za-zÄÖÜäöü]{3,}\.?")
_ORDINAL = re.compile(r"\b(\d{1,2})\.(?=\s)")
_LONGEST = 60
_YEARS = range(1900, 2200)


def when(words: str | None) -> str | None:
    """An ISO 8601 date or time; None where `words` are none.

    ISO 8601 and RFC 5322 are read, the latter also with German names of months and with European zones.
    """
    words = (words or "").strip()
    if not words or len(words) > _LONGEST:
        return None
    found = _iso(words) or _rfc(words)
    return found.isoformat() if found and found.year in _YEARS else None


def moment(written: str | None) -> datetime | None:
    """The moment of what `when` gives, a day from its beginning, what has no zone in UTC."""
    if not written:
        return None
    found = datetime.fromisoformat(written)
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found


def _iso(words: str) -> date | None:
    for kind in (date, datetime):
        try:
            return kind.fromisoformat(words)
        except ValueError:
            continue
    return None


def _rfc(words: str) -> datetime | None:
    zones: dict[str, int] = known()["zones"]
    zone = next((word for word in reversed(words.split()) if word in zones), None)
    if zone:
        words = words.replace(zone, "")
    words = _WORD.sub(lambda word: _english(word[0]), _ORDINAL.sub(r"\1", words))
    try:
        found = parsedate_to_datetime(words)
        return found.replace(tzinfo=timezone(timedelta(minutes=zones[zone]))) if zone else found
    except (ValueError, IndexError, TypeError, OverflowError):
        return None


def _english(word: str) -> str:
    """The short name of a month as RFC 5322 has it, where the word is its German name, in full or short."""
    return str(known()["months"].get(word[:3], word))
