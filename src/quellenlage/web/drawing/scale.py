"""Days and numbers along an axis."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta
from math import ceil, floor, log10

CHARACTER = 7.1
"""How wide a character is at the size in which drawings are lettered, on average and a little more."""
_STEPS = (1, 2, 7, 14)
_AFTER_ALL = 12 * (MAXYEAR + 1)
_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1_200, 3_000, 6_000, 12_000, 24_000)
_LONGEST_MONTH = 31


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on an axis and what it stands for, an EDTF date or a number."""

    at: float
    value: str


@dataclass(frozen=True, slots=True)
class DayScale:
    """Days between two places; a single day lies in the middle."""

    first: date
    last: date
    begin: float
    end: float

    def at(self, day: date) -> float:
        """The place of a day."""
        days = (self.last - self.first).days
        share = (day - self.first).days / days if days else 0.5
        return round(self.begin + share * (self.end - self.begin), 1)

    def ticks(self, most: int = 6) -> tuple[Tick, ...]:
        """At most so many days, or firsts of months and years, spread evenly."""
        span = (self.last - self.first).days
        if not span:
            return (Tick(self.at(self.first), self.first.isoformat()),)
        for step in _STEPS:
            if span // step < most and span < 60:
                days = [self.first + timedelta(days=n) for n in range(0, span + 1, step)]
                return tuple(Tick(self.at(day), day.isoformat()) for day in days)
        for step in _MONTHS:
            if span > _LONGEST_MONTH * step * (most + 1):
                continue
            months = _firsts(self.first, self.last, step)
            if len(months) <= most:
                break
        form = "%Y" if step >= 12 else "%Y-%m"
        return tuple(Tick(self.at(day), day.strftime(form)) for day in months) or (
            Tick(self.at(self.first), self.first.isoformat()),
            Tick(self.at(self.last), self.last.isoformat()),
        )


@dataclass(frozen=True, slots=True)
class NumberScale:
    """Numbers between two places, by their logarithms where they reach over more than a hundredfold."""

    low: float
    high: float
    begin: float
    end: float

    @property
    def is_logarithmic(self) -> bool:
        """Whether equal lengths stand for equal ratios."""
        return self.low > 0 and self.high / self.low > 100

    def at(self, number: float) -> float:
        """The place of a number."""
        low, high, value = self.low, self.high, min(max(number, self.low), self.high)
        if self.is_logarithmic:
            low, high, value = log10(low), log10(high), log10(value)
        share = (value - low) / (high - low) if high > low else 0.5
        return round(self.begin + share * (self.end - self.begin), 1)

    def ticks(self, most: int = 5) -> tuple[float, ...]:
        """At most so many round numbers."""
        if self.is_logarithmic:
            powers = [10.0**n for n in range(ceil(log10(self.low)), floor(log10(self.high)) + 1)]
            return tuple(powers[:: ceil(len(powers) / most)])
        span = self.high - self.low
        if span <= 0:
            return (self.low,)
        unit = 10.0 ** floor(log10(span / most))
        step = next(unit * factor for factor in (1, 2, 5, 10) if span / (unit * factor) < most)
        first = ceil(self.low / step)
        return tuple(n * step for n in range(first, floor(self.high / step) + 1))


def cut(words: str, width: float) -> str:
    """Words, shortened to what has room in a width."""
    most = max(4, int(width / CHARACTER))
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def wrapped(words: str, width: float, most: int) -> tuple[str, ...]:
    """Words in at most so many lines that have room in a width; the last is shortened where there are more."""
    room = max(4, int(width / CHARACTER))
    lines = [""]
    for word in words.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > room:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    shown = [cut(line, width) for line in lines[:most]]
    if len(lines) > most:
        shown[-1] = f"{shown[-1][: room - 1].rstrip(' …')}…"
    return tuple(shown)


def _firsts(first: date, last: date, step: int) -> list[date]:
    month = first.year * 12 + first.month - 1
    month = -(-(month if first.day == 1 else month + 1) // step) * step
    firsts = []
    while month < _AFTER_ALL and date(month // 12, month % 12 + 1, 1) <= last:
        firsts.append(date(month // 12, month % 12 + 1, 1))
        month += step
    return firsts
