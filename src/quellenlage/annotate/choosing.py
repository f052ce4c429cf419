"""Which articles a person should look at first."""

from __future__ import annotations

from collections.abc import Iterable

from quellenlage.annotate.judged_words import with_judged_words
from quellenlage.domain import Article, Reading
from quellenlage.ledger import ClaimFilter, Ledger, LedgerError


def doubtful(ledger: Ledger, most: int) -> list[str]:
    """The ids of the articles whose claims were read least surely, the least sure first.

    An article counts as its least sure claim on which nobody has judged. Those that a person has read are not among
    them.
    """
    least = surety_of(ledger)
    found: list[str] = []
    for id in sorted(least, key=lambda id: (least[id], id)):
        if len(found) == most:
            break
        reading = ledger.reading(id)
        if reading is not None and not reading.is_by_person:
            found.append(id)
    return found


def surety_of(ledger: Ledger) -> dict[str, float]:
    """How surely the least sure claim of every article was read, of those on which nobody has judged."""
    least: dict[str, float] = {}
    for claim in ledger.claims():
        if claim.verdict is None:
            least[claim.article_id] = min(claim.confidence, least.get(claim.article_id, 1.0))
    return least


def read_articles(ledger: Ledger, keys: Iterable[str]) -> list[tuple[Article, Reading]]:
    """Articles with their current readings and what people marked: those that are named, or all that have been read.

    Raises `LedgerError` where one that is named is not there or has not been read.
    """
    wanted = [ledger.article(key) for key in keys]
    judgements = [one for one in ledger.judgements() if any(change.spans for change in one.corrections)]
    found = []
    for article in wanted or ledger.articles():
        reading = ledger.reading(article.id)
        if reading is not None:
            claims = ledger.claims(ClaimFilter(article=article.id)) if judgements else []
            found.append((article, with_judged_words(reading, claims, judgements)))
        elif wanted:
            raise LedgerError(f"{article.doc} has not been read yet; `quellenlage read` reads it")
    return found
