"""Articles that share text: which passages, how much of the shorter one, and who copied whom.

Candidates share fingerprints (`index.py`). Of these the shared passages are found exactly: stretches of at least eight
words in a row, wherever they stand in either text. Two articles are copies where such passages make up a fifth of the
shorter one. A passage that one outlet repeats on three days or more is boilerplate and does not count.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from quellenlage.domain import Article
from quellenlage.names.dates import day_of
from quellenlage.weigh.index import FingerprintIndex
from quellenlage.weigh.parties import UNKNOWN, agencies, outlet_of
from quellenlage.weigh.shingles import SHINGLE_WORDS, WINNOWED, Hashes, Shingled, shingled

SHORTEST_PASSAGE = 8
LEAST_SHARE = 0.2
BOILERPLATE_DAYS = 3
MOST_PLACES = 8
_FEWEST_WORDS = 12
_NONE = np.zeros(0, dtype=np.uint64)
_CREDIT = re.compile(
    r"\(([^()\n]{2,40})\)|(?<![\w/])((?:[A-Za-zÄÖÜäöü]{2,12}/)+[A-Za-zÄÖÜäöü]{2,12})|(?<![\w/])/([A-Z]{2,5})\b"
)
_MATERIAL = re.compile(
    r"\b(?:(?:[Mm]it )?Material|Quellen?|Text|Agentur(?:en)?|[Ww]ith material)(?::| von| der| from) ([^\n.]{2,60})"
)
_WORD = re.compile(r"[\w-]+")


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text that stands in both articles: where it starts and ends in the first and in the second."""

    start: int
    end: int
    other_start: int
    other_end: int
    words: int


class CopyReason(StrEnum):
    """What tells which of two copies is the original."""

    CREDIT = "credit"
    AGENCY = "agency"
    DATE = "date"
    COMPLETENESS = "completeness"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Copy:
    """Two articles that share text. `original` is the one that was copied, as far as `reason` can tell.

    `share` is the part of the shorter one's words that stand in the other. Passages give their place in the original
    first.
    """

    original: str
    copy: str
    share: float
    passages: tuple[Passage, ...]
    reason: CopyReason


@dataclass(frozen=True, slots=True)
class Taken:
    """What an article took from another: how much of the shorter text, and where that stands in the article."""

    share: float
    stretches: tuple[tuple[int, int], ...]

    def holds(self, start: int, end: int) -> bool:
        """Whether these characters of the article were taken."""
        return any(first <= start and end <= last for first, last in self.stretches)


Shares = Mapping[str, Mapping[str, Taken]]
"""For each article those whose text it took, and what of it."""


def shares_of(copies: Iterable[Copy]) -> Shares:
    """Who took whose text, by the articles that took it."""
    found: dict[str, dict[str, Taken]] = defaultdict(dict)
    for copy in copies:
        stretches = tuple((passage.other_start, passage.other_end) for passage in copy.passages)
        found[copy.copy][copy.original] = Taken(copy.share, stretches)
    return dict(found)


def copies_of(articles: Sequence[Article]) -> tuple[Copy, ...]:
    """All copies among some articles, in the order of their ids; the order of `articles` does not matter."""
    ordered = sorted(articles, key=lambda article: article.id)
    texts = [shingled(article.text) for article in ordered]
    sets = [np.unique(text.shingles) for text in texts]
    shared = FingerprintIndex().add([text.fingerprints for text in texts])
    near = [(a, b) for a, b, fingerprints in shared if may_be_copies(texts[a], texts[b], fingerprints)]
    outlets = [outlet_of(article) for article in ordered]
    boilerplate = boilerplate_of(ordered, outlets, sets, near)
    usual = [boilerplate.get(outlet, _NONE) for outlet in outlets]
    likely = [
        (a, b)
        for a, b in near
        if share_enough(
            np.intersect1d(sets[a], sets[b], assume_unique=True),
            usual[a] if outlets[a] == outlets[b] else _NONE,
            texts[a],
            texts[b],
        )
    ]
    found = (
        copy_of(
            (ordered[a], texts[a]),
            (ordered[b], texts[b]),
            frozenset(usual[a].tolist()) if outlets[a] == outlets[b] else frozenset(),
        )
        for a, b in likely
    )
    return tuple(copy for copy in found if copy)


def may_be_copies(one: Shingled, other: Shingled, fingerprints: int) -> bool:
    """Whether so many shared fingerprints can come of a share that is large enough.

    A shared stretch has a fingerprint for every eight of its shingles at least; half of that is asked for.
    """
    shorter = min(one.words, other.words)
    return fingerprints >= LEAST_SHARE * shorter / (2 * WINNOWED) if shorter >= _FEWEST_WORDS else fingerprints > 0


def share_enough(shared: Hashes, usual: Hashes, one: Shingled, other: Shingled) -> bool:
    """Whether two texts have as many different shingles in common as the least share in shortest passages has.

    Those of `usual` do not count.
    """
    in_a_passage = SHORTEST_PASSAGE - SHINGLE_WORDS + 1
    least = LEAST_SHARE * min(one.words, other.words) * in_a_passage / SHORTEST_PASSAGE
    # A text that repeats itself has fewer shingles than words, so half of that will do.
    return len(np.setdiff1d(shared, usual, assume_unique=True)) >= least / 2


def boilerplate_of(
    articles: Sequence[Article], outlets: Sequence[str], sets: Sequence[Hashes], pairs: Iterable[tuple[int, int]]
) -> Mapping[str, Hashes]:
    """For each outlet the shingles that it repeats on three days or more, among articles that share text."""
    within: dict[str, set[int]] = defaultdict(set)
    for a, b in pairs:
        if outlets[a] == outlets[b] != UNKNOWN:
            within[outlets[a]] |= {a, b}
    found = {}
    for outlet, members in within.items():
        days: dict[object, list[Hashes]] = defaultdict(list)
        for number in members:
            days[day_of(articles[number].published)].append(sets[number])
        of_days = [np.unique(np.concatenate(shingles)) for shingles in days.values()]
        shingles, counts = np.unique(np.concatenate(of_days), return_counts=True)
        found[outlet] = shingles[counts >= BOILERPLATE_DAYS]
    return found


def copy_of(
    one: tuple[Article, Shingled], other: tuple[Article, Shingled], usual: frozenset[int] = frozenset()
) -> Copy | None:
    """What two articles share, where it is enough to be a copy; shingles of `usual` do not count."""
    shorter, longer = sorted((one, other), key=lambda article: (article[1].words, article[0].id))
    passages = tuple(shared_passages(shorter[1], longer[1], usual))
    share = sum(passage.words for passage in passages) / max(1, shorter[1].words)
    if share < LEAST_SHARE:
        return None
    turned, reason = direction(shorter[0], shorter[1].words, longer[0], longer[1].words)
    if turned:
        passages = tuple(Passage(p.other_start, p.other_end, p.start, p.end, p.words) for p in passages)
    original, copy = (longer, shorter) if turned else (shorter, longer)
    return Copy(original[0].id, copy[0].id, share, passages, reason)


def shared_passages(one: Shingled, other: Shingled, usual: frozenset[int] = frozenset()) -> Iterator[Passage]:
    """The longest stretches that stand in both texts, in the order of the first; each of its words lies in one at most.

    Shingles of `usual` belong to none. Of one that the other text repeats, the first `MOST_PLACES` places are tried.
    """
    places: dict[int, list[int]] = defaultdict(list)
    for place, shingle in enumerate(other.shingles.tolist()):
        if len(places[shingle]) < MOST_PLACES and shingle not in usual:
            places[shingle].append(place)
    mine, theirs = one.shingles.tolist(), other.shingles.tolist()
    at = 0
    while at < len(mine):
        length, start = max(
            ((_run(mine, at, theirs, place, usual), -place) for place in places.get(mine[at], ())), default=(0, 0)
        )
        words = length + SHINGLE_WORDS - 1 if length else 0
        if words >= SHORTEST_PASSAGE:
            yield Passage(
                int(one.starts[at]),
                int(one.ends[at + words - 1]),
                int(other.starts[-start]),
                int(other.ends[-start + words - 1]),
                words,
            )
        at += words if words >= SHORTEST_PASSAGE else 1


def _run(mine: Sequence[int], at: int, theirs: Sequence[int], place: int, usual: frozenset[int]) -> int:
    """How many shingles from here on are the same in both."""
    length = 0
    while at + length < len(mine) and place + length < len(theirs):
        if mine[at + length] != theirs[place + length] or mine[at + length] in usual:
            break
        length += 1
    return length


def direction(one: Article, one_words: int, other: Article, other_words: int) -> tuple[bool, CopyReason]:
    """Whether the second of two copies is the original, and what tells it.

    A credit line names the agency whose text it is; an agency is the original beside an outlet; else the earlier one
    is; of two from one day the more complete one; else the one whose id comes first, for want of anything better.
    """
    outlets = outlet_of(one), outlet_of(other)
    if outlets[0] != outlets[1]:
        if outlets[0] in credits_of(other.text):
            return False, CopyReason.CREDIT
        if outlets[1] in credits_of(one.text):
            return True, CopyReason.CREDIT
    of_agencies = [outlet in agencies().values() for outlet in outlets]
    if of_agencies[0] != of_agencies[1]:
        return of_agencies[1], CopyReason.AGENCY
    days = day_of(one.published), day_of(other.published)
    if days[0] and days[1] and one.published and other.published and one.published[:10] != other.published[:10]:
        return one.published > other.published, CopyReason.DATE
    if one_words != other_words:
        return other_words > one_words, CopyReason.COMPLETENESS
    return one.id > other.id, CopyReason.NOTHING


def credits_of(text: str) -> frozenset[str]:
    """The agencies that a text credits: "(dpa)", "dpa/apa", "/AFP", "Mit Material von Reuters"."""
    found = [part for match in _CREDIT.finditer(text) for part in match.groups() if part]
    found += [match[1] for match in _MATERIAL.finditer(text)]
    words = {word.casefold() for part in found for word in _WORD.findall(part)}
    return frozenset(agency for name, agency in agencies().items() if name in words)
