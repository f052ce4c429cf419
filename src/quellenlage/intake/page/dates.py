"""When a page was published and brought up to date."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

import htmldate
from lxml.html import HtmlElement

EARLIEST = date(1990, 1, 1)
_LONGEST = 60  # characters of a date
_BASIC = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?(\d\d):?(\d\d)(?::?\d\d)?(Z)?)?")
_GERMAN = re.compile(r"(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?:\D{1,8}(\d{1,2})[:.](\d\d))?(?!\d)()")
_LOOSE_ENDS = re.compile(r"(?<=:\d\d)\.\d+|\s+(?=[+-]\d)|\s*(?:UTC|GMT)$")
_SHORT_ZONE = re.compile(r"(?<=\d)([+-]\d\d):?(\d\d)?$")
_DAY_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)(?:/(\d\d?)/(\d\d?)/|-(\d\d)-(\d\d)(?=[-/])|(\d\d)(\d\d)/)")
_GERMAN_TIME = ZoneInfo("Europe/Berlin")  # and that of Austria, Liechtenstein and Switzerland


def first_moment(written: Iterable[str], latest: date) -> str | None:
    """The first of these that is a date or time between 1990 and `latest`, ISO 8601, with its zone where it has one."""
    for words in written:
        moment = moment_of(words)
        if moment and EARLIEST.isoformat() <= moment[:10] <= latest.isoformat():
            return moment
    return None


def moment_of(words: str) -> str | None:
    """ISO 8601 of a date or time in ISO 8601, RFC 5322, or as German pages write it ("3.11.2022, 14:05"); else None."""
    words = words.strip()
    if len(words) > _LONGEST:
        return None
    tidy = _LOOSE_ENDS.sub("", words).replace("Z", "+00:00")
    if ":" in tidy:
        tidy = _SHORT_ZONE.sub(lambda zone: f"{zone[1]}:{zone[2] or '00'}", tidy)
    try:
        return _iso(tidy) or parsedate_to_datetime(words).isoformat()
    except (ValueError, TypeError, IndexError):
        pass
    parts = _BASIC.fullmatch(words) or _GERMAN.search(words)
    if parts is None:
        return None
    first, second, third, hour, minute, utc = parts.groups()
    year, month, day = (first, second, third) if len(first) == 4 else (third, second, first)
    try:
        if hour is None:
            return date(int(year), int(month), int(day)).isoformat()
        zone = UTC if utc else None
        return datetime(int(year), int(month), int(day), int(hour), int(minute), tzinfo=zone).isoformat()
    except ValueError:
        return None


def as_readers_saw_it(moment: str | None, language: str | None, address: str | None) -> str | None:
    """A moment of publication as the page's first readers saw it.

    In German a moment in UTC is the same moment in Central European time. Elsewhere, where the address names the day
    before or after, it is that day, since the zone is not known. An address that names an earlier day than that keeps
    the day when the page was new, where the moment is renewed with the page.
    """
    if moment is None:
        return None
    in_utc = moment.endswith("+00:00")
    if in_utc and language == "de":
        moment = datetime.fromisoformat(moment).astimezone(_GERMAN_TIME).isoformat()
    day = day_in(address)
    if day is None:
        return moment
    later = (date.fromisoformat(moment[:10]) - day).days
    return day.isoformat() if later > 1 or (in_utc and abs(later) == 1) else moment


def day_in(address: str | None) -> date | None:
    """The day that an address names in its path (`/2022/11/3/`, `/2022-11-03-`, `/20221103/`), else None."""
    found = _DAY_IN_ADDRESS.search(address or "")
    try:
        day = date(*(int(part) for part in found.groups() if part)) if found else None
    except ValueError:
        return None
    return day if day and day >= EARLIEST else None


def searched_day(tree: HtmlElement, address: str | None) -> str | None:
    """The day of publication that htmldate finds in the page, ISO 8601; None where it finds none."""
    try:
        day: str | None = htmldate.find_date(tree, url=address, original_date=True)
    except (ValueError, TypeError, OverflowError, RecursionError):
        return None
    return day


def _iso(words: str) -> str | None:
    for kind in (date, datetime):
        try:
            return kind.fromisoformat(words).isoformat()
        except ValueError:
            continue
    return None
