"""What kind of source somebody or something is: a named person, unnamed officials, a service, a document.

The words that tell of things are in `data/source_kinds.yaml`, with the sources of the kinds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from quellenlage.domain import HopKind
from quellenlage.names.actors import Actor, ActorKind
from quellenlage.names.knowledge import fold, load

_BY_ACTOR: Mapping[ActorKind, HopKind] = {
    ActorKind.PERSON: HopKind.PERSON,
    ActorKind.STATE: HopKind.GOVERNMENT,
    ActorKind.ALLIANCE: HopKind.ALLIANCE,
    ActorKind.ARMED_GROUP: HopKind.ARMED_GROUP,
    ActorKind.COMPANY: HopKind.COMPANY,
    ActorKind.ORGANISATION: HopKind.ORGANISATION,
    ActorKind.OUTLET: HopKind.OUTLET,
    ActorKind.AGENCY: HopKind.AGENCY,
}
_BY_SLUG: Mapping[str, HopKind] = {
    "officials": HopKind.OFFICIALS,
    "government": HopKind.GOVERNMENT,
    "intelligence": HopKind.SERVICE,
    "military": HopKind.MILITARY,
    "diplomats": HopKind.DIPLOMATS,
    "media": HopKind.OUTLET,
    "companies": HopKind.COMPANY,
    "experts": HopKind.EXPERTS,
    "analysts": HopKind.EXPERTS,
    "persons": HopKind.UNNAMED,
}
"""Unnamed sources and organs of states, by the last word of their slug."""


def source_kind(actor: Actor, cue: str) -> HopKind:
    """What kind of source an actor is whose words a cue passes on.

    Where the cue is a thing that shows or holds them ("Satellitenbilder", "Unterlagen"), that is the kind, unless a
    person, an outlet or an agency says it.
    """
    if actor.kind in (ActorKind.PERSON, ActorKind.OUTLET, ActorKind.AGENCY):
        return _BY_ACTOR[actor.kind]
    folded = fold(cue)
    for kind, pattern in _things().items():
        if pattern.search(folded):
            return kind
    if actor.kind in (ActorKind.STATE, ActorKind.UNNAMED):
        return _BY_SLUG.get(actor.source.rpartition("-")[2], _BY_ACTOR.get(actor.kind, HopKind.UNNAMED))
    return _BY_ACTOR.get(actor.kind, HopKind.SOURCE)


@cache
def _things() -> Mapping[HopKind, re.Pattern[str]]:
    return {
        HopKind(kind): re.compile("|".join(re.escape(fold(stem)) for stem in stems))
        for kind, stems in load("source_kinds").items()
    }
