"""Whether a text names two things in one breath: "an Polen und das benachbarte Litauen"."""

from __future__ import annotations

import re
from functools import cache

from quellenlage.names.knowledge import load

FURTHEST = 40
"""Characters between two names that are still named in one breath."""
_TOKEN = re.compile(r"\w+|[^\w\s]")


def joins(between: str) -> bool:
    """Whether the text between two names does no more than join them."""
    if len(between) > FURTHEST:
        return False
    words, marks, endings = _lists()
    behind_small_word = False
    for token in _TOKEN.findall(between):
        is_small = token.casefold() in words
        is_adjective = behind_small_word and token[0].islower() and token.endswith(endings)
        if not (is_small or is_adjective or token in marks):
            return False
        behind_small_word = is_small
    return True


@cache
def _lists() -> tuple[frozenset[str], frozenset[str], tuple[str, ...]]:
    listed = load("coordination")
    return (
        frozenset(listed["joining"]) | frozenset(listed["beside"]),
        frozenset(listed["marks"]),
        tuple(listed["adjective_endings"]),
    )
