"""Which texts share fingerprints: an index that grows, and is as quick to add to when it is large.

The fingerprints lie in sorted runs, each at least twice as long as the next: a new batch is looked up in each run, and
runs are joined when they have become alike, so that every fingerprint is sorted anew only a few times.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from quellenlage.weigh.shingles import Hashes, Places

COMMONPLACE = 50
"""Of a fingerprint that more texts have, each text is paired with as many others only, so that pairs do not grow
without end; texts that are copied more often still hang together."""


@dataclass(frozen=True)
class SharedFingerprints:
    """Pairs of texts (the earlier and the later one, by their numbers) and how many fingerprints they share."""

    earlier: Places
    later: Places
    counts: Places

    def __iter__(self) -> Iterator[tuple[int, int, int]]:
        return iter(zip(self.earlier.tolist(), self.later.tolist(), self.counts.tolist(), strict=True))


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

    def add(self, batch: Sequence[Hashes]) -> SharedFingerprints:
        """Take in the fingerprints of some texts: which pairs with a new one share how many."""
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


def shared(met: Run, first_new: int) -> SharedFingerprints:
    """How many fingerprints two texts share, of which one at least is new."""
    pairs = []
    at = np.arange(len(met))
    for apart in range(1, COMMONPLACE + 1):
        at = at[at + apart < len(met)]
        at = at[met.hashes[at] == met.hashes[at + apart]]
        if not len(at):
            break
        earlier, later = met.texts[at], met.texts[at + apart]
        pairs.append((earlier[later >= first_new] << _HALF) | later[later >= first_new])
    codes, counts = np.unique(np.concatenate([np.zeros(0, dtype=np.int64), *pairs]), return_counts=True)
    return SharedFingerprints(codes >> _HALF, codes & ((1 << _HALF) - 1), counts)


_HALF = 32
