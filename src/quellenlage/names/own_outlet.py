"""How an outlet speaks of itself: "dieser Zeitung", "unserer Redaktion", from `data/unnamed.yaml`."""

from __future__ import annotations

import re
from functools import cache

from quellenlage.names.kind_words import kind_words
from quellenlage.names.knowledge import load
from quellenlage.names.known_actors import OUTLETS
from quellenlage.names.text import folded_words, stem, to_ascii

_COMMA = re.compile(r"\s*,\s*")


def names_own_outlet(words: str) -> bool:
    """Whether an article means its own outlet by these words."""
    folded = folded_words(words)
    if len(folded) != 2:
        return False
    determiner, noun = folded
    pointing, owning, nouns = _lists()
    is_named = any(stem(noun).endswith(known) for known in nouns)
    if determiner in pointing:
        return is_named
    head = kind_words().head_of(noun)
    return determiner in owning and (is_named or (head is not None and head[0].stands_for in OUTLETS))


@cache
def _lists() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    listed = load("unnamed")["own_outlet"]
    pointing, owning, nouns = (map(to_ascii, _COMMA.split(listed[name])) for name in ("pointing", "owning", "nouns"))
    return frozenset(pointing), frozenset(owning), frozenset(map(stem, nouns))
