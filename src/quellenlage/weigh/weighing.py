"""All articles and claims of a ledger → copies, stories and deals with what stands behind them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil

from quellenlage.domain import DOUBTFUL, Article, Claim
from quellenlage.weigh.contradictions import Contradiction, contradictions_of, folded, other_parties
from quellenlage.weigh.copies import Copy, Shares, copies_of, shares_of
from quellenlage.weigh.deals import UNSPECIFIED, Judged, Setting, deals_of, settings_of
from quellenlage.weigh.drift import Drift, drifts_of
from quellenlage.weigh.groups import groups_of
from quellenlage.weigh.parties import UNKNOWN
from quellenlage.weigh.standing import Standing, standing_of
from quellenlage.weigh.stories import Story, stories_of


@dataclass(frozen=True, slots=True)
class Deal:
    """The claims of all articles about one transfer, who and what it is about, and how it stands.

    Parties, goods and models are those that a third of the claims that name any name at least. `confidence` is that of
    the claim that was read most surely.
    """

    id: str
    claims: tuple[str, ...]
    articles: tuple[str, ...]
    supplier: tuple[str, ...]
    recipient: tuple[str, ...]
    item_classes: tuple[str, ...]
    models: tuple[str, ...]
    standing: Standing
    contradictions: tuple[Contradiction, ...]
    drifts: tuple[Drift, ...]
    confidence: float = 1.0

    @property
    def is_doubtful(self) -> bool:
        """Whether none of its claims was read so surely that most such claims are right."""
        return self.confidence < DOUBTFUL


@dataclass(frozen=True, slots=True)
class Weighing:
    """What the articles of a ledger add up to."""

    copies: tuple[Copy, ...]
    stories: tuple[Story, ...]
    deals: tuple[Deal, ...]
    settings: Mapping[str, Setting]

    @property
    def copy_groups(self) -> tuple[tuple[str, ...], ...]:
        """The articles that share text, group by group."""
        return groups_of((copy.original, copy.copy) for copy in self.copies)

    @property
    def largest_first(self) -> tuple[Deal, ...]:
        """The deals that most articles tell of first."""
        return tuple(sorted(self.deals, key=lambda deal: (-len(deal.articles), deal.id)))


def weigh(articles: Sequence[Article], claims: Iterable[Claim], judged: Sequence[Judged] = ()) -> Weighing:
    """Weigh some articles and their claims; their order does not matter."""
    by_article: dict[str, list[Claim]] = defaultdict(list)
    by_id = {claim.id: claim for claim in claims}
    for claim in by_id.values():
        by_article[claim.article_id].append(claim)
    copies = copies_of(articles)
    stories = stories_of(articles, by_article, copies)
    settings = settings_of(articles, [story.articles for story in stories])
    groups = deals_of(by_id.values(), settings, judged)
    elsewhere: dict[str, list[Contradiction]] = defaultdict(list)
    for contradiction in other_parties(by_id.values(), settings):
        for side in (contradiction.one, contradiction.other):
            elsewhere[side.claim].append(contradiction)
    surroundings = _Surroundings({article.id: article for article in articles}, settings, shares_of(copies), elsewhere)
    deals = [_deal([by_id[id] for id in group], surroundings) for group in groups]
    return Weighing(copies, stories, _named(deals), settings)


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """What a deal is weighed against, made once for all."""

    articles: Mapping[str, Article]
    settings: Mapping[str, Setting]
    shares: Shares
    elsewhere: Mapping[str, Sequence[Contradiction]]


def _deal(claims: Sequence[Claim], around: _Surroundings) -> Deal:
    supplier, recipient = (_mostly(claims, role, UNKNOWN) or (UNKNOWN,) for role in ("supplier", "recipient"))
    goods = _mostly(claims, "item_classes", UNSPECIFIED)
    standing = standing_of(claims, around.settings, around.shares)
    since = min((day for told in standing.stages if (day := told.since)), default="undated")
    other_parties = folded(one for claim in claims for one in around.elsewhere.get(claim.id, ()))
    return Deal(
        id="-".join([*supplier[:1], *recipient[:1], *goods[:1], since[:7]]),
        claims=tuple(claim.id for claim in claims),
        articles=tuple(sorted({claim.article_id for claim in claims})),
        supplier=supplier,
        recipient=recipient,
        item_classes=goods,
        models=_mostly(claims, "models", ""),
        standing=standing,
        contradictions=contradictions_of(claims, around.settings) + other_parties,
        drifts=drifts_of(claims, around.articles, around.shares),
        confidence=max(claim.sureness for claim in claims),
    )


def _mostly(claims: Sequence[Claim], field: str, vague: str) -> tuple[str, ...]:
    """The values that a third of the claims that have any name at least, most frequent first; vague ones alone only."""
    told = [getattr(claim, field) for claim in claims if getattr(claim, field)]
    counts = Counter(value for values in told for value in values)
    often = [value for value, n in sorted(counts.items(), key=lambda e: (-e[1], e[0])) if n >= ceil(len(told) / 3)]
    return tuple(value for value in often if value != vague) or tuple(often)


def _named(deals: Sequence[Deal]) -> tuple[Deal, ...]:
    """Deals in the order of their names; those of one name are numbered by their first days, then by their claims."""
    seen: Counter[str] = Counter()
    named = []
    for deal in sorted(deals, key=lambda deal: (deal.id, _first_day(deal), deal.claims)):
        seen[deal.id] += 1
        number = seen[deal.id]
        named.append(deal if number == 1 else replace(deal, id=f"{deal.id}-{number}"))
    return tuple(named)


def _first_day(deal: Deal) -> str:
    return min((told.since or "9" for told in deal.standing.stages), default="9")
