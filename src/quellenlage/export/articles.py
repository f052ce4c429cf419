"""Articles as JSON Lines, in the project's own form, which `intake` reads again."""

from __future__ import annotations

import json
from typing import TextIO

from quellenlage.domain import Article
from quellenlage.export.pages import pages_of
from quellenlage.intake.jsonform import own_form
from quellenlage.ledger import Ledger


def article_document(article: Article) -> dict[str, object]:
    """The object of one article; `id` and `doc` are its doc, so that it keeps its name when it is read again."""
    return {"doc": article.doc, **own_form(article)}


def write_articles(ledger: Ledger, out: TextIO) -> None:
    """Write one line a page of the ledger, in order of publication."""
    for page in pages_of(ledger.articles()):
        json.dump(article_document(page.article), out, ensure_ascii=False)
        out.write("\n")
