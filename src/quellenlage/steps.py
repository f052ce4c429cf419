"""The steps that an article goes through on its way into the ledger."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from quellenlage.claims import claims_of
from quellenlage.domain import Article
from quellenlage.ledger import Ledger
from quellenlage.names.own import NOTHING, OwnNames
from quellenlage.names.publication import publication_of
from quellenlage.reader import Reader


class Outcome(StrEnum):
    """What became of an article that was taken in."""

    NEW = "new"
    READ_AGAIN = "read_again"
    KNOWN = "known"


@dataclass(frozen=True, slots=True)
class Taken:
    """An article that was taken in, what became of it, and how many claims it makes (0 where it was known)."""

    article: Article
    outcome: Outcome
    claims: int = 0


def dated(article: Article) -> Article:
    """The article with a date worked out from its text, where it states none and the text tells one."""
    found = None if article.published else publication_of(article.text)
    return replace(article, published=found.published, dated_by=found.words) if found else article


def take_in(article: Article, reader: Reader, ledger: Ledger, own: OwnNames = NOTHING) -> Taken:
    """Read an article and record it with its claims, unless this reader has read it before.

    An article that an older reader has read is read again; the older reading is kept. Raises `LedgerError` where it
    cannot be recorded.
    """
    if ledger.holds(article.id, reader.name):
        return Taken(article, Outcome.KNOWN)
    known = ledger.reading(article.id) is not None
    article = dated(article)
    reading = reader.read(article)
    claims = claims_of(article, reading, own)
    if not ledger.record(article, reading, claims):
        return Taken(article, Outcome.KNOWN)
    return Taken(article, Outcome.READ_AGAIN if known else Outcome.NEW, len(claims))
