"""Readings of held-back articles of the corpus, by any reader, and the claims made of them."""

from __future__ import annotations

from quellenlage.claims import claims_of
from quellenlage.domain import Article, Reading
from quellenlage.export.claims import claims_document
from quellenlage.reader.reader import Reader
from training.corpus import Annotated, load, split

PUBLISHED = "2024-01-01"
"""Dates are not scored; a fixed day keeps relative ones from depending on the clock."""


def article_of(annotated: Annotated) -> Article:
    """An annotated article as intake would give it."""
    return Article(annotated.id, annotated.id, annotated.text, published=PUBLISHED)


def document_of(article: Article, reading: Reading) -> dict[str, object]:
    """The claims of a reading in the form of the contract."""
    return claims_document(article, reading, claims_of(article, reading))


def held_back_readings(reader: Reader) -> list[tuple[Annotated, Reading]]:
    """What a reader reads in each held-back article."""
    _, held_back = split(load())
    return [(annotated, reader.read(article_of(annotated))) for annotated in held_back]
