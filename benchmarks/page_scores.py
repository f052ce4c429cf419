"""How well the text that was taken from a page matches that which a person or the outlet's own parser took."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

from quellenlage.names.sentences import sentence_starts

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Match:
    """ROUGE-LSum of one page; its gold sentences and those kept, the sentences found and those foreign."""

    rouge: float
    gold: int
    kept: int
    found: int
    foreign: int


@dataclass(frozen=True, slots=True)
class Segments:
    """Segments that belong into a text and were found or missed, and segments that do not and were found."""

    right: int = 0
    missed: int = 0
    wrong: int = 0

    def __add__(self, other: Segments) -> Segments:
        return Segments(self.right + other.right, self.missed + other.missed, self.wrong + other.wrong)

    @property
    def precision(self) -> float:
        """Share of the segments found that belong into the text."""
        return self.right / (self.right + self.wrong) if self.right else 0.0

    @property
    def recall(self) -> float:
        """Share of the segments that belong into the text that were found."""
        return self.right / (self.right + self.missed) if self.right else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.right / (2 * self.right + self.wrong + self.missed) if self.right else 0.0


def match(found: str, gold: str, titles: Iterable[str]) -> Match:
    """Compare two texts sentence by sentence; a line that is one of the headlines counts on neither side.

    A sentence is kept, or is not foreign, where the other text holds its words one after the other.
    """
    headlines = [_words(title) for title in titles]
    ours, theirs = (_sentences(text, headlines) for text in (found, gold))
    return Match(
        rouge=rouge_lsum(theirs, ours),
        gold=len(theirs),
        kept=_held(theirs, ours),
        found=len(ours),
        foreign=len(ours) - _held(ours, theirs),
    )


def rouge_lsum(gold: Sequence[Sequence[str]], found: Sequence[Sequence[str]]) -> float:
    """Summary-level ROUGE-L: F1 over the union of longest common subsequences (Lin 2004, section 3.2).

    Every gold sentence is set against all sentences found; a word counts no more often than either text holds it.
    """
    left, right = (Counter(word for sentence in text for word in sentence) for text in (gold, found))
    hits = 0
    for sentence in gold:
        for place in sorted(_union(sentence, found)):
            word = sentence[place]
            if left[word] and right[word]:
                left[word] -= 1
                right[word] -= 1
                hits += 1
    size = sum(map(len, gold)) + sum(map(len, found))
    return 2 * hits / size if size else 0.0


def segments(text: str, wanted: Iterable[str], unwanted: Iterable[str]) -> Segments:
    """Which segments a text holds, white space folded, as trafilatura's own evaluation counts them."""
    folded = " ".join(text.split())
    hits = [" ".join(words.split()) in folded for words in wanted]
    return Segments(sum(hits), len(hits) - sum(hits), sum(" ".join(words.split()) in folded for words in unwanted))


def _union(sentence: Sequence[str], others: Iterable[Sequence[str]]) -> set[int]:
    places: set[int] = set()
    for other in others:
        for block in LCSseq.opcodes(sentence, other):
            if block.tag == "equal":
                places.update(range(block.src_start, block.src_end))
    return places


def _held(sentences: Iterable[Sequence[str]], text: Iterable[Sequence[str]]) -> int:
    stream = f" {' '.join(' '.join(sentence) for sentence in text)} "
    return sum(f" {' '.join(sentence)} " in stream for sentence in sentences)


def _sentences(text: str, headlines: Sequence[Sequence[str]]) -> list[list[str]]:
    parts = []
    for line in text.splitlines():
        if _words(line) in headlines:
            continue
        starts = sentence_starts(line)
        for start, end in zip(starts, [*starts[1:], len(line)], strict=True):
            if words := _words(line[start:end]):
                parts.append(words)
    return parts


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
