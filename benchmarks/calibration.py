"""How far the reader can be believed when it says how sure it is, on articles for which its curves were not fitted.

The shipped curves are fitted on all held-back articles. Here new ones are laid over them that are fitted on four fifths
of the articles and judged on the last, five times over, so that no find is judged by a curve that has seen it: a curve
over a curve is a curve of the same kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import product

from benchmarks.held_back import article_of
from quellenlage.claims import claims_of
from quellenlage.domain import Claim, Reading
from training.calibrate import Judged, fitted, judged
from training.corpus import Annotated, reading_of

PARTS = 5
ALMOST_FREE = 0.01
"""How far the new curves are drawn towards the identity, which here is the shipped curve: hardly."""
CLASSES = ("stage", "stance")


def judged_claims(annotated: Annotated, reading: Reading) -> list[Judged]:
    """Every claim of a reading; right where the annotation makes claims of the same parties and goods."""
    article = article_of(annotated)
    wanted = {part for claim in claims_of(article, reading_of(annotated)) for part in parties_and_goods(claim)}
    found = claims_of(article, reading)
    return [Judged("claim", claim.confidence, parties_and_goods(claim) <= wanted) for claim in found]


def parties_and_goods(claim: Claim) -> set[tuple[str | None, str | None, str]]:
    """All (supplier, recipient, item class) of a claim; None for a role that the text leaves open."""
    return set(product(claim.supplier or (None,), claim.recipient or (None,), claim.item_classes))


def cross_fitted(by_article: Sequence[Sequence[Judged]]) -> list[Judged]:
    """All finds, as sure as curves make them that were fitted on other articles."""
    found = []
    for part in range(PARTS):
        others = [find for n, finds in enumerate(by_article) if n % PARTS != part for find in finds]
        curves = fitted(others, ALMOST_FREE)
        own = (find for n, finds in enumerate(by_article) if n % PARTS == part for find in finds)
        found += [replace(find, probability=curves.of(find.kind, find.probability)) for find in own]
    return found


def reliability(readings: Iterable[tuple[Annotated, Reading]]) -> dict[str, list[Judged]]:
    """The finds of spans, links, stages, stances and claims, each judged by curves fitted on other articles."""
    pairs = list(readings)
    parts = cross_fitted([list(judged(annotated, reading)) for annotated, reading in pairs])
    claims = cross_fitted([judged_claims(annotated, reading) for annotated, reading in pairs])
    groups: dict[str, list[Judged]] = {"spans": [], "links": [], "stage": [], "stance": []}
    for find in parts:
        groups[find.kind if find.kind in CLASSES else "spans" if find.kind.isupper() else "links"].append(find)
    return {**groups, "claims": claims}
