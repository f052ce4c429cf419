"""The shipped reader on held-back articles of the corpus: spans, links, classes, and the claims made from them."""

from __future__ import annotations

from quellenlage.claims import claims_of
from quellenlage.domain import Article, Reading
from quellenlage.export.claims import claims_document
from quellenlage.reader.reader import Reader
from quellenlage.score import Scores as ClaimScores
from quellenlage.score import score as score_claims
from training.corpus import Annotated, load, reading_of, split
from training.evaluate import Scores, score

PUBLISHED = "2024-01-01"
"""Dates are not scored; a fixed day keeps relative ones from depending on the clock."""


def article_of(annotated: Annotated) -> Article:
    """An annotated article as intake would give it."""
    return Article(annotated.id, annotated.id, annotated.text, published=PUBLISHED)


def document_of(article: Article, reading: Reading) -> dict[str, object]:
    """The claims of a reading in the form of the contract."""
    return claims_document(article, reading, claims_of(article, reading))


def held_back_scores(reader: Reader) -> tuple[Scores, ClaimScores]:
    """Scores of the readings, and of the claims against those that the annotation makes."""
    _, held_back = split(load())
    readings = [(annotated, reader.read(article_of(annotated))) for annotated in held_back]
    found = [document_of(article_of(annotated), reading) for annotated, reading in readings]
    wanted = [document_of(article_of(annotated), reading_of(annotated)) for annotated, _ in readings]
    return score(readings), score_claims(found, wanted)
