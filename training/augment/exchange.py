"""An article → the same article with some of its names, models, numbers and dates exchanged."""

from __future__ import annotations

from itertools import chain
from random import Random

from training.augment.dates import month_exchanges, weekday_exchanges, year_exchanges
from training.augment.edits import Exchange, edited
from training.augment.numbers import number_exchanges, number_word_exchanges
from training.augment.outlets import outlet_exchanges
from training.augment.scene import Scene
from training.augment.states import state_exchanges
from training.augment.weapons import weapon_exchanges
from training.corpus import Annotated

# In this order: what comes first takes the words that two of them could change.
_KINDS = (
    state_exchanges,
    outlet_exchanges,
    weapon_exchanges,
    number_exchanges,
    number_word_exchanges,
    month_exchanges,
    weekday_exchanges,
    year_exchanges,
)


def exchanged(article: Annotated, chance: Random, share: float = 0.5) -> Annotated:
    """The article with about `share` of what can be exchanged in it exchanged; the same for the same `chance`.

    Types, links, groups, events, stages and stances stay as they are; only texts and offsets change.
    """
    edits = (edit for exchange in exchanges(article, chance, share) for edit in exchange.edits)
    return edited(article, edits)


def exchanges(article: Annotated, chance: Random, share: float = 0.5) -> tuple[Exchange, ...]:
    """What `exchanged` changes: no two exchanges touch the same words, and no two things become one."""
    scene = Scene(article)
    found: list[Exchange] = []
    taken: set[int] = set()
    for exchange in chain.from_iterable(kind(scene, chance, share) for kind in _KINDS):
        touched = {position for edit in exchange.edits for position in range(edit.start, edit.end)}
        if taken.isdisjoint(touched):
            taken |= touched
            found.append(exchange)
    return tuple(found)
