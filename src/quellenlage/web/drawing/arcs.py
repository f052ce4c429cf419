"""Who copied whom among the articles of a story: one article a row in order of time, an arc from each original."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quellenlage.weigh.copies import Copy

ROW, TOP, LEFT, REACH = 36, 8, 130, 120
WIDTH = 1000


@dataclass(frozen=True, slots=True)
class Arc:
    """A line from the row of an original to that of a copy, the thicker the more text they share."""

    copy: Copy
    path: str
    thickness: float
    head: str


@dataclass(frozen=True, slots=True)
class ArcDrawing:
    """The height of each article's row, and the arcs at their left."""

    rows: tuple[tuple[str, float], ...]
    arcs: tuple[Arc, ...]
    height: float


def arc_drawing(articles: Sequence[str], copies: Sequence[Copy]) -> ArcDrawing:
    """The drawing of some articles by their ids, in the order given; copies of others are left out."""
    y = {id: TOP + ROW * (number + 0.5) for number, id in enumerate(articles)}
    among = [copy for copy in copies if copy.original in y and copy.copy in y]
    arcs = [_arc(copy, y[copy.original], y[copy.copy], len(articles)) for copy in among]
    return ArcDrawing(tuple(y.items()), tuple(arcs), TOP + ROW * len(articles))


def _arc(copy: Copy, y: float, to_y: float, count: int) -> Arc:
    reach = LEFT - 14 - REACH * abs(to_y - y) / (ROW * max(1, count - 1))
    end = LEFT - 4
    path = f"M{LEFT} {y}C{reach:.1f} {y} {reach:.1f} {to_y} {end} {to_y}"
    head = f"{LEFT},{to_y} {LEFT - 8},{to_y - 4} {LEFT - 8},{to_y + 4}"
    return Arc(copy, path, round(1 + 3 * copy.share, 1), head)
