"""The reader of lists and rules that the trained one is measured against."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.baseline import RuleReader
from quellenlage.domain import Article, Link, Reading, SpanType, Stage, Stance, Transfer
from quellenlage.reader import Reader

PIECES = (
    *("Iran", "russische", "Drohnen", "New York Times", "500 Millionen Euro", "im Mai 2023", "liefert", "Lieferung"),
    *("soll", "angeblich", "unter Berufung auf", "Minister", "Leopard 2", "nicht"),
    *('"', "„", "“", ",", ". ", "\n", "\u00ad", "ß"),
)
PHRASES = st.lists(st.sampled_from(PIECES), min_size=1)
TEXTS = st.one_of(st.text(min_size=1), PHRASES.map(" ".join), PHRASES.map("".join)).filter(str.strip)


def read(text: str) -> Reading:
    reader: Reader = RuleReader()
    reading = reader.read(Article("a", "a", text))
    reading.must_lie_in(text)
    return reading


def spans(reading: Reading, type: SpanType) -> list[str]:
    return [span.text for span in reading.spans if span.type is type]


def texts(links: tuple[Link, ...]) -> list[str]:
    return [link.span.text for link in links]


def only(text: str) -> Transfer:
    (transfer,) = read(text).transfers
    return transfer


def test_what_the_lists_know_is_marked() -> None:
    reading = read("Polen bestellte im Mai 2023 in Südkorea mehr als 100 Panzer für rund drei Milliarden Dollar.")
    assert spans(reading, SpanType.ACTOR) == ["Polen", "Südkorea"]
    assert spans(reading, SpanType.TRIGGER) == ["bestellte"]
    assert spans(reading, SpanType.ITEM) == ["Panzer"]
    assert spans(reading, SpanType.QUANTITY) == ["mehr als 100"]
    assert spans(reading, SpanType.AMOUNT) == ["rund drei Milliarden Dollar"]
    assert spans(reading, SpanType.TIME) == ["im Mai 2023"]
    ((item, quantity),) = reading.quantities
    assert (item.text, quantity.span.text) == ("Panzer", "mehr als 100")


def test_an_item_is_marked_with_its_type() -> None:
    assert spans(read("Polen liefert Kampfpanzer vom Typ Leopard 2."), SpanType.ITEM) == [
        "Kampfpanzer vom Typ Leopard 2"
    ]


def test_the_giver_is_the_subject_of_giving() -> None:
    transfer = only("Schweden liefert Haubitzen an die Ukraine.")
    assert (texts(transfer.supplier), texts(transfer.recipient)) == (["Schweden"], ["Ukraine"])
    assert texts(transfer.item) == ["Haubitzen"]


def test_the_taker_is_the_subject_of_taking() -> None:
    transfer = only("Indien kauft Raketen von Frankreich.")
    assert (texts(transfer.supplier), texts(transfer.recipient)) == (["Frankreich"], ["Indien"])


def test_an_adjective_before_the_goods_is_their_supplier() -> None:
    assert texts(only("Die Ukraine erhielt norwegische Raketen.").supplier) == ["norwegische"]


def test_a_transfer_noun_is_marked_and_the_verb_that_governs_it_is_not() -> None:
    transfer = only("Spanien stoppt die Lieferung von Munition an Israel.")
    assert (transfer.trigger.text, transfer.stage) == ("Lieferung", Stage.HALTED)


def test_an_outlet_reports_and_its_source_says() -> None:
    reading = read("Iran liefert Raketen an Russland. Das berichtet Reuters. Moskau dementierte die Lieferung.")
    reports, denies = reading.statements
    assert (texts(reports.reporter), texts(reports.source), reports.stance) == (["Reuters"], [], Stance.ASSERTS)
    assert (texts(denies.source), denies.stance) == (["Moskau"], Stance.DENIES)
    assert texts(reports.about) == ["liefert"]


def test_one_identity_under_two_names_is_the_same() -> None:
    reading = read("Moskau schickt Panzer. Russland schickt auch Munition.")
    assert [{span.text for span in group} for group in reading.same] == [{"Moskau", "Russland"}]


def test_a_hedge_is_marked_where_it_weakens_a_transfer() -> None:
    assert texts(only("Iran liefert angeblich Drohnen an Russland. Das Wetter ist angeblich gut.").hedge) == [
        "angeblich"
    ]


@settings(max_examples=60)
@given(TEXTS)
def test_spans_are_flat_in_any_text(text: str) -> None:
    assert all(one.end <= other.start for one, other in pairwise(read(text).spans))
