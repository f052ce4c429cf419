"""What the model marks and links: span types, tags, relations, stages, stances.

The order of every tuple is the order of the model's outputs: training and reading share this file, so that neither
can drift from the other.
"""

from __future__ import annotations

from dataclasses import dataclass

from quellenlage.domain import SpanType, Stage, Stance

SPAN_TYPES: tuple[SpanType, ...] = tuple(SpanType)
STAGES: tuple[Stage, ...] = tuple(Stage)
STANCES: tuple[Stance, ...] = tuple(Stance)

OUTSIDE = 0


def begin(type: SpanType) -> int:
    """The tag of the first piece of a span of this type."""
    return 1 + 2 * SPAN_TYPES.index(type)


def inside(type: SpanType) -> int:
    """The tag of every further piece of a span of this type."""
    return 2 + 2 * SPAN_TYPES.index(type)


TAG_COUNT = 1 + 2 * len(SPAN_TYPES)


@dataclass(frozen=True, slots=True)
class Relation:
    """A kind of link from a span of one type to a span of another; `None` stands for any one type on both sides."""

    name: str
    head: SpanType | None
    tail: SpanType | None


RELATIONS: tuple[Relation, ...] = (
    Relation("supplier", SpanType.TRIGGER, SpanType.ACTOR),
    Relation("recipient", SpanType.TRIGGER, SpanType.ACTOR),
    Relation("item", SpanType.TRIGGER, SpanType.ITEM),
    Relation("amount", SpanType.TRIGGER, SpanType.AMOUNT),
    Relation("time", SpanType.TRIGGER, SpanType.TIME),
    Relation("place", SpanType.TRIGGER, SpanType.PLACE),
    Relation("return", SpanType.TRIGGER, SpanType.RETURN),
    Relation("hedge", SpanType.TRIGGER, SpanType.HEDGE),
    Relation("quantity", SpanType.ITEM, SpanType.QUANTITY),
    Relation("source", SpanType.CUE, SpanType.ACTOR),
    Relation("reporter", SpanType.CUE, SpanType.ACTOR),
    Relation("about", SpanType.CUE, SpanType.TRIGGER),
    Relation("same", None, None),
    Relation("event", SpanType.TRIGGER, SpanType.TRIGGER),
)
RELATION_INDEX: dict[str, int] = {relation.name: index for index, relation in enumerate(RELATIONS)}


def may_link(relation: Relation, head: SpanType, tail: SpanType) -> bool:
    """Whether a link of this kind can run from a span of type `head` to one of type `tail`."""
    if relation.head is None:
        return head is tail and head is not SpanType.TRIGGER and head is not SpanType.CUE
    return head is relation.head and tail is relation.tail
