import pytest
from hypothesis import given
from hypothesis import strategies as st

from quellenlage.domain import HopKind, Money, Quantity, SpanType, Stage, Stance
from quellenlage.labels import LANGUAGES, labels
from quellenlage.names.knowledge import load

DE, EN = labels("de"), labels("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_value_has_a_label_of_its_own(language: str) -> None:
    words = labels(language)
    for made in (
        [words.stage(stage) for stage in Stage],
        [words.stance(stance) for stance in Stance],
        [words.span(type) for type in SpanType],
        [words.hop(kind) for kind in HopKind],
        [words.item_class(name) for name in load("item_classes")],
        [words.given(name) for name, _ in load("returns")["labels"]],
    ):
        assert all(made)
        assert len(set(made)) == len(made)


def test_both_languages_say_the_same_things() -> None:
    # Which names have a short form or an article is a matter of each language; the list of returns is English.
    own = {"states", "in_sentences", "given"}
    assert {group: set(words) for group, words in DE.words.items() if group not in own} == {
        group: set(words) for group, words in EN.words.items() if group not in own
    }


def test_a_language_without_labels_is_refused() -> None:
    with pytest.raises(ValueError, match="de, en"):
        labels("fr")


@pytest.mark.parametrize(
    ("identity", "german", "english"),
    [
        ("RS", "Serbien", "Serbia"),
        ("US", "USA", "United States"),
        ("us-intelligence", "Geheimdienst (USA)", "intelligence service (United States)"),
        ("unnamed-persons", "ungenannte Personen", "unnamed persons"),
        ("zz-intelligence", "Zz Intelligence", "Zz Intelligence"),
        ("abendblatt-am-fluss", "Abendblatt am Fluss", "Abendblatt am Fluss"),
        ("new-york-times", "New York Times", "New York Times"),
        ("dpa", "dpa", "dpa"),
        ("erika-von-muster", "Erika von Muster", "Erika von Muster"),
        ("Erika Mustermann", "Erika Mustermann", "Erika Mustermann"),
    ],
)
def test_actors_are_readable(identity: str, german: str, english: str) -> None:
    assert (DE.actor(identity), EN.actor(identity)) == (german, english)


@given(st.text(min_size=1, max_size=20))
def test_any_identity_has_a_name(identity: str) -> None:
    assert DE.actor(identity)


@pytest.mark.parametrize(
    ("quantity", "german"),
    [
        (Quantity(100, None, "über hundert"), "ab 100"),
        (Quantity(None, 500_000, "", "Schuss"), "bis 500.000 Schuss"),
        (Quantity(12, 12, ""), "12"),
        (Quantity(40, 40, "", approximate=True), "etwa 40"),
        (Quantity(2, 2.5, ""), "2 bis 2,5"),
    ],
)
def test_quantities_keep_their_ends(quantity: Quantity, german: str) -> None:
    assert DE.quantity(quantity) == german


def test_money_names_its_currency() -> None:
    assert DE.money(Money(1_500_000, 1_500_000, "", "EUR", True)) == "etwa 1.500.000 EUR"
    assert EN.money(Money(1_500_000, None, "", "EUR")) == "1,500,000 or more EUR"


@pytest.mark.parametrize(
    ("edtf", "german"),
    [
        ("2024-05-02", "2. Mai 2024"),
        ("2024-05-02T06:00:00+02:00", "2. Mai 2024"),
        ("2024-05", "Mai 2024"),
        ("2024", "2024"),
        ("2024-05?", "Mai 2024 (unsicher)"),
        ("2024~", "um 2024"),
        ("2024%", "um 2024 (unsicher)"),
        ("2024-05/..", "ab Mai 2024"),
        ("../2024-05", "bis Mai 2024"),
        ("2023/2024", "2023 bis 2024"),
        ("2024-21", "Frühling 2024"),
        ("2023-22/..", "ab Sommer 2023"),
        ("198X", "1980er-Jahre"),
        ("2024-33", "2024-33"),
        ("2024-02-31", "2024-02-31"),
        ("20XX", "20XX"),
        ("0000", "0000"),
    ],
)
def test_dates_are_readable_and_never_more_exact(edtf: str, german: str) -> None:
    assert DE.date(edtf) == german


def test_what_is_given_in_return_is_said_in_the_readers_language_and_own_words_are_kept() -> None:
    assert (DE.given("prisoners"), EN.given("prisoners")) == ("Gefangene", "prisoners")
    assert DE.given("ein altes Schiff") == "ein altes Schiff"
    assert set(DE.words["given"]) == {"weapons", *(name for name, _ in load("returns")["labels"])}


def test_weights_bear_their_sign() -> None:
    assert (DE.weight(0.75), DE.weight(-0.034), EN.weight(0.75)) == ("+0,75", "-0,03", "+0.75")
