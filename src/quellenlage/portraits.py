"""What a ledger holds of a source and of an actor: numbers of claims and deals, each with the list behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from quellenlage.ledger import ClaimFilter, Facet, Ledger
from quellenlage.ledger.facets import STANCES
from quellenlage.ledger.record import Answered, Record
from quellenlage.ledger.searching import FACETED, DealFilter, DealOrder, Deals, FacetCount
from quellenlage.weigh.parties import party_of, voices_of

DEALS_SHOWN = 10
"""How many deals of an actor are given in each role."""


class Part(StrEnum):
    """What a source does in a claim: it says it first, publishes it, or is named as one from whom others have it."""

    ORIGIN = "origin"
    OUTLET = "outlet"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Count:
    """So many claims; `more`: at least so many."""

    claims: int
    more: bool


@dataclass(frozen=True, slots=True)
class Relayed:
    """From whom an outlet has what it published, or by whom a source is passed on; itself left out.

    The latest claims alone are counted: `of` is how many, `own` how many of these go back to the outlet itself.
    """

    by: tuple[FacetCount, ...]
    own: int
    of: int


@dataclass(frozen=True, slots=True)
class SourcePortrait:
    """A source: its claims by what it does in them, whom it relays and who relays it, and its deals with the answers.

    `told_as` is the part in which it tells of the deals of `record`.
    """

    slug: str
    counts: Mapping[Part, Count]
    from_whom: Relayed
    passed_on: Relayed
    told_as: Part
    record: Record

    @property
    def is_known(self) -> bool:
        """Whether any claim names it."""
        return any(count.claims for count in self.counts.values())

    def answered(self, field: str) -> int:
        """How many of the deals were answered so, on the day that the source first told of them or later."""
        return sum(told.answered(field) for told in self.record.deals)


@dataclass(frozen=True, slots=True)
class ActorPortrait:
    """An actor: the largest deals in which it supplies or receives, who speaks for it, and what it answers.

    `voices` are its identities as a source with the number of their claims; `answers` are to claims about itself.
    """

    code: str
    supplies: Deals
    receives: Deals
    voices: Mapping[str, int]
    answers: tuple[Answered, ...]

    @property
    def is_known(self) -> bool:
        """Whether the ledger holds anything of it."""
        return bool(self.supplies.count or self.receives.count or self.voices or self.answers)

    def answered(self, field: str) -> tuple[Answered, ...]:
        """Its answers of one kind."""
        return tuple(one for one in self.answers if one.field == field)


def part_filter(slug: str, part: Part, other: str | None = None) -> ClaimFilter:
    """The claims in which a source plays a part; those with one `other` origin, or outlet where it is none itself."""
    return ClaimFilter(
        origin=slug if part is Part.ORIGIN else other if part is Part.OUTLET else None,
        outlet=slug if part is Part.OUTLET else other,
        source=slug if part is Part.SOURCE else None,
    )


def source_portrait(ledger: Ledger, slug: str, told_as: Part | None = None) -> SourcePortrait:
    """What the ledger holds of a source; its deals are those that it is an origin of, else those of another part."""
    counts = {part: _count(ledger, slug, part) for part in Part}
    told_as = told_as or next((part for part in Part if counts[part].claims), Part.ORIGIN)
    return SourcePortrait(
        slug,
        counts,
        _relayed(ledger, slug, Part.OUTLET, Facet.ORIGIN, counts),
        _relayed(ledger, slug, Part.SOURCE, Facet.OUTLET, counts),
        told_as,
        ledger.told_of(part_filter(slug, told_as)),
    )


def actor_portrait(ledger: Ledger, code: str) -> ActorPortrait:
    """What the ledger holds of an actor; of its answers those to the latest claims in which it supplies or receives."""
    supplies, receives = (
        ledger.deals_page(where, DealOrder.LARGEST, 0, DEALS_SHOWN)
        for where in (DealFilter(supplier=code), DealFilter(recipient=code))
    )
    found = [*ledger.answers(ClaimFilter(supplier=code)), *ledger.answers(ClaimFilter(recipient=code))]
    own = {one for one in found if code in (one.actor, party_of(one.actor))}
    answers = sorted(own, key=lambda one: (one.day, one.article, one.claim, STANCES.index(one.field)), reverse=True)
    return ActorPortrait(code, supplies, receives, ledger.counted(Facet.SOURCE, voices_of(code)), tuple(answers))


def _count(ledger: Ledger, slug: str, part: Part) -> Count:
    """Of now the number is kept; of a past moment it is counted, up to a bound."""
    if ledger.moment is None:
        return Count(sum(ledger.counted(Facet(part.value), [slug]).values()), False)
    page = ledger.page(part_filter(slug, part), 0, 1)
    return Count(page.count, page.more)


def _relayed(ledger: Ledger, slug: str, part: Part, field: Facet, counts: Mapping[Part, Count]) -> Relayed:
    if not counts[part].claims:
        return Relayed((), 0, 0)
    found = ledger.facets(part_filter(slug, part))[field]
    own = sum(one.claims for one in found if one.value == slug)
    return Relayed(tuple(one for one in found if one.value != slug), own, min(counts[part].claims, FACETED))
