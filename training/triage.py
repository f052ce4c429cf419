"""Corpus and other news → the weights of triage's classifier; run as `python -m training.triage`.

A sentence is one example: whether a transfer's trigger lies in it. Those that triage would ask about, which name a
weapon, are learned from whatever they tell; beside them those that name none and tell of no transfer, so that everyday
words speak against one. The examples come from the corpus without the articles held back, and from the texts in
`training/data`, which were written for this and weigh more, for the corpus has few articles about anything else and
none in English. How many articles are kept is measured on such as took no part: `python -m benchmarks.triage`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from quellenlage.domain import SpanType
from quellenlage.intake.triage import stems
from quellenlage.intake.triage.classifier import Classifier, features
from quellenlage.intake.triage.sentences import sentences
from quellenlage.intake.triage.telling import Lookout
from training.corpus import Annotated, load, split

ROOT = Path(__file__).resolve().parent.parent
WEIGHTS = ROOT / "src" / "quellenlage" / "intake" / "data" / "triage_weights.json"
TEXTS = (ROOT / "training" / "data" / "other_news.jsonl", ROOT / "training" / "data" / "transfers_english.jsonl")

WEIGHT_OF_TEXTS = 10.0
"""How many times a sentence of `TEXTS` counts."""
SELDOM = 5
"""How many examples a feature must be in."""
PENALTY = 3.0
"""Of the squares of the weights, as half their sum."""
NEGLIGIBLE = 0.02
"""Weights below are left out."""
STEPS = 400

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Example:
    """The features of a sentence, whether it tells of a transfer, and how many times it counts."""

    features: frozenset[str]
    tells: bool
    times: float = 1.0


def examples_of_article(article: Annotated, lookout: Lookout) -> Iterator[Example]:
    """The sentences of an annotated article."""
    triggers = [span.start for span in article.spans if span.type is SpanType.TRIGGER]
    at = 0
    for sentence in sentences(article.text):
        start = article.text.index(sentence, at)
        at = start + len(sentence)
        yield from _example(sentence, any(start <= trigger < at for trigger in triggers), 1.0, lookout)


def examples_of_texts(paths: Iterable[Path], lookout: Lookout) -> Iterator[Example]:
    """The sentences of texts that tell of a transfer in every sentence that names a weapon, or in none."""
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            entry = json.loads(line)
            for sentence in sentences(entry["text"]):
                yield from _example(sentence, entry["transfer"], WEIGHT_OF_TEXTS, lookout)


def _example(sentence: str, tells: bool, times: float, lookout: Lookout) -> Iterator[Example]:
    if lookout.names_weapon(sentence) or not tells:
        yield Example(features(sentence), tells, times)


def examples(articles: Iterable[Annotated]) -> list[Example]:
    """All examples of these articles and of `TEXTS`."""
    lookout = Lookout.for_stems(stems.load())
    found = [example for article in articles for example in examples_of_article(article, lookout)]
    return found + list(examples_of_texts(TEXTS, lookout))


def learned(from_examples: Sequence[Example]) -> Classifier:
    """The logistic regression with a quadratic penalty, fitted by accelerated gradient descent (Nesterov 1983).

    The same examples give the same weights on every machine, up to the rounding to three places.
    """
    counted = Counter(feature for example in from_examples for feature in example.features)
    names = sorted(name for name, count in counted.items() if count >= SELDOM)
    number = {name: index for index, name in enumerate(names)}
    rows = [sorted(number[name] for name in example.features if name in number) for example in from_examples]
    columns = np.array([column for row in rows for column in row], dtype=np.intp)
    row_of = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    tells = np.array([example.tells for example in from_examples], dtype=np.float64)
    times = np.array([example.times for example in from_examples], dtype=np.float64)
    # A bound of the curvature of each weight, by its own column (diagonal preconditioning).
    longest = max(len(row) for row in rows) + 1
    mass = np.bincount(columns, times[row_of], len(names))
    step = 1 / (0.25 * longest * np.append(mass, times.sum()) + PENALTY)
    weights = ahead = np.zeros(len(names) + 1)
    for n in range(STEPS):
        gap = _likelihood(ahead, columns, row_of, len(rows)) - tells
        slope = np.bincount(columns, (times * gap)[row_of], len(names)) + PENALTY * ahead[:-1]
        after = ahead - step * np.append(slope, (times * gap).sum())
        ahead = after + n / (n + 3) * (after - weights)
        weights = after
    kept = {name: round(float(w), 3) for name, w in zip(names, weights[:-1], strict=True) if abs(w) >= NEGLIGIBLE}
    return Classifier(round(float(weights[-1]), 3), kept)


def _likelihood(weights: Numbers, columns: npt.NDArray[np.intp], row_of: npt.NDArray[np.intp], rows: int) -> Numbers:
    total = np.bincount(row_of, weights[columns], rows) + weights[-1]
    return np.asarray(1 / (1 + np.exp(-np.clip(total, -30, 30))))


def main() -> None:
    """Learn from everything but what is held back, and write the weights."""
    taken, _ = split(load())
    classifier = learned(examples(taken))
    written = {"bias": classifier.bias, "weights": dict(classifier.weights)}
    WEIGHTS.write_text(json.dumps(written, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    print(f"{WEIGHTS.relative_to(ROOT)}: {len(classifier.weights)} weights")


if __name__ == "__main__":
    main()
