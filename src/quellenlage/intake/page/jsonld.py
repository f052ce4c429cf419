"""What a page says of itself in JSON-LD (schema.org), however badly it is written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml.html import HtmlElement

from quellenlage.intake.page.knowledge import known

Thing = Mapping[str, Any]

# No space is gone over twice: there may be hundreds of thousands.
_WRAPPING = re.compile(r"^\s*+(//\s*+)?(<!--|<!\[CDATA\[|/\*.*?\*/)|(//\s*+)?(-->|\]\]>)\s*+(;\s*+)?$|;\s*+$", re.S)
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
# What can be had from JSON that stays broken: fields that hold no quotation mark.
_PLAIN_FIELD = re.compile(
    r'"(datePublished|dateModified|headline|description|isAccessibleForFree)"\s*:\s*"((?:[^"\\\n]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*)"'
)
_DEEPEST = 12
_LONGEST = 1_000_000  # characters; articles take some hundred thousand at most


def article_of(tree: HtmlElement) -> Thing:
    """The object of the page's JSON-LD that describes its article, of several the one that says most; else empty."""
    things = [
        thing for script in tree.iter("script") if _is_jsonld(script) for thing in _articles(_loaded(script.text))
    ]
    return max(things, key=_says, default={})


def _is_jsonld(script: HtmlElement) -> bool:
    return "ld+json" in (script.get("type") or "").lower()


def _loaded(text: str | None) -> Any:
    """As JSON; else without what wraps it and commas too many; else as many whole values as stand at its beginning."""
    written = (text or "").strip()
    if len(written) > _LONGEST:
        return None
    for mended in (written, _WRAPPING.sub("", written), _TRAILING_COMMA.sub(r"\1", _WRAPPING.sub("", written))):
        try:
            # Not strict: line breaks within texts are read as they stand.
            return json.loads(mended, strict=False)
        except (ValueError, RecursionError):
            continue
    try:
        value, _ = json.JSONDecoder(strict=False).raw_decode(mended.lstrip())
    except (ValueError, RecursionError):
        return _plain_fields(written) if "Article" in written else None
    return value


def _plain_fields(written: str) -> Thing:
    """The first of each field that holds no quotation mark."""
    fields = {name: json.loads(f'"{value}"', strict=False) for name, value in reversed(_PLAIN_FIELD.findall(written))}
    return fields | {"@type": "NewsArticle"}


def _articles(value: Any, depth: int = 0) -> Iterator[Thing]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for item in value:
            yield from _articles(item, depth + 1)
    elif isinstance(value, dict):
        if any(map(_is_article, _types(value))):
            yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _articles(value.get(key), depth + 1)


def _types(thing: Thing) -> list[str]:
    types = thing.get("@type")
    return [name for name in (types if isinstance(types, list) else [types]) if isinstance(name, str)]


def _is_article(name: str) -> bool:
    name = name.rpartition("/")[2].rpartition(":")[2]
    return name.endswith(("Article", "Posting")) or name in known("article_types")


def _says(thing: Thing) -> int:
    return sum(
        key in thing for key in ("headline", "datePublished", "author", "publisher", "articleBody", "description")
    )
