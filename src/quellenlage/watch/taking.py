"""From the bytes that a watch brings to the ledger."""

from __future__ import annotations

from dataclasses import replace

from quellenlage.domain import Article
from quellenlage.intake import article_id
from quellenlage.intake.encoding import decode
from quellenlage.intake.html import html_article
from quellenlage.intake.original import Original
from quellenlage.ledger import Ledger
from quellenlage.names.own import OwnNames
from quellenlage.reader import Reader
from quellenlage.steps import take_in
from quellenlage.watch.loop import TakeIn


def taking_into(ledger: Ledger, reader: Reader, own: OwnNames) -> TakeIn:
    """What reads the articles of a watch into a ledger."""

    def taken(original: Original) -> str | None:
        page = html_article(decode(original.data, original.where), original.where, original.name)
        return take_in(hinted(page, original), reader, ledger, own).article.id

    return taken


def hinted(article: Article, original: Original) -> Article:
    """The article with what a feed said of it, where its page says nothing."""
    hints = original.hints
    outlet = article.outlet or hints.outlet
    return replace(
        article,
        id=article_id(article.text, outlet),
        outlet=outlet,
        title=article.title or hints.title,
        url=article.url or original.address,
        published=article.published or hints.published,
        language=article.language or hints.language,
        authors=article.authors or hints.authors,
    )
