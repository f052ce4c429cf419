"""Makes the map of the world that the pages draw on: `src/quellenlage/web/data/world.json`.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python -m tools.world package/countries-110m.json

Shapes: Natural Earth 4.1, admin 0, 1:110m (https://www.naturalearthdata.com, public domain), as TopoJSON by the npm
package world-atlas 2.0.2 (https://github.com/topojson/world-atlas, ISC licence). Natural Earth draws the borders that
are held on the ground. What is disputed so that it has no code of its own there (Northern Cyprus, Somaliland), and
Crimea, which it draws as a part of Russia, is land that belongs to nobody here.

Projection: Equal Earth (Šavrič, Patterson and Jenny, "The Equal Earth map projection", International Journal of
Geographical Information Science 33(3), 2019), around 11° E, so that its edge runs through the Bering Strait; what lies
across the edge is drawn whole on one side of it. Antarctica is left out.
Points are the capitals of `quellenlage.export.points`, for states that are too small for a shape too.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from statistics import fmean
from typing import Any

from babel.core import get_global

from quellenlage.export.points import points

OUT = Path(__file__).resolve().parents[1] / "src" / "quellenlage" / "web" / "data" / "world.json"
WIDTH = 1000.0
CENTRE = 11.0
"""The meridian in the middle, in degrees."""
NORTH, SOUTH = 83.7, -56.5
LEFT_OUT = "010"
"""Antarctica, in the numbers of ISO 3166-1."""
CRIMEA = (32.0, 44.0, 37.0, 46.5)
WITHOUT_NUMBER = {"Kosovo": "XK"}
NOBODY = ""

Place = tuple[float, float]


def projected(longitude: float, latitude: float) -> Place:
    """A place in degrees on the plane of the projection, in radii of the globe, north up."""
    turned = radians(longitude - CENTRE)
    theta = asin(sqrt(3) / 2 * sin(radians(latitude)))
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    slope = 9 * a4 * theta**8 + 7 * a3 * theta**6 + 3 * a2 * theta**2 + a1
    return (
        2 * sqrt(3) * turned * cos(theta) / (3 * slope),
        a4 * theta**9 + a3 * theta**7 + a2 * theta**3 + a1 * theta,
    )


LEFT, TOP = -projected(CENTRE + 180, 0)[0], projected(0, NORTH)[1]
SCALE = WIDTH / abs(2 * LEFT)
HEIGHT = round((TOP - projected(0, SOUTH)[1]) * SCALE)


def drawn(longitude: float, latitude: float) -> Place:
    """A place in degrees on the drawing, from its upper left corner, to a tenth."""
    x, y = projected(longitude, latitude)
    return round((x + abs(LEFT)) * SCALE, 1), round((TOP - y) * SCALE, 1)


def turned_to_the_centre(longitude: float) -> float:
    """A longitude as the one that lies at most half a turn from the centre."""
    return (longitude - CENTRE + 180) % 360 - 180 + CENTRE


def unbroken(ring: Sequence[Place]) -> list[Place]:
    """A ring whose places follow one another without a leap around the globe, on the side on which most of it lies."""
    longitudes = [ring[0][0]]
    for longitude, _ in ring[1:]:
        longitudes.append(longitude - 360 * round((longitude - longitudes[-1]) / 360))
    middle = fmean(longitudes)
    turn = turned_to_the_centre(middle) - middle
    return [(longitude + turn, latitude) for longitude, (_, latitude) in zip(longitudes, ring, strict=True)]


def rings_of(topology: dict[str, Any]) -> Iterator[tuple[str, str, list[Place]]]:
    """The rings of all countries in degrees, each with the number and the name of its country."""
    arcs = list(map(_unpacked(topology), topology["arcs"]))
    for country in topology["objects"]["countries"]["geometries"]:
        shapes = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
        for ring in (ring for shape in shapes for ring in shape):
            parts = [arcs[number] if number >= 0 else arcs[~number][::-1] for number in ring]
            places = parts[0] + [place for part in parts[1:] for place in part[1:]]
            yield country.get("id", ""), country["properties"]["name"], places


def _unpacked(topology: dict[str, Any]) -> Callable[[Sequence[Place]], list[Place]]:
    scale, move = topology["transform"]["scale"], topology["transform"]["translate"]

    def arc(steps: Sequence[Place]) -> list[Place]:
        x, y, places = 0.0, 0.0, []
        for step in steps:
            x, y = x + step[0], y + step[1]
            places.append((x * scale[0] + move[0], y * scale[1] + move[1]))
        return places

    return arc


def code_of(number: str, name: str, ring: Sequence[Place]) -> str:
    """The code of the state (ISO 3166-1 alpha-2) to which a ring belongs; that of nobody where it is disputed."""
    west, south, east, north = CRIMEA
    if name == "Russia" and all(west < x < east and south < y < north for x, y in ring):
        return NOBODY
    codes = get_global("territory_aliases").get(number, [])
    return codes[0] if codes else WITHOUT_NUMBER.get(name, NOBODY)


def path_of(ring: Sequence[Place]) -> str:
    """A ring as a part of an SVG path, in steps of a tenth; nothing where it is too small to be seen."""
    places = [drawn(*place) for place in unbroken(ring)]
    places = [places[0], *(place for before, place in pairwise(places) if place != before)]
    if len(places) < 4:
        return ""
    steps = [f"{_short(x - a)},{_short(y - b)}" for (a, b), (x, y) in pairwise(places[:-1])]
    return f"M{_short(places[0][0])},{_short(places[0][1])}l{' '.join(steps)}z"


def _short(number: float) -> str:
    written = f"{number:.1f}".removesuffix(".0")
    return written.replace("0.", ".", 1) if abs(number) < 1 else written


def world(topology: dict[str, Any]) -> dict[str, Any]:
    """The drawing: its size, the paths of the land by the codes of states, and the points of states."""
    land: dict[str, str] = {}
    for number, name, ring in rings_of(topology):
        if number != LEFT_OUT:
            code = code_of(number, name, ring)
            land[code] = land.get(code, "") + path_of(ring)
    return {
        "source": "Natural Earth 4.1, 1:110m, public domain; made by tools/world.py",
        "width": WIDTH,
        "height": HEIGHT,
        "land": dict(sorted(land.items())),
        "points": {
            code: drawn(turned_to_the_centre(point.longitude), point.latitude)
            for code, point in sorted(points().items())
            if SOUTH < point.latitude < NORTH
        },
    }


def main() -> None:
    """Write the drawing."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("topology", type=Path, help="countries-110m.json of the npm package world-atlas")
    made = world(json.loads(parser.parse_args().topology.read_text(encoding="utf-8")))
    lines = [f"{json.dumps(name)}: {_lines(value)}" for name, value in made.items()]
    OUT.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def _lines(value: object) -> str:
    if not isinstance(value, dict):
        return json.dumps(value)
    return "{\n" + ",\n".join(f"{json.dumps(key)}: {json.dumps(one)}" for key, one in value.items()) + "\n}"


if __name__ == "__main__":
    main()
