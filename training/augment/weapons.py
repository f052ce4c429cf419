"""Weapons for others of their item class, where the text has nothing but their plain names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from random import Random
from typing import Any

from quellenlage.domain import SpanType
from quellenlage.names.knowledge import fold, load
from quellenlage.names.text import key
from quellenlage.names.weapons import Weapon, all_weapons, find
from training.augment.edits import Exchange, Place
from training.augment.scene import Scene


def weapon_exchanges(scene: Scene, chance: Random, share: float) -> Iterator[Exchange]:
    """About `share` of the weapons that have no relative in the text, and get none."""
    present = find(fold(scene.text))
    gone = {_family(weapon) for weapon in present}
    for old in present:
        places = _places(scene, old)
        related = [other for other in present if other != old and _are_related(_family(other), _family(old))]
        if not places or related or chance.random() >= share:
            continue
        others = [
            weapon
            for weapon in all_weapons()
            if weapon.item_class == old.item_class
            and weapon.name.endswith("Klasse") == old.name.endswith("Klasse")
            and not any(_are_related(_family(weapon), family) for family in gone)
        ]
        if others:
            new = chance.choice(others)
            gone.add(_family(new))
            yield Exchange.at(places, "weapon", old.name, new.name)


def _places(scene: Scene, weapon: Weapon) -> list[Place]:
    """Where the plain names of a weapon stand; nowhere if none ends an item, or the text has another form of them."""
    text, rest, at = scene.text, "", 0
    places = []
    for match in _plain_names(weapon).finditer(text):
        in_span = scene.has_span_around(*match.span(), (SpanType.ITEM, SpanType.RETURN))
        in_actor = scene.has_span_around(*match.span(), (SpanType.ACTOR,))
        named = in_span or (not in_actor and re.search(r"\d", match.group()))
        if not named or not scene.is_whole(*match.span()):
            return []
        places.append(match.span())
        rest += text[at : match.start()] + "|"
        at = match.end()
    ends_an_item = any(span.type is SpanType.ITEM and span.end == end for span in scene.spans for _, end in places)
    return places if ends_an_item and weapon not in find(fold(rest + text[at:])) else []


@cache
def _plain_names(weapon: Weapon) -> re.Pattern[str]:
    entry = _listed_weapons()[weapon.item_class][weapon.name]
    names = sorted((weapon.name, *entry.get("also", ())), key=len, reverse=True)
    return re.compile(rf"(?<![\w/-])(?:{'|'.join(map(re.escape, names))})(?![\w/-]|\s[A-Z]?\d)")


@cache
def _listed_weapons() -> Mapping[str, Any]:
    return load("weapons")


def _family(weapon: Weapon) -> str:
    return key(weapon.name)


def _are_related(one: str, other: str) -> bool:
    """Whether one family's name begins the other's: "Leopard" and "Leopard 2"."""
    return one.startswith(other) or other.startswith(one)
