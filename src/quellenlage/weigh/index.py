"""Which texts share fingerprints: an index that grows, and is as quick to add to when it is large.

The fingerprints lie in sorted runs, each at least twice as long as the next: a new batch is looked up in each run, and
runs are joined when they have become alike, so that every fingerprint is sorted anew only a few times.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np

from quellenlage.weigh.shingles import Hashes, Places

COMMONPLACE = 400
"""A fingerprint of more texts than this says nothing about two of them."""


@dataclass(frozen=True)
class Run:
    """Fingerprints in order, and the number of the text that each is of."""

    hashes: Hashes
    texts: Places

    def __len__(self) -> int:
        return len(self.hashes)

    @classmethod
    def of(cls, hashes: Hashes, texts: Places) -> Run:
        """The fingerprints in order, those of one hash by their texts."""
        order = np.lexsort((texts, hashes))
        return cls(hashes[order], texts[order])

    def with_hashes(self, wanted: Hashes) -> Run:
        """The entries whose hash is among `wanted`, which are in order."""
        first, last = (np.searchsorted(self.hashes, wanted, side) for side in ("left", "right"))
        counts = last - first
        at = np.repeat(first - np.concatenate(([0], np.cumsum(counts)[:-1])), counts) + np.arange(counts.sum())
        return Run(self.hashes[at], self.texts[at])


def joined(one: Run, other: Run) -> Run:
    """Two runs as one."""
    return Run.of(np.concatenate((one.hashes, other.hashes)), np.concatenate((one.texts, other.texts)))


@dataclass
class FingerprintIndex:
    """Texts by the order in which they came, and their fingerprints."""

    count: int = 0
    runs: list[Run] = field(default_factory=list)

    def add(self, batch: Sequence[Hashes]) -> Counter[tuple[int, int]]:
        """Take in the fingerprints of some texts: which pairs with a new one share how many.

        A pair is (earlier, later), by the numbers of the texts.
        """
        texts = np.repeat(np.arange(self.count, self.count + len(batch)), [len(one) for one in batch])
        new = Run.of(np.concatenate([np.zeros(0, dtype=np.uint64), *batch]), texts)
        wanted = np.unique(new.hashes)
        met = new
        for run in self.runs:
            met = joined(met, run.with_hashes(wanted))
        pairs = shared(met, self.count)
        self.count += len(batch)
        self._keep(new)
        return pairs

    def _keep(self, new: Run) -> None:
        while self.runs and len(self.runs[-1]) < 2 * len(new):
            new = joined(self.runs.pop(), new)
        if len(new):
            self.runs.append(new)


def shared(met: Run, first_new: int) -> Counter[tuple[int, int]]:
    """How many fingerprints two texts share, of which one at least is new."""
    edges = np.flatnonzero(np.diff(met.hashes)) + 1
    pairs: Counter[tuple[int, int]] = Counter()
    for group in np.split(met.texts, edges):
        if 1 < len(group) <= COMMONPLACE:
            texts = group.tolist()
            pairs.update((a, b) for a, b in combinations(texts, 2) if b >= first_new)
    return pairs
