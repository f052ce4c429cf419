"""Who and what the spans of one reading stand for, with the whole article as context."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date

from quellenlage.domain import Reading, Span, SpanType
from quellenlage.names import actors, items
from quellenlage.names.actors import Actor, ActorKind
from quellenlage.names.contexts import hangs_on_others, meant_beside
from quellenlage.names.dates import day_of
from quellenlage.names.items import Item
from quellenlage.names.own import NOTHING, OwnNames
from quellenlage.names.text import folded_words, stem, without_article

SHORT_NAMES = frozenset({ActorKind.PERSON, ActorKind.OUTLET})
"""Kinds that an article names in full once, and then in short."""

UNKNOWN = "unknown"
"""The party of an actor whom the text does not name."""


@dataclass(frozen=True)
class Mentions:
    """The actors and items of a reading by their spans, and the user's own names that were heeded.

    `pointing` are the spans of bare words ("die Maschinen") that take their class from goods named before.
    """

    actors: dict[Span, Actor]
    items: dict[Span, Item]
    pointing: frozenset[Span] = frozenset()
    own: OwnNames = NOTHING


def mentions_of(reading: Reading, own: OwnNames = NOTHING, published: str | None = None) -> Mentions:
    """Name every actor and item of a reading; `published` is the article's date (ISO 8601, of which the day counts).

    A mention that names only a kind ("das Blatt") or that no list knows takes the identity of its `same` group; a
    surname takes the full name that the article gives elsewhere. A general word for goods ("die Ladung") takes the
    classes of its group, or those of the last goods before it that it can point back to.
    """
    groups = {span: group for group in reading.same for span in group}
    day = day_of(published)
    found_actors = {}
    found_items = {}
    alone = by_themselves({s.text for s in reading.spans if s.type is SpanType.ACTOR}, own, day)
    names = [*alone, *(actor.name for actor in alone.values() if actor.kind is ActorKind.PERSON)]
    for span in reading.spans:
        group = groups.get(span, (span,))
        if span.type is SpanType.ACTOR:
            found_actors[span] = actor_of(span.text, alone[span.text], [o.text for o in group], names, own, day)
        elif span.type is SpanType.ITEM:
            found_items[span] = item_of(span.text, [other.text for other in group], own)
    pointed_at = goods_pointed_at(found_items)
    return Mentions(with_heads_resolved(found_actors, alone), found_items | pointed_at, frozenset(pointed_at), own)


def by_themselves(mentions: Set[str], own: OwnNames, day: date | None) -> dict[str, Actor]:
    """Who each of the words of an article names, by the lists and by the parties that the others name."""
    listed = {words: actors.identify(words, own, day) for words in sorted(mentions)}
    found = dict(listed)
    for words in filter(hangs_on_others, listed):
        actor = listed[words]
        others = {other.party for named, other in listed.items() if named != words and other != actor}
        found[words] = meant_beside(words, others) or actor
    return found


def goods_pointed_at(found: Mapping[Span, Item]) -> dict[Span, Item]:
    """For each bare word that is still without a class, the last goods before it that it can point back to."""
    pointed_at: dict[Span, Item] = {}
    named: list[Item] = []
    for span, item in sorted(found.items(), key=lambda entry: entry[0].start):
        if item.classes:
            named.append(item)
        elif item.generic:
            possible = items.points_back(span.text)
            last = next((i for i in reversed(named) if not possible or set(possible) & set(i.classes)), None)
            classes = last.classes if last else possible[:1]
            if classes:
                pointed_at[span] = Item(classes=classes)
    return pointed_at


def with_heads_resolved(found: Mapping[Span, Actor], alone: Mapping[str, Actor]) -> dict[Span, Actor]:
    """The actors, where a bare noun that nothing else explains is the last one before it with that noun as its head.

    "Das Ministerium" behind "Verteidigungsministerium in Warschau" is that ministry. `alone` holds who words name by
    themselves.
    """
    resolved: dict[Span, Actor] = {}
    for span, actor in sorted(found.items(), key=lambda entry: entry[0].start):
        if actor.party == UNKNOWN and alone[span.text].kind is ActorKind.ANAPHOR:
            noun = stem((folded_words(without_article(span.text)) or [""])[-1])
            named = (
                other
                for before, other in reversed(resolved.items())
                if other.party != UNKNOWN and any(word.endswith(noun) for word in map(stem, folded_words(before.text)))
            )
            actor = next(named, actor)
        resolved[span] = actor
    return resolved


def actor_of(
    words: str, actor: Actor, group: Sequence[str], names: Sequence[str], own: OwnNames, day: date | None
) -> Actor:
    """The actor that `words` name: `actor` by themselves, and the group and all names of the article may help."""
    full: list[str] = []
    if actor.kind in SHORT_NAMES or actor.kind is ActorKind.UNKNOWN:
        full = [name for name in names if is_end_of(words, name)]
        actor = actors.resolve([words, *full], own, day) if full else actor
    if actor.party == UNKNOWN or actor.kind is ActorKind.UNKNOWN:
        full += [name for other in group for name in names if is_end_of(other, name)]
        joint = actors.resolve([words, *full, *group], own, day)
        if actor.source not in (UNKNOWN, joint.source):
            joint = replace(joint, source=joint.source if joint.kind is not ActorKind.STATE else actor.source)
        actor = joint if joint.party != UNKNOWN else actor
    return called(words, actor)


def called(words: str, actor: Actor) -> Actor:
    """The actor that words name; as a source by these words where no list knows it.

    An office or an organ of which the text tells no state ("die Sprecherin") is an unnamed person.
    """
    if actor.kind is ActorKind.ANAPHOR and actors.is_office_or_organ(words):
        return replace(actor, source=actors.UNNAMED_PERSONS, kind=ActorKind.UNNAMED)
    return actor if actor.source != UNKNOWN else replace(actor, source=actors.slug(words) or UNKNOWN)


def is_end_of(words: str, name: str) -> bool:
    """Whether one word ends a longer name: "Kirby" and "John Kirby", "Times" and "New York Times", "Kirbys"."""
    if " " in words or len(words) <= 2 or name == words:
        return False
    return name.rstrip("“”\"'").endswith((f" {words}", f" {words.removesuffix('s')}"))


def item_of(words: str, group: Sequence[str], own: OwnNames) -> Item:
    """The item that `words` name; a general word takes what its group says."""
    item = items.identify(words, own)
    if item.classes and not item.generic:
        return item
    others = [items.identify(other, own) for other in group if other != words]
    told = [other for other in others if other.classes and not other.generic]
    if not told:
        return item
    classes = tuple(dict.fromkeys(c for other in told for c in other.classes))
    models = tuple(dict.fromkeys(m for other in (item, *told) for m in other.models))
    return Item(classes=classes, models=models, generic=False)
