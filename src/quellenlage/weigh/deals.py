"""Claims about the same transfer, across articles and months.

Two claims are compared part by part: goods, models, how many, when, at which stage, in which story. Every part speaks
for or against one deal by a weight (`Weights`), and the sum says which is likelier. Claims of one supplier and one
recipient are then put together as long as the claims of two groups speak for it on average, best first (average
linkage: Sokal & Michener 1958). A person's judgement goes before any sum: claims that were put together stay so, and
claims that were parted never meet again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from quellenlage.domain import Article, Claim, Quantity, Stage
from quellenlage.weigh.days import Days, days_apart, days_of

UNSPECIFIED = "weapons_unspecified"
UNKNOWN = "unknown"
STAGES = (Stage.SOUGHT, Stage.OFFERED, Stage.NEGOTIATING, Stage.AGREED, Stage.UNDERWAY, Stage.DELIVERED)
"""Stages in the order in which a transfer goes through them."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each part says for one deal (above 0) or for two; chosen on the story groups of `benchmarks/weighing`."""

    same_goods: float = 0.9
    other_goods: float = -0.4
    same_models: float = 1.4
    other_models: float = -0.6
    same_quantity: float = 1.2
    other_quantity: float = -1.5
    one_story: float = 0.8
    one_article: float = -3.5
    months_apart: float = -0.3
    a_year_apart: float = -1.3
    stage_gone_back: float = -1.3
    unnamed_party: float = -2.5
    enough: float = 0.0


WEIGHTS = Weights()
WEEKS, MONTHS, A_YEAR = 21, 75, 270
"""In days: not at the same time, months apart, about a year apart."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two claims, and the parts that speak for or against one deal: names of `Weights` with what they weigh."""

    one: str
    other: str
    parts: tuple[tuple[str, float], ...]

    @property
    def score(self) -> float:
        """The sum of the parts: above `Weights.enough` it is likelier one deal than two."""
        return sum(weight for _, weight in self.parts)


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a claim was made: its article, when that appeared, and the story that it belongs to."""

    article: str
    published: Days | None
    story: int


@dataclass(frozen=True, slots=True)
class Judged:
    """Claims that a person put together, or (not `together`) parted from the rest; by the ids of the claims."""

    claims: frozenset[str]
    together: bool


def settings_of(articles: Sequence[Article], stories: Sequence[Iterable[str]]) -> dict[str, Setting]:
    """The setting of every article's claims, by the article's id."""
    story_of = {member: number for number, story in enumerate(stories) for member in story}
    return {article.id: Setting(article.id, days_of(article.published), story_of[article.id]) for article in articles}


def deals_of(
    claims: Iterable[Claim],
    settings: Mapping[str, Setting],
    judged: Sequence[Judged] = (),
    weights: Weights = WEIGHTS,
) -> tuple[tuple[str, ...], ...]:
    """The claims of each deal by their ids, in order; the order of `claims` does not matter."""
    by_id = {claim.id: claim for claim in claims}
    deals: list[tuple[str, ...]] = []
    for bucket in _buckets(by_id.values()):
        deals += _clustered([by_id[id] for id in sorted(bucket)], settings, judged, weights)
    return tuple(sorted(deals))


def compared(one: Claim, other: Claim, settings: Mapping[str, Setting], weights: Weights = WEIGHTS) -> Comparison:
    """What speaks for and against two claims' being of one deal."""
    here, there = settings[one.article_id], settings[other.article_id]
    parts = [
        *_of_parties(one, other, weights),
        *_of_goods(one, other, weights),
        *_of_models(one, other, weights),
        *_of_quantities(one.quantity, other.quantity, weights),
    ]
    if here.article == there.article:
        parts.append(("one_article", weights.one_article))
    elif here.story == there.story:
        parts.append(("one_story", weights.one_story))
    parts += _of_times(one, other, here, there, weights)
    return Comparison(one.id, other.id, tuple(parts))


def _of_parties(one: Claim, other: Claim, weights: Weights) -> list[tuple[str, float]]:
    unnamed = any(UNKNOWN in (*c.supplier, *c.recipient) or not c.supplier or not c.recipient for c in (one, other))
    return [("unnamed_party", weights.unnamed_party)] if unnamed else []


def _of_goods(one: Claim, other: Claim, weights: Weights) -> list[tuple[str, float]]:
    mine, theirs = (set(claim.item_classes) - {UNSPECIFIED} for claim in (one, other))
    if not mine or not theirs:
        return []
    return [("same_goods", weights.same_goods)] if mine & theirs else [("other_goods", weights.other_goods)]


def _of_models(one: Claim, other: Claim, weights: Weights) -> list[tuple[str, float]]:
    mine, theirs = ({model.casefold() for model in claim.models} for claim in (one, other))
    if not mine or not theirs:
        return []
    same = any(a in b or b in a for a in mine for b in theirs)
    return [("same_models", weights.same_models)] if same else [("other_models", weights.other_models)]


def _of_quantities(one: Quantity | None, other: Quantity | None, weights: Weights) -> list[tuple[str, float]]:
    if one is None or other is None:
        return []
    if can_both_hold(one, other):
        return [("same_quantity", weights.same_quantity)]
    return [("other_quantity", weights.other_quantity)]


def can_both_hold(one: Quantity, other: Quantity) -> bool:
    """Whether some number lies in both intervals."""
    low = max(one.low or 0.0, other.low or 0.0)
    return all(high is None or low <= high for high in (one.high, other.high))


def _of_times(one: Claim, other: Claim, here: Setting, there: Setting, weights: Weights) -> list[tuple[str, float]]:
    mine, theirs = ([d for d in (s.published, days_of(c.time)) if d] for c, s in ((one, here), (other, there)))
    if not mine or not theirs:
        return []
    apart = min(days_apart(a, b) for a in mine for b in theirs)
    parts = []
    if apart >= A_YEAR:
        parts.append(("a_year_apart", weights.a_year_apart))
    elif apart >= MONTHS:
        parts.append(("months_apart", weights.months_apart))
    if here.published and there.published and days_apart(here.published, there.published) > WEEKS:
        first, second = (one, other) if here.published < there.published else (other, one)
        if first.stage in STAGES and second.stage in STAGES and STAGES.index(first.stage) > STAGES.index(second.stage):
            parts.append(("stage_gone_back", weights.stage_gone_back))
    return parts


def _buckets(claims: Iterable[Claim]) -> list[set[str]]:
    """Claims that may be of one deal: those that share a supplier and a recipient, as far as both are named."""
    named: dict[tuple[str, str], set[str]] = defaultdict(set)
    for claim in claims:
        for supplier in claim.supplier or (UNKNOWN,):
            for recipient in claim.recipient or (UNKNOWN,):
                named[supplier, recipient].add(claim.id)
    buckets: list[set[str]] = []
    for group in named.values():
        met = [bucket for bucket in buckets if bucket & group]
        buckets = [bucket for bucket in buckets if not bucket & group]
        buckets.append(group.union(*met))
    return buckets


def _share_a_pair(one: Claim, other: Claim) -> bool:
    return bool(set(one.supplier) & set(other.supplier)) and bool(set(one.recipient) & set(other.recipient))


def _clustered(
    claims: Sequence[Claim], settings: Mapping[str, Setting], judged: Sequence[Judged], weights: Weights
) -> list[tuple[str, ...]]:
    """Average linkage; of merges that are equally good the one whose claims come first is made first."""
    scores = {
        (one.id, other.id): _judged(one.id, other.id, judged)
        or (compared(one, other, settings, weights).score if _share_a_pair(one, other) else _NEVER)
        for one, other in combinations(claims, 2)
    }
    clusters: list[tuple[str, ...]] = [(claim.id,) for claim in claims]
    while len(clusters) > 1:
        best = max(
            (
                (_average(a, b, scores), -number_a, -number_b)
                for (number_a, a), (number_b, b) in combinations(enumerate(clusters), 2)
            ),
        )
        if best[0] <= weights.enough:
            break
        a, b = -best[1], -best[2]
        clusters[a] = tuple(sorted(clusters[a] + clusters.pop(b)))
        clusters.sort()
    return clusters


_NEVER, _ALWAYS = -1e6, 1e6


def _judged(one: str, other: str, judged: Sequence[Judged]) -> float | None:
    """What a person's last word on two claims says, None where nobody judged them."""
    for judgement in reversed(judged):
        within = (one in judgement.claims) + (other in judgement.claims)
        if judgement.together and within == 2:
            return _ALWAYS
        if not judgement.together and within == 1:
            return _NEVER
    return None


def _average(one: tuple[str, ...], other: tuple[str, ...], scores: Mapping[tuple[str, str], float]) -> float:
    pairs = [scores[min(a, b), max(a, b)] for a in one for b in other]
    return _NEVER if min(pairs) <= _NEVER else sum(pairs) / len(pairs)
