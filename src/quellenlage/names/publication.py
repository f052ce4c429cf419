"""When an article was published, worked out from its text where it states no date.

Two things tell it: a line that is or begins with a date, as pages have it, and an event of `data/events.yaml` beside a
time that counts from the day of writing ("seit dem Einmarsch im vergangenen Jahr", "am Dienstag" of a summit). What an
article speaks of lies before it, so the events that it names rule out whatever is older. Where two clues contradict
each other, nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from typing import Any

from quellenlage.names import dates
from quellenlage.names.knowledge import fold, load
from quellenlage.names.sentences import sentence_starts

_HEAD_LINES, _FOOT_LINES, _LONGEST_LINE = 8, 3, 60
_MONTHS = "januar|februar|marz|april|mai|juni|juli|august|september|oktober|november|dezember|janner"
_YEAR = r"(?:19|20)\d\d"
_DAY = rf"\d{{1,2}}\. ?(?:\d{{1,2}}\. ?|(?:{_MONTHS}) ){_YEAR}"
_DATE = rf"(?:{_YEAR}-\d\d(?:-\d\d)?|{_DAY}|(?:{_MONTHS}) {_YEAR})"
_WEEKDAY = r"(?:(?:mo|di|mi|do|fr|sa|so)(?:\w*tag|ttwoch)?\.?,? (?:den )?)?"
_LABELLED = re.compile(
    r"(?:date|datum|stand|published|updated|(?:zuletzt )?(?:veroffentlicht|erschienen|aktualisiert|erstellt)(?: am)?)"
    rf"[: ]+{_WEEKDAY}(?P<date>{_DATE})\b"
)
_BARE = re.compile(rf"{_WEEKDAY}(?P<date>{_DATE})(?:[ ,|–-]*(?:um )?\d{{1,2}}[:.]\d\d(?: ?uhr)?.{{0,12}})?")
_DATELINE = re.compile(rf"[a-z/ -]{{3,30}}, (?:den )?(?P<date>{_DATE})(?=[ ,.]*(?:[–(-]|$))")
_NOW = re.compile(
    r"\b(?:heute|gestern|(?:diese[rnms]?|der laufenden) (?:tage|woche|monats?)|"
    r"(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag)(?:abend|morgen|nachmittag|vormittag)?)\b"
)
_YEAR_AGO = re.compile(r"(?:im|des) (?:vergangenen|vorigen|letzten) jahr(?:es)?\b")
_YEARS_AGO = re.compile(r"vor (?P<count>zwei|drei|vier|funf) jahren\b")
_THIS_YEAR = re.compile(r"(?:in diesem|dieses) jahr(?:es)?\b")
_COUNTS = {"zwei": 2, "drei": 3, "vier": 4, "funf": 5}
_NEAR = 40
_FIRST_SENTENCES = 12


@dataclass(frozen=True, slots=True)
class Publication:
    """A date of publication (EDTF, uncertain where an event told it) and the words that it was worked out from."""

    published: str
    words: str


@dataclass(frozen=True, slots=True)
class Event:
    """An event that dates articles; `until` is the last day on which it was news, None where it is looked back on."""

    begin: date
    until: date | None
    words: tuple[re.Pattern[str], ...]

    def named_in(self, sentence: str) -> tuple[int, int] | None:
        """From where to where the folded `sentence` names the event, None where it does not."""
        found = [pattern.search(sentence) for pattern in self.words]
        if not all(found):
            return None
        spots = [match.span() for match in found if match]
        return min(start for start, _ in spots), max(end for _, end in spots)


def publication_of(text: str) -> Publication | None:
    """When a text was published, as far as it tells; None where it does not. Never raises."""
    return _by_line(text) or _by_events(text)


def _by_line(text: str) -> Publication | None:
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    for line in (*lines[:_HEAD_LINES], *lines[-_FOOT_LINES:]):
        folded = fold(line)
        found = _LABELLED.match(folded) or _DATELINE.match(folded)
        if found is None and len(line) <= _LONGEST_LINE:
            found = _BARE.fullmatch(folded)
        if found and (published := dates.parse(found["date"], None)):
            return Publication(published, line[: found.end()] if len(line) == len(folded) else line[:_LONGEST_LINE])
    return None


def _by_events(text: str) -> Publication | None:
    sentences = [text[start:end].strip() for start, end in pairwise([*sentence_starts(text), len(text)])]
    folded = [fold(sentence) for sentence in sentences]
    not_before = max((e.begin for s in folded for e in events() if not e.until and e.named_in(s)), default=date.min)
    clues = [
        Publication(published, sentences[number])
        for number, sentence in enumerate(folded)
        for published, day in _clues(sentence, number < _FIRST_SENTENCES)
        if day >= not_before
    ]
    if not clues:
        return None
    finest = max(clues, key=lambda clue: len(clue.published))
    agree = all(finest.published.rstrip("?").startswith(clue.published.rstrip("?")) for clue in clues)
    return finest if agree else None


def _clues(sentence: str, early: bool) -> Iterator[tuple[str, date]]:
    """Dates that a folded sentence hints at, each with the last day that it could mean."""
    for event in events():
        place = event.named_in(sentence)
        if place is None:
            continue
        if event.until:
            if early and _NOW.search(sentence):
                yield f"{event.begin:%Y-%m}?", event.until
            continue
        around = sentence[max(0, place[0] - _NEAR) : place[1] + _NEAR]
        for pattern, years in ((_YEAR_AGO, 1), (_THIS_YEAR, 0)):
            if pattern.search(around):
                yield f"{event.begin.year + years}?", date(event.begin.year + years, 12, 31)
        if ago := _YEARS_AGO.search(around):
            year = event.begin.year + _COUNTS[ago["count"]]
            yield f"{year}?", date(year, 12, 31)


@cache
def events() -> tuple[Event, ...]:
    """The packaged events."""
    return tuple(_event(entry) for entry in load("events")["events"])


def _event(entry: dict[str, Any]) -> Event:
    days = entry.get("days")
    return Event(
        entry["begin"],
        entry["begin"] + timedelta(days=days) if days else None,
        tuple(re.compile(r"\b(?:" + "|".join(map(re.escape, group)) + ")") for group in entry["words"]),
    )
