"""Flows between states on the map of the world: a curved line each, the wider the more origins stand behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import hypot, sqrt

from quellenlage.domain import Stage
from quellenlage.ledger.overview import Flow
from quellenlage.web.drawing.world import World

WIDE, NARROW, MARGIN = 885.0, 440.0, 45.0
"""How much of the map is shown: at most the width in which all continents lie, unless islands need more; at least so
much that a reader knows where he is; and so much around the outermost states."""
SHAPE = 2.05
"""How much wider than high the part that is shown is."""
BEND = 0.16
"""How far a line bends to its left, as a share of its length, so that there and back are two lines."""
SHORTEST, NARROWEST, WIDEST = 9.0, 0.8, 7.0
FEW = 16
"""As many origins make a wide line, however few the most are."""
LETTER, LINE = 5.6, 11.0
"""How wide and high a letter of a name is. These lengths are those on a map that is `WIDE`."""
NAMED = 30
DONE, ON_ITS_WAY, WANTED, ENDED = "done", "on-its-way", "wanted", "ended"
Box = tuple[float, float, float, float]
"""A stretch of the drawing: left, top, right, bottom."""
_KINDS = {Stage.DELIVERED: DONE, Stage.UNDERWAY: ON_ITS_WAY, Stage.HALTED: ENDED, Stage.UNSPECIFIED: ENDED}


@dataclass(frozen=True, slots=True)
class FlowLine:
    """A flow, its line, how wide that is, the corners of its head, and how it is drawn: `kind_of` its stage."""

    flow: Flow
    path: str
    width: float
    head: str
    kind: str


@dataclass(frozen=True, slots=True)
class Place:
    """A state at its point, and where its name stands; the name is empty where there is no room for it."""

    code: str
    x: float
    y: float
    name: str = ""
    name_x: float = 0
    name_y: float = 0
    anchor: str = "start"


@dataclass(frozen=True, slots=True)
class View:
    """The part of a map that is shown, and what is to be as long there as one pixel on a map that is `WIDE`."""

    left: float
    top: float
    width: float
    height: float

    @property
    def unit(self) -> float:
        """How long a pixel is."""
        return round(self.width / WIDE, 3)


@dataclass(frozen=True, slots=True)
class FlowMap:
    """The lines, those of most origins first, the states that they touch, the part shown, and what is not on it.

    `unplaced` flows have a party that is no state, `inner` ones go from a state to itself.
    """

    lines: tuple[FlowLine, ...]
    places: tuple[Place, ...]
    view: View
    unplaced: int
    inner: int


def flow_map(flows: Sequence[Flow], world: World, name_of: Callable[[str], str]) -> FlowMap:
    """The map of some flows, those of most origins first; `name_of` gives the readable name of a state."""
    placed = [flow for flow in flows if flow.supplier in world.points and flow.recipient in world.points]
    between = [flow for flow in placed if flow.supplier != flow.recipient]
    codes = list(dict.fromkeys(code for flow in between for code in (flow.supplier, flow.recipient)))
    most = max((flow.origins for flow in between), default=0)
    view = _view([world.points[code] for code in codes], world)
    return FlowMap(
        lines=tuple(_line(flow, most, world, view.unit) for flow in between),
        places=tuple(_named([(code, world.points[code]) for code in codes], view, name_of)),
        view=view,
        unplaced=len(flows) - len(placed),
        inner=len(placed) - len(between),
    )


def _view(points: Sequence[tuple[float, float]], world: World) -> View:
    """The part of the map that shows some points and what lies around them; all of it where there are none."""
    if not points:
        return View(0, 0, world.width, world.height)
    (left, right), (top, bottom) = ((min(ends) - MARGIN, max(ends) + MARGIN) for ends in zip(*points, strict=True))
    width = min(max(right - left, (bottom - top) * SHAPE, NARROW), world.width)
    height = min(width / SHAPE, world.height)
    begin = round(min(max((left + right - width) / 2, 0), world.width - width))
    above = round(min(max((top + bottom - height) / 2, 0), world.height - height))
    wide, high = min(round(width), int(world.width) - begin), min(round(height), int(world.height) - above)
    return View(begin, above, wide, high)


def kind_of(stage: Stage) -> str:
    """How a flow at a stage is drawn: solid where delivered, else dashed, dotted where it has been halted."""
    return _KINDS.get(stage, WANTED)


def width_of(origins: int, most: int) -> float:
    """How wide a line is: its square grows with the origins, up to `WIDEST` for the `most`, or more than `FEW`."""
    share = max(0, origins - 1) / max(most - 1, FEW)
    return round(NARROWEST + (WIDEST - NARROWEST) * sqrt(share), 1)


def _line(flow: Flow, most: int, world: World, unit: float) -> FlowLine:
    (x, y), (to_x, to_y) = world.points[flow.supplier], world.points[flow.recipient]
    along, down = to_x - x, to_y - y
    length = max(hypot(along, down), 0.1)
    if length < SHORTEST * unit:
        along, down, length = along * SHORTEST * unit / length, down * SHORTEST * unit / length, SHORTEST * unit
        to_x, to_y = x + along, y + down
    by_x, by_y = x + along / 2 + down * BEND, y + down / 2 - along * BEND
    width = round(width_of(flow.origins, most) * unit, 2)
    # The head points where the line comes from at its end.
    from_x, from_y = to_x - by_x, to_y - by_y
    back = max(hypot(from_x, from_y), 0.1)
    from_x, from_y = from_x / back, from_y / back
    to_x, to_y = to_x - from_x * 2.5 * unit, to_y - from_y * 2.5 * unit
    size = min(4 * unit + width, length / 2)
    base_x, base_y, half = to_x - from_x * size, to_y - from_y * size, size * 0.45
    corners = [(to_x, to_y), (base_x - from_y * half, base_y + from_x * half)]
    corners.append((base_x + from_y * half, base_y - from_x * half))
    return FlowLine(
        flow,
        f"M{x:.1f} {y:.1f}Q{by_x:.1f} {by_y:.1f} {base_x:.1f} {base_y:.1f}",
        width,
        " ".join(f"{a:.1f},{b:.1f}" for a, b in corners),
        kind_of(flow.stage),
    )


def _named(
    places: Iterable[tuple[str, tuple[float, float]]], view: View, name_of: Callable[[str], str]
) -> Iterator[Place]:
    """The places with their names, as far as there is room, the first ones first: behind, before, over or under."""
    unit = view.unit
    taken: list[Box] = []
    named = 0
    for code, (x, y) in places:
        name = name_of(code)
        wide, high, off = len(name) * LETTER * unit, LINE * unit, 4 * unit
        room = None
        for anchor, left, top in (
            ("start", x + off, y - high / 2),
            ("end", x - off - wide, y - high / 2),
            ("middle", x - wide / 2, y - off - high),
            ("middle", x - wide / 2, y + off),
        ):
            box = (left, top, left + wide, top + high)
            inside = view.left < left and left + wide < view.left + view.width
            if room is None and named < NAMED and inside and not any(_overlap(box, other) for other in taken):
                room = anchor, box
        taken.append((x - off / 2, y - off / 2, x + off / 2, y + off / 2))
        if room is None:
            yield Place(code, x, y)
            continue
        anchor, box = room
        taken.append(box)
        named += 1
        at = {"start": box[0], "end": box[2], "middle": x}[anchor]
        yield Place(code, x, y, name, round(at, 1), round(box[1] + 0.82 * high, 1), anchor)


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
