"""The bytes of a page → its tree, within limits."""

from __future__ import annotations

import re

from lxml import etree, html

from quellenlage.intake.encoding import decode
from quellenlage.intake.original import Original
from quellenlage.intake.unreadable import Unreadable

LARGEST_PAGE = 15_000_000  # bytes; the longest live blogs take five million
MOST_ELEMENTS = 60_000  # the longest live blogs take some thirty thousand

NEXT_STEP = "save the page again once it is fully loaded, or paste the article into a .txt file"

_LONGEST_TAG = 20_000  # characters; pictures within a tag are longer, but have no spaces
_MOST_ATTRIBUTES = 10_000

# The page is decoded already; what a declaration says of its bytes holds no longer.
_XML_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")


def tree_of(original: Original) -> html.HtmlElement:
    """The tree of a page, without comments; entities other than HTML's own characters mean nothing in it.

    Elements that lie deeper than libxml2 allows (255) are lost. Raises `Unreadable` where the page is larger than
    `LARGEST_PAGE`, has more than `MOST_ELEMENTS` elements, or is no page at all.
    """
    if len(original.data) > LARGEST_PAGE:
        raise Unreadable(
            original.where, f"over {LARGEST_PAGE // 1_000_000} MB are no page of an article; save the article alone"
        )
    text = decode(original.data, original.where, original.charset)
    if declaration := _XML_DECLARATION.match(text):
        text = text[declaration.end() :]
    if any(len(part) > _LONGEST_TAG and _has_a_long_tag(part) for part in text.split(">")):
        raise Unreadable(original.where, "a tag of it has thousands of attributes; save the page again in a browser")
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise Unreadable(original.where, f"no main text found in this page; {NEXT_STEP}") from error
    if sum(1 for _ in tree.iter()) > MOST_ELEMENTS:
        raise Unreadable(
            original.where, f"over {MOST_ELEMENTS:,} elements are no page of an article; save the article alone"
        )
    return tree


def _has_a_long_tag(part: str) -> bool:
    """Whether a tag in it has more attributes than a page ever needs: libxml2's time grows with their square."""
    return len(part[part.rfind("<") :].split()) > _MOST_ATTRIBUTES
