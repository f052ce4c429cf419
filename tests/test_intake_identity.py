from hypothesis import given
from hypothesis import strategies as st

from quellenlage.intake import article_id

TEXT = "Kiew erhält Haubitzen\nDas teilte das Ministerium mit."


def test_line_ends_and_white_space_do_not_make_another_article():
    variants = [TEXT, TEXT.replace("\n", "\r\n"), TEXT + "\n\n", TEXT.replace(" ", "\u00a0"), "\ufeff" + TEXT]
    assert len({article_id(text, "Neue Kreiszeitung") for text in variants}) == 1


def test_the_outlet_counts_but_not_its_case():
    assert article_id(TEXT, "Neue Kreiszeitung") == article_id(TEXT, " NEUE  Kreiszeitung")
    assert article_id(TEXT, "Neue Kreiszeitung") != article_id(TEXT, "Tagesbote")
    assert article_id(TEXT, None) == article_id(TEXT, "")


def test_the_words_count():
    assert article_id(TEXT, None) != article_id(TEXT.replace("erhält", "erhält keine"), None)


@given(st.text(st.characters()), st.none() | st.text(st.characters()))
def test_every_text_has_sixteen_hexadecimal_digits(text, outlet):
    identity = article_id(text, outlet)
    assert len(identity) == 16
    assert set(identity) <= set("0123456789abcdef")
