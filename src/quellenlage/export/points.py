"""One point for every state, so that it can be drawn on a map."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml


@dataclass(frozen=True, slots=True)
class Point:
    """A place in degrees (WGS 84), and what it is called."""

    latitude: float
    longitude: float
    place: str


@cache
def points() -> Mapping[str, Point]:
    """The points by the codes of their states (ISO 3166-1 alpha-2, and XK); `data/points.yaml` names its source."""
    text = (files("quellenlage.export") / "data" / "points.yaml").read_text(encoding="utf-8")
    places = yaml.safe_load(text)
    return {code: Point(latitude, longitude, place) for code, (latitude, longitude, place) in places.items()}
