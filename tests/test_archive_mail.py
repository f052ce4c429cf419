import io
from contextlib import suppress
from email.message import EmailMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quellenlage.intake.archives import mail
from quellenlage.intake.original import Hints, Original, Skipped
from quellenlage.intake.unreadable import Unreadable

HTML = "<html><body><p>Dänemark gibt zwölf Haubitzen ab.</p></body></html>"
PDF, DOCX = b"%PDF-1.7 not really", b"PK\x03\x04 not really"


def _letter(html: str | None = HTML, text: str | None = "Dänemark gibt zwölf Haubitzen ab.") -> EmailMessage:
    letter = EmailMessage()
    letter["Subject"] = "Haubitzen für Kiew"
    letter["From"] = '"Tagesbote, Die Übersicht" <brief@tagesbote.example>'
    letter["Date"] = "Sat, 09 Mar 2024 14:30:00 +0100 (Mitteleuropäische Zeit)"
    letter["Message-ID"] = "<17@tagesbote.example>"
    letter.set_content(text or "", charset="utf-8")
    if html is not None:
        letter.add_alternative(html, subtype="html", charset="iso-8859-1")
    letter["Content-Language"] = "de-DE"
    return letter


def _read(data: bytes | EmailMessage) -> list[Original | Skipped]:
    return list(mail.originals(io.BytesIO(data if isinstance(data, bytes) else data.as_bytes()), "a.eml"))


def test_the_html_of_a_newsletter_comes_with_what_its_header_says():
    [original] = _read(_letter())
    assert original.data.decode("latin-1").strip() == HTML
    assert (original.media_type, original.charset) == ("text/html", "iso-8859-1")
    assert original.name == "17@tagesbote.example"
    assert original.hints == Hints(
        title="Haubitzen für Kiew",
        published="2024-03-09T14:30:00+01:00",
        outlet="Tagesbote, Die Übersicht",
        language="de",
    )


@pytest.mark.parametrize("html", [None, "", "  \n"])
def test_without_html_the_text_is_taken(html):
    [original] = _read(_letter(html))
    assert (original.media_type, original.data.decode().strip()) == ("text/plain", "Dänemark gibt zwölf Haubitzen ab.")


def test_without_a_name_the_sender_is_known_by_its_domain():
    [original] = _read(b"From: brief@tagesbote.example\r\n\r\nEin Satz.")
    assert original.hints == Hints(outlet="tagesbote.example")
    assert original.name == "a.eml"


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_letters_that_were_written_into_the_header_as_they_are_are_read(encoding):
    [original] = _read("Subject: Haubitzen für Kiew\nFrom: Küstenblatt <a@b.example>\n\nEin Satz.".encode(encoding))
    assert (original.hints.title, original.hints.outlet) == ("Haubitzen für Kiew", "Küstenblatt")
    assert original.name == "Haubitzen für Kiew"


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("=?utf-8?q?f=C3=BCr?= =?utf-8?q?_Kiew?=", "für Kiew"),
        ("=?iso-8859-1?B?Zvxy?= Kiew", "für Kiew"),
        ("=?unheard-of?q?Kiew?=", "=?unheard-of?q?Kiew?="),
        ("lang\n  umbrochen", "lang umbrochen"),
    ],
)
def test_subjects_as_programs_write_them(subject, title):
    [original] = _read(f"Subject: {subject}\nFrom: a@b.example\n\nEin Satz.".encode())
    assert original.hints.title == title


def test_a_date_that_is_none_is_left_open():
    [original] = _read(b"From: a@b.example\nDate: neulich\n\nEin Satz.")
    assert original.hints.published is None


def test_lines_that_flow_are_put_together():
    head = b"From: a@b.example\nContent-Type: text/plain; format=flowed; charset=utf-8\n\n"
    [original] = _read(head + b"Ein langer \nSatz.\n From hier an\nneu.\n-- \nBote\n")
    assert original.data == b"Ein langer Satz.\nFrom hier an\nneu.\n-- \nBote\n"


def test_files_that_are_attached_are_originals_of_their_own():
    letter = _letter()
    letter.add_attachment(PDF, maintype="application", subtype="pdf", filename="../../ausgabe.pdf")
    letter.add_attachment(DOCX, maintype="application", subtype="octet-stream", filename="Bericht für Kiew.docx")
    letter.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="bild.png")
    letter.add_attachment("<p>Anhang</p>", subtype="html", filename="anhang.html")
    newsletter, pdf, docx = _read(letter)
    assert newsletter.media_type == "text/html"
    assert (pdf.data, pdf.media_type, pdf.name) == (PDF, "application/pdf", "ausgabe.pdf")
    assert (docx.data, docx.name) == (DOCX, "Bericht für Kiew.docx")
    assert docx.media_type.endswith("wordprocessingml.document")
    assert pdf.hints == Hints(published="2024-03-09T14:30:00+01:00", outlet="Tagesbote, Die Übersicht")


def test_a_mail_in_a_mail_is_read_and_one_more_within_is_not():
    inner, middle, outer = _letter(), _letter(), _letter()
    del inner["Message-ID"], middle["Message-ID"]
    inner["Message-ID"], middle["Message-ID"] = "<inner@x>", "<middle@x>"
    middle.add_attachment(inner)
    outer.add_attachment(middle)
    first, second, third = _read(outer)
    assert (first.name, second.name) == ("17@tagesbote.example", "middle@x")
    assert isinstance(third, Skipped)
    assert "a file of its own" in third.why


def test_a_mail_without_text_says_so():
    letter = MIMEMultipart()
    letter["From"] = "a@b.example"
    [skipped] = _read(letter.as_bytes())
    assert "no text" in skipped.why


@pytest.mark.parametrize("data", [b"", b"hello", b"\x00\x01", b"<html>", b"X: y\n\nz"])
def test_what_is_no_mail_is_refused(data):
    with pytest.raises(Unreadable, match=r"^a\.eml: this is no mail"):
        _read(data)


def test_parts_without_end_are_refused():
    letter = MIMEText("Ende")
    for number in range(50):
        outer = MIMEMultipart(boundary=f"b{number}")
        outer.attach(letter)
        letter = outer
    letter["From"] = "a@b.example"
    for data in (
        letter.as_bytes().replace(b"Ende", b"\n" * 100_000),
        b"From: a\n" + b"\n--b" * 10_000,
        b"X: y\n" * 9_000,
    ):
        with pytest.raises(Unreadable, match="parts"):
            _read(data)


def test_the_mails_of_a_mailbox_come_one_after_the_other():
    one = _letter(None, "Eins.\n\nFrom hier an geht es weiter: 10:30 Uhr.").as_bytes()
    two = _letter(None, "Zwei.").as_bytes()
    lines = [b">" + line if line.startswith(b"From ") else line for line in one.splitlines(keepends=True)]
    parting = b"From MAILER-DAEMON Sat Mar  9 14:30:00 2024\n"
    found = _read(parting + b"".join(lines) + b"\n" + parting + b"rubbish\n\n" + parting + two)
    first, second, third = found
    assert first.data.decode().strip() == "Eins.\n\nFrom hier an geht es weiter: 10:30 Uhr."
    assert (first.where, second.where, third.where) == ("a.eml, mail 1", "a.eml, mail 2", "a.eml, mail 3")
    assert isinstance(second, Skipped)
    assert third.data.decode().strip() == "Zwei."


ATTACHED = _letter()
ATTACHED.add_attachment(PDF, maintype="application", subtype="pdf", filename="ausgabe.pdf")
ATTACHED.add_attachment(_letter())
RAW = b"From x Sat Mar  9 14:30:00 2024\n" + ATTACHED.as_bytes()


@settings(max_examples=300)
@given(st.data())
def test_a_damaged_mail_gives_originals_or_says_what_is_wrong(data):
    raw = bytearray(data.draw(st.sampled_from([RAW, RAW.partition(b"\n")[2]])))
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(raw)))
        raw[at : at + data.draw(st.integers(0, 60))] = data.draw(st.binary(max_size=30))
    with suppress(Unreadable):
        for item in _read(bytes(raw)):
            assert isinstance(item, Skipped) or (item.name and item.media_type)


@given(
    st.dictionaries(st.sampled_from(["From", "Date", "Subject", "Message-ID", "Content-Type"]), st.text(max_size=60))
)
def test_whatever_stands_in_a_header_is_read_or_left_open(headers):
    head = "".join(f"{key}: {value}\n" for key, value in headers.items())
    with suppress(Unreadable):
        assert _read(f"{head}\nEin Satz.".encode("utf-8", "replace"))
