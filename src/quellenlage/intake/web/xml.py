"""The XML of feeds and sitemaps as UTF-8, whatever they or their servers say of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from lxml import etree

from quellenlage.intake.encoding import decode
from quellenlage.intake.unreadable import Unreadable
from quellenlage.intake.web.inflating import NotInflated, inflated

_GZIP = b"\x1f\x8b"
_DECLARATION = re.compile(r"\A\s*+<\?xml[^>]{0,200}\?>")
_DECLARED = re.compile(rb"\s*<\?xml[^>]{0,150}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{1,40})[\"']")
# What XML 1.0 does not know at all (section 2.2).
_IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_AS_WINDOWS_1252 = frozenset({"iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"})
_RATIO = 200.0
_MOST_ATTRIBUTES = 500


def unpacked(data: bytes, where: str, most: int) -> bytes:
    """The bytes, unpacked where they are gzip; raises `Unreadable` where they are more than `most` or a bomb."""
    if not data.startswith(_GZIP):
        return data
    body = bytearray()
    try:
        for piece in inflated([data], _RATIO):
            body += piece
            if len(body) > most:
                raise Unreadable(where, f"more than {most / 1e6:g} MB when unpacked; check the address")
    except NotInflated as problem:
        raise Unreadable(where, f"{problem}; check the address") from None
    return bytes(body)


def text_of(data: bytes, charset: str, where: str) -> str:
    """The characters of an XML document, without its declaration and what XML cannot hold.

    UTF-8 goes before what is declared: who declares another encoding of such bytes is mistaken. Raises `Unreadable`
    where they are no text.
    """
    declared = _DECLARED.match(data[:300])
    for name in ("utf-8-sig", declared[1].decode("ascii") if declared else "", charset):
        try:
            text = data.decode("cp1252" if name.lower() in _AS_WINDOWS_1252 else name) if name else None
        except (UnicodeError, LookupError):
            continue
        # What declares itself in single bytes is in no wide encoding; `decode` knows those by their zeros.
        if name.lower().startswith(("utf-16", "utf-32", "utf16", "utf32", "ucs")):
            continue
        if text is not None and "\x00" not in text:
            break
    else:
        try:
            text = decode(data, where)
        except Unreadable:
            raise Unreadable(where, "these bytes are no text; check the address in a browser") from None
    return possible(_DECLARATION.sub("", text, count=1)).strip()


def possible(text: str) -> str:
    """The text without signs that XML does not know, nor PostgreSQL some of them."""
    return _IMPOSSIBLE.sub("", text)


def is_well_formed(data: bytes, where: str) -> bool:
    """Whether the bytes are XML as it should be; entities are not looked into.

    Raises `Unreadable` where a tag has so many attributes that those who read it would not come to an end.
    """
    target: Any = _Counting()
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, target=target)
    try:
        etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return False
    except _TooMany:
        raise Unreadable(
            where, f"a tag with more than {_MOST_ATTRIBUTES} attributes, which no feed has; tell the outlet"
        ) from None
    return True


class _TooMany(Exception):
    pass


class _Counting:
    """Takes what a parser finds and keeps none of it."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if len(attributes) > _MOST_ATTRIBUTES:
            raise _TooMany

    def end(self, tag: str) -> None: ...

    def data(self, text: str) -> None: ...

    def close(self) -> None: ...
