"""Words for what is given in return for arms → short English labels."""

from __future__ import annotations

import re
from functools import cache

from quellenlage.names import items, knowledge
from quellenlage.names.knowledge import fold

WEAPONS = "weapons"
_NO_ARMS = frozenset(
    {"technology", "engines_parts", "materials_components", "personnel", "vehicles", "other_equipment"}
)


def label(words: str) -> str:
    """The label for `words` (a return span), "weapons" where they name arms, else the words themselves."""
    folded = fold(words)
    for name, pattern in _labels():
        if pattern.search(folded):
            return name
    arms = [item_class for item_class in items.identify(words).classes if item_class not in _NO_ARMS]
    return WEAPONS if arms else words


@cache
def _labels() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, _pattern(stems)) for name, stems in knowledge.load("returns")["labels"])


def _pattern(stems: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(_stem, stems)))


def _stem(stem: str) -> str:
    place, bare = stem[0], re.escape(stem.lstrip("*="))
    if place == "*":
        return bare
    return rf"\b{bare}(?:es|s)?\b" if place == "=" else rf"\b{bare}"
