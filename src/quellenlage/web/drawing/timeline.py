"""The claims of a deal as a drawing: days from left to right, a lane for each stage and each kind of answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt

from quellenlage.domain import Article, Claim, Stage
from quellenlage.names.dates import day_of
from quellenlage.web.drawing.scale import DayScale, Tick
from quellenlage.weigh.deals import STAGES
from quellenlage.weigh.standing import ANSWERS, Moment

LABELS, WIDTH, LANE, TOP, TICKS = 190, 1000, 38, 8, 26
UNDATED = 110
NEAR = 22
"""Marks of a lane that are nearer to one another than this are drawn as one, with their number."""
LANES = (*reversed(STAGES), Stage.HALTED, Stage.UNSPECIFIED)
"""Stages from the furthest at the top to the first, then those that are none of the way."""


@dataclass(frozen=True, slots=True)
class Lane:
    """A stage, or a kind of answer, at a height."""

    name: str
    y: float
    is_answer: bool


@dataclass(frozen=True, slots=True)
class Spot:
    """Claims of a lane at about the same time: a claim is told of there, or somebody answers.

    `hedged` and `negated` are how many of them are; `who` are those who answer. `first` and `last` are their days.
    """

    x: float
    y: float
    radius: float
    claims: tuple[str, ...]
    hedged: int
    negated: int
    who: tuple[str, ...]
    first: str
    last: str
    lane: Lane


@dataclass(frozen=True, slots=True)
class TimelineDrawing:
    """All of it; `steps` is the line of the deal's standing, as SVG writes points."""

    lanes: tuple[Lane, ...]
    spots: tuple[Spot, ...]
    ticks: tuple[Tick, ...]
    steps: str
    undated_at: float | None
    begin: float
    end: float
    height: float


def timeline_drawing(
    claims: Sequence[Claim], articles: Mapping[str, Article], history: Sequence[Moment]
) -> TimelineDrawing:
    """The drawing of some claims with the answers in them, and of how the standing changed."""
    told = {claim.stage for claim in claims} | {moment.stage for moment in history}
    names = [stage.value for stage in LANES if stage in told]
    answers = [field for field in ANSWERS if any(getattr(claim, field) for claim in claims)]
    lanes = {
        name: Lane(name, TOP + LANE * (number + 0.5), name in ANSWERS) for number, name in enumerate([*names, *answers])
    }
    days = {claim.id: day_of(articles[claim.article_id].published) for claim in claims}
    known = [day for day in days.values() if day]
    undated = len(known) < len(claims)
    end = WIDTH - (UNDATED if undated else 0) - NEAR
    scale = DayScale(min(known), max(known), LABELS + NEAR, end) if known else None
    undated_at = WIDTH - UNDATED / 2 if undated else None
    in_lane: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        for name in (claim.stage.value, *(field for field in ANSWERS if getattr(claim, field))):
            in_lane[name].append(claim)

    def x_of(claim: Claim) -> float:
        day = days[claim.id]
        return scale.at(day) if scale and day else undated_at or 0.0

    spots = [
        _spot(group, x_of(group[0]), x_of(group[-1]), lanes[name], days)
        for name in lanes
        for group in _near(sorted(in_lane[name], key=lambda claim: (x_of(claim), claim.id)), x_of)
    ]
    return TimelineDrawing(
        tuple(lanes.values()),
        tuple(spots),
        scale.ticks() if scale else (),
        _steps(history, scale, lanes),
        undated_at,
        LABELS,
        end + NEAR,
        TOP + LANE * len(lanes),
    )


def _near(claims: Sequence[Claim], x_of: Callable[[Claim], float]) -> list[list[Claim]]:
    groups: list[list[Claim]] = []
    for claim in claims:
        if groups and x_of(claim) - x_of(groups[-1][0]) < NEAR:
            groups[-1].append(claim)
        else:
            groups.append([claim])
    return groups


def _spot(claims: Sequence[Claim], x: float, to_x: float, lane: Lane, days: Mapping[str, date | None]) -> Spot:
    known = sorted(day.isoformat() for claim in claims if (day := days[claim.id]))
    who = dict.fromkeys(actor for claim in claims if lane.is_answer for actor in getattr(claim, lane.name))
    return Spot(
        round((x + to_x) / 2, 1),
        lane.y,
        round(min(13.0, 5.0 + 1.6 * sqrt(len(claims) - 1)), 1),
        tuple(claim.id for claim in claims),
        sum(claim.hedged for claim in claims),
        sum(claim.negated for claim in claims),
        tuple(who),
        known[0] if known else "",
        known[-1] if known else "",
        lane,
    )


def _steps(history: Sequence[Moment], scale: DayScale | None, lanes: Mapping[str, Lane]) -> str:
    """The stage that the deal stood at, level until the next moment."""
    if scale is None or not history:
        return ""
    points: list[tuple[float, float]] = []
    for moment in history:
        day = day_of(moment.day)
        if day is None:
            continue
        x = min(max(scale.at(day), scale.begin), scale.end)
        points += [(x, points[-1][1])] if points else []
        points.append((x, lanes[moment.stage.value].y))
    points += [(scale.end, points[-1][1])] if points else []
    return " ".join(f"{x},{y}" for x, y in points)
