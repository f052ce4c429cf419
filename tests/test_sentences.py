"""Where sentences begin, and that every place of a text stands in one."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quellenlage.names.sentences import sentence_around, sentence_numbers, sentence_starts


def sentences(text: str) -> list[str]:
    starts = [*sentence_starts(text), len(text)]
    return [text[a:b].strip() for a, b in itertools.pairwise(starts)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Oslo liefert. Riga dankt!", ["Oslo liefert.", "Riga dankt!"]),
        ("Ein Titel\nDer Text folgt.", ["Ein Titel", "Der Text folgt."]),
        ("Am 3. August kam das Schiff. Es war leer.", ["Am 3. August kam das Schiff.", "Es war leer."]),
        ("Es begann 2022. Danach war Ruhe.", ["Es begann 2022.", "Danach war Ruhe."]),
        ("Für 4 Mio. Euro, so Dr. Weber, gab es u. a. Minen.", ["Für 4 Mio. Euro, so Dr. Weber, gab es u. a. Minen."]),
        ('"Wir liefern." Mehr sagte er nicht.', ['"Wir liefern."', "Mehr sagte er nicht."]),
        ("Liefert er? „Ja.“ So war es …  Dann nichts.", ["Liefert er?", "„Ja.“", "So war es …", "Dann nichts."]),
        ("Das kostet 3.500 Euro. so steht es da.", ["Das kostet 3.500 Euro. so steht es da."]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, wanted: list[str]) -> None:
    assert sentences(text) == wanted


@given(st.text(alphabet="aB3. \n!?…“)", max_size=60))
def test_every_place_stands_in_its_sentence(text: str) -> None:
    numbers = sentence_numbers(text, range(len(text)))
    assert list(numbers) == sorted(numbers)
    for place in range(len(text)):
        start, end = sentence_around(text, place, place + 1)
        assert start <= place < end
        assert numbers[start] == numbers[place] == numbers[end - 1]
