"""A saved web page → an article."""

from __future__ import annotations

import logging
import re

import trafilatura
from trafilatura.settings import Document

from quellenlage.domain import Article
from quellenlage.intake import metadata
from quellenlage.intake.headline import beginning_with
from quellenlage.intake.identity import article_id
from quellenlage.intake.unreadable import Unreadable

# What goes wrong with a page is told to the user as `Unreadable`; the library need not print it as well.
logging.getLogger("trafilatura").addHandler(logging.NullHandler())

# The page is decoded already; the parser would go by what an XML declaration says of the bytes.
_XML_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
# A day that a page does not name as its own is worth less than none.
_ONLY_DATES_OF_PUBLICATION = {"original_date": True, "extensive_search": False}
_NEXT_STEP = "save the page again once it is fully loaded, or paste the article into a .txt file"


def html_article(source: str, where: str, doc: str) -> Article:
    """The article of a page: its headline and main text, without menus, comments and teasers.

    Known under its canonical address where the page names one, else as `doc`. Date, outlet and authors come from the
    page's metadata and are left open where it has none. Raises `Unreadable` where no main text is found.
    """
    tree = trafilatura.load_html(_XML_DECLARATION.sub("", source, count=1))
    page = (
        None
        if tree is None
        else trafilatura.bare_extraction(
            tree, include_comments=False, with_metadata=True, date_extraction_params=_ONLY_DATES_OF_PUBLICATION
        )
    )
    if tree is None or not isinstance(page, Document) or not (page.text or "").strip():
        raise Unreadable(where, f"no main text found in this page; {_NEXT_STEP}")
    text = beginning_with(page.title, page.text or "")
    return Article(
        id=article_id(text, page.sitename),
        doc=page.url or doc,
        text=text,
        title=page.title or None,
        outlet=page.sitename or None,
        url=page.url or None,
        published=metadata.published(page.date or ""),
        language=metadata.language(tree.get("lang") or ""),
        authors=tuple(name.strip() for name in (page.author or "").split(";") if name.strip()),
    )
