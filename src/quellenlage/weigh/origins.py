"""How many independent origins stand behind a deal, and why two claims have the same or not.

A chain ends in whoever said it first. Chains that end in the same actor have the same origin; of words that name nobody
("Insider", "Experten") that holds within one story only, and what no outlet is known of stands for itself. That a
service or an official says the same again in a later story of the deal is no second origin.

A chain that adds nothing leans on others (`leaning.py`) and is counted with them.
An unknown name that holds all words of another ("Frauenrat der Stadt", "der Frauenrat") is that name.

So a chain that adds nothing never changes the number. A claim that the transfer does not take place is no origin of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quellenlage.domain import Hop, HopKind
from quellenlage.weigh.copies import Shares
from quellenlage.weigh.leaning import Leaning, TieReason, leanings_of
from quellenlage.weigh.lines import Line

POSSIBLY_MORE = frozenset({HopKind.OFFICIALS, HopKind.DIPLOMATS, HopKind.EXPERTS, HopKind.UNNAMED, HopKind.MILITARY})
"""Kinds that may hide several persons."""
REPEATING = frozenset({TieReason.RUNS_THROUGH, TieReason.SAME_STATE})
"""Why a line leans whose end is one with the origin."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Whoever said it first: all names that are held to be one, and the claims that rest on it.

    `possibly_more`: the words for it may hide several persons.
    """

    names: tuple[str, ...]
    claims: tuple[str, ...]
    possibly_more: bool


@dataclass(frozen=True, slots=True)
class Tie:
    """Two chains by their claims, whether they rest on the same origin, and why: the actors that it is about."""

    one: str
    other: str
    reason: TieReason
    actors: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Whether they have the same origin."""
        return self.reason is not TieReason.DIFFERENT


@dataclass(frozen=True)
class Roots:
    """For each line of a deal the ends that it rests on, and for those that lean, on which lines and why."""

    ends: Mapping[str, frozenset[str]]
    leans: Mapping[str, Leaning]


def roots_of(lines: Sequence[Line], shares: Shares) -> Roots:
    """What each line rests on; lines that only lean on one another stand for themselves."""
    leans = leanings_of(lines, shares)
    ends = {line.key: frozenset({line.end}) if line.key not in leans else frozenset[str]() for line in lines}
    changed = True
    while changed:
        changed = False
        for key, (_, on) in leans.items():
            found = ends[key].union(*(ends[other] for other in on))
            changed |= found != ends[key]
            ends[key] = found
    return Roots({line.key: ends[line.key] or frozenset({line.end}) for line in lines}, leans)


def origins_of(lines: Sequence[Line], shares: Shares) -> tuple[Origin, ...]:
    """The independent origins of a deal, those with the most claims first."""
    roots = roots_of(lines, shares)
    resting: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        for end in roots.ends[line.key]:
            resting[end].append(line)
    origins = [_origin(end, group, roots) for end, group in resting.items()]
    return tuple(sorted(origins, key=lambda origin: (-len(origin.claims), origin.names)))


def tie(one: Line, other: Line, roots: Roots) -> Tie:
    """Whether two chains of a deal rest on the same origin, and why."""
    mine, theirs = one.chain.origin.actor, other.chain.origin.actor
    if not roots.ends[one.key] & roots.ends[other.key]:
        return Tie(one.claim, other.claim, TieReason.DIFFERENT, (mine, theirs))
    if one.end == other.end:
        return Tie(one.claim, other.claim, TieReason.SAME_HOP, (mine,))
    for line, further in ((one, other), (other, one)):
        reason, on = roots.leans.get(line.key, (TieReason.SHARED, frozenset[str]()))
        if further.key in on:
            behind = further.chain.origin if reason is TieReason.SAME_ARTICLE else further.chain.hops[0]
            return Tie(one.claim, other.claim, reason, (line.chain.origin.actor, behind.actor))
    return Tie(one.claim, other.claim, TieReason.SHARED, (mine, theirs))


def _origin(end: str, group: Sequence[Line], roots: Roots) -> Origin:
    """An origin by its own names and those of whoever repeats it: who cites it, and the state for which it speaks."""
    own: list[Hop] = [line.chain.origin for line in group if line.end == end and line.key not in roots.leans]
    repeating = [line for line in group if line.key in roots.leans and roots.leans[line.key][0] in REPEATING]
    names = {hop.actor for hop in own} | {line.chain.origin.actor for line in repeating}
    return Origin(
        tuple(sorted(names or {line.chain.origin.actor for line in group})),
        tuple(sorted({line.claim for line in group})),
        possibly_more=any(hop.kind in POSSIBLY_MORE for hop in own),
    )
