"""An entry → the bytes that an article is made of: the text of the feed, or its page."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from html import escape

from lxml import etree, html

from quellenlage.intake.original import Hints, Original
from quellenlage.intake.web.entry import Entry
from quellenlage.intake.web.fetching import Fetched
from quellenlage.intake.web.knowledge import known
from quellenlage.watch.sources import FullText

LEAST_WHOLE = 1000
"""Characters that a text has at least which a feed gives as a whole: most teasers have less than half as many."""


def has_whole_text(entry: Entry, full_text: FullText) -> bool:
    """Whether an entry's article is to be read from the feed and not from its page.

    By itself it is where the feed gives a content beside the summary that is as long as an article and does not end
    in a promise of more. What has no page can be read from the feed only.
    """
    if not entry.address or full_text is FullText.FEED:
        return bool(entry.text or entry.summary)
    if full_text is FullText.PAGE or not entry.text:
        return False
    words = _words(entry.text)
    return len(words) >= LEAST_WHOLE and not _goes_on(words)


def from_feed(entry: Entry, source: str, got: datetime) -> Original:
    """The text of a feed as a page of its own."""
    name = entry.address or entry.id or source
    title = escape(entry.title or "")
    language = f' lang="{escape(entry.language)}"' if entry.language else ""
    body = f"<h1>{title}</h1>{entry.text or entry.summary or ''}"
    page = f'<!DOCTYPE html><html{language}><head><meta charset="utf-8"><title>{title}</title></head>'
    page += f"<body><article>{body}</article></body></html>"
    when = got.isoformat(timespec="seconds")
    data = page.encode("utf-8", "replace")
    return Original(data, f"{source}, {name}", name, "text/html", "utf-8", entry.address, when, hints_of(entry))


def from_page(entry: Entry, page: Fetched, got: datetime) -> Original:
    """The page of an entry, with what the feed says of it."""
    return replace(page.original(got), hints=hints_of(entry))


def hints_of(entry: Entry) -> Hints:
    """What an entry says of its article."""
    return Hints(entry.title, entry.published, entry.outlet, entry.language, entry.authors)


def _words(markup: str) -> str:
    try:
        return " ".join(html.fragment_fromstring(markup, create_parent=True).text_content().split())
    except (etree.ParserError, ValueError):
        return ""


def _goes_on(words: str) -> bool:
    promises = "|".join(re.escape(one) for one in known()["promises_of_more"])
    return bool(re.search(rf"({promises})\W*$", words, re.IGNORECASE))
