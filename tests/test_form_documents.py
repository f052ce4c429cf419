import io
import zipfile
from datetime import datetime

import pytest
from docx import Document
from fpdf import FPDF
from hypothesis import given, settings
from hypothesis import strategies as st

from quellenlage.domain import Article
from quellenlage.intake.forms import child
from quellenlage.intake.forms import pdf as pdf_module
from quellenlage.intake.forms.docx import docx_article
from quellenlage.intake.forms.pdf import pdf_article
from quellenlage.intake.original import Hints, Original
from quellenlage.intake.unreadable import Unreadable

TITLE = "Haubitzen für Kiew"
WORDS = "Dänemark gibt nach Angaben aus Regierungskreisen zwölf Haubitzen ab. " * 4


def _pdf(*pages: str, title: str = "", author: str = "", day: datetime | None = None, key: str = "") -> bytes:
    pdf = FPDF()
    pdf.set_title(title)
    pdf.set_author(author)
    pdf.set_creation_date(day or datetime(2020, 1, 1))
    if key:
        pdf.set_encryption(owner_password="eigen", user_password=key)
    pdf.set_font("helvetica", size=11)
    for page in pages:
        pdf.add_page()
        for paragraph in page.split("\n"):
            pdf.multi_cell(0, 6, paragraph, new_x="LMARGIN", new_y="NEXT")
    return bytes(pdf.output())


def _docx(*paragraphs: str, title: str = "", author: str = "", day: datetime | None = None) -> bytes:
    document, out = Document(), io.BytesIO()
    document.core_properties.title = title
    document.core_properties.author = author
    document.core_properties.created = day or datetime(2020, 1, 1)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(out)
    return out.getvalue()


def _with(data: bytes, name: str, content: bytes) -> bytes:
    """The ZIP file with one part replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            if info.filename != name:
                new.writestr(info, old.read(info))
        new.writestr(name, content)
    return out.getvalue()


def _original(data: bytes, hints: Hints = Hints()) -> Original:  # noqa: B008
    return Original(data, "a.file", "a", hints=hints)


def _both(*paragraphs: str, hints: Hints = Hints(), **properties: object) -> tuple[Article, Article]:  # noqa: B008
    pdf, docx = _pdf("\n".join(paragraphs), **properties), _docx(*paragraphs, **properties)
    return pdf_article(_original(pdf, hints)), docx_article(_original(docx, hints))


def test_the_paragraphs_of_a_document_are_the_text_of_its_article():
    for article in _both(TITLE, WORDS, WORDS):
        assert article.text == "\n".join([TITLE, WORDS.strip(), WORDS.strip()])
        assert (article.doc, article.title, article.published) == ("a", TITLE, None)


def test_properties_that_the_text_shows_are_believed():
    day = datetime(2024, 3, 9, 8, 15)
    for article in _both("9. März 2024", "Von Ada Amsel", TITLE, WORDS, title=TITLE, author="Ada Amsel", day=day):
        assert (article.title, article.published, article.authors) == (TITLE, "2024-03-09", ("Ada Amsel",))
        assert article.text.startswith(TITLE)


@pytest.mark.parametrize("words", ["19. März 2024", "9. März 20245", "19.3.2024"])
def test_properties_that_the_text_does_not_show_are_not_believed(words):
    junk = {"title": "Microsoft Word - Dokument3", "author": "user17", "day": datetime(2024, 3, 9)}
    for article in _both(TITLE, words, WORDS, **junk):
        assert (article.title, article.published, article.authors) == (TITLE, None, ())


def test_hints_hold_where_the_document_says_nothing():
    hints = Hints("Aus dem Brief", "2024-03-10", "Bote", "de", ("Bo Blau",))
    for article in _both(WORDS, WORDS, hints=hints):
        assert (article.title, article.published, article.outlet) == ("Aus dem Brief", "2024-03-10", "Bote")
        assert (article.language, article.authors) == ("de", ("Bo Blau",))


def test_a_pdf_without_text_holds_pictures_only():
    with pytest.raises(Unreadable, match=r"pictures only.*OCR"):
        pdf_article(_original(_pdf("", "")))


def test_an_encrypted_pdf_says_so():
    with pytest.raises(Unreadable, match="encrypted"):
        pdf_article(_original(_pdf(WORDS, key="geheim")))


@pytest.mark.parametrize("data", [b"", b"hello", b"PK\x03\x04"])
def test_what_is_no_pdf_is_refused(data):
    with pytest.raises(Unreadable, match=r"^a\.file: this is no PDF"):
        pdf_article(_original(data))


def test_a_broken_pdf_says_so():
    with pytest.raises(Unreadable, match="cannot be read"):
        pdf_article(_original(b"%PDF-1.7\nrubbish"))


def test_a_pdf_that_takes_too_long_is_left(monkeypatch):
    monkeypatch.setattr(pdf_module, "_SECONDS", 0.01)
    with pytest.raises(Unreadable, match="took over"):
        pdf_article(_original(_pdf(WORDS)))


PDF = _pdf(f"{TITLE}\n{WORDS}", WORDS, title=TITLE)


@settings(max_examples=100)
@given(st.integers(0, len(PDF)), st.binary(max_size=12), st.integers(0, 12))
def test_a_damaged_pdf_is_read_or_says_what_is_wrong(at, instead, length):
    found = child.pdf(PDF[:at] + instead + PDF[at + length :])
    assert found.get("problem") or all(isinstance(page, str) for page in found["pages"])


@settings(max_examples=50)
@given(st.integers(0, len(PDF)))
def test_a_cut_pdf_is_read_or_says_what_is_wrong(end):
    found = child.pdf(PDF[:end])
    assert found.get("problem") or all(isinstance(page, str) for page in found["pages"])


def test_tables_lists_and_line_ends_of_a_word_document_are_read_and_text_boxes_once():
    document, out = Document(), io.BytesIO()
    document.add_heading(TITLE, 0)
    document.add_paragraph("Zwölf\tHaubitzen\nund Munition", style="List Bullet")
    document.add_table(1, 2).cell(0, 0).text = "Zelle"
    document.save(out)
    assert docx_article(_original(out.getvalue())).text == f"{TITLE}\nZwölf Haubitzen und Munition\nZelle"


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def _word(body: str, before: str = "") -> bytes:
    return _with(
        _docx("x"), "word/document.xml", f"{before}<w:document {W}><w:body>{body}</w:body></w:document>".encode()
    )


def test_deleted_and_moved_text_and_second_copies_are_left_out():
    box = "<w:txbxContent><w:p><w:r><w:t>Kasten</w:t></w:r></w:p></w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>Es </w:t></w:r><w:del><w:r><w:delText>ging</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>geht</w:t></w:r></w:ins>"
        f"<w:moveFrom><w:r><w:t>weg</w:t></w:r></w:moveFrom><mc:AlternateContent><mc:Choice>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:p>"
    )
    assert docx_article(_original(_word(body))).text == "Kasten\nEs geht"


def test_entities_are_refused():
    before = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    with pytest.raises(Unreadable, match="DTD"):
        docx_article(_original(_word("<w:p><w:r><w:t>&b;</w:t></w:r></w:p>", before)))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old Word document"),
        (b"{\\rtf1 x}", "RTF"),
        (b"", "no Word document"),
        (b"hello", "no Word document"),
        (_with(_docx("x"), "word/document.xml", b"<w:document"), "damaged"),
        (_with(_docx("x"), "word/document.xml", b"<x>" * 100_000), "damaged"),
        (_with(_docx("x"), "word/document.xml", bytes(30_000_000)), "MB"),
    ],
)
def test_what_is_no_word_document_is_refused(data, says):
    with pytest.raises(Unreadable, match=says):
        docx_article(_original(data))


@pytest.mark.parametrize(
    ("name", "says"), [("mimetype", "ODT"), ("xl/workbook.xml", "XLSX"), ("x", "no Word document")]
)
def test_other_office_files_are_called_by_their_name(name, says):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, "x")
    with pytest.raises(Unreadable, match=says):
        docx_article(_original(out.getvalue()))


DOCX = _docx(TITLE, WORDS, title=TITLE)


@settings(max_examples=200)
@given(st.integers(0, len(DOCX)), st.binary(max_size=12), st.integers(0, 12), st.booleans())
def test_a_damaged_word_document_is_read_or_says_what_is_wrong(at, instead, length, is_cut):
    data = DOCX[:at] + instead + (b"" if is_cut else DOCX[at + length :])
    try:
        article = docx_article(_original(data))
    except Unreadable:
        return
    assert article.text
