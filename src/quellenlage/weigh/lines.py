"""The chains of a deal's claims, each a line from the article back to whoever said it first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from quellenlage.domain import Chain, Claim, HopKind
from quellenlage.weigh.copies import Taken
from quellenlage.weigh.deals import Setting
from quellenlage.weigh.parties import UNKNOWN

NAMED = frozenset({HopKind.PERSON, HopKind.ORGANISATION, HopKind.SOURCE})
"""Kinds of whoever has a name of which a text may give only a part."""
SURELY_READ = 0.95
"""The confidence of claims that people have made, and of very few others."""
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
