"""Articles as JSON Lines, in the project's own form, which `intake` reads again."""

from __future__ import annotations

import json
from typing import TextIO

from quellenlage.domain import Article
from quellenlage.ledger import Ledger


def article_document(article: Article) -> dict[str, object]:
    """The object of one article; `id` is its doc, so that it keeps its name when it is read again.

    A date that was worked out is left out: it is worked out again. What few articles have stands there only where they
    have it.
    """
    few = {"updated": article.updated, "credits": list(article.credits), "paywalled": article.paywalled}
    return {
        "id": article.doc,
        "doc": article.doc,
        "outlet": article.outlet,
        "published": None if article.dated_by else article.published,
        "title": article.title,
        "text": article.text,
        "url": article.url,
        "language": article.language,
        "authors": list(article.authors),
        **{name: value for name, value in few.items() if value not in (None, [])},
    }


def write_articles(ledger: Ledger, out: TextIO) -> None:
    """Write one line an article of the ledger, in order of publication."""
    for article in ledger.articles():
        json.dump(article_document(article), out, ensure_ascii=False)
        out.write("\n")
