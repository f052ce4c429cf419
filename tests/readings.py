"""Random texts with random readings, for property tests."""

from __future__ import annotations

from functools import partial

from hypothesis import strategies as st

from quellenlage.annotate.annotation import groups
from quellenlage.domain import (
    STATEMENT_ROLES,
    TRANSFER_ROLES,
    Link,
    Reading,
    Span,
    SpanType,
    Stage,
    Stance,
    Statement,
    Transfer,
)

WORDS = ("Oslo", "liefert", "zwölf", "Haubitzen", "äußert", "x|y", "…", "„Kurier“", "🚢", "e\u0301", "-", "ab]", "A:1")
BLANKS = (" ", "\n", "\n\n", "  ", "\t", "\u2028", "\u00a0")


@st.composite
def texts(draw: st.DrawFn, blanks: tuple[str, ...] = BLANKS) -> tuple[str, list[tuple[int, int]]]:
    """A text and the places of its words."""
    text, places = "", []
    for word in draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=14)):
        if text:
            text += draw(st.sampled_from(blanks))
        places.append((len(text), len(text) + len(word)))
        text += word
    return text, places


@st.composite
def flat_readings(draw: st.DrawFn) -> tuple[str, Reading]:
    """A text and a reading that the form of the corpus can say word for word, its parts in the order of the text."""
    text, places = draw(texts())
    types = [draw(st.none() | st.sampled_from(SpanType)) for _ in places]
    spans = [Span.of(text, *place, type) for place, type in zip(places, types, strict=True) if type]
    of_type = {type: [span for span in spans if span.type is type] for type in SpanType}

    def some(type: SpanType) -> tuple[Span, ...]:
        found = of_type[type]
        return tuple(sorted(draw(st.sets(st.sampled_from(found), max_size=3)))) if found else ()

    def linked(types: dict[str, SpanType], role: str) -> tuple[Link, ...]:
        return tuple(map(Link, some(types[role])))

    transfers = tuple(
        Transfer(span, draw(st.sampled_from(Stage)), negated=draw(st.booleans())).with_roles(
            partial(linked, TRANSFER_ROLES)
        )
        for span in of_type[SpanType.TRIGGER]
    )
    statements = tuple(
        Statement(span, draw(st.sampled_from(Stance))).with_roles(partial(linked, STATEMENT_ROLES))
        for span in of_type[SpanType.CUE]
    )
    quantities = tuple((item, Link(count)) for item in of_type[SpanType.ITEM] for count in some(SpanType.QUANTITY))
    same = groups([some(draw(st.sampled_from(SpanType))) for _ in range(3)])
    events = groups([some(SpanType.TRIGGER) for _ in range(2)])
    used = {link.span for t in transfers for links in t.roles.values() for link in links}
    used |= {link.span for _, link in quantities} | {span for group in same for span in group}
    linkable = (SpanType.QUANTITY, SpanType.HEDGE, SpanType.RETURN, SpanType.AMOUNT)
    kept = tuple(span for span in spans if span in used or span.type not in linkable)
    return text, Reading("k-1", "m", kept, transfers, statements, quantities, same, events)


@st.composite
def any_readings(draw: st.DrawFn) -> tuple[str, Reading]:
    """A text, which may hold brackets and other line ends, and a reading whose spans may overlap and be in no use."""
    text = draw(st.text(alphabet=st.sampled_from("ab [|]-\n\r:1🚢"), min_size=1, max_size=40).filter(str.strip))
    ends = st.integers(0, len(text) - 1)
    spans = []
    for _ in range(draw(st.integers(0, 8))):
        start, last = sorted((draw(ends), draw(ends)))
        spans.append(Span.of(text, start, last + 1, draw(st.sampled_from(SpanType)), draw(st.sampled_from((0.3, 0.9)))))

    def some(type: SpanType) -> tuple[Link, ...]:
        return tuple(Link(span, 0.5) for span in spans if span.type is type and draw(st.booleans()))

    def linked(types: dict[str, SpanType], role: str) -> tuple[Link, ...]:
        return some(types[role])

    return text, Reading(
        "k-1",
        "m",
        spans=tuple(spans),
        transfers=tuple(
            Transfer(link.span, draw(st.sampled_from(Stage)), 0.7).with_roles(partial(linked, TRANSFER_ROLES))
            for link in some(SpanType.TRIGGER)
        ),
        statements=tuple(
            Statement(link.span, draw(st.sampled_from(Stance))).with_roles(partial(linked, STATEMENT_ROLES))
            for link in some(SpanType.CUE)
        ),
        quantities=tuple((item.span, count) for item in some(SpanType.ITEM) for count in some(SpanType.QUANTITY)),
        same=tuple(tuple(link.span for link in some(draw(st.sampled_from(SpanType)))) for _ in range(2)),
    )
