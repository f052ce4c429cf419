"""The item inside a compound that names a transfer: "Waffen" of "Waffenlieferung"."""

from __future__ import annotations

from functools import cache

from quellenlage.names import items
from quellenlage.names.items import Item
from quellenlage.names.knowledge import fold
from quellenlage.names.own import NOTHING, OwnNames

SHORTEST_PART = 4
SHORTEST_TRANSFER = 3


def item_in(trigger: str, own: OwnNames = NOTHING) -> Item:
    """What the first part of a compound names, at the longest part that is known; nothing where there is none.

    Only a part that is a word for items counts, so that "Lieferung" and "Zusage" hold none.
    """
    folded = fold(trigger)
    known = known_words(own)
    for end in range(len(folded) - SHORTEST_TRANSFER, SHORTEST_PART - 1, -1):
        first = folded[:end].rstrip("- ")
        if first in known:
            found = items.identify(first, own)
            return found if found.classes and not found.generic else Item()
    return Item()


@cache
def known_words(own: OwnNames) -> frozenset[str]:
    """Every folded word for an item, the user's own among them."""
    return frozenset(word for word, _ in items.known_words()) | {fold(entry.word) for entry in own.words}
