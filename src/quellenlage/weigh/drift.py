"""What was lost or grew on the way from one article to another that took the claim from it.

An article took a claim where it copies the other's text, or where its chain runs through the other's outlet. Along such
a line a hedge can be lost ("soll kaufen" → "kauft"), a number grow, an origin be dropped, and a stage move on without a
source of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from quellenlage.domain import Article, Claim, HopKind, Quantity
from quellenlage.weigh.copies import Shares
from quellenlage.weigh.deals import count_the_same, ends_of, is_further
from quellenlage.weigh.parties import UNKNOWN, outlet_of

AS_FULLY = 0.1
"""Shares of text that differ by less are held to be alike."""


class DriftKind(StrEnum):
    """What changed down the line."""

    HEDGE_LOST = "hedge_lost"
    NUMBER_GROWN = "number_grown"
    ORIGIN_DROPPED = "origin_dropped"
    STAGE_MOVED = "stage_moved"


@dataclass(frozen=True, slots=True)
class Drift:
    """A change from the claim of one article to that of another which took it.

    `before` and `after` are the words of numbers, stages, or the sources that were dropped; of a hedge there are none.
    `source` and `taker` are claims, `source_article` and `taker_article` the articles that make them.
    """

    kind: DriftKind
    source: str
    source_article: str
    taker: str
    taker_article: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def drifts_of(claims: Sequence[Claim], articles: Mapping[str, Article], shares: Shares) -> tuple[Drift, ...]:
    """The drifts among the claims of one deal; each claim is set against the head of the line that it came down."""
    listed = sorted(claims, key=lambda claim: claim.id)
    found: list[Drift] = []
    for taker in listed:
        sources = [claim for claim in listed if _was_taken(claim, taker, articles, shares)]
        if sources:
            found += _changes(_head(sources, taker, articles, shares), taker)
    return tuple(found)


def _was_taken(source: Claim, taker: Claim, articles: Mapping[str, Article], shares: Shares) -> bool:
    """Whether the taker has the claim from the source; an outlet that takes its own report brings it up to date."""
    theirs, own = articles[source.article_id], articles[taker.article_id]
    if theirs.id == own.id or outlet_of(theirs) == outlet_of(own) != UNKNOWN:
        return False
    if theirs.id in shares.get(own.id, {}):
        return True
    return not _is_later(theirs, own) and _hops_back(taker, theirs) is not None


def _hops_back(claim: Claim, article: Article) -> int | None:
    """How many hops back the outlet of an article stands in a claim's chains, None where it does not."""
    outlet = outlet_of(article)
    places = [n for chain in claim.chains for n, hop in enumerate(chain.hops) if n and hop.actor == outlet != UNKNOWN]
    return min(places, default=None)


def _is_later(one: Article, other: Article) -> bool:
    return bool(one.published and other.published and one.published[:10] > other.published[:10])


def _head(sources: Sequence[Claim], taker: Claim, articles: Mapping[str, Article], shares: Shares) -> Claim:
    """The claim at the head of the line: of those whose text was taken as fully as any, the one that took from none.

    Where no text was taken, it is the claim of the outlet that the taker names first.
    """
    taken = shares.get(taker.article_id, {})
    share = {claim.id: taken[claim.article_id].share if claim.article_id in taken else 0.0 for claim in sources}
    fullest = max(share.values())
    return min(
        (claim for claim in sources if share[claim.id] >= fullest - AS_FULLY),
        key=lambda claim: (
            0 if fullest else _hops_back(taker, articles[claim.article_id]) or 0,
            len(shares.get(claim.article_id, {})),
            articles[claim.article_id].published or "",
            claim.stage is not taker.stage,
            claim.negated != taker.negated,
            claim.id,
        ),
    )


def _changes(source: Claim, taker: Claim) -> Iterator[Drift]:
    def drift(kind: DriftKind, before: tuple[str, ...] = (), after: tuple[str, ...] = ()) -> Drift:
        return Drift(kind, source.id, source.article_id, taker.id, taker.article_id, before, after)

    if source.hedged and not taker.hedged:
        yield drift(DriftKind.HEDGE_LOST)
    counted = source.quantity and taker.quantity and count_the_same(source, taker)
    if source.quantity and taker.quantity and counted and has_grown(source.quantity, taker.quantity):
        yield drift(DriftKind.NUMBER_GROWN, (source.quantity.words,), (taker.quantity.words,))
    dropped = _first_sources(source) - _all_hops(taker)
    if dropped and not _first_sources(taker) - _all_hops(source):
        yield drift(DriftKind.ORIGIN_DROPPED, tuple(sorted(dropped)))
    if is_further(taker.stage, source.stage) and not _first_sources(taker) - _all_hops(source):
        yield drift(DriftKind.STAGE_MOVED, (source.stage.value,), (taker.stage.value,))


def has_grown(before: Quantity, after: Quantity) -> bool:
    """Whether the second interval says more: its lower or its upper end is higher, and none is lower."""
    (low, high), (new_low, new_high) = ends_of(before), ends_of(after)
    return (new_low, new_high) != (low, high) and new_low >= low and new_high >= high


def _first_sources(claim: Claim) -> set[str]:
    """Whoever said it first, by the article: the ends of its chains but for an agency whose text it prints."""
    return {
        chain.origin.actor
        for chain in claim.chains
        if len(chain.hops) > 1 and not (chain.origin.kind is HopKind.AGENCY and chain.hops[0].kind is HopKind.OUTLET)
    }


def _all_hops(claim: Claim) -> set[str]:
    return {hop.actor for chain in claim.chains for hop in chain.hops}
