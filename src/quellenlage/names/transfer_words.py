"""Which side of a transfer does what a trigger says: the supplier who delivers, the recipient who buys.

The words are in `data/transfer_words.yaml`.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache

from quellenlage.names.word_classes import WordClasses


class Perspective(StrEnum):
    """Who is the subject of a trigger, or the first party of a noun.

    `gives`: the supplier ("liefern", "Export"); `takes`: the recipient ("kaufen", "Auftrag"); `moves`: the goods
    ("eintreffen", "Nachschub"); `returns`: whoever gives or takes back; `exchanges`: both sides ("Waffendeal",
    "verhandeln"); `stops`: whoever stands in the way ("Embargo", "verweigern").
    """

    GIVES = "gives"
    TAKES = "takes"
    MOVES = "moves"
    RETURNS = "returns"
    EXCHANGES = "exchanges"
    STOPS = "stops"
    UNKNOWN = "unknown"


def perspective(words: str) -> Perspective:
    """The side from which `words` (a trigger span) tell of a transfer; the last part of a compound decides.

    Of a verb in two parts only the finite part may be marked; where that may be many a verb ("sagte"), it is unknown.
    """
    return Perspective(_classes().find(words) or Perspective.UNKNOWN)


@cache
def _classes() -> WordClasses:
    return WordClasses.load("transfer_words")
