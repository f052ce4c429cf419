import codecs
import random
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quellenlage.intake import Unreadable
from quellenlage.intake.encoding import decode

GERMAN = "Rüstungsgüter für die Küstenwache: Münster prüft „fünf“ größere Geräte, heißt es in Straßburg – für 3 Mio. €."


@pytest.mark.parametrize(
    "data",
    [
        GERMAN.encode("utf-8"),
        codecs.BOM_UTF8 + GERMAN.encode("utf-8"),
        GERMAN.encode("utf-16"),
        GERMAN.encode("utf-32"),
        codecs.BOM_UTF16_BE + GERMAN.encode("utf-16-be"),
        GERMAN.encode("utf-16-le"),
        GERMAN.encode("utf-16-be"),
        GERMAN.encode("cp1252"),
    ],
)
def test_one_text_comes_out_of_every_encoding(data):
    assert decode(data, "a.txt") == GERMAN


def test_latin_1_is_read():
    text = "Öl für Köln, Züge für Zürich, Straßen für Gießen"
    assert decode(text.encode("latin-1"), "a.txt") == text


def test_the_declared_charset_of_a_page_is_honoured():
    page = '<html><head><meta charset="windows-1251"></head><body>Танки и снаряды</body></html>'
    assert decode(page.encode("cp1251"), "a.html") == page


def test_a_page_that_declares_latin_1_is_read_as_browsers_do():
    page = '<html><meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1"><body>„Panzer“</body>'
    assert decode(page.encode("cp1252"), "a.html") == page


def test_an_unknown_declared_charset_does_not_hinder():
    page = '<html><meta charset="x-nirgends"><body>Für Köln und Düsseldorf größere Züge</body>'
    assert decode(page.encode("cp1252"), "a.html") == page


def test_one_broken_byte_does_not_spoil_a_utf_8_text():
    data = GERMAN.encode("utf-8") + b"\xc3"
    assert decode(data, "a.txt") == GERMAN + "\ufffd"


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7 endobj",
        b"PK\x03\x04mimetype",
        b"Text mit \x00 mittendrin",
        random.Random(7).randbytes(4000).replace(b"\x00", b"\x01"),
    ],
)
def test_what_is_no_text_is_refused_with_its_name_and_a_next_step(data):
    with pytest.raises(Unreadable, match=r"^bild\.txt: .*save it as plain text"):
        decode(data, "bild.txt")


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data):
    with suppress(Unreadable):
        assert "\x00" not in decode(data, "x")


@given(st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1))
def test_utf_8_comes_out_as_it_went_in(text):
    data = text.encode("utf-8")
    if not data.startswith((b"%PDF", b"PK", b"GIF8", codecs.BOM_UTF8)):
        assert decode(data, "x") == text
