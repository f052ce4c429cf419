"""Articles about the same news event.

Two articles tell one story where they share rare words and parties and appear within days of one another; a story is
what hangs together so. Whether two belong together depends on these two alone, so an article that comes later joins or
ties stories, and parts none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from quellenlage.domain import Article, Claim, HopKind
from quellenlage.names.dates import day_of
from quellenlage.weigh.copies import Copy
from quellenlage.weigh.deals import UNSPECIFIED
from quellenlage.weigh.groups import groups_of
from quellenlage.weigh.lines import NOBODY_IN_PARTICULAR
from quellenlage.weigh.parties import UNKNOWN
from quellenlage.weigh.rarity import weights_of

LEAST_WORDS = 0.05
SHARED_PARTIES = 0.12
SHARED_SOURCE = 0.11
SHARED_MODELS = 0.03
OTHER_GOODS = 0.25
A_DAY_APART = 0.026
UNDATED = 0.17
JOINED_FROM = 0.127
LONGEST_APART = 14  # days
COMMON, ROWS_AT_ONCE = 24, 256
# All of these were chosen by pairwise F1 on the story groups of `benchmarks/weighing`, within bounds that keep parties
# and sources alone from making a story: some pairs of states are in the news every day.
_WORDS_TOLD = 5


@dataclass(frozen=True, slots=True)
class Join:
    """Why two articles tell one story: the parts of their score, the rarest words they share, and the days between.

    `parties` is a shared pair of supplier and recipient, `goods` speaks for shared models and against other goods.
    """

    one: str
    other: str
    words: float
    parties: float
    source: float
    goods: float
    apart: float
    shared_words: tuple[str, ...]
    days: int | None
    is_copy: bool = False

    @property
    def score(self) -> float:
        """The sum of the parts."""
        return self.words + self.parties + self.source + self.goods - self.apart

    @property
    def holds(self) -> bool:
        """Whether it is enough to make one story of two articles."""
        near = self.days is None or self.days <= LONGEST_APART
        return self.is_copy or (near and self.words >= LEAST_WORDS and self.score >= JOINED_FROM)


@dataclass(frozen=True, slots=True)
class Story:
    """Articles about one news event, in order of their ids, and what joins them: as many joins as are needed."""

    articles: tuple[str, ...]
    joins: tuple[Join, ...]


@dataclass(frozen=True)
class _Told:
    """What an article tells, as far as stories are concerned."""

    id: str
    day: date | None
    words: Mapping[str, float]
    parties: frozenset[tuple[str, str]]
    sources: frozenset[str]
    goods: frozenset[str]
    models: frozenset[str]


def stories_of(
    articles: Sequence[Article], claims: Mapping[str, Sequence[Claim]], copies: Iterable[Copy]
) -> tuple[Story, ...]:
    """The stories of some articles, each article in one; the order of `articles` does not matter."""
    told = {article.id: _told(article, claims.get(article.id, ())) for article in sorted(articles, key=_id)}
    copied = {frozenset((copy.original, copy.copy)) for copy in copies}
    pairs = alike(list(told.values())) | {(min(pair), max(pair)) for pair in copied}
    joins = [join for one, other in sorted(pairs) if (join := _join(told[one], told[other], copied)).holds]
    joins.sort(key=lambda join: (-join.is_copy, -join.score, join.one, join.other))
    joined = groups_of([(join.one, join.other) for join in joins] + [(id, id) for id in told])
    group_of = {id: number for number, group in enumerate(joined) for id in group}
    of_group: dict[int, list[Join]] = defaultdict(list)
    for join in joins:
        of_group[group_of[join.one]].append(join)
    return tuple(Story(group, tuple(_needed(group, of_group[number]))) for number, group in enumerate(joined))


def join_of(one: Article, other: Article, claims: Mapping[str, Sequence[Claim]], copies: Iterable[Copy]) -> Join:
    """What speaks for and against two articles' telling one story, whether or not it is enough."""
    copied = {frozenset((copy.original, copy.copy)) for copy in copies}
    first, second = (_told(article, claims.get(article.id, ())) for article in (one, other))
    return _join(first, second, copied)


def _told(article: Article, claims: Sequence[Claim]) -> _Told:
    return _Told(
        article.id,
        day_of(article.published),
        weights_of(article.text),
        frozenset(
            (supplier, recipient)
            for claim in claims
            for supplier in set(claim.supplier) - {UNKNOWN}
            for recipient in set(claim.recipient) - {UNKNOWN}
        ),
        frozenset(
            hop.actor
            for claim in claims
            for chain in claim.chains
            for hop in chain.hops[1:]
            if hop.kind is not HopKind.AGENCY and hop.actor not in NOBODY_IN_PARTICULAR | {UNKNOWN}
        ),
        frozenset(goods for claim in claims for goods in claim.item_classes) - {UNSPECIFIED},
        frozenset(model.casefold() for claim in claims for model in claim.models),
    )


def _id(article: Article) -> str:
    return article.id


def alike(told: Sequence[_Told]) -> set[tuple[str, str]]:
    """Pairs whose words are alike enough and that are not too many days apart, by their ids in order.

    The weights of words that many articles hold are multiplied as a matrix, those of rare words one by one.
    """
    holders: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(told):
        for word in one.words:
            holders[word].append(number)
    rows = {word: np.array(numbers) for word, numbers in holders.items() if len(numbers) > 1}
    weights = {word: np.array([told[n].words[word] for n in numbers]) for word, numbers in rows.items()}
    common = [word for word, numbers in rows.items() if len(numbers) > COMMON]
    matrix = np.zeros((len(told), len(common)), dtype=np.float32)
    for column, word in enumerate(common):
        matrix[rows[word], column] = weights.pop(word)
    found = set()
    for at in range(0, len(told), ROWS_AT_ONCE):
        block = matrix[at : at + ROWS_AT_ONCE] @ matrix.T
        for number, sums in enumerate(block, start=at):
            one = told[number]
            for word in one.words:
                if word in weights:
                    sums[rows[word]] += one.words[word] * weights[word]
            for other in (np.flatnonzero(sums[number + 1 :] >= LEAST_WORDS) + number + 1).tolist():
                if _days_between(one, told[other]) <= LONGEST_APART:
                    found.add((min(one.id, told[other].id), max(one.id, told[other].id)))
    return found


def _days_between(one: _Told, other: _Told) -> int:
    """0 where one has no date: it may be of the same day."""
    return abs((one.day - other.day).days) if one.day and other.day else 0


def _join(one: _Told, other: _Told, copied: set[frozenset[str]]) -> Join:
    one, other = sorted((one, other), key=lambda told: told.id)
    fewer, more = sorted((one.words, other.words), key=len)
    shared = {word: weight * more[word] for word, weight in fewer.items() if word in more}
    days = abs((one.day - other.day).days) if one.day and other.day else None
    return Join(
        one.id,
        other.id,
        words=sum(shared.values()),
        parties=SHARED_PARTIES if one.parties & other.parties else 0.0,
        source=SHARED_SOURCE if one.sources & other.sources else 0.0,
        goods=_of_goods(one, other),
        apart=UNDATED if days is None else A_DAY_APART * days,
        shared_words=tuple(sorted(shared, key=lambda word: (-shared[word], word))[:_WORDS_TOLD]),
        days=days,
        is_copy=frozenset((one.id, other.id)) in copied,
    )


def _of_goods(one: _Told, other: _Told) -> float:
    if one.models & other.models:
        return SHARED_MODELS
    return -OTHER_GOODS if one.goods and other.goods and not one.goods & other.goods else 0.0


def _needed(group: Sequence[str], joins: Sequence[Join]) -> Iterator[Join]:
    """Of the joins in a group, which are given best first, those that tie it together."""
    part = {member: member for member in group}
    for join in joins:
        if join.one in part and part[join.one] != part[join.other]:
            kept, lost = sorted((part[join.one], part[join.other]))
            part = {member: kept if leader == lost else leader for member, leader in part.items()}
            yield join
