import pytest
from hypothesis import given
from hypothesis import strategies as st

from quellenlage.intake.forms.lines import paragraphs

FULL = "Dänemark gibt nach Angaben aus Kopenhagen zwölf Haubitzen"


def test_full_lines_go_on_and_a_short_one_ends_its_paragraph():
    page = f"Haubitzen für Kiew\n{FULL}\n{FULL}\nab.\n{FULL}\nnicht ab."
    assert paragraphs([page]) == f"Haubitzen für Kiew\n{FULL} {FULL} ab.\n{FULL} nicht ab."


def test_an_empty_line_ends_a_paragraph():
    assert paragraphs([f"{FULL}\n \n{FULL}"]) == f"{FULL}\n{FULL}"


@pytest.mark.parametrize(
    ("end", "beginning", "joined"),
    [
        ("eine Panzerhau-", "bitze mehr", "eine Panzerhaubitze mehr"),
        ("eine Panzerhau\u00ad", "bitze mehr", "eine Panzerhaubitze mehr"),
        ("eine Panzerhau\u2010", "bitze mehr", "eine Panzerhaubitze mehr"),
        ("die Rüstungs-", "und die Energiefirmen", "die Rüstungs- und die Energiefirmen"),
        ("die CDU-", "Fraktion sagt", "die CDU-Fraktion sagt"),
        ("von 20-", "jährigen Rekruten", "von 20-jährigen Rekruten"),
        ("und dann –", "so heißt es", "und dann – so heißt es"),
    ],
)
def test_a_word_that_is_cut_is_put_together_where_it_goes_on_small(end, beginning, joined):
    filling = FULL[: len(FULL) - len(end) - 1].strip()
    assert paragraphs([f"{FULL}\n{filling} {end}\n{beginning}"]) == f"{FULL} {filling} {joined}"


def test_heads_and_numbers_that_repeat_are_dropped():
    texts = [f"{FULL} {word}\nab, {word}.\n{FULL} {word}\nnicht ab, {word}." for word in ("eins", "zwei", "drei")]
    pages = [f"Tagesbote, 9. März\n{text}\nSeite {number} von 3" for number, text in enumerate(texts, 1)]
    assert paragraphs(pages) == paragraphs(texts)
    assert "Tagesbote" not in paragraphs(pages)


def test_what_stands_on_one_page_only_or_in_the_middle_stays():
    words = ("eins", "zwei", "drei")
    pages = [f"Zeile {word}\nKopf {word}\nDas bleibt stehen.\nEnde {word}\nFuß {word}" for word in words]
    assert paragraphs(pages).count("Das bleibt stehen.") == 3
    assert "Tagesbote 5" in paragraphs(["Tagesbote 5\nEin Satz."])


def test_a_sentence_goes_on_over_the_page():
    assert paragraphs([f"{FULL}\nund sagt", "nichts dazu."]) == f"{FULL} und sagt nichts dazu."
    assert paragraphs([f"{FULL}\nund sagt nichts.", "Sonst nichts."]) == f"{FULL} und sagt nichts.\nSonst nichts."


def test_ligatures_of_type_become_letters():
    assert paragraphs(["ein Kampﬀlugzeug und ein Seeﬂieger"]) == "ein Kampfflugzeug und ein Seeflieger"


@given(st.lists(st.text(st.sampled_from("aB-ü. 1\n\u00ad")), max_size=5))
def test_no_letter_is_lost_but_in_lines_that_repeat(pages):
    letters = [letter for letter in "".join(pages) if letter.isalpha()]
    kept = [letter for letter in paragraphs(pages) if letter.isalpha()]
    assert kept == letters if len(pages) < 2 else len(kept) <= len(letters)
