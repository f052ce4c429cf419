"""How long an article may be."""

from __future__ import annotations

from quellenlage.intake.unreadable import Unreadable

# The longest novels; every step behind this one takes time for each character.
_LONGEST_ARTICLE = 1_000_000


def must_be_an_article(text: str, where: str) -> None:
    """Raise `Unreadable` where a text has over a million characters."""
    if len(text) > _LONGEST_ARTICLE:
        longest = f"over {_LONGEST_ARTICLE // 1_000_000} million characters are no article"
        raise Unreadable(where, f"{longest}; split it, or save the article alone")
