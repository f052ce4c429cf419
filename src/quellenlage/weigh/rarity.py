"""How much a word tells of which story an article is: the rarer, the more.

Rarity is counted once, over the project's own corpus (`data/rarity.txt`, made by `python -m training.rarity`), and not
over the ledger, so that an article that comes later changes nothing between two that are there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from math import log, sqrt

from quellenlage.names.text import key, stem

FILE = files("quellenlage.weigh") / "data" / "rarity.txt"
_SHORTEST = 3
_WORD = re.compile(r"[^\W_]+")


def stems_of(text: str) -> list[str]:
    """The stems of a text's words of three letters and more, and its numbers."""
    return [_stem(word) for word in _WORD.findall(text.casefold()) if len(word) >= _SHORTEST]


# A word of a news text is met again some five times, and folding it takes most of the time.
@lru_cache(maxsize=100_000)
def _stem(word: str) -> str:
    return stem(key(word))


def weights_of(text: str) -> Mapping[str, float]:
    """The words of a text with their weights, the sum of whose squares is 1.

    A word's weight is the logarithm of how rare it is (Spärck Jones 1972), however often it stands there.
    """
    articles, counts = _counts()
    weights = {word: log(articles / counts.get(word, 1)) for word in set(stems_of(text))}
    length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {word: weight / length for word, weight in weights.items()}


@cache
def _counts() -> tuple[int, dict[str, int]]:
    first, *lines = FILE.read_text(encoding="utf-8").splitlines()
    return int(first), {word: int(count) for word, count in (line.split(" ") for line in lines)}
