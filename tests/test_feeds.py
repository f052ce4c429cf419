"""Feeds of every kind and in every state → entries, or a clear word."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quellenlage.intake.unreadable import Unreadable
from quellenlage.intake.web.dates import moment, when
from quellenlage.intake.web.entry import Entry
from quellenlage.intake.web.feeds import feed_of, is_feed

AT = "https://kurier.example/feed"
RSS = """<?xml version="1.0" encoding="UTF-8"?>
<!-- gemacht von Hand -->
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Kurier &amp; Bote</title><language>de-DE</language>
<item><title>Haubitzen für &lt;em&gt;Schweden&lt;/em&gt;</title><link>/politik/1?utm_source=rss#oben</link>
<guid isPermaLink="false">a-1</guid><pubDate>Di, 10 Mär 2026 14:30:00 MEZ</pubDate><dc:creator>A. Autorin</dc:creator>
<description>Kurz gesagt.</description>
<content:encoded><![CDATA[<p onclick="x()">Lang &ouml;ffentlich.</p><script>y()</script>]]></content:encoded></item>
<item><title>Nur ein Titel</title><guid>https://kurier.example/politik/2</guid></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Bote</title>
<entry><id>urn:1</id><title type="html">Panzer &amp;amp; mehr</title>
<link rel="alternate" href="https://bote.example/1"/><link rel="enclosure" href="https://bote.example/1.mp3"/>
<published>2026-03-10T14:30:00+01:00</published><updated>2026-03-10T15:00:00+01:00</updated>
<author><name>B. Autor</name></author><summary>Kurz.</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Lang.</p></div></content></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>Blatt</title></channel>
<item rdf:about="https://blatt.example/1"><title>Eins</title><link>https://blatt.example/1</link>
<dc:date>2026-03-10T14:30+01:00</dc:date></item></rdf:RDF>"""
JSON = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Anzeiger",
    "language": "de",
    "items": [
        {
            "id": 1,
            "url": "/1",
            "title": "Eins\0",
            "content_text": "Erster Absatz <b>\n\nZweiter.",
            "date_published": "2026-03-10T14:30:00+01:00",
            "authors": [{"name": "C. Autor"}, {}],
        },
        {"id": "2", "content_html": "<p>Ohne Seite.</p>"},
        "kein Eintrag",
    ],
}

BEGINNINGS = [b"", b"<rss>", b"<feed>", b"{", b"<?xml version='1.0' encoding='utf-16'?>"]


def entries(feed: str) -> tuple[Entry, ...]:
    return feed_of(feed.encode(), AT).entries


def test_rss() -> None:
    first, second = entries(RSS)
    assert first.title == "Haubitzen für Schweden"
    assert first.address == "https://kurier.example/politik/1?utm_source=rss#oben"
    assert (first.published, first.language) == ("2026-03-10T14:30:00+01:00", "de")
    assert first.authors == ("A. Autorin",)
    assert first.summary == "Kurz gesagt."
    assert first.text is not None
    assert "<p onclick" in first.text, "the text is as it came, for whoever reads it to clean"
    assert (second.address, second.published, second.text) == ("https://kurier.example/politik/2", None, None)


def test_atom() -> None:
    (entry,) = entries(ATOM)
    assert (entry.id, entry.title, entry.address) == ("urn:1", "Panzer & mehr", "https://bote.example/1")
    assert (entry.published, entry.updated) == ("2026-03-10T14:30:00+01:00", "2026-03-10T15:00:00+01:00")
    assert (entry.authors, entry.language, entry.summary, entry.text) == (("B. Autor",), "de", "Kurz.", "<p>Lang.</p>")


def test_rdf() -> None:
    (entry,) = entries(RDF)
    assert (entry.title, entry.address, entry.published) == (
        "Eins",
        "https://blatt.example/1",
        "2026-03-10T14:30:00+01:00",
    )


def test_json_feed() -> None:
    first, second = feed_of(json.dumps(JSON).encode(), AT, "application/feed+json").entries
    assert (first.address, first.title, first.id) == ("https://kurier.example/1", "Eins", "1")
    assert first.text == "<p>Erster Absatz &lt;b&gt;</p><p>Zweiter.</p>"
    assert (first.published, first.authors, first.language) == ("2026-03-10T14:30:00+01:00", ("C. Autor",), "de")
    assert (second.address, second.text) == (None, "<p>Ohne Seite.</p>")


@pytest.mark.parametrize("declared", ["UTF-8", "ISO-8859-1", "utf-16", "kein-name"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_letters_are_right_whatever_is_declared(declared: str, encoding: str) -> None:
    feed = RSS.replace("UTF-8", declared, 1).encode(encoding)
    for charset in ("", "iso-8859-1", "us-ascii", "nichts"):
        assert feed_of(feed, AT, "text/xml", charset).entries[0].title == "Haubitzen für Schweden"


def test_signs_that_xml_does_not_know_are_left_out() -> None:
    assert entries(RSS.replace("Nur ein", "Nur\x0b ein"))[1].title == "Nur ein Titel"
    feed = feed_of(RSS.replace("Nur ein Titel", "Stahl & Eisen").encode(), AT)
    assert feed.entries[1].title == "Stahl & Eisen"
    assert feed.is_whole, "it ends as a feed does"


def test_of_a_feed_that_was_cut_off_the_last_entry_is_left_out() -> None:
    whole = RSS.replace("</channel>", "<item><title>Drei</title><link>https://kurier.example/3</link></item></channel>")
    cut = feed_of(whole.encode()[: whole.encode().index(b"kurier.example/3") + 9], AT)
    assert not cut.is_whole
    assert [entry.title for entry in cut.entries] == [entry.title for entry in entries(RSS)]


@given(st.integers(1, len(RSS.encode()) - 1))
def test_a_cut_feed_never_tells_what_was_not_there(at: int) -> None:
    with suppress(Unreadable):
        cut = feed_of(RSS.encode()[:at], AT)
        whole = entries(RSS)
        assert cut.entries == whole[: len(cut.entries)]


@given(st.integers(0, len(RSS) - 1), st.characters())
def test_a_damaged_feed_is_read_or_refused(at: int, sign: str) -> None:
    with suppress(Unreadable):
        feed_of((RSS[:at] + sign + RSS[at + 1 :]).encode("utf-8", "surrogatepass"), AT)


@given(
    st.binary(max_size=500),
    st.sampled_from([b"", b"<rss>", b"<feed>", b"{", b"<?xml version='1.0' encoding='utf-16'?>"]),
)
def test_garbage_is_read_or_refused(data: bytes, beginning: bytes) -> None:
    is_feed(beginning + data)
    with suppress(Unreadable):
        feed_of(beginning + data, AT)


def test_entities_are_not_looked_up() -> None:
    entities = "".join(f'<!ENTITY e{n + 1} "' + f"&e{n};" * 10 + '">' for n in range(9))
    bomb = f'<!DOCTYPE rss [<!ENTITY e0 "bombe">{entities}]>{RSS.partition("-->")[2].replace("Nur ein", "&e9;")}'
    outside = '<!DOCTYPE rss [<!ENTITY aussen SYSTEM "file:///etc/passwd">]>' + RSS.partition("-->")[2]
    for feed in (bomb, outside.replace("Nur ein", "&aussen;")):
        with pytest.raises(Unreadable, match="no feed"):
            feed_of(feed.encode(), AT)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"<!DOCTYPE html><html><body>Wartung</body></html>", "no feed"),
        (b"<urlset></urlset>", "no feed"),
        (b"", "no feed"),
        (b'{"items": []}', "no JSON Feed"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": ', "broken JSON"),
        (b"[" * 200_000, "no feed"),
        (b"<rss><channel>" + b"<item></item>" * 30_000 + b"</channel></rss>", "more than"),
        (b"<rss><channel><item>" + b"<b" * 200_000, "too large to be mended"),
        (b"<rss " + b" ".join(b"a%d=''" % n for n in range(600)) + b">", "more than 500 attributes"),
        (b"<rss><title>" + b"&lt;" * 600_000 + b"</title></rss>", "more marks"),
        (b"<rss><title>" + b"x" * 10_000_000 + b"</title></rss>", "more than 10 MB"),
        (b"\x00\x01\x02\xff" * 100, "no text"),
    ],
)
def test_what_is_no_feed_is_told(data: bytes, why: str) -> None:
    with pytest.raises(Unreadable, match=why) as problem:
        feed_of(data, AT)
    assert problem.value.where == AT


def test_feeds_are_known_by_how_they_begin() -> None:
    for feed in (RSS, ATOM, RDF, json.dumps(JSON), "\ufeff \n" + RDF):
        assert is_feed(feed.encode())
    for other in ("<html><head>", "<urlset>", "{}", "rss", ""):
        assert not is_feed(other.encode())


def test_entries_of_the_same_page_are_the_same() -> None:
    page = Entry("https://kurier.example/1?utm_source=rss#x", id="a")
    assert page.key(AT) == Entry("https://kurier.example/1", id="b").key("https://anderswo.example/feed")
    assert page.key(AT) != Entry("https://kurier.example/2", id="a").key(AT), "an id may be given twice"
    assert Entry("javascript:alert(1)", id="a").key(AT) is None
    pageless = Entry(id="a", text="x")
    assert pageless.key(AT) == Entry(id="a", text="y").key(AT)
    assert pageless.key(AT) != pageless.key("https://anderswo.example/feed")
    assert Entry(text="x").key(AT) != Entry(text="y").key(AT)
    assert Entry().key(AT) is None


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("Tue, 10 Mar 2026 14:30:00 GMT", "2026-03-10T14:30:00+00:00"),
        ("Tue, 10 Mar 2026 14:30:00 +0100", "2026-03-10T14:30:00+01:00"),
        ("Tue, 10 Mar 2026 14:30:00 CEST", "2026-03-10T14:30:00+02:00"),
        ("Dienstag, 10. März 2026 14:30:00 MEZ", "2026-03-10T14:30:00+01:00"),
        ("10 Dez. 2026 14:30:00 +0100", "2026-12-10T14:30:00+01:00"),
        ("Tue, 10 Mar 2026 14:30:00", "2026-03-10T14:30:00"),
        ("2026-03-10T14:30:00Z", "2026-03-10T14:30:00+00:00"),
        ("2026-03-10", "2026-03-10"),
        ("gestern", None),
        ("0001-01-01", None),
        ("", None),
        ("1 Jan 99999999 10:00", None),
    ],
)
def test_moments(words: str, meant: str | None) -> None:
    assert when(words) == meant


@given(st.text(max_size=40) | st.datetimes().map(str))
def test_what_is_taken_for_a_moment_is_one(words: str) -> None:
    found = when(words)
    if found is not None:
        read = moment(found)
        assert read is not None
        assert read.tzinfo is not None
