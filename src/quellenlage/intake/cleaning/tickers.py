"""Live tickers, in which entries of many hours stand on one page, split into an article an entry."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

_FEWEST_ENTRIES = 3
_LONGEST_HEADLINE = 200
_MONTHS = (
    "januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember|january|february|march|may|june|"
    "july|october|december"
)
_TIME = r"(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)"
_DAY = (
    r"(?:(?:mo|di|mi|do|fr|sa|so)\w*,? )?(?:den )?(?P<day>\d{1,2})\. ?"
    rf"(?:(?P<month>\d{{1,2}})\.|(?P<name>{_MONTHS}))(?: ?(?P<year>\d{{4}}))?,?"
)
_HEAD = re.compile(
    rf"^(?:\+\+\+ ?)?\[?(?:(?:{_DAY}|heute,?|gestern,?) ?[|–-]? ?)?(?:um )?{_TIME}(?![\d.:]\d)(?: ?uhr)?\]?"
    r"(?:, \d{1,2}\.\d{1,2}\.(?:\d{4})?)?(?: ?[|:–—·-]+ ?|\.? |$)(?P<title>.*?)(?: ?\+\+\+)?$",
    re.I,
)
_PLUS = re.compile(r"^\+\+\+ ?(?P<title>.{8,}?) ?\+\+\+$")
_DAY_ALONE = re.compile(rf"^{_DAY}$", re.I)
_MONTH_NUMBERS = {
    **{name: number for number, name in enumerate(_MONTHS.split("|")[:12], 1)},
    "january": 1,
    "february": 2,
    "march": 3,
    "may": 5,
    "june": 6,
    "july": 7,
    "october": 10,
    "december": 12,
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a ticker: its headline, its text from that on, and its day or time (ISO 8601), where it tells one.

    What stands before the first entry is one without a headline and a time.
    """

    title: str | None
    text: str
    published: str | None


@dataclass(frozen=True, slots=True)
class _Head:
    line: int
    title: str
    day: date | None
    at: time | None


def entries_of(text: str, published: str | None) -> tuple[Entry, ...]:
    """The entries of a ticker, which joined by line ends are its text; none where the text is no ticker.

    An entry begins with a line that begins with a time ("14:32 Uhr: …", "+++ 09.15 Uhr …") or stands between plus
    signs. Three make a ticker. `published` gives the day and the zone; a line that is a day, or an entry's own day,
    holds for what follows. Where the newest entry stands first, a later time under an earlier one is of the day before,
    else an earlier time under a later one of the day after.
    """
    lines = text.split("\n")
    made = _moment_of(published)
    heads = list(_heads(lines, made))
    if len(heads) < _FEWEST_ENTRIES:
        return ()
    ends = [*(head.line for head in heads[1:]), len(lines)]
    before = "\n".join(lines[: heads[0].line])
    entries = [Entry(None, before, None)] if heads[0].line else []
    for head, end, moment in zip(heads, ends, _moments(heads, made), strict=True):
        is_headline = 0 < len(head.title) <= _LONGEST_HEADLINE and not head.title.endswith(".")
        entries.append(Entry(head.title if is_headline else None, "\n".join(lines[head.line : end]), moment))
    return tuple(entries)


def _heads(lines: Sequence[str], made: datetime | None) -> Iterator[_Head]:
    day: date | None = None
    is_headline = True
    for number, line in enumerate(lines):
        words = " ".join(line.split())
        if alone := _DAY_ALONE.match(words):
            day = _day_of(alone, made) or day
        elif head := _HEAD.match(words):
            day = _day_of(head, made) or day
            yield _Head(number, head["title"].strip(" +|:–-/·"), day, time(int(head["hour"]), int(head["minute"])))
        elif (head := _PLUS.match(words)) and not is_headline:
            yield _Head(number, head["title"].strip(), day, None)
        is_headline = is_headline and not words


def _day_of(match: re.Match[str], made: datetime | None) -> date | None:
    """The day that a line tells, of the year of publication where it tells none."""
    if match["day"] is None or not (match["year"] or made):
        return None
    month = int(match["month"]) if match["month"] else _MONTH_NUMBERS[match["name"].casefold()]
    year = int(match["year"]) if match["year"] else made.year if made else 0
    try:
        return date(year, month, int(match["day"]))
    except ValueError:
        return None


def _moment_of(published: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(published) if published else None
    except ValueError:
        return None


def _moments(heads: Sequence[_Head], made: datetime | None) -> list[str | None]:
    times = [head.at for head in heads if head.at]
    newest_first = sum(one > other for one, other in pairwise(times)) * 2 >= len(times) - 1
    day = made.date() if made else None
    last: time | None = None
    moments: list[str | None] = []
    for head in heads:
        if head.day is not None:
            day = head.day
        elif day is not None and head.at is not None and last is not None:
            if newest_first and head.at > last:
                day -= timedelta(days=1)
            elif not newest_first and head.at < last:
                day += timedelta(days=1)
        last = head.at or last
        if day is None:
            moments.append(None)
        elif head.at is None:
            moments.append(day.isoformat())
        else:
            moments.append(datetime.combine(day, head.at, made.tzinfo if made else None).isoformat(timespec="minutes"))
    return moments
