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
from functools import cache

import numpy as np

from quellenlage.domain import Article
from quellenlage.names.dates import day_of
from quellenlage.names.known_actors import ActorKind, known_actors
from quellenlage.names.text import slug
from quellenlage.weigh.index import FingerprintIndex
from quellenlage.weigh.shingles import SHINGLE_WORDS, Shingled, shingled

SHORTEST_PASSAGE = 8
LEAST_SHARE = 0.2
BOILERPLATE_DAYS = 3
_FEWEST_WORDS = 12
_CREDIT = re.compile(
    r"\(([^()\n]{2,40})\)|(?<![\w/])((?:[A-Za-zÄÖÜäöü]{2,12}/)+[A-Za-zÄÖÜäöü]{2,12})|(?<![\w/])/([A-Z]{2,5})\b"
)
_MATERIAL = re.compile(r"(?:Material|Quelle|Quellen|Text|Agentur(?:en)?|Mit)[: ]+(?:von |der )?([^\n.]{2,60})")
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


def copies_of(articles: Sequence[Article]) -> tuple[Copy, ...]:
    """All copies among some articles, in the order of their ids; the order of `articles` does not matter."""
    ordered = sorted(articles, key=lambda article: article.id)
    texts = [shingled(article.text) for article in ordered]
    index = FingerprintIndex()
    shared = index.add([text.fingerprints for text in texts])
    likely = [(a, b) for a, b, fingerprints in shared if may_be_copies(texts[a], texts[b], fingerprints)]
    boilerplate = boilerplate_of(ordered, texts, likely)
    found = (copy_of(ordered[a], texts[a], ordered[b], texts[b], boilerplate) for a, b in likely)
    return tuple(copy for copy in found if copy)


def may_be_copies(one: Shingled, other: Shingled, fingerprints: int) -> bool:
    """Whether so many shared fingerprints can come of a share that is large enough.

    A shared stretch has a fingerprint for every eight of its shingles at least; half of that is asked for.
    """
    shorter = min(one.words, other.words)
    return fingerprints >= LEAST_SHARE * shorter / 16 if shorter >= _FEWEST_WORDS else fingerprints > 0


def boilerplate_of(
    articles: Sequence[Article], texts: Sequence[Shingled], pairs: Iterable[tuple[int, int]]
) -> Mapping[str, np.typing.NDArray[np.uint64]]:
    """For each outlet the shingles that it repeats on three days or more, among articles that share text."""
    repeated: dict[str, dict[int, set[object]]] = defaultdict(lambda: defaultdict(set))
    within: dict[str, set[int]] = defaultdict(set)
    for a, b in pairs:
        outlet = articles[a].outlet
        if outlet and outlet == articles[b].outlet:
            within[outlet] |= {a, b}
    for outlet, members in within.items():
        for number in members:
            day = day_of(articles[number].published) or articles[number].id
            for shingle in np.unique(texts[number].shingles).tolist():
                repeated[outlet][shingle].add(day)
    return {
        outlet: np.array([s for s, days in shingles.items() if len(days) >= BOILERPLATE_DAYS], dtype=np.uint64)
        for outlet, shingles in repeated.items()
    }


def copy_of(
    one: Article,
    one_text: Shingled,
    other: Article,
    other_text: Shingled,
    boilerplate: Mapping[str, np.typing.NDArray[np.uint64]],
) -> Copy | None:
    """What two articles share, where it is enough to be a copy."""
    usual = boilerplate.get(one.outlet or "") if one.outlet == other.outlet else None
    passages = tuple(shared_passages(one_text, other_text, usual))
    share = covered(passages) / max(1, min(one_text.words, other_text.words))
    if share < LEAST_SHARE:
        return None
    turned, reason = direction(one, one_text.words, other, other_text.words)
    if turned:
        passages = tuple(Passage(p.other_start, p.other_end, p.start, p.end, p.words) for p in passages)
        one, other = other, one
    return Copy(one.id, other.id, min(1.0, share), passages, reason)


def shared_passages(
    one: Shingled, other: Shingled, usual: np.typing.NDArray[np.uint64] | None = None
) -> Iterator[Passage]:
    """The longest stretches that stand in both texts, in the order of the first; each place of it in one only.

    What begins with a shingle of `usual` is left out.
    """
    places: dict[int, list[int]] = defaultdict(list)
    for place, shingle in enumerate(other.shingles.tolist()):
        places[shingle].append(place)
    skipped = frozenset(usual.tolist()) if usual is not None else frozenset()
    mine, theirs = one.shingles.tolist(), other.shingles.tolist()
    at = 0
    while at < len(mine):
        best, start = 0, 0
        for place in places.get(mine[at], ()) if mine[at] not in skipped else ():
            length = 1
            while (
                at + length < len(mine)
                and place + length < len(theirs)
                and mine[at + length] == theirs[place + length]
                and mine[at + length] not in skipped
            ):
                length += 1
            if length > best:
                best, start = length, place
        words = best + SHINGLE_WORDS - 1
        if best and words >= SHORTEST_PASSAGE:
            yield Passage(
                int(one.starts[at]),
                int(one.ends[at + words - 1]),
                int(other.starts[start]),
                int(other.ends[start + words - 1]),
                words,
            )
        at += max(1, words - SHINGLE_WORDS + 1 if best else 1)


def covered(passages: Iterable[Passage]) -> int:
    """How many words lie in passages, those where two meet counted once."""
    words, end = 0, -1
    for passage in sorted(passages, key=lambda p: p.start):
        words += passage.words - (SHINGLE_WORDS - 1 if passage.start < end else 0)
        end = max(end, passage.end)
    return words


def direction(one: Article, one_words: int, other: Article, other_words: int) -> tuple[bool, CopyReason]:
    """Whether the second of two copies is the original, and what tells it.

    A credit line names the agency whose text it is; an agency is the original beside an outlet; else the earlier one
    is; of two from one day the more complete one; else the one whose id comes first, for want of anything better.
    """
    outlets = slug(one.outlet or ""), slug(other.outlet or "")
    if outlets[0] != outlets[1]:
        if outlets[0] and outlets[0] in credits_of(other.text):
            return False, CopyReason.CREDIT
        if outlets[1] and outlets[1] in credits_of(one.text):
            return True, CopyReason.CREDIT
    agencies = frozenset(_agencies().values())
    if (outlets[0] in agencies) != (outlets[1] in agencies):
        return outlets[1] in agencies, CopyReason.AGENCY
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
    return frozenset(agency for name, agency in _agencies().items() if name in words)


@cache
def _agencies() -> dict[str, str]:
    """The agencies of the lists by each of their names of one word."""
    known = known_actors()
    return {name: entry.actor.source for name, entry in known.exact.items() if entry.actor.kind is ActorKind.AGENCY}


def groups_of(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, ...], ...]:
    """The connected parts of a graph, each in order, and all in the order of their first members."""
    leader: dict[str, str] = {}

    def find(member: str) -> str:
        leader.setdefault(member, member)
        while leader[member] != member:
            leader[member] = leader[leader[member]]
            member = leader[member]
        return member

    for one, other in pairs:
        a, b = sorted((find(one), find(other)))
        leader[b] = a
    groups: dict[str, list[str]] = defaultdict(list)
    for member in sorted(leader):
        groups[find(member)].append(member)
    return tuple(sorted(tuple(group) for group in groups.values()))
