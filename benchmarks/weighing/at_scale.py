"""`python -m benchmarks.weighing.at_scale FOLDER`: near-copies among tens of thousands of articles.

`FOLDER` holds articles as JSON files with the fields `header` and `article`, such as those of the repository
justusmattern/fang-covid (41,242 German articles; no licence is stated, so nothing of them is kept). Pairs whose sets of
five-word shingles have a Jaccard index of a half are looked for by our index, by datasketch and by rensa, each with all
that it needs from the text on, one after the other in one run on one core. What is right is counted exactly, for a
sample of the articles against all.
"""

from __future__ import annotations

import json
import random
import re
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np

from quellenlage.weigh.index import FingerprintIndex
from quellenlage.weigh.shingles import Hashes, Shingled, shingled

ALIKE = 0.5
LIKELY = 0.3
"""Of texts so much alike two thirds of the shingles of each are in the other, and nearly so many fingerprints."""
SAMPLE = 2000
LAST = 1000
PERMUTATIONS = 128
_WORD = re.compile(r"\w+")
Pairs = set[tuple[int, int]]


def main() -> None:
    """Time the three, and print what each finds of what there is."""
    folder, *most = sys.argv[1:]
    texts = load(Path(folder), int(most[0]) if most else None)
    print(f"{len(texts)} articles, {sum(len(text) for text in texts) / len(texts):.0f} characters each")
    wanted, sample = exact(texts)
    print(
        f"{len(wanted)} pairs with a Jaccard index of {ALIKE} or more touch the {len(sample)} articles of the sample\n"
    )
    print("| who | seconds | beside ours | recall | precision | peak memory so far |\n|---|---:|---:|---:|---:|---:|")
    first = 0.0
    for name, find in (("ours", ours), ("rensa", with_rensa), ("datasketch", with_datasketch)):
        started = time.process_time()
        found = find(texts)
        seconds = time.process_time() - started
        first = first or seconds
        touching = {pair for pair in found if sample & set(pair)}
        hits = len(touching & wanted)
        megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"| {name} | {seconds:.1f} | {seconds / first:.1f} | {hits / max(1, len(wanted)):.3f} "
            f"| {hits / max(1, len(touching)):.3f} | {megabytes:.0f} MB |",
            flush=True,
        )
    alone, late = growing(texts)
    print(f"\n{LAST} articles take {alone:.2f} s in an empty index, and {late:.2f} s in one of {len(texts) - LAST}")


def load(folder: Path, most: int | None) -> list[str]:
    """The texts of the articles, in the order of their files' numbers."""
    paths = sorted(folder.glob("*.json"), key=lambda path: (len(path.stem), path.stem))[:most]
    contents = (json.loads(path.read_text(encoding="utf-8")) for path in paths)
    return [f"{content['header']}\n{content['article']}" for content in contents]


def ours(texts: Sequence[str]) -> Pairs:
    """Candidates by shared fingerprints, each counted exactly."""
    cut = [shingled(text) for text in texts]
    prints = [one.fingerprints for one in cut]
    shared = FingerprintIndex().add(prints)
    lengths = np.array([len(one) for one in prints])
    fewer = np.minimum(lengths[shared.earlier], lengths[shared.later])
    likely = shared.counts >= LIKELY * fewer
    return alike_of(cut, zip(shared.earlier[likely].tolist(), shared.later[likely].tolist(), strict=True))


def alike_of(cut: Sequence[Shingled], candidates: Iterable[tuple[int, int]]) -> Pairs:
    """Those of some pairs that are alike, by their sets of shingles."""
    sets: dict[int, Hashes] = {}
    found = set()
    for pair in candidates:
        one, other = (sets.setdefault(n, np.unique(cut[n].shingles)) for n in pair)
        if jaccard(one, other) >= ALIKE:
            found.add(pair)
    return found


def jaccard(one: Hashes, other: Hashes) -> float:
    """Of two sets in order, how much of what either holds both hold."""
    shared = len(np.intersect1d(one, other, assume_unique=True))
    return shared / max(1, len(one) + len(other) - shared)


def shingles_in_python(text: str) -> set[str]:
    """What the others need: the shingles as strings."""
    words = _WORD.findall(text.casefold())
    return {" ".join(words[n : n + 5]) for n in range(len(words) - 4)}


def with_rensa(texts: Sequence[str]) -> Pairs:
    """MinHash and LSH of rensa, without counting what it finds again."""
    from rensa import RMinHash, RMinHashLSH

    lsh = RMinHashLSH(threshold=ALIKE, num_perm=PERMUTATIONS, num_bands=32)
    prints = RMinHash.from_token_sets([list(shingles_in_python(text)) for text in texts], PERMUTATIONS, 42)
    for number, one in enumerate(prints):
        lsh.insert(number, one)
    return pairs_of(
        lambda number: [n for n in lsh.query(prints[number]) if prints[number].jaccard(prints[n]) >= ALIKE], len(texts)
    )


def with_datasketch(texts: Sequence[str]) -> Pairs:
    """MinHash and LSH of datasketch."""
    from datasketch import MinHash, MinHashLSH

    lsh = MinHashLSH(threshold=ALIKE, num_perm=PERMUTATIONS)
    prints = []
    for number, text in enumerate(texts):
        one = MinHash(num_perm=PERMUTATIONS)
        one.update_batch([shingle.encode() for shingle in shingles_in_python(text)])
        lsh.insert(number, one)
        prints.append(one)
    return pairs_of(
        lambda number: [n for n in lsh.query(prints[number]) if prints[number].jaccard(prints[n]) >= ALIKE], len(texts)
    )


def pairs_of(near: Callable[[int], Iterable[int]], count: int) -> Pairs:
    """All pairs of a number with those near it."""
    return {(min(n, m), max(n, m)) for n in range(count) for m in near(n) if n != m}


def exact(texts: Sequence[str]) -> tuple[Pairs, set[int]]:
    """The pairs that are alike of which one at least is in a sample, and the sample."""
    sets = [np.unique(shingled(text).shingles) for text in texts]
    hashes = np.concatenate(sets)
    owners = np.repeat(np.arange(len(sets)), [len(one) for one in sets])
    order = np.argsort(hashes, kind="stable")
    hashes, owners = hashes[order], owners[order]
    sample = set(random.Random(1).sample(range(len(texts)), min(SAMPLE, len(texts))))
    wanted = set()
    for number in sample:
        first, last = (np.searchsorted(hashes, sets[number], side) for side in ("left", "right"))
        shared = Counter(int(owner) for a, b in zip(first, last, strict=True) if b - a > 1 for owner in owners[a:b])
        for other, count in shared.items():
            if other != number and count / (len(sets[number]) + len(sets[other]) - count) >= ALIKE:
                wanted.add((min(number, other), max(number, other)))
    return wanted, sample


def growing(texts: Sequence[str]) -> tuple[float, float]:
    """How long the last articles take to be taken in: by themselves, and behind all others."""
    prints = [shingled(text).fingerprints for text in texts]
    index = FingerprintIndex()
    for at in range(0, len(prints) - LAST, LAST):
        index.add(prints[at : min(at + LAST, len(prints) - LAST)])
    times = []
    for one in (FingerprintIndex(), index):
        started = time.process_time()
        one.add([shingled(text).fingerprints for text in texts[-LAST:]])
        times.append(time.process_time() - started)
    return times[0], times[1]


if __name__ == "__main__":
    main()
