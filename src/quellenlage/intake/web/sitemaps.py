"""A sitemap → the pages it names (https://www.sitemaps.org/protocol.html), with Google's tags for news.

The tags: https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import Any

from lxml import etree

from quellenlage.intake import metadata
from quellenlage.intake.unreadable import Unreadable
from quellenlage.intake.web.dates import when
from quellenlage.intake.web.entry import Entry
from quellenlage.intake.web.xml import text_of, unpacked

MOST_BYTES = 50_000_000
MOST_ADDRESSES = 50_000
"""Both are the protocol's limits."""
# Nothing is tried twice: comments could be read as one in more ways than can be tried.
_BEGINNING = re.compile(r"(?:\s|<!--.{0,5000}?-->|<\?.{0,1000}?\?>)*+<(?:\w+:)?(urlset|sitemapindex)\b", re.S)
_END = re.compile(rb"</(?:\w+:)?(urlset|sitemapindex)\s*+>\s*+(?:<!--.*?-->\s*+)*+$", re.S)
_BEGINNING_LENGTH = 20_000


@dataclass(frozen=True, slots=True)
class Child:
    """A sitemap that an index names, and when that says it was changed last."""

    address: str
    changed: str | None


@dataclass(frozen=True, slots=True)
class Sitemap:
    """The pages that a sitemap names, or the sitemaps that an index does, and whether it came whole."""

    entries: tuple[Entry, ...] = ()
    children: tuple[Child, ...] = ()
    is_whole: bool = True


def is_sitemap(data: bytes, where: str = "") -> bool:
    """Whether the bytes begin as a sitemap does; of packed ones it is looked inside."""
    try:
        return bool(_BEGINNING.match(text_of(unpacked(data, where, MOST_BYTES)[:_BEGINNING_LENGTH], "", where)))
    except Unreadable:
        return False


def sitemap_of(data: bytes, address: str, charset: str = "") -> Sitemap:
    """The sitemap in the bytes that came from an address, gzip or not.

    Of one that was cut off the last address is left out. Raises `Unreadable` where it is no sitemap, has a document
    type (which only bombs have), or goes beyond the protocol's limits.
    """
    text = text_of(unpacked(data, address, MOST_BYTES), charset, address)
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise Unreadable(address, "there is a document type in it, which no sitemap needs; tell the outlet")
    if not _BEGINNING.match(text[:_BEGINNING_LENGTH]):
        raise Unreadable(address, "this is no sitemap; expected urlset or sitemapindex, check the address")
    clean = text.encode("utf-8")
    entries: list[Entry] = []
    children: list[Child] = []
    events = etree.iterparse(
        io.BytesIO(clean),
        events=("end",),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=True,
    )
    try:
        for _, element in events:
            name = _local(element)
            if name == "url" and (page := _page(element)):
                entries.append(page)
            elif name == "sitemap" and (child := _child(element)):
                children.append(child)
            if name in ("url", "sitemap"):
                _forget(element)
            if len(entries) + len(children) > MOST_ADDRESSES:
                raise Unreadable(
                    address,
                    f"more than {MOST_ADDRESSES:,} addresses, which the protocol does not allow; tell the outlet",
                )
    except etree.XMLSyntaxError as error:
        if not entries and not children:
            raise Unreadable(address, f"this sitemap is broken ({error.msg}); tell the outlet") from None
    is_whole = bool(_END.search(clean[-2000:]))
    if not is_whole:
        entries, children = entries[:-1], children[:-1]
    return Sitemap(tuple(entries), tuple(children), is_whole)


def _page(element: Any) -> Entry | None:
    # The tags for pictures and videos have titles and addresses of their own.
    own = {_local(part): _text(part) for part in element}
    news = next((part for part in element if _local(part) == "news"), None)
    said = {_local(part): _text(part) for part in news.iter()} if news is not None else {}
    if not own.get("loc"):
        return None
    changed = when(own.get("lastmod"))
    return Entry(
        address=own["loc"],
        title=said.get("title"),
        published=when(said.get("publication_date")) or changed,
        updated=changed,
        outlet=said.get("name"),
        language=metadata.language(said.get("language") or ""),
    )


def _child(element: Any) -> Child | None:
    own = {_local(part): _text(part) for part in element}
    address = own.get("loc")
    return Child(address, when(own.get("lastmod"))) if address else None


def _forget(element: Any) -> None:
    """Let go of what was read, so that a large sitemap is not held as a whole."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


def _local(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _text(element: Any) -> str | None:
    return " ".join((element.text or "").split()) or None
