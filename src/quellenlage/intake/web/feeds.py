"""A feed → its entries: RSS, Atom and RDF through feedparser, JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import feedparser
import httpx
from lxml import etree, html

from quellenlage.intake import metadata
from quellenlage.intake.unreadable import Unreadable
from quellenlage.intake.web.dates import when
from quellenlage.intake.web.entry import Entry
from quellenlage.intake.web.xml import is_well_formed, possible, text_of, unpacked

MOST_ENTRIES = 5_000
_MOST_BYTES = 10_000_000
# The parser for feeds that are no XML takes up to 60 µs for each of these signs, that for XML a tenth of it.
_MOST_SIGNS = 50_000
_MOST_SIGNS_OF_XML = 500_000
_SIGNS = (b"<", b"&", b"=")
_BEGINNING = re.compile(
    # Nothing is tried twice: comments could be read as one in more ways than can be tried.
    r"(?:\s|<!--.{0,5000}?-->|<\?.{0,1000}?\?>|<!DOCTYPE[^>\[]{0,500}>)*+<(?:\w+:)?(rss|feed|rdf)\b",
    re.I | re.S,
)
_BEGINNING_LENGTH = 20_000
_END = re.compile(rb"</(?:\w+:)?(rss|feed|rdf)\s*+>\s*+(?:<!--.*?-->\s*+)*+$", re.I | re.S)
_NEXT_STEP = "check the address in a browser; the page of the outlet names its feeds"


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: its title, its entries in its order, and whether it came whole."""

    title: str | None
    entries: tuple[Entry, ...]
    is_whole: bool = True


def is_feed(data: bytes, where: str = "") -> bool:
    """Whether the bytes begin as a feed does."""
    try:
        text = text_of(data[:_BEGINNING_LENGTH], "", where)
    except Unreadable:
        return False
    return bool(_BEGINNING.match(text)) or (text.startswith("{") and "jsonfeed.org/version" in text[:2000])


def feed_of(data: bytes, address: str, media_type: str = "", charset: str = "") -> Feed:
    """The feed in the bytes that came from an address.

    Of a feed that was cut off the last entry is left out, for it may be cut off as well. HTML stays as it is; nothing
    is run, and no entities are looked up. Raises `Unreadable` where it is no feed, or too much.
    """
    data = unpacked(data, address, _MOST_BYTES)
    text = text_of(data, charset, address)
    if text.startswith("{") or media_type.endswith("json"):
        return _json_feed(text, address)
    if not _BEGINNING.match(text[:_BEGINNING_LENGTH]):
        raise Unreadable(address, f"this is no feed (RSS, Atom, RDF or JSON Feed); {_NEXT_STEP}")
    clean = text.encode("utf-8")
    if len(clean) > _MOST_BYTES:
        raise Unreadable(address, f"more than {_MOST_BYTES / 1e6:g} MB, which no feed has; {_NEXT_STEP}")
    well_formed = is_well_formed(clean, address)
    if not well_formed and sum(map(clean.count, _SIGNS)) > _MOST_SIGNS:
        raise Unreadable(address, "this feed is broken and too large to be mended; tell the outlet")
    if sum(map(clean.count, _SIGNS[:2])) > _MOST_SIGNS_OF_XML:
        raise Unreadable(address, f"more marks than any feed has; {_NEXT_STEP}")
    if sum(map(clean.lower().count, (b"<item", b"<entry"))) > MOST_ENTRIES:
        raise Unreadable(address, f"more than {MOST_ENTRIES:,} entries, which no feed has; {_NEXT_STEP}")
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": address}
    parsed = feedparser.parse(
        io.BytesIO(clean), response_headers=headers, resolve_relative_uris=False, sanitize_html=False
    )
    if not parsed.version and not parsed.entries:
        raise Unreadable(address, f"this is no feed (RSS, Atom, RDF or JSON Feed); {_NEXT_STEP}")
    is_whole = well_formed or bool(_END.search(clean[-2000:]))
    entries = parsed.entries if is_whole else parsed.entries[:-1]
    language = metadata.language(_words(dict.get(parsed.feed, "language")) or "")
    read = tuple(_entry(entry, language) for entry in entries)
    return Feed(_plain(dict.get(parsed.feed, "title")), read, is_whole)


def _entry(raw: dict[str, Any], language: str | None) -> Entry:
    # What the parser keeps, not what it gives under other names as well.
    def got(name: str) -> Any:
        return dict.get(raw, name)

    contents = [one for one in got("content") or [] if _words(dict.get(one, "value"))]
    longest = max(contents, key=lambda one: len(one["value"]), default=None)
    updated = when(got("updated"))
    source = got("source") or {}
    return Entry(
        address=_words(got("feedburner_origlink")) or _words(got("link")),
        id=_words(got("id")),
        title=_plain(got("title")),
        published=when(got("published")) or updated or when(got("created")),
        updated=updated,
        outlet=_plain(dict.get(source, "title")),
        language=metadata.language(_words(longest and dict.get(longest, "language")) or "") or language,
        authors=_names([dict.get(one, "name") for one in got("authors") or []]),
        summary=_words(got("summary")),
        text=_markup(longest) if longest else None,
    )


def _markup(content: Mapping[str, Any]) -> str:
    if content.get("type") == "text/plain":
        return paragraphs(content["value"])
    return possible(content["value"])


def paragraphs(text: str) -> str:
    """Plain text as HTML, a paragraph a line."""
    return "".join(f"<p>{_escaped(line.strip())}</p>" for line in text.splitlines() if line.strip())


def _json_feed(text: str, address: str) -> Feed:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unreadable(address, f"broken JSON ({str(error)[:100]}), expected a JSON Feed; {_NEXT_STEP}") from None
    items = value.get("items") if isinstance(value, dict) else None
    if not isinstance(items, list) or "jsonfeed.org" not in str(value.get("version")):
        raise Unreadable(address, f"JSON, but no JSON Feed: version and items are missing; {_NEXT_STEP}")
    if len(items) > MOST_ENTRIES:
        raise Unreadable(address, f"more than {MOST_ENTRIES:,} entries, which no feed has; {_NEXT_STEP}")
    language = _words(value.get("language"))
    entries = tuple(_json_entry(item, address, language) for item in items if isinstance(item, dict))
    return Feed(_plain(value.get("title")), entries)


def _json_entry(item: Mapping[str, Any], address: str, language: str | None) -> Entry:
    authors = item.get("authors")
    people = authors if isinstance(authors, list) else [item.get("author")]
    plain = _words(item.get("content_text"))
    link = _words(item.get("url")) or _words(item.get("external_url"))
    return Entry(
        address=_joined(address, link) if link else None,
        id=_words(item.get("id")) or (str(item["id"]) if isinstance(item.get("id"), int) else None),
        title=_plain(item.get("title")),
        published=when(_words(item.get("date_published"))) or when(_words(item.get("date_modified"))),
        updated=when(_words(item.get("date_modified"))),
        language=metadata.language(_words(item.get("language")) or language or ""),
        authors=_names([person.get("name") for person in people if isinstance(person, dict)]),
        summary=_words(item.get("summary")),
        text=_words(item.get("content_html")) or (paragraphs(plain) if plain else None),
    )


def _joined(base: str, link: str) -> str:
    try:
        return str(httpx.URL(base).join(link))
    except (httpx.InvalidURL, ValueError):
        return link


def _names(found: list[object]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in map(_plain, found) if name))


def _words(value: object) -> str | None:
    return possible(value).strip() or None if isinstance(value, str) else None


def _plain(value: object) -> str | None:
    """Words without marks and with plain spaces."""
    words = _words(value)
    if words and ("<" in words or "&" in words):
        with suppress(etree.ParserError, ValueError):
            words = str(html.fragment_fromstring(words, create_parent=True).text_content())
    return " ".join(words.split()) or None if words else None


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
