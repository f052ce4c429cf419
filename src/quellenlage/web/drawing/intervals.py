"""How many are told of, over time: each interval of numbers as a bar, in the order in which it first appears."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quellenlage.domain import Article, Claim, Quantity
from quellenlage.web.drawing.scale import NumberScale

ROW, LABELS, WIDTH, TOP, SIDE = 30, 320, 1000, 6, 30
MOST = 25


@dataclass(frozen=True, slots=True)
class Bar:
    """One interval at a height, and the claims that tell it; an open end runs to the edge of the drawing.

    `first` and `last` are the days of the articles, empty where there are none.
    """

    y: float
    x: float
    to_x: float
    quantity: Quantity
    claims: tuple[Claim, ...]
    first: str
    last: str

    @property
    def open_below(self) -> bool:
        """Whether it has no lower end."""
        return self.quantity.low is None

    @property
    def open_above(self) -> bool:
        """Whether it has no upper end."""
        return self.quantity.high is None


@dataclass(frozen=True, slots=True)
class IntervalDrawing:
    """The bars of all claims that count the same thing, and round numbers along them."""

    counts: str | None
    unit: str | None
    bars: tuple[Bar, ...]
    ticks: tuple[tuple[float, float], ...]
    height: float
    is_logarithmic: bool
    left_out: int


def interval_drawings(claims: Sequence[Claim], articles: Mapping[str, Article]) -> tuple[IntervalDrawing, ...]:
    """A drawing for each thing that the claims count, those that most claims count first."""
    by_thing: dict[tuple[str | None, str | None], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.quantity:
            by_thing[claim.quantity_item, claim.quantity.unit].append(claim)
    things = sorted(by_thing, key=lambda thing: (-len(by_thing[thing]), thing[0] or "", thing[1] or ""))
    return tuple(_drawing(thing, by_thing[thing], articles) for thing in things)


def _drawing(
    thing: tuple[str | None, str | None], claims: Sequence[Claim], articles: Mapping[str, Article]
) -> IntervalDrawing:
    same: dict[tuple[float | None, float | None, bool], list[Claim]] = defaultdict(list)
    for claim in sorted(claims, key=lambda one: (articles[one.article_id].published or "9", one.id)):
        if quantity := claim.quantity:
            same[quantity.low, quantity.high, quantity.approximate].append(claim)
    shown = list(same.values())[:MOST]
    ends = [end for group in shown for end in _ends(group[0]) if end is not None]
    low, high = min(ends), max(ends)
    begin = 0.0 if low <= 0 or high / low <= 100 else low / 2
    scale = NumberScale(begin, high * (2 if begin else 1.15) or 1.0, LABELS + SIDE, WIDTH - SIDE)
    bars = tuple(_bar(group, number, scale, articles) for number, group in enumerate(shown))
    return IntervalDrawing(
        *thing,
        bars,
        tuple((scale.at(number), number) for number in scale.ticks()),
        TOP + ROW * len(bars),
        scale.is_logarithmic,
        len(same) - len(shown),
    )


def _bar(claims: Sequence[Claim], number: int, scale: NumberScale, articles: Mapping[str, Article]) -> Bar:
    low, high = _ends(claims[0])
    days = [published[:10] for claim in claims if (published := articles[claim.article_id].published)]
    quantity = claims[0].quantity
    assert quantity is not None
    return Bar(
        TOP + ROW * (number + 0.5),
        scale.at(low) if low is not None else LABELS + SIDE / 3,
        scale.at(high) if high is not None else WIDTH - SIDE / 3,
        quantity,
        tuple(claims),
        min(days, default=""),
        max(days, default=""),
    )


def _ends(claim: Claim) -> tuple[float | None, float | None]:
    return (claim.quantity.low, claim.quantity.high) if claim.quantity else (None, None)
