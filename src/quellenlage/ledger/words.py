"""The words of a text as they are searched: by their stems, and compounds by their parts too.

Stems are those of the Snowball algorithm for German (Porter 2001, snowballstem.org); "Granate", "Granaten" and
"Granatenlieferung" are found by any of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

import snowballstemmer

from quellenlage.names import items
from quellenlage.names.knowledge import fold, load

_WORD = re.compile(r"[^\W_]+")
_SHORTEST_PART = 4
_LONGEST_WORD = 100  # letters; German compounds have up to 80, and longer runs of letters are no words
_DIFFERENT_WORDS = 2**17
"""How many words' stems are remembered, those of ten thousand articles: stemming takes longer than all the rest."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: where it stands, its stem, and the stems of its parts where it is a compound."""

    start: int
    end: int
    stem: str
    parts: tuple[str, ...]


def words_of(text: str) -> Iterator[Word]:
    """The words of a text in their order."""
    for match in _WORD.finditer(text):
        stem, parts = _stems(match.group())
        yield Word(match.start(), match.end(), stem, parts)


@lru_cache(_DIFFERENT_WORDS)
def _stems(word: str) -> tuple[str, tuple[str, ...]]:
    folded = fold(word[:_LONGEST_WORD])
    if len(word) > _LONGEST_WORD:
        return folded, ()
    stem = _stemmed(folded)
    return stem, tuple(dict.fromkeys(map(_stemmed, _parts(folded))))


def _stemmed(folded: str) -> str:
    # Not shared between threads: a stemmer keeps the word that it works on.
    found: str = snowballstemmer.stemmer("german").stemWord(folded)
    return found


def _parts(folded: str) -> Iterator[str]:
    """The parts of a compound of which one is a word for goods or for giving them: "Artillerie", "Granaten"."""
    known = _known_parts()
    for at in range(_SHORTEST_PART, len(folded) - _SHORTEST_PART + 1):
        first, rest = folded[:at], folded[at:]
        if rest in known or first in known or first.removesuffix("s") in known:
            yield first.removesuffix("s") if first.removesuffix("s") in known else first
            yield rest


@cache
def _known_parts() -> frozenset[str]:
    goods = (word for word, _ in items.known_words() if _WORD.fullmatch(word))
    return frozenset(word for word in (*goods, *load("search")["parts"]) if len(word) >= _SHORTEST_PART)
