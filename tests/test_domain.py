"""The words of the project refuse what cannot be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quellenlage.domain import (
    Article,
    Chain,
    Claim,
    Evidence,
    Hop,
    HopKind,
    Impossible,
    Link,
    Money,
    Quantity,
    Reading,
    Span,
    SpanType,
    Stage,
    Stance,
    Statement,
    Transfer,
)

TEXT = "Ruanda kauft Boote."
RUANDA = Span.of(TEXT, 0, 6, SpanType.ACTOR)
KAUFT = Span.of(TEXT, 7, 12, SpanType.TRIGGER)


@given(st.text(min_size=1), st.integers(-3, 60), st.integers(-3, 60))
def test_a_span_lies_in_its_text_or_is_refused(text: str, start: int, end: int) -> None:
    if 0 <= start < end <= len(text):
        assert Span.of(text, start, end, SpanType.ITEM).text == text[start:end]
    else:
        with pytest.raises(Impossible):
            Span.of(text, start, end, SpanType.ITEM)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Span(4, 4, SpanType.ITEM, ""),
        lambda: Span(4, 2, SpanType.ITEM, "ab"),
        lambda: Span(0, 3, SpanType.ITEM, "ab"),
        lambda: Span(0, 2, SpanType.ITEM, "ab", confidence=1.2),
        lambda: Article("", "x", "Text"),
        lambda: Article("a", "x", "  \n"),
        lambda: Transfer(RUANDA, Stage.AGREED),
        lambda: Transfer(KAUFT, Stage.AGREED, item=(Link(RUANDA),)),
        lambda: Statement(KAUFT, Stance.ASSERTS),
        lambda: Reading("a", "r", (RUANDA,), transfers=(Transfer(KAUFT, Stage.AGREED),)),
        lambda: Quantity(5, 3, "fünf bis drei"),
        lambda: Quantity(None, None, "viele"),
        lambda: Money(-1, None, "minus ein Euro"),
        lambda: Evidence("stage", 3, 3, ""),
        lambda: Chain(()),
        lambda: Claim("c", "a", Stage.AGREED, confidence=-0.1),
    ],
)
def test_what_contradicts_itself_is_refused(make: object) -> None:
    assert callable(make)
    with pytest.raises(Impossible):
        make()


def test_a_reading_must_lie_in_the_text_it_was_read_from() -> None:
    reading = Reading("a", "r", (RUANDA,))
    reading.must_lie_in(TEXT)
    with pytest.raises(Impossible, match="Ruanda"):
        reading.must_lie_in("Uganda kauft Boote.")


def test_sources_name_every_hop_but_the_outlet_origins_first() -> None:
    own, paper, officials = (
        Hop("morgenpost", HopKind.OUTLET, "Morgenpost"),
        Hop("reuters", HopKind.OUTLET, "Reuters"),
        Hop("rw-officials", HopKind.SOURCE, "Beamte"),
    )
    claim = Claim("c", "a", Stage.AGREED, chains=(Chain((own, paper, officials)), Chain((own, paper))))
    assert claim.sources == ("rw-officials", "reuters")
    assert claim.origins == ("rw-officials", "reuters")
