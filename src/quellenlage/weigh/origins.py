"""How many independent origins stand behind a deal, and why two claims have the same or not.

A chain ends in whoever said it first. Chains that end in the same actor have the same origin; of words that name nobody
("Insider", "Experten") that holds within one story only, and what no outlet is known of stands for itself. That a
service or an official says the same again in a later story of the deal is no second origin.

A chain whose end only passes on is no origin of its own but leans on others, on all of those

- whose text its article took over, where it names no source of its own,
- whose chains run on behind its end: whoever cites a newspaper leans on those whom the newspaper cites,
- whose organs speak in the same story, where its end is a state as a whole.

So a chain that adds nothing never changes the number. A claim that the transfer does not take place is no origin of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from quellenlage.domain import Chain, Claim, Hop, HopKind
from quellenlage.weigh.copies import Shares
from quellenlage.weigh.deals import Setting
from quellenlage.weigh.parties import UNKNOWN, state_of_organ

POSSIBLY_MORE = frozenset({HopKind.OFFICIALS, HopKind.DIPLOMATS, HopKind.EXPERTS, HopKind.UNNAMED, HopKind.MILITARY})
"""Kinds that may hide several persons."""
SURELY_READ = 0.9
"""The confidence of claims that the reader is surest of, and of those that people have made or put right."""
NOBODY_IN_PARTICULAR = frozenset(
    {"unnamed-persons", "experts", "military-analysts", "document", "image", "social-media"}
)
"""Sources that are the same in one story only: the words name no one."""


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

    @property
    def end(self) -> str:
        """Whoever said it first, told apart from others who go by the same words."""
        actor = self.chain.origin.actor
        if actor == UNKNOWN:
            return f"{actor} of {self.setting.article}"
        return f"{actor} of story {self.setting.story}" if actor in NOBODY_IN_PARTICULAR else actor


@dataclass(frozen=True, slots=True)
class Origin:
    """Whoever said it first: all names that are held to be one, and the claims that rest on it.

    `possibly_more`: the words for it may hide several persons.
    """

    names: tuple[str, ...]
    claims: tuple[str, ...]
    possibly_more: bool


class TieReason(StrEnum):
    """Why two chains rest on the same origin (all but the last two) or not."""

    COPIED = "copied"
    SAME_HOP = "same_hop"
    SAME_STATE = "same_state"
    RUNS_THROUGH = "runs_through"
    SHARED = "shared"
    DIFFERENT = "different"


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
    leans: Mapping[str, tuple[TieReason, frozenset[str]]]


def lines_of(claims: Iterable[Claim], settings: Mapping[str, Setting]) -> tuple[Line, ...]:
    """The chains of the claims of a deal that say that it takes place; of all where none does.

    Of a claim that was not read surely only the longest chain counts: the further chains of such claims are mostly
    those of others who speak about it. With all of them the story groups, read by the reader, had two origins too many
    a deal; with the longest alone half a one (`benchmarks.weighing.end_to_end`).
    """
    listed = sorted(claims, key=lambda claim: claim.id)
    telling = [claim for claim in listed if not claim.negated] or listed
    return tuple(
        Line(claim.id, number, chain, settings[claim.article_id])
        for claim in telling
        for number, chain in enumerate(claim.chains if claim.confidence >= SURELY_READ else _longest(claim.chains))
    )


def _longest(chains: Sequence[Chain]) -> tuple[Chain, ...]:
    """The first of the longest chains, if there is one."""
    return (max(chains, key=lambda chain: len(chain.hops)),) if chains else ()


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
            return Tie(one.claim, other.claim, reason, (line.chain.origin.actor, further.chain.hops[0].actor))
    return Tie(one.claim, other.claim, TieReason.SHARED, (mine, theirs))


def leanings_of(lines: Sequence[Line], shares: Shares) -> dict[str, tuple[TieReason, frozenset[str]]]:
    """For each line that adds nothing, the lines that it leans on and why."""
    of_article: dict[str, set[str]] = defaultdict(set)
    through: dict[str, list[Line]] = defaultdict(list)
    organs: dict[tuple[str, int], set[str]] = defaultdict(set)
    for line in lines:
        of_article[line.setting.article].add(line.key)
        for hop in line.chain.hops[:-1]:
            through[hop.actor].append(line)
        if state := state_of_organ(line.chain.origin.actor):
            organs[state, line.setting.story].add(line.key)
    found = {}
    for line in lines:
        end = line.chain.origin
        originals = shares.get(line.setting.article, {}) if line.is_bare else {}
        taken = frozenset[str]().union(*(of_article[article] for article in originals))
        # By itself an outlet may tell of it anew, in another story than that in which others cite it.
        behind = {o.key for o in through[end.actor] if not line.is_bare or o.setting.story == line.setting.story}
        if taken:
            found[line.key] = (TieReason.COPIED, taken)
        elif end.kind.relays and behind:
            found[line.key] = (TieReason.RUNS_THROUGH, frozenset(behind))
        elif organs[end.actor, line.setting.story]:
            found[line.key] = (TieReason.SAME_STATE, frozenset(organs[end.actor, line.setting.story]))
    return found


def _origin(end: str, group: Sequence[Line], roots: Roots) -> Origin:
    """An origin with the names of all that lean on it, but for outlets that only took over its text."""
    own: list[Hop] = [line.chain.origin for line in group if line.end == end and line.key not in roots.leans]
    leaning = [line for line in group if line.key in roots.leans and not line.is_bare]
    names = {hop.actor for hop in own} | {line.chain.origin.actor for line in leaning}
    return Origin(
        tuple(sorted(names or {line.chain.origin.actor for line in group})),
        tuple(sorted({line.claim for line in group})),
        possibly_more=any(hop.kind in POSSIBLY_MORE for hop in own),
    )
