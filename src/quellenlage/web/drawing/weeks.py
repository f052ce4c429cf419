"""Claims a week as bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quellenlage.ledger.overview import Week
from quellenlage.web.drawing.scale import DayScale, NumberScale, Tick

WIDTH, HEIGHT = 760.0, 190.0
LEFT, RIGHT, TOP, BOTTOM = 48.0, 752.0, 10.0, 160.0
GAP = 0.2
"""The share of a week's place that is left free."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A week and its bar."""

    week: Week
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class WeekDrawing:
    """Bars over an axis of days, beside one of numbers."""

    bars: tuple[Bar, ...]
    days: tuple[Tick, ...]
    numbers: tuple[Tick, ...]


def week_drawing(weeks: Sequence[Week]) -> WeekDrawing:
    """The drawing of some weeks that follow one another."""
    if not weeks:
        return WeekDrawing((), (), ())
    place = (RIGHT - LEFT) / len(weeks)
    heights = NumberScale(0, max(1, *(week.claims for week in weeks)), BOTTOM, TOP)
    bars = tuple(
        Bar(
            week,
            round(LEFT + place * (number + GAP / 2), 1),
            heights.at(week.claims),
            round(place * (1 - GAP), 1),
            round(BOTTOM - heights.at(week.claims), 1),
        )
        for number, week in enumerate(weeks)
    )
    days = DayScale(weeks[0].monday, weeks[-1].monday, LEFT, RIGHT - place).ticks(7)
    numbers = [Tick(heights.at(value), str(int(value))) for value in heights.ticks(4) if value == int(value)]
    return WeekDrawing(bars, days, tuple(numbers))
