"""The actors that the packaged lists know: states, persons, outlets, alliances, armed groups, companies.

The lists lie in `data/*.yaml` and name their sources; the plain German and English names of states come from Unicode
CLDR through Babel.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from babel import Locale

from quellenlage.names.knowledge import load
from quellenlage.names.offices import holders
from quellenlage.names.own import NOTHING, ORGANS, OwnNames
from quellenlage.names.text import folded_words, full_slug, stem_key

_SEMICOLON = re.compile(r"\s*;\s*")
_COMMA = re.compile(r"\s*,\s*")

SERVICES = ("government", "intelligence", "military")
"""The fields of states.yaml whose names are organs of a state; each is also a kind of source."""


class ActorKind(StrEnum):
    """What sort of actor a mention names; an anaphor names only a kind and needs a link to what it stands for."""

    STATE = "state"
    ALLIANCE = "alliance"
    ARMED_GROUP = "armed_group"
    COMPANY = "company"
    ORGANISATION = "organisation"
    OUTLET = "outlet"
    AGENCY = "agency"
    PERSON = "person"
    UNNAMED = "unnamed"
    ANAPHOR = "anaphor"
    UNKNOWN = "unknown"


OUTLETS = frozenset({ActorKind.OUTLET, ActorKind.AGENCY})
"""The kinds of actor that pass on what others say."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who a mention names: its identity as a source and as a party, its kind, and a readable name."""

    source: str
    party: str
    kind: ActorKind
    name: str


@dataclass(frozen=True, slots=True)
class Known:
    """An actor of the lists under one of its names.

    `small`: the name is printed with a small letter, as adjectives and `dpa` are. `capitals`: it is a short
    abbreviation, which must be printed in capitals ("DR" is not "Dr."). `bare`: it is one word, a surname or an outlet,
    which stands for the actor only where no other name stands beside it. `shortest`: in how few letters it may be
    inflected ("Ben" is no form of "Benin").
    """

    actor: Actor
    small: bool = False
    capitals: bool = False
    bare: bool = False
    shortest: int = 0

    def may_be(self, text: str) -> bool:
        """Whether the case of the letters allows that `text` is this name."""
        if self.capitals:
            return text.isupper()
        return self.small or not text.islower()


@dataclass(frozen=True, slots=True)
class KnownActors:
    """Every known name: by its letters alone, by the stems of its words, and the plain actors.

    `plain` maps a party to the actor that is meant when it speaks as a whole; `names` lists the names as printed.
    """

    exact: Mapping[str, Known]
    stems: Mapping[str, Known]
    plain: Mapping[str, Actor]
    names: tuple[tuple[str, ActorKind], ...]
    longest: int

    def find(self, words: Sequence[str], stems: Sequence[str]) -> Known | None:
        """The actor that these folded words name together, in any German case; `stems` are those of the words."""
        joined = "".join(words)
        if joined in self.exact:
            return self.exact[joined]
        if self.is_genitive(joined):
            return self.exact[joined[:-1]]
        inflected = self.stems.get("".join(stems))
        return inflected if inflected and len(joined) >= inflected.shortest else None

    def is_genitive(self, joined: str) -> bool:
        """Whether these folded letters are a listed name with the genitive's s added."""
        return joined.endswith("s") and len(joined) > 3 and joined not in self.exact and joined[:-1] in self.exact


@cache
def known_actors(own: OwnNames = NOTHING) -> KnownActors:
    """The user's own names and the packaged lists, read once. An earlier list wins where two know one name."""
    entries = [*_own(own), *_states(), *_organisations(), *_persons(), *_outlets(), *_holders()]
    exact: dict[str, Known] = {}
    stems: dict[str, Known] = {}
    plain: dict[str, Actor] = {}
    longest = 1
    for name, known in entries:
        words = folded_words(name)
        _enter(exact, "".join(words), known)
        if len(words) > 1 or not (name.isupper() or known.actor.kind in _NEVER_INFLECTED):
            _enter(stems, stem_key(words), replace(known, shortest=len("".join(words)) - 1))
        longest = max(longest, len(words))
        if known.actor.source == known.actor.party:
            plain.setdefault(known.actor.party, known.actor)
    return KnownActors(
        exact=exact,
        stems=stems,
        plain=plain,
        names=tuple(dict.fromkeys((name, known.actor.kind) for name, known in entries)),
        longest=longest,
    )


def listed_actors() -> Iterator[tuple[str, str, Known]]:
    """Every name of the packaged lists, as (list, name, actor)."""
    lists = {"states": _states(), "organisations": _organisations()}
    for list_name, entries in {**lists, "persons": _persons(), "outlets": _outlets()}.items():
        yield from ((list_name, name, known) for name, known in entries)


_NEVER_INFLECTED = frozenset({ActorKind.OUTLET, ActorKind.AGENCY, ActorKind.COMPANY, ActorKind.PERSON})
"""Kinds whose names of one word take no ending but the genitive's s: "Tim" is not the "Times"."""


def _enter(table: dict[str, Known], its_key: str, known: Known) -> None:
    first = table.setdefault(its_key, known)
    if first.actor is known.actor and (known.small or first.capitals):
        table[its_key] = known


def _own(own: OwnNames) -> Iterator[tuple[str, Known]]:
    for entry in own.actors:
        name, state = entry.names[0], entry.state
        slug = entry.slug or full_slug(name)
        if entry.kind in ORGANS:
            source = entry.slug or f"{(state or '').lower()}-{entry.kind}"
            actor = Actor(source, state or source, ActorKind.STATE, name)
        else:
            actor = Actor(slug, state or slug, ActorKind(entry.kind), name)
        yield from _each(entry.names, actor)


def _states() -> Iterator[tuple[str, Known]]:
    listed: Mapping[str, Mapping[str, str]] = load("states")
    german, english = Locale("de").territories, Locale("en").territories
    adjectival: list[tuple[str, Known]] = []
    for code, fields in listed.items():
        state = Actor(code, code, ActorKind.STATE, german[code])
        names = [german[code], *_COMMA.split(fields.get("names", "")), english[code]]
        capitals = _COMMA.split(fields.get("capital", ""))
        names += [*capitals, *_COMMA.split(fields.get("seats", "")), *_COMMA.split(fields.get("people", ""))]
        yield from _each(names, state)
        for adjective in _COMMA.split(fields.get("adjectives", "")):
            adjectival.append((adjective, Known(state, small=True)))
        adjectival += [(f"{capital}er", Known(state)) for capital in capitals if capital and " " not in capital]
        for kind in SERVICES:
            for name in filter(None, _COMMA.split(fields.get(kind, ""))):
                yield from _each([name], Actor(f"{code.lower()}-{kind}", code, ActorKind.STATE, name))
    yield from ((name, known) for name, known in adjectival if name)
    for code, name in german.items():
        if len(code) == 2 and code.isalpha() and code not in listed and code not in _NOT_STATES:
            yield from _each([name, english[code]], Actor(code, code, ActorKind.STATE, name))


_NOT_STATES = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})


def _organisations() -> Iterator[tuple[str, Known]]:
    groups = load("organisations")
    for party, organ in groups.pop("organs").items():
        names = _SEMICOLON.split(organ["names"])
        yield from _each(names, Actor(party, organ["state"], ActorKind.ORGANISATION, names[0]))
    groups["alliance"] |= groups.pop("regions")
    for kind, parties in groups.items():
        for party, names in parties.items():
            printed = _SEMICOLON.split(names)
            yield from _each(printed, Actor(party, party, ActorKind(kind), printed[0]))


def _persons() -> Iterator[tuple[str, Known]]:
    for party, persons in load("persons").items():
        for names in map(_SEMICOLON.split, persons):
            yield from _each(names, Actor(full_slug(names[0]), party, ActorKind.PERSON, names[0]))


def _holders() -> Iterator[tuple[str, Known]]:
    for state, names in holders():
        person = Actor(full_slug(names[0]), state, ActorKind.PERSON, names[0])
        yield from ((name, Known(person)) for name in names)


def _outlets() -> Iterator[tuple[str, Known]]:
    for group in load("outlets")["groups"]:
        kind = _OUTLET_KINDS.get(group["kind"], ActorKind.OUTLET)
        for names in map(_SEMICOLON.split, group["outlets"]):
            own = full_slug(names[0])
            yield from _each(names, Actor(own, own, kind, names[0]))


_OUTLET_KINDS = {"agency": ActorKind.AGENCY, "institute": ActorKind.ORGANISATION}


def _each(names: Iterable[str], actor: Actor) -> Iterator[tuple[str, Known]]:
    person, outlet = actor.kind is ActorKind.PERSON, actor.kind is ActorKind.OUTLET
    for name in filter(None, names):
        bare = (person and " " not in name) or (outlet and name.isalpha())
        yield name, Known(actor, name[0].islower() and not person, _is_short(name), bare)


def _is_short(name: str) -> bool:
    return len(name) <= _LONGEST_SHORT and name.isupper() and name.isalpha()


_LONGEST_SHORT = 3
