"""Writing XML as it comes, element by element, with nothing in it that XML forbids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TextIO
from xml.sax.saxutils import escape, quoteattr

from quellenlage.export.plain import plain

_NO_ATTRIBUTES: Mapping[str, str] = {}
_RETURN = {"\r": "&#13;"}


class Markup:
    """A document of XML that grows as it is written to a stream."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        out.write('<?xml version="1.0" encoding="utf-8"?>\n')

    @contextmanager
    def element(self, name: str, attributes: Mapping[str, str] = _NO_ATTRIBUTES) -> Iterator[None]:
        """An element around what is written meanwhile, on lines of their own."""
        self._out.write(f"<{name}{_written(attributes)}>\n")
        yield
        self._out.write(f"</{name}>\n")

    def leaf(self, name: str, text: str = "", attributes: Mapping[str, str] = _NO_ATTRIBUTES) -> None:
        """An element with a text, or with nothing, in it."""
        content = escape(plain(text), _RETURN)
        self._out.write(f"<{name}{_written(attributes)}>{content}</{name}>\n")


def _written(attributes: Mapping[str, str]) -> str:
    return "".join(f" {key}={quoteattr(plain(value))}" for key, value in attributes.items())
