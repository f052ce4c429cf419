"""What the lists of `names` know of spans, as features beside what the model sees in their words.

With few articles to learn from, a list that knows that Moscow is Russia is worth a lot: two spans of the same party
are likely to mean the same, and a newspaper is likelier to report than to deliver.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from quellenlage.domain import Span, SpanType
from quellenlage.names import actors, items
from quellenlage.names.actors import ActorKind
from quellenlage.names.cue_words import Manner, manner
from quellenlage.names.knowledge import fold
from quellenlage.names.own import NOTHING, OwnNames
from quellenlage.names.transfer_words import Perspective, perspective

UNLISTED = 0
KINDS: tuple[str, ...] = (
    "",
    *(kind.value for kind in ActorKind),
    items.GENERIC,
    *sorted(items.classes()),
    *(f"trigger {perspective.value}" for perspective in Perspective),
    *(f"cue {manner.value}" for manner in Manner),
)
"""What a span can be known as: a kind of actor, a class of items, the side that a trigger tells of, the manner of a
cue. The order is that of the model's inputs."""

KIND_INDEX = {kind: index for index, kind in enumerate(KINDS)}
LIKENESSES = 4
"""Same words; words of one within the other; same beginning; same party, or a shared item class."""

SHARED_BEGINNING = 5


def kinds_of(spans: Sequence[Span], own: OwnNames = NOTHING) -> NDArray[np.int64]:
    """For each span the number of its kind [n]; `UNLISTED` where no list knows it or its type has no list."""
    found = np.full(len(spans), UNLISTED, dtype=np.int64)
    for n, span in enumerate(spans):
        if span.type is SpanType.ACTOR:
            found[n] = KIND_INDEX[actors.identify(span.text, own).kind.value]
        elif span.type is SpanType.ITEM:
            item = items.identify(span.text, own)
            found[n] = KIND_INDEX[items.GENERIC if item.generic else item.classes[0] if item.classes else ""]
        elif span.type is SpanType.TRIGGER:
            found[n] = KIND_INDEX[f"trigger {perspective(span.text).value}"]
        elif span.type is SpanType.CUE:
            found[n] = KIND_INDEX[f"cue {manner(span.text).value}"]
    return found


def likeness_of(spans: Sequence[Span], own: OwnNames = NOTHING) -> NDArray[np.float32]:
    """How alike spans of one type are in their words and in what the lists know [n, n, `LIKENESSES`]."""
    found = np.zeros((len(spans), len(spans), LIKENESSES), dtype=np.float32)
    compared = (SpanType.ACTOR, SpanType.ITEM, SpanType.TRIGGER, SpanType.QUANTITY)
    for type in compared:
        members = [n for n, span in enumerate(spans) if span.type is type]
        if not members:
            continue
        folded = [fold(spans[n].text) for n in members]
        for likeness, features in enumerate(
            (
                [frozenset({words}) for words in folded],
                [frozenset(word for word in words.split() if len(word) > 2) for words in folded],
                [frozenset({words[:SHARED_BEGINNING]}) for words in folded],
                [known_as(spans[n], own) for n in members],
            )
        ):
            found[np.ix_(members, members, [likeness])] = shared(features)[:, :, None]
    found[np.arange(len(spans)), np.arange(len(spans))] = 0.0
    return found


def shared(features: Sequence[frozenset[str]]) -> NDArray[np.bool_]:
    """Which sets have a member in common [n, n]."""
    names = {name: n for n, name in enumerate(sorted(frozenset().union(*features)))}
    has = np.zeros((len(features), len(names)), dtype=np.float32)
    for row, own in enumerate(features):
        for name in own:
            has[row, names[name]] = 1.0
    result: NDArray[np.bool_] = (has @ has.T) > 0
    return result


def known_as(span: Span, own: OwnNames) -> frozenset[str]:
    """The party of an actor, or the classes of an item; nothing where the lists do not know."""
    if span.type is SpanType.ACTOR:
        party = actors.identify(span.text, own).party
        return frozenset() if party == "unknown" else frozenset({party})
    return frozenset(items.identify(span.text, own).classes) if span.type is SpanType.ITEM else frozenset()
