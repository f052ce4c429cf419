import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quellenlage.domain import Impossible
from quellenlage.intake import normalise
from quellenlage.intake.normalise import plain

# Letters, marks, line ends and invisibles in a mix that random Unicode hardly ever hits.
tricky = st.text(
    st.sampled_from("abuo \n\r\t\u0308\u0301\u0323\u00ad\u200b\ufeff\u00a0\u2028„“–é각\u1100\u1161\u09c7\u09be")
)
texts = st.text() | tricky


@pytest.mark.parametrize(
    ("given_text", "folded"),
    [
        ("Mu\u0308nchen", "München"),
        ("erste\r\nzweite\rdritte\u2028vierte", "erste\nzweite\ndritte\nvierte"),
        ("155\u00a0Millimeter,\u202f20\u2009Stück\tje", "155 Millimeter, 20 Stück je"),
        ("Artillerie\u00admunition\u200b \ufeffgeliefert", "Artilleriemunition geliefert"),
        ("u\u00ad\u0308ber", "über"),
        ("„Spiegel“, «Zeit», “Sun” und 'taz'", "„Spiegel“, «Zeit», “Sun” und 'taz'"),
    ],
)
def test_folds_what_only_looks_different(given_text, folded):
    assert normalise(given_text).text == folded


def test_a_found_word_maps_back_to_the_words_as_printed():
    text = "Die Artillerie\u00admunition\u200b fu\u0308r\r\nKiew"
    copy = normalise(text)
    found = {word: copy.text.index(word) for word in ("Artilleriemunition", "für", "Kiew")}
    printed = {word: text[slice(*copy.back(at, at + len(word)))] for word, at in found.items()}
    assert printed == {"Artilleriemunition": "Artillerie\u00admunition", "für": "fu\u0308r", "Kiew": "Kiew"}


def test_a_stretch_outside_the_copy_is_refused():
    with pytest.raises(Impossible, match="outside"):
        normalise("Panzer").back(2, 7)


@given(texts)
def test_normalising_twice_changes_nothing(text):
    once = normalise(text).text
    assert normalise(once).text == once


@given(texts)
def test_origin_has_an_entry_for_every_character_and_the_end_and_never_turns_back(text):
    copy = normalise(text)
    assert len(copy.origin) == len(copy.text) + 1
    assert copy.origin[-1] == len(text)
    assert list(copy.origin) == sorted(copy.origin)


@given(texts, st.data())
def test_mapping_back_stays_in_the_text_and_keeps_the_order(text, data):
    copy = normalise(text)
    start = data.draw(st.integers(0, len(copy.text)))
    end = data.draw(st.integers(start, len(copy.text)))
    first, last = copy.back(start, end)
    assert 0 <= first <= last <= len(text)
    assert (first < last) == (start < end)


@given(texts, st.data())
def test_what_is_mapped_back_holds_what_was_found(text, data):
    copy = normalise(text)
    if not copy.text:
        return
    start = data.draw(st.integers(0, len(copy.text) - 1))
    end = data.draw(st.integers(start + 1, len(copy.text)))
    first, last = copy.back(start, end)
    assert copy.text[start:end] in normalise(text[first:last]).text


@given(st.text(st.sampled_from("abcäöüßÄÖÜ é\n„“–0123456789")))
def test_plain_german_text_is_its_own_copy(text):
    composed = unicodedata.normalize("NFC", text)
    copy = normalise(composed)
    assert copy.text == composed
    assert copy.origin == tuple(range(len(composed) + 1))


@given(texts | st.text(st.characters(max_codepoint=0x30FF)))
def test_the_plain_text_alone_is_the_same(text):
    assert plain(text) == normalise(text).text
