"""How many independent origins stand behind a deal, and why two claims have the same or not.

Two chains have the same origin where they end in the same hop (a state that speaks as a whole is any of its organs that
speaks in the same story), where one runs through the end of the other, or where one article copies the other's text.
That a service or an official says the same again in a later story of the deal is no second origin. A claim that an
article took over with the text of another, and for which it names no source, has the origins of that other. A claim
that the transfer does not take place is no origin of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from quellenlage.domain import Chain, Claim, HopKind
from quellenlage.weigh.copies import Copy
from quellenlage.weigh.deals import Setting

POSSIBLY_MORE = frozenset({HopKind.OFFICIALS, HopKind.DIPLOMATS, HopKind.EXPERTS, HopKind.UNNAMED, HopKind.MILITARY})
"""Kinds that may hide several persons."""


@dataclass(frozen=True, slots=True)
class Line:
    """One chain of one claim."""

    claim: str
    number: int
    chain: Chain
    setting: Setting

    @property
    def key(self) -> str:
        """A name for the line within a ledger."""
        return f"{self.claim}/{self.number}"

    @property
    def is_bare(self) -> bool:
        """Whether the article names no source for the claim."""
        return len(self.chain.hops) == 1


@dataclass(frozen=True, slots=True)
class Origin:
    """Whoever said it first: all names that are held to be one, and the claims that rest on it.

    `possibly_more`: the words for it may hide several persons.
    """

    names: tuple[str, ...]
    claims: tuple[str, ...]
    possibly_more: bool


class TieReason(StrEnum):
    """Why two chains have the same origin (the first four) or not."""

    COPIED = "copied"
    SAME_HOP = "same_hop"
    SAME_STATE = "same_state"
    RUNS_THROUGH = "runs_through"
    OWN_ACCORD = "own_accord"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Tie:
    """Two chains by their claims, whether they have the same origin, and why: the actors that the reason is about."""

    one: str
    other: str
    reason: TieReason
    actors: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Whether they have the same origin."""
        return self.reason not in (TieReason.OWN_ACCORD, TieReason.DIFFERENT)


def lines_of(claims: Iterable[Claim], settings: Mapping[str, Setting]) -> tuple[Line, ...]:
    """The chains of the claims of a deal that say that it takes place; of all where none does."""
    listed = sorted(claims, key=lambda claim: claim.id)
    telling = [claim for claim in listed if not claim.negated] or listed
    return tuple(
        Line(claim.id, number, chain, settings[claim.article_id])
        for claim in telling
        for number, chain in enumerate(claim.chains)
    )


def origins_of(lines: Sequence[Line], copies: Iterable[Copy]) -> tuple[Origin, ...]:
    """The independent origins of a deal, those with the most claims first."""
    copied = copied_from(copies)
    groups = {line.key: line.key for line in lines}
    for number, one in enumerate(lines):
        for other in lines[number + 1 :]:
            if groups[one.key] != groups[other.key] and tie(one, other, lines, copied).same:
                kept, lost = sorted((groups[one.key], groups[other.key]))
                groups = {key: kept if group == lost else group for key, group in groups.items()}
    members: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        members[groups[line.key]].append(line)
    origins = [origin for group in members.values() if (origin := _origin(group, lines, copied))]
    return tuple(sorted(origins, key=lambda origin: (-len(origin.claims), origin.names)))


def tie(one: Line, other: Line, lines: Sequence[Line], copied: Mapping[str, frozenset[str]]) -> Tie:
    """Whether two chains have the same origin, and why."""
    reason, *actors = _tie(one, other, lines, copied)
    return Tie(one.claim, other.claim, TieReason(reason), tuple(actors))


def copied_from(copies: Iterable[Copy]) -> dict[str, frozenset[str]]:
    """For each article those whose text it took."""
    found: dict[str, set[str]] = defaultdict(set)
    for copy in copies:
        found[copy.copy].add(copy.original)
    return {copy: frozenset(originals) for copy, originals in found.items()}


def _tie(one: Line, other: Line, lines: Sequence[Line], copied: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    for copy, original in ((one, other), (other, one)):
        if original.setting.article in copied.get(copy.setting.article, ()) and _takes_over(copy, original, lines):
            return TieReason.COPIED, copy.chain.hops[0].actor, original.chain.hops[0].actor
    mine, theirs = one.chain.origin, other.chain.origin
    one_story = one.setting.story == other.setting.story
    if mine.actor == theirs.actor:
        return TieReason.SAME_HOP, mine.actor
    for state, organ in ((mine, theirs), (theirs, mine)):
        if one_story and state.actor.isupper() and organ.actor.startswith(f"{state.actor.lower()}-"):
            return TieReason.SAME_STATE, state.actor, organ.actor
    for line, ending in ((one, other), (other, one)):
        end = ending.chain.origin
        if end.kind.relays and any(hop.actor == end.actor for hop in line.chain.hops):
            if one_story or not ending.is_bare:
                return TieReason.RUNS_THROUGH, end.actor
            return TieReason.OWN_ACCORD, end.actor
    return TieReason.DIFFERENT, mine.actor, theirs.actor


def _takes_over(copy: Line, original: Line, lines: Sequence[Line]) -> bool:
    """Whether a chain of an article came with the text: it names no source, or each article has this one only."""

    def chains_of(line: Line) -> int:
        return sum(1 for other in lines if other.claim == line.claim)

    return copy.is_bare or (chains_of(copy) == 1 and chains_of(original) == 1)


def _origin(group: Sequence[Line], lines: Sequence[Line], copied: Mapping[str, frozenset[str]]) -> Origin | None:
    own = [line for line in group if not _is_taken(line, lines, copied)] or list(group)
    hops = {line.chain.origin.actor: line.chain.origin for line in own}
    named = {hop.actor for line in own for hop in line.chain.hops[1:]}
    deepest = {actor: hop for actor, hop in hops.items() if not hop.kind.relays} or hops
    names = [actor for actor in hops if actor in named or actor in deepest]
    return Origin(
        tuple(sorted(names)),
        tuple(sorted({line.claim for line in group})),
        possibly_more=any(hop.kind in POSSIBLY_MORE for hop in deepest.values()),
    )


def _is_taken(line: Line, lines: Sequence[Line], copied: Mapping[str, frozenset[str]]) -> bool:
    originals = copied.get(line.setting.article, frozenset())
    return line.is_bare and any(other.setting.article in originals for other in lines)
