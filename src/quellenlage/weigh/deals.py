"""Claims about the same transfer, across articles and months.

Two claims are compared part by part: goods, models, how many, when, at which stage, in which story. Every part speaks
for or against one deal by a weight (`Weights`), and the sum says which is likelier. Claims that share a supplier and
a recipient are then put together as long as the claims of two groups speak for it on average, best first (average
linkage: Sokal & Michener 1958; sums are carried on as in Lance & Williams 1967). A person's judgement goes before any
sum: claims that were put together begin as one group, and groups that were parted never meet again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np

from quellenlage.domain import Article, Claim, Quantity, Stage
from quellenlage.weigh.days import Days, days_apart, days_of
from quellenlage.weigh.groups import groups_of
from quellenlage.weigh.parties import UNKNOWN, parties_of

UNSPECIFIED = "weapons_unspecified"
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
    other_stage: float = -2.0
    months_apart: float = -0.3
    a_year_apart: float = -1.3
    stage_gone_back: float = -1.3
    unnamed_party: float = -2.5


WEIGHTS = Weights()
ABOUT = 0.1
"""How much further "rund" reaches."""
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
        """The sum of the parts: above 0 it is likelier one deal than two."""
        return sum(weight for _, weight in self.parts)


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a claim was made: its article, when that appeared, and the story that it belongs to."""

    article: str
    published: Days | None
    story: int


@dataclass(frozen=True, slots=True)
class Judged:
    """A person's word on claims, by their ids: all are of one deal, or none of `claims` is of one with any of `others`.

    `others` is empty where claims were put together.
    """

    claims: frozenset[str]
    others: frozenset[str] = frozenset()


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
    together, apart = in_force(judged, frozenset(by_id))
    pairs = [(id, id) for id in by_id] + list(_of_one_pair(by_id.values()))
    pairs += [(min(group), member) for group in together for member in group]
    deals: list[tuple[str, ...]] = []
    for bucket in groups_of(pairs):
        deals += _clustered([by_id[id] for id in bucket], settings, together, apart, weights)
    return tuple(sorted(deals))


def in_force(
    judged: Sequence[Judged], known: frozenset[str]
) -> tuple[tuple[frozenset[str], ...], frozenset[frozenset[str]]]:
    """What the judgements come to, of which a later one goes before an earlier one on the claims of both.

    Gives the groups that are together and the pairs that are apart.
    """
    together: list[frozenset[str]] = []
    apart: set[frozenset[str]] = set()
    for judgement in judged:
        claims, others = judgement.claims & known, judgement.others & known
        if judgement.others:
            together = [part for group in together for part in (group & claims, group - claims) if len(part) > 1]
            apart |= {frozenset((one, other)) for one in claims for other in others}
        else:
            apart = {pair for pair in apart if not pair <= claims}
            together.append(claims)
    joined = groups_of((min(group), member) for group in together if group for member in group)
    return tuple(map(frozenset, joined)), frozenset(apart)


def compared(one: Claim, other: Claim, settings: Mapping[str, Setting], weights: Weights = WEIGHTS) -> Comparison:
    """What speaks for and against two claims' being of one deal."""
    here, there = settings[one.article_id], settings[other.article_id]
    parts = [
        *_of_parties(one, other, weights),
        *_of_goods(one, other, weights),
        *_of_models(one, other, weights),
        *_of_quantities(one, other, weights),
    ]
    if here.article == there.article:
        goes_on = one.stage is not other.stage or one.negated != other.negated
        at_odds = any(name in ("other_models", "other_quantity", "other_goods") for name, _ in parts)
        two = goes_on and not at_odds
        parts.append(("other_stage", weights.other_stage) if two else ("one_article", weights.one_article))
    elif here.story == there.story:
        parts.append(("one_story", weights.one_story))
    parts += _of_times(one, other, here, there, weights)
    return Comparison(one.id, other.id, tuple(parts))


def _of_parties(one: Claim, other: Claim, weights: Weights) -> list[tuple[str, float]]:
    unnamed = any(UNKNOWN in parties_of(claim, role) for claim in (one, other) for role in ("supplier", "recipient"))
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


def _of_quantities(one: Claim, other: Claim, weights: Weights) -> list[tuple[str, float]]:
    if not one.quantity or not other.quantity or not count_the_same(one, other):
        return []
    if can_both_hold(one.quantity, other.quantity):
        return [("same_quantity", weights.same_quantity)]
    return [("other_quantity", weights.other_quantity)]


def count_the_same(one: Claim, other: Claim) -> bool:
    """Whether the quantities of two claims count the same kind of thing, as far as they say what they count."""
    items = {one.quantity_item, other.quantity_item} - {None}
    units = {claim.quantity.unit for claim in (one, other) if claim.quantity}
    return len(items) < 2 and len(units) < 2


def can_both_hold(one: Quantity, other: Quantity) -> bool:
    """Whether some number lies in both intervals; "rund 40" reaches a tenth further."""
    (low, high), (other_low, other_high) = _reach(one), _reach(other)
    return max(low, other_low) <= min(high, other_high)


def ends_of(quantity: Quantity) -> tuple[float, float]:
    """The ends of an interval, 0 and infinity where they are open."""
    return quantity.low or 0.0, float("inf") if quantity.high is None else quantity.high


def _reach(quantity: Quantity) -> tuple[float, float]:
    low, high = ends_of(quantity)
    return (low * (1 - ABOUT), high * (1 + ABOUT)) if quantity.approximate else (low, high)


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
        if is_further(first.stage, second.stage):
            parts.append(("stage_gone_back", weights.stage_gone_back))
    return parts


def is_further(stage: Stage, other: Stage) -> bool:
    """Whether a transfer at the one stage has come further than at the other; of a halt nothing is said."""
    return stage in STAGES and other in STAGES and STAGES.index(stage) > STAGES.index(other)


def _of_one_pair(claims: Iterable[Claim]) -> Iterator[tuple[str, str]]:
    """Pairs of claims that tie together all that have a supplier and a recipient in common."""
    first: dict[tuple[str, str], str] = {}
    for claim in claims:
        for pair in product(parties_of(claim, "supplier"), parties_of(claim, "recipient")):
            yield first.setdefault(pair, claim.id), claim.id


def share_a_pair(one: Claim, other: Claim) -> bool:
    """Whether two claims have a supplier and a recipient in common; only then are they compared."""
    return all(set(parties_of(one, role)) & set(parties_of(other, role)) for role in ("supplier", "recipient"))


def _clustered(
    claims: Sequence[Claim],
    settings: Mapping[str, Setting],
    together: Sequence[frozenset[str]],
    apart: frozenset[frozenset[str]],
    weights: Weights,
) -> list[tuple[str, ...]]:
    """Average linkage over the pairs that share a supplier and a recipient.

    Of merges that are equally good the one whose claims come first is made first.
    """
    count = len(claims)
    sums, pairs = np.zeros((count, count)), np.zeros((count, count))
    never = np.zeros((count, count), dtype=np.bool_)
    for (a, one), (b, other) in combinations(enumerate(claims), 2):
        if share_a_pair(one, other):
            sums[a, b] = sums[b, a] = compared(one, other, settings, weights).score
            pairs[a, b] = pairs[b, a] = 1
        never[a, b] = never[b, a] = frozenset((one.id, other.id)) in apart
    members: list[list[str]] = [[claim.id] for claim in claims]
    place = {claim.id: number for number, claim in enumerate(claims)}

    def merge(a: int, b: int) -> None:
        members[a] += members[b]
        members[b] = []
        for table in (sums, pairs):
            table[a] += table[b]
            table[:, a] += table[:, b]
            table[b] = table[:, b] = 0
        never[a] |= never[b]
        never[:, a] |= never[:, b]
        never[b] = never[:, b] = True

    for group in together:
        first, *rest = sorted(place[id] for id in group if id in place) or [0]
        for number in rest:
            merge(first, number)
    while count > 1:
        possible = np.triu((pairs > 0) & ~never, 1)
        means = np.where(possible, sums / np.maximum(pairs, 1), -np.inf)
        a, b = divmod(int(means.argmax()), count)
        if not means[a, b] > 0:
            break
        merge(a, b)
    return [tuple(sorted(group)) for group in members if group]
