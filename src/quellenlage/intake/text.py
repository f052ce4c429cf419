"""The text of a plain text file → an article."""

from __future__ import annotations

from quellenlage.domain import Article
from quellenlage.intake.headline import headline_of
from quellenlage.intake.identity import article_id


def text_article(text: str, doc: str) -> Article:
    """The article of a text file: the text just as it was decoded, white space and line ends included."""
    return Article(id=article_id(text, None), doc=doc, text=text, title=headline_of(text))
