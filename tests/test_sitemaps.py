"""Sitemaps → pages, or a clear word."""

from __future__ import annotations

import gzip
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quellenlage.intake.unreadable import Unreadable
from quellenlage.intake.web.sitemaps import Child, is_sitemap, sitemap_of

AT = "https://kurier.example/sitemap.xml"
NEWS = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><image:image>
<image:loc>https://kurier.example/bild.jpg</image:loc><image:title>Ein Bild</image:title></image:image>
<loc> https://kurier.example/1 </loc><lastmod>2026-03-10T15:00:00+01:00</lastmod>
<n:news><n:publication><n:name>Kurier</n:name><n:language>de-DE</n:language></n:publication>
<n:publication_date>2026-03-10T14:30:00+01:00</n:publication_date>
<n:title>Haubitzen für Schweden</n:title></n:news></url>
<url><loc>https://kurier.example/2</loc><lastmod>2026-03-09</lastmod></url>
<url><lastmod>2026-03-09</lastmod></url>
<url><loc>https://kurier.example/3</loc></url>
</urlset>"""
INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://kurier.example/s1.xml.gz</loc><lastmod>2026-03-10</lastmod></sitemap>
<sitemap><loc>https://kurier.example/s2.xml</loc></sitemap></sitemapindex>"""


@pytest.mark.parametrize(
    "data", [NEWS.encode(), gzip.compress(NEWS.encode(), mtime=0), NEWS.replace("UTF-8", "x").encode("cp1252")]
)
def test_pages_with_the_tags_of_news(data: bytes) -> None:
    assert is_sitemap(data)
    first, second, third = sitemap_of(data, AT).entries
    assert (first.address, first.title) == ("https://kurier.example/1", "Haubitzen für Schweden")
    assert (first.published, first.updated) == ("2026-03-10T14:30:00+01:00", "2026-03-10T15:00:00+01:00")
    assert (first.outlet, first.language) == ("Kurier", "de")
    assert (second.address, second.published) == ("https://kurier.example/2", "2026-03-09")
    assert (third.address, third.published) == ("https://kurier.example/3", None)


def test_an_index_names_sitemaps() -> None:
    found = sitemap_of(INDEX.encode(), AT)
    assert found.entries == ()
    children = (Child("https://kurier.example/s1.xml.gz", "2026-03-10"), Child("https://kurier.example/s2.xml", None))
    assert found.children == children


def test_of_a_sitemap_that_was_cut_off_the_last_page_is_left_out() -> None:
    cut = sitemap_of(NEWS.encode()[: NEWS.index("kurier.example/3") + 9], AT)
    assert [entry.address for entry in cut.entries] == ["https://kurier.example/1", "https://kurier.example/2"]
    assert not cut.is_whole
    assert sitemap_of(NEWS.encode(), AT).is_whole


@given(st.integers(1, len(NEWS.encode()) - 1))
def test_a_cut_sitemap_never_names_what_was_not_there(at: int) -> None:
    whole = {entry.address for entry in sitemap_of(NEWS.encode(), AT).entries}
    with suppress(Unreadable):
        assert {entry.address for entry in sitemap_of(NEWS.encode()[:at], AT).entries} <= whole


@given(st.binary(max_size=300), st.sampled_from([b"", b"<urlset>", b"<sitemapindex><sitemap>", b"\x1f\x8b\x08"]))
def test_garbage_is_read_or_refused(data: bytes, beginning: bytes) -> None:
    is_sitemap(beginning + data)
    with suppress(Unreadable):
        sitemap_of(beginning + data, AT)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
def test_document_types_are_refused(encoding: str) -> None:
    outside = NEWS.replace("<urlset", '<!DOCTYPE u [<!ENTITY a SYSTEM "file:///etc/passwd">]><urlset').replace(
        "/2<", "/&a;<"
    )
    with pytest.raises(Unreadable, match="document type"):
        sitemap_of(outside.encode(encoding), AT)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"<rss></rss>", "no sitemap"),
        (b"<html><body>404</body></html>", "no sitemap"),
        (b"", "no sitemap"),
        (gzip.compress(bytes(60_000_000), mtime=0), "bombs"),
        (gzip.compress(NEWS.encode(), mtime=0)[:-30], "cut off"),
        (b"<urlset>" + b"<url><loc>a</loc></url>" * 50_002 + b"</urlset>", "more than 50,000"),
        (b"\xff\x00\x01" * 100, "no text"),
    ],
)
def test_what_is_no_sitemap_is_told(data: bytes, why: str) -> None:
    with pytest.raises(Unreadable, match=why) as problem:
        sitemap_of(data, AT)
    assert problem.value.where == AT
