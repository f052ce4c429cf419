"""Whatever is recorded comes back as it was."""

import json
import re
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quellenlage.domain import (
    Article,
    Chain,
    Claim,
    Evidence,
    Hop,
    HopKind,
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
from quellenlage.ledger import Ledger
from quellenlage.ledger.codec import reading_from_json, reading_to_json
from quellenlage.ledger.tables import audit, metadata

TEXT = "Nach Angaben aus Ankara prüft das Land, Wien zwölf Hubschrauber für rund 90 Millionen Euro zu überlassen. " * 2
words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
some_words = words.filter(str.strip)
certainty = st.floats(0, 1)
numbers = st.floats(0, 1e15) | st.integers(0, 2**53)


@st.composite
def spans(draw: st.DrawFn, type: SpanType) -> Span:
    start = draw(st.integers(0, len(TEXT) - 1))
    return Span.of(TEXT, start, draw(st.integers(start + 1, len(TEXT))), type, draw(certainty))


def links(type: SpanType) -> st.SearchStrategy[tuple[Link, ...]]:
    return st.lists(st.builds(Link, spans(type), certainty), max_size=2).map(tuple)


transfers = st.builds(
    Transfer,
    trigger=spans(SpanType.TRIGGER),
    stage=st.sampled_from(Stage),
    stage_confidence=certainty,
    negated=st.booleans(),
    supplier=links(SpanType.ACTOR),
    recipient=links(SpanType.ACTOR),
    item=links(SpanType.ITEM),
    amount=links(SpanType.AMOUNT),
    time=links(SpanType.TIME),
    place=links(SpanType.PLACE),
    returns=links(SpanType.RETURN),
    hedge=links(SpanType.HEDGE),
)
statements = st.builds(
    Statement,
    cue=spans(SpanType.CUE),
    stance=st.sampled_from(Stance),
    stance_confidence=certainty,
    source=links(SpanType.ACTOR),
    reporter=links(SpanType.ACTOR),
    about=links(SpanType.TRIGGER),
)
any_span = st.sampled_from(SpanType).flatmap(spans)
groups = st.lists(st.lists(any_span, min_size=1, max_size=3).map(tuple), max_size=2).map(tuple)


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    found = draw(st.lists(transfers, max_size=2))
    said = draw(st.lists(statements, max_size=2))
    counted = draw(st.lists(st.tuples(spans(SpanType.ITEM), st.builds(Link, spans(SpanType.QUANTITY))), max_size=2))
    same, events = draw(groups), draw(groups)
    marked = [t.trigger for t in found] + [s.cue for s in said] + draw(st.lists(any_span, max_size=3))
    marked += [span for group in (*same, *events) for span in group]
    marked += [span for item, quantity in counted for span in (item, quantity.span)]
    return Reading(
        "a1", draw(words), tuple(draw(st.permutations(marked))), tuple(found), tuple(said), tuple(counted), same, events
    )


def intervals(make: type[Quantity] | type[Money]) -> st.SearchStrategy[Quantity | Money]:
    ends = st.tuples(numbers, numbers).map(sorted) | st.tuples(numbers, st.none()) | st.tuples(st.none(), numbers)
    return st.builds(lambda e, w, u, a: make(e[0], e[1], w, u, a), ends, words, st.none() | words, st.booleans())


hops = st.builds(
    Hop,
    actor=words,
    kind=st.sampled_from(HopKind),
    name=words,
    span=st.none() | spans(SpanType.ACTOR),
    cue=st.none() | spans(SpanType.CUE),
    stance=st.sampled_from(Stance),
)
evidence = st.builds(
    Evidence,
    field=words,
    start=st.integers(0, 50),
    end=st.integers(51, 99),
    text=words,
    rule=st.none() | words,
)
names = st.lists(words, max_size=3).map(tuple)
claims = st.builds(
    Claim,
    id=words,
    article_id=st.just("a1"),
    stage=st.sampled_from(Stage),
    supplier=names,
    recipient=names,
    item_classes=names,
    models=names,
    quantity=st.none() | intervals(Quantity),
    quantity_item=st.none() | words,
    amount=st.none() | intervals(Money),
    negated=st.booleans(),
    returns=names,
    chains=st.lists(st.lists(hops, min_size=1, max_size=3).map(tuple).map(Chain), max_size=2).map(tuple),
    hedged=st.booleans(),
    denied_by=names,
    confirmed_by=names,
    no_comment_by=names,
    unverified_by=names,
    time=st.none() | words,
    confidence=certainty,
    evidence=st.lists(evidence, max_size=3).map(tuple),
    kind=words,
)
articles = st.builds(
    Article,
    id=st.just("a1"),
    doc=some_words,
    text=some_words,
    title=st.none() | words,
    outlet=st.none() | words,
    url=st.none() | words,
    published=st.none() | words,
    language=st.none() | words,
    authors=names,
)


@given(readings())
def test_a_reading_survives_json(reading: Reading) -> None:
    assert reading_from_json(json.loads(json.dumps(reading_to_json(reading)))) == reading


def test_a_reading_of_an_unknown_form_is_refused() -> None:
    body = reading_to_json(Reading("a1", "1"))
    with pytest.raises(ValueError, match="form 99"):
        reading_from_json({**body, "form": 99})


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def book(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    if request.param == "sqlite":
        with Ledger.open(tmp_path_factory.mktemp("codec") / "ledger.db") as opened:
            yield opened
    else:
        with request.getfixturevalue("postgres").database() as address, Ledger.open(address) as opened:
            yield opened


def emptied(book: Ledger) -> Ledger:
    with book._writing() as connection:
        connection.exec_driver_sql(
            "INSERT INTO article_text (article_text) VALUES ('delete-all')"
            if connection.dialect.name == "sqlite"
            else "DELETE FROM article_text"
        )
        for table in reversed(metadata.sorted_tables):
            # The database refuses to delete from the audit log, which stays empty here.
            if table is not audit:
                connection.execute(table.delete())
    return book


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(articles, readings(), st.lists(claims, max_size=3, unique_by=lambda claim: claim.id))
def test_what_is_recorded_comes_back_equal(book: Ledger, article: Article, reading: Reading, made: list[Claim]) -> None:
    ledger = emptied(book)
    assert ledger.record(article, reading, made)
    assert list(ledger.articles()) == [article]
    assert ledger.reading("a1") == reading
    in_order = sorted(made, key=lambda claim: claim.evidence[0].start if claim.evidence else 0)
    assert ledger.claims() == in_order


@settings(max_examples=50, deadline=None)
@given(some_words, st.data())
def test_every_word_is_found_again_and_no_other(book: Ledger, written: str, data: st.DataObject) -> None:
    ledger = emptied(book)
    ledger.add_article(Article("a1", "a1", f"Der {written} Bericht"))
    words = re.findall(r"[^\W_]+", written)
    if words:
        wanted = data.draw(st.sampled_from(words))
        assert ledger.search(f'"{wanted}"').count == 1
        assert ledger.search(f'"Der {words[0]}"').count == 1
    assert ledger.search("Haubitze").count == 0
