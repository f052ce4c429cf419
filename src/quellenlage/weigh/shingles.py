"""A text as words and shingles: the hashes of five words in a row, and of these the few that stand for the text.

All of a text's hashes are made at once, in arrays. A word's hash is the polynomial of its folded letters (Karp & Rabin
1987, "Efficient randomized pattern-matching algorithms"). The fingerprints are chosen by winnowing (Schleimer,
Wilkerson & Aiken 2003, "Winnowing: local algorithms for document fingerprinting"): of any eight shingles in a row the
smallest, so that two texts which share twelve words in a row share a fingerprint, wherever these stand.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]
Places = NDArray[np.int64]

SHINGLE_WORDS = 5
WINNOWED = 8
_KNOWN_SIGNS = 0x3040  # beyond them lie the scripts of East Asia, whose signs are all taken for letters
_BASE = 0x9E3779B97F4A7C15
_INVERSE = pow(_BASE, -1, 1 << 64)
_STEP = np.uint64(0xBF58476D1CE4E5B9)
_MIX = np.uint64(0x94D049BB133111EB)
_SHIFT = np.uint64(29)


@dataclass(frozen=True)
class Shingled:
    """A text's words, as where each starts and ends, and the hash of the shingle that begins with each."""

    starts: Places
    ends: Places
    shingles: Hashes

    @property
    def words(self) -> int:
        """How many words the text has."""
        return len(self.starts)

    @property
    def fingerprints(self) -> Hashes:
        """The shingles that stand for the text, in order, each once."""
        if len(self.shingles) < WINNOWED:
            return self.shingles.min(keepdims=True) if len(self.shingles) else self.shingles
        smallest = self.shingles
        for step in (1, 2, 4):  # of two, of four, of eight in a row
            smallest = np.minimum(smallest[:-step], smallest[step:])
        return np.unique(smallest[np.concatenate(([True], smallest[1:] != smallest[:-1]))])


def shingled(text: str) -> Shingled:
    """The words and shingles of a text; letters are compared without case, all else parts words."""
    signs = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    letters = _letters()[np.minimum(signs, _KNOWN_SIGNS)]
    if len(signs) and signs.max() >= _KNOWN_SIGNS:
        letters = np.where(signs < _KNOWN_SIGNS, letters, signs)
    within = np.concatenate(([False], letters > 0, [False]))
    edges = np.flatnonzero(within[1:] != within[:-1])
    starts, ends = edges[::2], edges[1::2]
    powers, inverses = _powers(len(signs))
    sums = np.concatenate((np.zeros(1, dtype=np.uint64), np.cumsum(letters * powers, dtype=np.uint64)))
    words = mixed((sums[ends] - sums[starts]) * inverses[starts])
    count = max(0, len(words) - SHINGLE_WORDS + 1)
    shingles = np.zeros(count, dtype=np.uint64)
    for word in range(SHINGLE_WORDS):
        shingles = shingles * _STEP + words[word : word + count]
    return Shingled(starts, ends, mixed(shingles))


def mixed(hashes: Hashes) -> Hashes:
    """Hashes whose bits all depend on one another (the last step of SplitMix64: Steele, Lea & Flood 2014)."""
    result: Hashes = (hashes ^ (hashes >> _SHIFT)) * _MIX
    return result ^ (result >> _SHIFT)


@cache
def _letters() -> Hashes:
    """For each sign its letter without case, 0 where it is no part of a word; the last stands for all beyond."""
    folded = [chr(n).casefold() for n in range(_KNOWN_SIGNS + 1)]
    return np.array(
        [(ord(f) if len(f) == 1 else n) if chr(n).isalnum() else 0 for n, f in enumerate(folded)], dtype=np.uint64
    )


def _powers(length: int) -> tuple[Hashes, Hashes]:
    """The powers of the base and of its inverse, as many as a text has signs."""
    known = 1 << max(14, (max(length, 1) - 1).bit_length())
    powers, inverses = _powers_up_to(known)
    return powers[:length], inverses[: length + 1]


@cache
def _powers_up_to(length: int) -> tuple[Hashes, Hashes]:
    powers, inverses = (np.full(length + 1, base, dtype=np.uint64) for base in (_BASE, _INVERSE))
    powers[0] = inverses[0] = 1
    return np.cumprod(powers, dtype=np.uint64), np.cumprod(inverses, dtype=np.uint64)
