"""How often the reader is right when it is this sure, on annotated articles that it did not learn from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from quellenlage.calibration import Calibration, Curve, log_odds
from quellenlage.domain import Reading
from training.corpus import Annotated
from training.evaluate import key, mates_of, sure_links_of

TOWARDS_IDENTITY = 20.0
"""How many finds of even odds it takes to draw a curve as far from the identity as they say: kinds that are rare in
the held-back articles stay near it."""
NEWTON_STEPS = 30


@dataclass(frozen=True)
class Judged:
    """One find of the reader: its kind, the probability that the reader gave it, and whether it is right."""

    kind: str
    probability: float
    right: bool


def judged(article: Annotated, reading: Reading) -> Iterator[Judged]:
    """Every span, link, stage and stance of a reading, judged by the annotation.

    Right is what `training.evaluate` counts as a hit; stages and stances are judged where trigger and cue are right.
    """
    own = {key(span) for span in article.spans}
    mates = mates_of(article)
    names = [key(span) for span in article.spans]
    wanted = {(relation, names[head], mates[names[tail]]) for relation, head, tail in article.links}
    for span in reading.spans:
        yield Judged(span.type.value, span.confidence, key(span) in own)
    for relation, head, link in sure_links_of(reading):
        tail = key(link.span)
        is_right = (relation, key(head), mates.get(tail, frozenset({tail}))) in wanted
        yield Judged(relation, link.confidence, is_right)
    stages = {names[n]: stage for n, stage in article.stages.items()}
    stances = {names[n]: stance for n, stance in article.stances.items()}
    for t in reading.transfers:
        if key(t.trigger) in stages:
            yield Judged("stage", t.stage_confidence, t.stage is stages[key(t.trigger)])
    for s in reading.statements:
        if key(s.cue) in stances:
            yield Judged("stance", s.stance_confidence, s.stance is stances[key(s.cue)])


def fitted(finds: Iterable[Judged], towards_identity: float = TOWARDS_IDENTITY) -> Calibration:
    """The curve of each kind under which the finds are likeliest."""
    by_kind: dict[str, list[Judged]] = {}
    for find in finds:
        by_kind.setdefault(find.kind, []).append(find)
    return Calibration({kind: curve_through(some, towards_identity) for kind, some in by_kind.items()})


def curve_through(finds: Sequence[Judged], towards_identity: float) -> Curve:
    """The likeliest curve, drawn a little towards the identity: logistic regression by Newton's method."""
    odds = np.array([[log_odds(find.probability), 1.0] for find in finds])
    right = np.array([float(find.right) for find in finds])
    identity = np.array([1.0, 0.0])
    weights = identity.copy()
    pull = towards_identity / 4
    for _ in range(NEWTON_STEPS):
        expected = 1.0 / (1.0 + np.exp(-np.clip(odds @ weights, -30.0, 30.0)))
        gradient = odds.T @ (right - expected) - pull * (weights - identity)
        curvature = (odds * (expected * (1.0 - expected))[:, None]).T @ odds + pull * np.eye(2)
        step = np.linalg.solve(curvature, gradient)
        # Whole steps overshoot where nearly all finds are right.
        weights = weights + step / max(1.0, float(np.abs(step).max()))
    return Curve(float(weights[0]), float(weights[1]))


def expected_calibration_error(finds: Sequence[Judged], bins: int = 10) -> float:
    """Mean distance between how sure the reader was and how often it was right, over bins of equal width.

    Naeini et al. 2015, "Obtaining Well Calibrated Probabilities Using Bayesian Binning".
    """
    return sum(len(b) * abs(sureness(b) - share_right(b)) for b in binned(finds, bins)) / max(1, len(finds))


def binned(finds: Sequence[Judged], bins: int = 10) -> list[list[Judged]]:
    """The finds by their probability, in bins of equal width; empty bins are left out."""
    found: list[list[Judged]] = [[] for _ in range(bins)]
    for find in finds:
        found[min(int(find.probability * bins), bins - 1)].append(find)
    return [b for b in found if b]


def sureness(finds: Sequence[Judged]) -> float:
    """The mean probability."""
    return sum(find.probability for find in finds) / len(finds)


def share_right(finds: Sequence[Judged]) -> float:
    """How many of the finds are right, as a share."""
    return sum(find.right for find in finds) / len(finds)
