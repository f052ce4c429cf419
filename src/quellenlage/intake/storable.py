"""Texts as every table can hold them."""

from __future__ import annotations

import re
from dataclasses import fields, replace

from quellenlage.domain import Article

# JSON can hold what no table can: NUL, and halves of characters. Replaced one by one, so that no offset moves.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(text: str) -> str:
    """The text with U+FFFD for each character that cannot be stored."""
    return _UNSTORABLE.sub("\ufffd", text)


def storable_article(article: Article) -> Article:
    """The article with all its texts storable; itself where they are."""
    changed: dict[str, str | tuple[str, ...]] = {}
    for field in fields(article):
        value = getattr(article, field.name)
        if isinstance(value, str) and _UNSTORABLE.search(value):
            changed[field.name] = storable(value)
        elif field.name in ("authors", "credits") and any(map(_UNSTORABLE.search, value)):
            changed[field.name] = tuple(map(storable, value))
    return replace(article, **changed) if changed else article  # type: ignore[arg-type]
