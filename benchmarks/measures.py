"""What is measured of one article, as tallies that can be summed over any articles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from benchmarks.held_back import article_of, document_of
from quellenlage.domain import Reading
from quellenlage.score import score as score_claims
from training.corpus import Annotated, reading_of
from training.evaluate import Key, Tally, key, links_of, mates_of, score

Measures = Mapping[str, Tally]

BY_TRANSFER = ("supplier", "recipient", "item", "source")
ROUNDS = 1000
SEED = 20221105


def measures(annotated: Annotated, reading: Reading) -> Measures:
    """Spans and links, links by transfer, classes, and the claims against those that the annotation makes."""
    scores = score([(annotated, reading)])
    found = {"spans": scores.overall(scores.spans), **{str(type): tally for type, tally in scores.spans.items()}}
    found |= {"links": scores.overall(scores.links), **scores.links}
    found |= {f"{relation}, by transfer": tally for relation, tally in by_transfer(annotated, reading).items()}
    found |= {name: accuracy(tally.hits, tally.wanted) for name, tally in scores.classes.items()}
    article = article_of(annotated)
    claims = score_claims([document_of(article, reading)], [document_of(article, reading_of(annotated))])
    for name, lines in (("pairs", claims.pairs), ("triples", claims.triples), ("sources", claims.sources)):
        hits = len(lines.hits)
        found[f"claims: {name}"] = Tally(hits, hits + len(lines.false_alarms), hits + len(lines.misses))
    stages = len(claims.stages.hits)
    found["claims: stage"] = accuracy(stages, stages + len(claims.stages.misses))
    return found


def accuracy(hits: int, of: int) -> Tally:
    """A share as a tally whose precision, recall and F1 are all that share."""
    return Tally(hits, of, of)


def by_transfer(annotated: Annotated, reading: Reading) -> dict[str, Tally]:
    """Links counted at the level of the article's transfers: any mention of the same actor, item or event counts.

    A mention that the reader bounds differently counts as the annotated one of its type that it overlaps.
    """
    mates = mates_of(annotated)

    def thing(span: Key) -> frozenset[Key]:
        touching = [name for name in mates if name[2] is span[2] and name[0] < span[1] and span[0] < name[1]]
        return mates[span] if span in mates else mates[touching[0]] if touching else frozenset({span})

    names = [key(span) for span in annotated.spans]
    wanted = {(relation, mates[names[head]], mates[names[tail]]) for relation, head, tail in annotated.links}
    found = {(relation, thing(head), thing(tail)) for relation, head, tail in links_of(reading)}
    tallies = {}
    for name in BY_TRANSFER:
        theirs, mine = ({link for link in links if link[0] == name} for links in (wanted, found))
        tallies[name] = Tally(len(theirs & mine), len(mine), len(theirs))
    return tallies


def summed(parts: Iterable[Measures]) -> Measures:
    """The measures of several articles as one."""
    total: dict[str, Tally] = {}
    for part in parts:
        for name, tally in part.items():
            total[name] = total.get(name, Tally()) + tally
    return total


def intervals(parts: Sequence[Measures]) -> Mapping[str, tuple[float, float]]:
    """Between which F1 each measure lies in 95 of 100 draws of as many articles with replacement.

    The percentile bootstrap (Efron and Tibshirani 1993, "An Introduction to the Bootstrap", chapter 13), with a fixed
    seed; articles are drawn whole, because what stands in one article is not independent.
    """
    draws = np.random.default_rng(SEED).multinomial(len(parts), [1 / len(parts)] * len(parts), size=ROUNDS)
    found = {}
    for name in parts[0]:
        counts = draws @ np.array([[2 * part[name].hits, part[name].found + part[name].wanted] for part in parts])
        f1 = counts[:, 0] / np.maximum(counts[:, 1], 1)
        low, high = np.percentile(f1, [2.5, 97.5])
        found[name] = (float(low), float(high))
    return found
