"""How an outlet speaks of itself: "dieser Zeitung", "unserer Redaktion", from `data/unnamed.yaml`."""

from __future__ import annotations

from quellenlage.names.kind_words import kind_words
from quellenlage.names.known_actors import OUTLETS
from quellenlage.names.text import folded_words, stem


def names_own_outlet(words: str) -> bool:
    """Whether an article means its own outlet by these words."""
    folded = folded_words(words)
    if len(folded) != 2:
        return False
    determiner, noun = folded
    known = kind_words()
    is_named = any(stem(noun).endswith(own) for own in known.own_outlets)
    if determiner in known.pointing:
        return is_named
    head = known.head_of(noun)
    return determiner in known.owning and (is_named or (head is not None and head[0].stands_for in OUTLETS))
