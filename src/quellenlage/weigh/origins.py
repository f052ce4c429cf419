"""How many independent origins stand behind a deal, and why two claims have the same or not.

A chain ends in whoever said it first. Chains that end in the same actor have the same origin; of words that name nobody
("Insider", "Experten") that holds within one story only, and what no outlet is known of stands for itself. That a
service or an official says the same again in a later story of the deal is no second origin.

A chain whose end only passes on is no origin of its own but leans on others, on all of those

- whose text its article took over, where it names no source of its own or its source stands in the text that was taken,
- whose chains run on behind its end: whoever cites a newspaper leans on those whom the newspaper cites,
- whose organs speak in the same story, where its end is a state as a whole or its government.

Where an article was not read surely, its shorter chains lean on its longest: they are mostly those of others who speak
about the deal. An unknown name that holds all words of another ("Frauenrat der Stadt", "der Frauenrat") is that name.

So a chain that adds nothing never changes the number. A claim that the transfer does not take place is no origin of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from quellenlage.domain import Chain, Claim, Hop, HopKind
from quellenlage.weigh.copies import Shares, Taken
from quellenlage.weigh.deals import Setting
from quellenlage.weigh.parties import UNKNOWN, state_as_a_whole, state_of_organ

POSSIBLY_MORE = frozenset({HopKind.OFFICIALS, HopKind.DIPLOMATS, HopKind.EXPERTS, HopKind.UNNAMED, HopKind.MILITARY})
"""Kinds that may hide several persons."""
NAMED = frozenset({HopKind.PERSON, HopKind.ORGANISATION, HopKind.SOURCE})
"""Kinds of whoever has a name of which a text may give only a part."""
SURELY_READ = 0.95
"""The confidence of claims that people have made or put right, and of very few others."""
NOBODY_IN_PARTICULAR = frozenset(
    {"unnamed-persons", "experts", "military-analysts", "document", "image", "social-media"}
)
"""Sources that are the same in one story only: the words name no one."""


@dataclass(frozen=True, slots=True)
class Line:
    """One chain of one claim; `teller` is the actor that ends it, by the fullest name that the deal has for it."""

    claim: str
    number: int
    chain: Chain
    setting: Setting
    confidence: float
    teller: str

    @property
    def key(self) -> str:
        """A name for the line within a ledger."""
        return f"{self.claim}/{self.number}"

    @property
    def is_bare(self) -> bool:
        """Whether the article names no source for the claim."""
        return len(self.chain.hops) == 1

    def stands_in(self, taken: Taken) -> bool:
        """Whether the words for the origin stand in the text that the article took."""
        words = self.chain.origin.span
        return words is not None and taken.holds(words.start, words.end)

    @property
    def end(self) -> str:
        """Whoever said it first, told apart from others who go by the same words."""
        if self.teller == UNKNOWN:
            return f"{UNKNOWN} of {self.setting.article}"
        return f"{self.teller} of story {self.setting.story}" if self.teller in NOBODY_IN_PARTICULAR else self.teller


@dataclass(frozen=True, slots=True)
class Origin:
    """Whoever said it first: all names that are held to be one, and the claims that rest on it.

    `possibly_more`: the words for it may hide several persons.
    """

    names: tuple[str, ...]
    claims: tuple[str, ...]
    possibly_more: bool


class TieReason(StrEnum):
    """Why two chains rest on the same origin (all but the last) or not."""

    COPIED = "copied"
    SAME_ARTICLE = "same_article"
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

    Of a claim that was not read surely only the longest chain counts.
    """
    listed = sorted(claims, key=lambda claim: claim.id)
    telling = [claim for claim in listed if not claim.negated] or listed
    chains = [
        (claim, number, chain)
        for claim in telling
        for number, chain in enumerate(claim.chains if claim.confidence >= SURELY_READ else _longest(claim.chains))
    ]
    fullest = fullest_names({chain.origin.actor for _, _, chain in chains if chain.origin.kind in NAMED})
    return tuple(
        Line(
            claim.id,
            number,
            chain,
            settings[claim.article_id],
            claim.confidence,
            fullest.get(chain.origin.actor, chain.origin.actor),
        )
        for claim, number, chain in chains
    )


def fullest_names(actors: Iterable[str]) -> dict[str, str]:
    """For each actor that is part of just one longer name among them, that name: `nico-lange` for `lange`."""
    words = {actor: frozenset(actor.split("-")) for actor in actors}
    longer = {actor: [other for other in words if words[actor] < words[other]] for actor in words}
    last = {actor: [other for other in longer[actor] if not longer[other]] for actor in words}
    return {actor: names[0] for actor, names in last.items() if len(names) == 1}


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
            behind = further.chain.origin if reason is TieReason.SAME_ARTICLE else further.chain.hops[0]
            return Tie(one.claim, other.claim, reason, (line.chain.origin.actor, behind.actor))
    return Tie(one.claim, other.claim, TieReason.SHARED, (mine, theirs))


def leanings_of(lines: Sequence[Line], shares: Shares) -> dict[str, tuple[TieReason, frozenset[str]]]:
    """For each line that adds nothing, the lines that it leans on and why."""
    found = {}
    main = _main_lines(lines)
    around = _Around.of(lines)
    for line in lines:
        foremost = main.get(line.setting.article, line)
        leaning = _copied(line, shares, around)
        if leaning is None and foremost.end != line.end:
            leaning = TieReason.SAME_ARTICLE, frozenset({foremost.key})
        leaning = leaning or _repeated(line, around)
        if leaning:
            found[line.key] = leaning
    return found


@dataclass(frozen=True)
class _Around:
    """The lines of a deal by their article, by the actors that they run through, and by the state whose organ tells."""

    of_article: Mapping[str, Sequence[Line]]
    through: Mapping[str, Sequence[Line]]
    of_state: Mapping[tuple[str, int], Sequence[Line]]

    @classmethod
    def of(cls, lines: Sequence[Line]) -> _Around:
        of_article: dict[str, list[Line]] = defaultdict(list)
        through: dict[str, list[Line]] = defaultdict(list)
        of_state: dict[tuple[str, int], list[Line]] = defaultdict(list)
        for line in lines:
            of_article[line.setting.article].append(line)
            for hop in line.chain.hops[:-1]:
                through[hop.actor].append(line)
            if state := state_of_organ(line.chain.origin.actor):
                of_state[state, line.setting.story].append(line)
        return cls(of_article, through, of_state)


def _main_lines(lines: Iterable[Line]) -> dict[str, Line]:
    """The longest line of each article of which no claim was read surely; of equals the surest."""
    of_article: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        of_article[line.setting.article].append(line)
    return {
        article: max(told, key=lambda line: (len(line.chain.hops), line.confidence))
        for article, told in of_article.items()
        if all(line.confidence < SURELY_READ for line in told)
    }


def _copied(line: Line, shares: Shares, around: _Around) -> tuple[TieReason, frozenset[str]] | None:
    """The lines of the articles from which the words for the origin were taken, unless one of them has the same end."""
    taken = [
        other
        for original, part in shares.get(line.setting.article, {}).items()
        if line.is_bare or line.stands_in(part)
        for other in around.of_article.get(original, ())
    ]
    if not taken or any(other.end == line.end for other in taken):
        return None
    return TieReason.COPIED, frozenset(other.key for other in taken)


def _repeated(line: Line, around: _Around) -> tuple[TieReason, frozenset[str]] | None:
    """The lines that go on behind the end of this one, or those of the organs of the state that ends it."""
    end = line.chain.origin
    # By itself an outlet may tell of it anew, in another story than that in which others cite it.
    same_story = [o for o in around.through.get(end.actor, ()) if o.setting.story == line.setting.story]
    behind = same_story if line.is_bare else around.through.get(end.actor, ())
    if end.kind.relays and behind:
        return TieReason.RUNS_THROUGH, frozenset(other.key for other in behind)
    state = state_as_a_whole(end.actor)
    organs = around.of_state.get((state, line.setting.story), ()) if state else ()
    told = [o for o in organs if end.actor == state or not state_as_a_whole(o.chain.origin.actor)]
    return (TieReason.SAME_STATE, frozenset(other.key for other in told)) if told else None


def _origin(end: str, group: Sequence[Line], roots: Roots) -> Origin:
    """An origin with the names of all that lean on it, but for outlets that only took over its text."""
    own: list[Hop] = [line.chain.origin for line in group if line.end == end and line.key not in roots.leans]
    leaning = [line for line in group if line.key in roots.leans and roots.leans[line.key][0] is not TieReason.COPIED]
    names = {hop.actor for hop in own} | {line.chain.origin.actor for line in leaning}
    return Origin(
        tuple(sorted(names or {line.chain.origin.actor for line in group})),
        tuple(sorted({line.claim for line in group})),
        possibly_more=any(hop.kind in POSSIBLY_MORE for hop in own),
    )
