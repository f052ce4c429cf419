"""Actors: the words of a span become an identity, once as a source and once as a party.

A mention that stands in the lists as it is, is looked up. Any other is read as German builds such names: known names
and nouns of a kind are found in it (`mention.py`), and what they are to each other says who is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from quellenlage.names.kind_words import Sort, kind_words
from quellenlage.names.known_actors import OUTLETS, Actor, ActorKind, KnownActors, known_actors
from quellenlage.names.mending import mended, unglued
from quellenlage.names.mention import Mention, Part, read
from quellenlage.names.offices import holder
from quellenlage.names.own import NOTHING, OwnNames
from quellenlage.names.text import full_slug, key, slug, without_article

__all__ = [
    "OUTLETS",
    "UNNAMED_PERSONS",
    "Actor",
    "ActorKind",
    "identify",
    "is_office_or_organ",
    "known_names",
    "resolve",
    "slug",
]

_IN_BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]?")
_UNKNOWN = "unknown"
UNNAMED_PERSONS = "unnamed-persons"
"""The source of words that name nobody, as the design's contract spells it."""
_PRIORITY = (
    "intelligence",
    "military",
    "diplomats",
    "officials",
    "government",
    "military-analysts",
    "experts",
    UNNAMED_PERSONS,
)
_OF_A_STATE = frozenset(_PRIORITY[:5])
_SERVICES = frozenset({"intelligence", "military"})
_EXPERTS = frozenset({"experts", "military-analysts"})
_SPEAKS_FOR_ITSELF = frozenset(
    {ActorKind.OUTLET, ActorKind.AGENCY, ActorKind.COMPANY, ActorKind.ARMED_GROUP, ActorKind.ORGANISATION}
)
_SHORTEST_CASELESS = 4
REMEMBERED = 50_000
"""How many mentions are kept in mind: some twenty megabytes."""


# News repeats its names: of the mentions of the corpus two in three are met again (`python -m benchmarks.names`).
@lru_cache(maxsize=REMEMBERED)
def identify(words: str, own: OwnNames = NOTHING, day: date | None = None) -> Actor:
    """Who the words of an ACT span name; the user's `own` names go before the packaged ones.

    With the `day` of publication an office without a name ("der französische Präsident") names whoever held it then.

    Known actors by any of their names and in any German case; else states through adjectives, capitals, offices and
    services; else unnamed persons by their kind, stand-ins ("das Blatt") as anaphors, and unknown names verbatim as a
    slug. Sources and parties are spelled as the design's contract has it.
    """
    whole = mended(words)
    plain = _IN_BRACKETS.sub("", whole).strip() or whole.strip()
    known = known_actors(own)
    for name in (plain, without_article(plain)):
        found = known.exact.get(key(name))
        if found and (found.may_be(name) or len(name) >= _SHORTEST_CASELESS):
            return found.actor
    actor = _Reading(read(plain, known), plain, known, day).actor()
    if actor.kind is not ActorKind.UNKNOWN and not (actor.kind is ActorKind.ANAPHOR and " " not in plain):
        return actor
    apart = unglued(plain)
    return actor if apart == plain else _unless_unknown(identify(apart, own, day), actor)


def _unless_unknown(actor: Actor, other: Actor) -> Actor:
    return other if actor.kind in (ActorKind.UNKNOWN, ActorKind.ANAPHOR) else actor


def resolve(mentions: Sequence[str], own: OwnNames = NOTHING, day: date | None = None) -> Actor:
    """Who the mentions of one `same` group name together: the most telling identity among them.

    A person's state, or what sort of thing an unknown name is, may come from the other mentions: with "das Blatt",
    an unknown name is an outlet. Raises `ValueError` where there is no mention.
    """
    if not mentions:
        raise ValueError("an empty group of mentions names nobody; pass at least one")
    actors = [identify(words, own, day) for words in mentions]
    best = max(actors, key=_tells)
    if best.kind in (ActorKind.PERSON, ActorKind.UNKNOWN) and best.party == best.source:
        states = [a.party for a in actors if a.kind in (ActorKind.STATE, ActorKind.UNNAMED) and a.party != _UNKNOWN]
        if states:
            best = replace(best, party=states[0])
    if best.kind is ActorKind.UNKNOWN:
        best = replace(best, kind=next(filter(None, (_stands_for(m, own) for m in mentions)), ActorKind.UNKNOWN))
    return best


def is_office_or_organ(words: str) -> bool:
    """Whether words only name an office or an organ ("der Sprecher des Ministeriums"), whosever it is."""
    sorts = {head.sort for head in read(words, known_actors()).heads}
    return bool(sorts) and sorts <= {Sort.OFFICE, Sort.ORGAN}


def known_names() -> Iterator[tuple[str, ActorKind]]:
    """Every listed name, as printed, with its kind: read access for features and word lists."""
    yield from known_actors().names


class _Reading:
    """One mention on its way to an actor: its parts, and the questions that decide between them."""

    def __init__(self, mention: Mention, words: str, known: KnownActors, day: date | None) -> None:
        self.mention, self.words, self.known, self.day = mention, words, known, day
        self.heads = mention.heads
        self.entity = self._entity()

    def actor(self) -> Actor:
        person = self.mention.person
        if person and person.known and not self._speaks_of(person):
            return person.known.actor
        if person and person.known:
            self.entity = self.known.plain.get(person.known.actor.party, person.known.actor)
        return self._firm() or self._named() or self._of_entity() or self._kind_alone() or self._unknown()

    def _entity(self) -> Actor | None:
        """The named actor that the mention hangs on: one that speaks for itself, else the first."""
        actors = [part.known.actor for part in self.mention.parts if part.known and not part.is_person]
        states = [actor for actor in actors if actor.kind is ActorKind.STATE]
        services = {head.kind for head in self.heads if head.sort is Sort.ORGAN}
        services |= {state.source.partition("-")[2] for state in states}
        if states and services & _SERVICES:
            actors = states
        for actor in actors:
            if actor.kind is ActorKind.ORGANISATION and any(head.kind in _EXPERTS for head in self.heads):
                return actor
            if actor.kind in _SPEAKS_FOR_ITSELF and actor.kind is not ActorKind.ORGANISATION:
                return actor
        of_first = (a for a in actors if a.party == actors[0].party and a.source != a.party)
        return next(of_first, actors[0] if actors else None)

    def _speaks_of(self, person: Part) -> bool:
        """Whether the mention is about somebody else, whom the person only places ("Putins Armee")."""
        before, after = self.mention.heads_around(person)
        if any(head.sort in (Sort.ORGAN, Sort.STAND_IN) for head in before):
            return True
        return bool(after) or (bool(before) and self.mention.is_genitive(person, self.known))

    def _firm(self) -> Actor | None:
        """A company by the words of its name, whatever else they may mean ("Halbleiter AG" leads nobody)."""
        if self.entity or self.mention.starts_with_kind or not self.mention.has_any(kind_words().company_words):
            return None
        return self._unknown()

    def _named(self) -> Actor | None:
        """A person, outlet, company or group whose own name stands beside the noun of its kind."""
        name = self.mention.name
        if name is None:
            return None
        own = slug(name)
        head = self.mention.head_of_name
        if head is None and self.mention.name_from and " " in name:
            return Actor(own, self.entity.party if self.entity else own, ActorKind.PERSON, name)
        if head is None:
            return None
        if head.sort is Sort.STAND_IN:
            kind = head.stands_for or ActorKind.UNKNOWN
            return Actor(own, own, kind if kind is not ActorKind.UNNAMED else ActorKind.UNKNOWN, name)
        if head.sort is Sort.ORGAN:
            return None
        serves = any(h.sort is Sort.OFFICE or h.kind in _OF_A_STATE for h in self.heads) and not self.mention.former
        is_expert = any(h.kind in _EXPERTS for h in self.heads)
        party = self.entity.party if self.entity and serves and not is_expert else own
        return Actor(own, party, ActorKind.PERSON, name)

    def _of_entity(self) -> Actor | None:
        entity = self.entity
        if entity is None:
            return None
        if entity.kind in _SPEAKS_FOR_ITSELF:
            return entity
        if not self.heads:
            return self._without_kind(entity)
        sorts = {head.sort for head in self.heads}
        if sorts == {Sort.RELATION} and entity.kind is ActorKind.STATE:
            return self._unnamed(UNNAMED_PERSONS, _UNKNOWN)
        if Sort.FIGHTERS in sorts and entity.kind is ActorKind.STATE and Sort.ORGAN not in sorts:
            fighters = f"{entity.party.lower()}-rebels"
            return Actor(fighters, fighters, ActorKind.ARMED_GROUP, self.words)
        return self._in_office(entity) or self._of_kind(entity, sorts)

    def _of_kind(self, entity: Actor, sorts: set[Sort]) -> Actor:
        if sorts <= {Sort.STAND_IN, Sort.RELATION}:
            return self._stand_in_of(entity)
        kind = self._kind(entity)
        if entity.kind is ActorKind.ALLIANCE and kind in ("government", "military") and Sort.PERSONS not in sorts:
            return entity
        if entity.kind is ActorKind.ALLIANCE and kind == UNNAMED_PERSONS and Sort.TITLE in sorts:
            kind = "officials"
        if kind not in _OF_A_STATE:
            return self._unnamed(kind, _UNKNOWN)
        organ = sorts <= {Sort.ORGAN, Sort.STAND_IN} and entity.kind is ActorKind.STATE
        source = f"{entity.party.lower()}-{kind}"
        return Actor(source, entity.party, ActorKind.STATE if organ else ActorKind.UNNAMED, self.words)

    def _stand_in_of(self, entity: Actor) -> Actor:
        """Of "israelische Zeitungen", "russische Firmen", "Nato-Staaten", where they belong is all that is known."""
        stands_for = {head.stands_for for head in self.heads}
        if stands_for & {ActorKind.OUTLET, ActorKind.AGENCY}:
            media = f"{entity.party.lower()}-media"
            return self._unnamed(media, media)
        if ActorKind.COMPANY in stands_for:
            return self._unnamed(f"{entity.party.lower()}-companies", entity.party)
        if ActorKind.ORGANISATION in stands_for and entity.kind is ActorKind.STATE:
            return self._unnamed(slug(self.words), slug(self.words))
        return entity

    def _without_kind(self, entity: Actor) -> Actor:
        name = self.mention.name
        if name is None or self.mention.name_in_compound:
            return entity
        if self.mention.name_follows_state or (self.mention.name_first and " " in name):
            return self._unknown()
        if " " in name:
            return Actor(slug(name), slug(name), ActorKind.UNKNOWN, name)
        return self._unnamed(UNNAMED_PERSONS, entity.party)

    def _kind_alone(self) -> Actor | None:
        """No name at all: unnamed persons by their kind, or a word that only points back."""
        if not self.heads or (self.mention.name and self.mention.name_first):
            return None
        sorts = {head.sort for head in self.heads}
        if sorts & {Sort.PERSONS, Sort.TITLE, Sort.FIGHTERS, Sort.RELATION}:
            kind = self._kind(None)
            party = "rebels" if sorts == {Sort.FIGHTERS} else _UNKNOWN
            return self._unnamed(kind if kind in _EXPERTS else UNNAMED_PERSONS, party)
        if all(head.stands_for is ActorKind.UNNAMED for head in self.heads):
            return self._unnamed(UNNAMED_PERSONS, _UNKNOWN)
        return Actor(_UNKNOWN, _UNKNOWN, ActorKind.ANAPHOR, self.words)

    def _unknown(self) -> Actor:
        own = slug(self.words) or _UNKNOWN
        kind = ActorKind.UNKNOWN
        if self.mention.has_any(kind_words().company_words):
            kind = ActorKind.COMPANY
        elif self.mention.has_any(kind_words().outlet_words):
            kind = ActorKind.OUTLET
        return Actor(own, own, kind, without_article(self.words).strip('"„“”«»'))

    def _unnamed(self, source: str, party: str) -> Actor:
        return Actor(source, party, ActorKind.UNNAMED, self.words)

    def _in_office(self, entity: Actor) -> Actor | None:
        """Whoever held the office that the mention names alone."""
        office = self.heads[0].office if len(self.heads) == 1 and not self.mention.former else None
        name = holder(entity.party, office, self.day) if office else None
        return Actor(full_slug(name), entity.party, ActorKind.PERSON, name) if name else None

    def _kind(self, entity: Actor | None) -> str:
        """The most telling kind of source among the nouns, the first parts of compounds, and the named organ."""
        kinds = set(self.mention.modifiers)
        vague = UNNAMED_PERSONS in kinds
        kinds |= {head.kind for head in self.heads if not (head.weak and vague)}
        if entity and entity.kind is ActorKind.STATE and entity.source != entity.party:
            kinds.add(entity.source.partition("-")[2])
        return next((kind for kind in _PRIORITY if kind in kinds), "government")


def _stands_for(words: str, own: OwnNames) -> ActorKind | None:
    """The kind of actor that a stand-in among the mentions of one group promises."""
    heads = read(words, known_actors(own)).heads
    if any(head.sort in (Sort.PERSONS, Sort.OFFICE, Sort.TITLE) for head in heads):
        return ActorKind.PERSON
    promised = (head.stands_for for head in heads if head.stands_for not in (None, ActorKind.UNNAMED))
    return next(promised, None)


def _tells(actor: Actor) -> tuple[int, int]:
    """How much an identity tells, and the length of its slug, which decides among equals."""
    if actor.kind is ActorKind.ANAPHOR:
        rank = 0
    elif actor.kind is ActorKind.UNNAMED:
        rank = 1 if actor.party == _UNKNOWN else 2
    elif actor.kind is ActorKind.UNKNOWN:
        rank = 3
    elif actor.kind is ActorKind.STATE:
        rank = 4
    else:
        rank = 6 if actor.kind is ActorKind.PERSON and "-" in actor.source else 5
    return rank, len(actor.source)
