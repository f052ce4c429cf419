"""Outlets and agencies for others of their kind and language, by names of the same shape and gender."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import NamedTuple

from quellenlage.domain import SpanType
from quellenlage.names.actors import OUTLETS
from quellenlage.names.knowledge import load
from quellenlage.names.text import full_slug
from training.augment.edits import Edit, Exchange
from training.augment.grammar import grammar, is_determined
from training.augment.scene import Scene

_LONGEST_ABBREVIATION = 4


class _Shape(NamedTuple):
    """The article that a name itself begins with, or nothing, and whether the name is an abbreviation."""

    article: str
    abbreviated: bool


@dataclass(frozen=True, slots=True)
class _Mention:
    """Where an outlet is named, in which shape, and the gender that a determiner shows there, or nothing."""

    start: int
    end: int
    shape: _Shape
    gender: str


@dataclass(frozen=True, slots=True)
class _Outlet:
    """An outlet: `written` holds the one name that is printed for a shape, `read` every usable name with its shape."""

    slug: str
    language: str
    kind: str
    written: Mapping[_Shape, str]
    read: Mapping[str, _Shape]

    def gender(self, name: str) -> str | None:
        """The gender of one of its names, if that is known."""
        last = name.split()[-1]
        if self.kind == "agency" and _is_abbreviation(name):
            return "f"
        return next((gender for gender, words in grammar()["outlets"]["genders"].items() if last in words), None)

    def can_stand_for(self, other: _Outlet, mentions: Iterable[_Mention]) -> bool:
        """Whether this outlet is of the other's kind and language, and has a name for each of its mentions."""
        return (self.language, self.kind) == (other.language, other.kind) and all(
            m.shape in self.written and m.gender in ("", self.gender(self.written[m.shape])) for m in mentions
        )


def outlet_exchanges(scene: Scene, chance: Random, share: float) -> Iterator[Exchange]:
    """About `share` of the outlets and agencies that spans mean."""
    known, gone = _known_outlets(), set(scene.present)
    mentioned = {actor.party for actor in scene.actors.values() if actor.kind in OUTLETS}
    for slug in sorted(mentioned & known.keys()):
        mentions = _mentions(scene, known[slug])
        if not mentions or chance.random() >= share:
            continue
        others = [o for o in known.values() if o.slug not in gone and o.can_stand_for(known[slug], mentions)]
        if others:
            new = chance.choice(others)
            gone.add(new.slug)
            edits = (Edit(m.start, m.end, new.written[m.shape]) for m in mentions)
            yield Exchange("outlet", slug, new.slug, tuple(edits))


def _mentions(scene: Scene, outlet: _Outlet) -> list[_Mention]:
    """All the names of an outlet in the text; none where one of them has no shape, or may be a common word."""
    if not scene.every_mention_has_a_name(outlet.slug):
        return []
    mentions = []
    for named in scene.names(outlet.slug):
        words = scene.text[named.start : named.end]
        shape = outlet.read.get(words)
        if not shape or not scene.is_whole(named.start, named.end):
            return []
        in_span = scene.has_span_around(named.start, named.end, (SpanType.ACTOR,))
        if not (in_span or shape.abbreviated or " " in words):
            return []
        gender = outlet.gender(words) if is_determined(scene.text, named.start) else ""
        if gender is None:
            return []
        mentions.append(_Mention(named.start, named.end, shape, gender))
    return mentions


@cache
def _known_outlets() -> Mapping[str, _Outlet]:
    """The listed outlets and agencies by their slugs, in the order of the list."""
    found = {}
    for group in load("outlets")["groups"]:
        if group["kind"] == "institute":
            continue
        for names in (re.split(r"\s*;\s*", outlet) for outlet in group["outlets"]):
            read = {name: _shape(name) for name in names if _is_plain(name, group["language"])}
            written: dict[_Shape, str] = {}
            for name, shape in read.items():
                written.setdefault(shape, name)
            slug = full_slug(names[0])
            found[slug] = _Outlet(slug, group["language"], group["kind"], written, read)
    return found


def _is_plain(name: str, language: str) -> bool:
    """Whether a name is neither an address nor a compound, and keeps its form in every case."""
    words = name.split()
    inflects = language == "de" and len(words) > 1 and re.fullmatch(r"\w+(?:e|en|er|es)", words[0]) is not None
    steady = words[0].endswith("er") and words[0][0].isupper() and not words[0].endswith("ischer")
    return not re.search(r"[./@!]|Agentur", name) and (not inflects or steady or _is_article(words[0]))


def _shape(name: str) -> _Shape:
    first = name.split()[0]
    return _Shape(first.lower() if " " in name and _is_article(first) else "", _is_abbreviation(name))


def _is_article(word: str) -> bool:
    return word.lower() in grammar()["outlets"]["articles"]


def _is_abbreviation(name: str) -> bool:
    return len(name) <= _LONGEST_ABBREVIATION and name.isalpha() and (name.isupper() or name.islower())
