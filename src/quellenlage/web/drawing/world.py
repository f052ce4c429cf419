"""The map of the world: the land, and one point for every state; `tools/world.py` makes it and names its source."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class World:
    """A drawing of the land by the codes of states (ISO 3166-1 alpha-2; "" is nobody's), and the states' points.

    Not every state has a shape, as some are too small for one.
    """

    width: float
    height: float
    land: Mapping[str, str]
    points: Mapping[str, tuple[float, float]]


@cache
def world() -> World:
    """The packaged map."""
    content = json.loads((files("quellenlage.web") / "data" / "world.json").read_text(encoding="utf-8"))
    points = {code: (x, y) for code, (x, y) in content["points"].items()}
    return World(content["width"], content["height"], content["land"], points)
