"""What was lost or grew on the way from one article to another that took the claim from it.

An article took a claim where it copies the other's text, or where its chain runs through the other's outlet. Along such
a line a hedge can be lost ("soll kaufen" → "kauft"), a number grow, an origin be dropped, and a stage move on without a
source of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from quellenlage.domain import Article, Claim, HopKind, Quantity
from quellenlage.names.text import full_slug
from quellenlage.weigh.copies import Copy
from quellenlage.weigh.deals import STAGES

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
    """A change from the claim of one article to that of another which took it; `before` and `after` name the values."""

    kind: DriftKind
    source: str
    taker: str
    before: str
    after: str


def drifts_of(
    claims: Sequence[Claim], articles: Mapping[str, Article], copies: Iterable[Copy]
) -> tuple[Drift, ...]:
    """The drifts among the claims of one deal; each claim is set against the head of the line
    that it was taken from."""
    shares = {(copy.original, copy.copy): copy.share for copy in copies}
    listed = sorted(claims, key=lambda claim: claim.id)
    found = []
    for taker in listed:
        sources = [claim for claim in listed if _was_taken(claim, taker, articles, shares)]
        if sources:
            found += _changes(_head(sources, taker, articles, shares), taker)
    return tuple(found)


def _was_taken(
    source: Claim, taker: Claim, articles: Mapping[str, Article], shares: Mapping[tuple[str, str], float]
) -> bool:
    if source.article_id == taker.article_id:
        return False
    if (source.article_id, taker.article_id) in shares:
        return True
    outlet = full_slug(articles[source.article_id].outlet or "")
    earlier = not _is_later(articles[source.article_id], articles[taker.article_id])
    return earlier and bool(outlet) and any(hop.actor == outlet for c in taker.chains for hop in c.hops[1:])


def _is_later(one: Article, other: Article) -> bool:
    return bool(one.published and other.published and one.published[:10] > other.published[:10])


def _head(
    sources: Sequence[Claim], taker: Claim, articles: Mapping[str, Article], shares: Mapping[tuple[str, str], float]
) -> Claim:
    """The claim at the head of the line: of those whose text was taken as fully as any, the one that took from none."""
    share = {claim.id: shares.get((claim.article_id, taker.article_id), 0.0) for claim in sources}
    fullest = max(share.values())
    taken_from = Counter(copy for _, copy in shares)
    return min(
        (claim for claim in sources if share[claim.id] >= fullest - AS_FULLY),
        key=lambda claim: (taken_from[claim.article_id], articles[claim.article_id].published or "", claim.id),
    )


def _changes(source: Claim, taker: Claim) -> Iterator[Drift]:
    def drift(kind: DriftKind, before: str, after: str) -> Drift:
        return Drift(kind, source.id, taker.id, before, after)

    if source.hedged and not taker.hedged:
        yield drift(DriftKind.HEDGE_LOST, "hedged", "not hedged")
    if source.quantity and taker.quantity and has_grown(source.quantity, taker.quantity):
        yield drift(DriftKind.NUMBER_GROWN, source.quantity.words, taker.quantity.words)
    dropped = _first_sources(source) - _all_hops(taker)
    if dropped and not _first_sources(taker) - _all_hops(source):
        yield drift(DriftKind.ORIGIN_DROPPED, ", ".join(sorted(dropped)), "")
    if source.stage in STAGES and taker.stage in STAGES and STAGES.index(taker.stage) > STAGES.index(source.stage):
        if not _first_sources(taker) - _all_hops(source):
            yield drift(DriftKind.STAGE_MOVED, source.stage.value, taker.stage.value)


def has_grown(before: Quantity, after: Quantity) -> bool:
    """Whether the second interval says more: its lower or its upper end is higher, and none is lower."""
    low, new_low = before.low or 0.0, after.low or 0.0
    high, new_high = (float("inf") if q.high is None else q.high for q in (before, after))
    return (new_low, new_high) != (low, high) and new_low >= low and new_high >= high


def _first_sources(claim: Claim) -> set[str]:
    """Whoever said it first, by the article: the ends of its chains that do more than pass on."""
    return {
        chain.origin.actor
        for chain in claim.chains
        if len(chain.hops) > 1 and chain.origin.kind is not HopKind.AGENCY
    }


def _all_hops(claim: Claim) -> set[str]:
    return {hop.actor for chain in claim.chains for hop in chain.hops}
