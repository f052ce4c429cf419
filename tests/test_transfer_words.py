import pytest
from hypothesis import given
from hypothesis import strategies as st

from quellenlage.names.inflection import english_forms, noun_forms, verb_forms
from quellenlage.names.knowledge import load
from quellenlage.names.transfer_words import Perspective, perspective
from quellenlage.names.word_classes import entries


@pytest.mark.parametrize(
    ("expected", "words"),
    [
        ("gives", "liefert, lieferten, geliefert, gelieferte, Lieferungen, Waffenlieferung, auszuliefern"),
        (
            "gives",
            "verkauft, verkaufte, Verkäufe, Weiterverkauf, weiterverkauft, gab, übergab, abgegebenen, herausgibt",
        ),
        ("gives", "Ausfuhrgenehmigung, zur Verfügung stellen, zur Verfügung gestellt, auf den Weg gebracht, sagte zu"),
        ("gives", "überließ, schenkt, sandte, gesendet, angeboten, delivered, shipments, arms sales, sold"),
        ("takes", "kauft, gekauft, gekaufte, kaufte, kauft ein, abgekauft, Munitionskauf, Käufe, Großauftrags"),
        ("takes", "bestellten, nachbestellt, erhielten, erhält, bekam, bezogen, bat, gebeten, in Empfang genommen"),
        ("takes", "in Auftrag gegeben, nimmt, Bedarf, will, bought, ordered, receives, purchases, seeking"),
        ("moves", "eingetroffen, traf, gingen, Nachschub, unterwegs, auf dem Weg, arrived"),
        ("returns", "zurückgeben, zurückgab, Rückgabe, Rückkäufe, zurückgekauft, returned"),
        ("exchanges", "Waffendeal, F-35-Deal, Handel, Geschäfte, Verträge, Ringtausch, verhandelt, Kooperation, talks"),
        (
            "stops",
            "Lieferstopp, Waffenembargos, blockiert, storniert, verweigerte, Exportverbot, zurückgehalten, halted",
        ),
        ("unknown", "sagte, Vorhaben, Zebra, am, "),
    ],
)
def test_a_trigger_has_the_side_of_its_subject(expected: str, words: str) -> None:
    assert {word: perspective(word) for word in words.split(", ")} == dict.fromkeys(words.split(", "), expected)


def test_listed_words_have_the_class_under_which_they_are_listed() -> None:
    listed = load("transfer_words")
    for kind in ("verbs", "nouns", "words", "english"):
        for expected, word in entries(listed, kind):
            assert (word, perspective(word.replace("|", ""))) == (word, Perspective(expected))


def test_a_verb_has_all_its_forms() -> None:
    assert {"gibt", "gab", "gaebe", "gegebenen", "gebend"} <= verb_forms("geben")
    assert {"abgibt", "abzugeben", "abgegeben", "abgaben"} <= verb_forms("ab|geben")
    assert {"erhaelt", "erhielte", "erhalten"} <= verb_forms("erhalten")
    assert {"sendete", "gesandt", "gesendete"} <= verb_forms("senden")
    assert {"exportiert", "exportierte"} <= verb_forms("exportieren")
    assert {"verhandle", "verhandelten"} <= verb_forms("verhandeln")
    assert {"bildeten", "gebildet"} <= verb_forms("bilden")
    assert "gebeten" not in verb_forms("geben")


def test_a_noun_has_its_endings() -> None:
    assert {"vertrag", "vertrags", "vertrages"} <= noun_forms("Vertrag")
    assert {"supplies", "supplied", "supplying"} <= english_forms("supply")
    assert {"ships", "shipped", "shipping"} <= english_forms("ship")


@given(st.text(max_size=40) | st.sampled_from(["Lieferung", "verkauft", "grünes Licht", "übergab", "Waffendeal"]))
def test_space_around_and_a_capital_do_not_matter(words: str) -> None:
    found = perspective(words)
    assert perspective(f"  {words}\n") == found
    if words.isalpha() and words[0].swapcase().swapcase() == words[0]:
        assert perspective(words[0].swapcase() + words[1:]) == found
