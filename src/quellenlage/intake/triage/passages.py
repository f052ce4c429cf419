"""Running text around places in a page's bytes, found without parsing the page.

A page about the weather, too, has teasers that speak of weapons. They stand in links, in attributes and in short lines;
what an article says stands in passages: stretches between two boundaries of blocks, outside of links, long enough, and
made of words.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator

REACH = 2_000
"""How many bytes a passage may have before and behind the place that it is sought for."""
SHORTEST = 30
"""How many characters a passage has at least."""

# Elements that HTML treats as blocks or as parts of the head (HTML Living Standard, 4 and 15.3.3), and what parts the
# strings of JSON.
_BOUNDARY = re.compile(
    rb"</?(?:p|div|li|[uod]l|d[dt]|h[1-6r]|t[dhr]|br|section|article|aside|script|style|title|header|footer|nav|main|"
    rb"figure|figcaption|blockquote|button|option|form|iframe|video|svg|body)\b[^>]{0,500}>?"
    rb"|\"\s*:\s*[\"\[{]|(?<!\\)\"\s*(?:,\s*[\"{]|[}\]])|\\n|\\u003c/?p",
    re.IGNORECASE,
)
_TAG = re.compile(rb"<[^>]{0,500}>")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_CODE = re.compile(r"[{}]|\bfunction\b|=>|;\S*:")
_NEAR = 300
_SHARE_OF_SPACES = 1 / 15


def passages(data: bytes, places: Iterable[tuple[int, int]]) -> list[str]:
    """The running text around the places, each passage once; places that lie in no running text give nothing."""
    return list(dict.fromkeys(_passages(data, places)))


def _passages(data: bytes, places: Iterable[tuple[int, int]]) -> Iterator[str]:
    done = 0
    for place, place_end in places:
        if place < done:
            continue
        lowest = max(0, place - REACH)
        if data.rfind(b"<", lowest, place) > data.rfind(b">", lowest, place):
            continue
        start = _start(data, place)
        boundary = _BOUNDARY.search(data, place_end, place_end + REACH)
        done = boundary.start() if boundary else min(len(data), place_end + REACH)
        text = "" if _in_link(data, start) else _text(data[start:done])
        if len(text) >= SHORTEST and text.count(" ") >= _SHARE_OF_SPACES * len(text) and not _CODE.search(text):
            yield text


def _start(data: bytes, place: int) -> int:
    lowest = place
    for reach in (_NEAR, REACH):
        lowest = max(0, place - reach)
        ends = [match.end() for match in _BOUNDARY.finditer(data, lowest, place)]
        if ends:
            return ends[-1]
    return lowest


def _in_link(data: bytes, at: int) -> bool:
    before = data[max(0, at - REACH) : at].lower()
    return max(before.rfind(b"<a "), before.rfind(b"<a\n")) > before.rfind(b"</a")


def _text(data: bytes) -> str:
    bare = _TAG.sub(b"", data)
    try:
        text = bare.decode()
    except UnicodeDecodeError:
        text = bare.decode("cp1252", errors="replace")
    text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), html.unescape(text))
    return " ".join(text.split())
