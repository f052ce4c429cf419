"""What pages say of themselves, in JSON-LD, in their heads and in microdata, and when they were published."""

import json
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from quellenlage.intake.page.authors import persons
from quellenlage.intake.page.dates import as_readers_saw_it, day_in, first_moment, moment_of, searched_day
from quellenlage.intake.page.structured import said_by

ARTICLE = {
    "@type": "NewsArticle",
    "headline": "Drei Hubschrauber für den Osten",
    "datePublished": "2022-10-17T09:00:00+02:00",
    "dateModified": "2022-10-18T10:00:00+02:00",
    "author": [{"@type": "Person", "name": "Cora Clemens"}, {"@type": "Person", "name": "Bert Brandt"}],
    "publisher": {"@type": "Organization", "name": "Morgenpost am See"},
    "isAccessibleForFree": False,
    "inLanguage": "de-AT",
    "articleBody": "Erster Absatz.\nZweiter Absatz.",
}

OF_KURIER = '<meta property="og:site_name" content="Kurier">'


def said(script: str, head: str = "", address: str | None = None):
    source = (
        f'<html><head>{head}<script type="application/ld+json">{script}</script></head><body><p>x</p></body></html>'
    )
    return said_by(html.document_fromstring(source), address)


def test_json_ld_says_it_all():
    found = said(json.dumps(ARTICLE))
    assert (found.title, found.outlet, found.language) == (ARTICLE["headline"], "Morgenpost am See", "de")
    assert (found.published, found.updated) == ((ARTICLE["datePublished"],), (ARTICLE["dateModified"],))
    assert found.authors == ("Cora Clemens", "Bert Brandt")
    assert (found.paywalled, found.body) == (True, "Erster Absatz.\nZweiter Absatz.")


@pytest.mark.parametrize(
    "written",
    [
        json.dumps([{"@type": "Organization", "name": "Verlag"}, ARTICLE]),
        json.dumps({"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, ARTICLE]}),
        json.dumps({"@type": "WebPage", "mainEntity": ARTICLE}),
        json.dumps({**ARTICLE, "@type": ["Thing", "ReportageNewsArticle"]}),
        f"<!-- {json.dumps(ARTICLE)} -->",
        f"//<![CDATA[\n{json.dumps(ARTICLE)}\n//]]>",
        json.dumps(ARTICLE) + ";",
        json.dumps(ARTICLE)[:-1] + ",}",
        json.dumps(ARTICLE).replace("\\n", "\n"),
        json.dumps(ARTICLE) + json.dumps({"@type": "BreadcrumbList"}),
        json.dumps(ARTICLE).replace("Erster Absatz.", 'Er sagte: "Ja".'),
    ],
)
def test_json_ld_is_read_however_it_is_wrapped_or_broken(written):
    found = said(written)
    assert (found.title, found.published) == (ARTICLE["headline"], (ARTICLE["datePublished"],))


@given(st.text(max_size=60), st.integers(0, 400))
def test_broken_json_ld_never_loses_what_the_head_says(noise, cut):
    found = said(json.dumps(ARTICLE)[:cut] + noise.replace("<", ""), '<meta property="og:site_name" content="Kurier">')
    assert found.outlet == "Kurier"


def test_markup_and_references_within_the_data_are_resolved():
    found = said(
        json.dumps(
            {**ARTICLE, "headline": "M&amp;uuml;ller geht", "articleBody": "<p>Eins.</p><p>Zwei &amp; drei.</p>"}
        )
    )
    assert (found.title, found.body) == ("Müller geht", "Eins.\nZwei & drei.")


def test_microdata_speak_where_nothing_else_does():
    tree = html.document_fromstring(
        '<article><h2 itemprop="headline">Drei Hubschrauber</h2><time itemprop="datePublished" datetime="2022-10-17">'
        'gestern</time><span itemprop="author">Cora Clemens</span></article>'
    )
    found = said_by(tree)
    assert (found.title, found.published, found.authors) == ("Drei Hubschrauber", ("2022-10-17",), ("Cora Clemens",))


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (f'{OF_KURIER}<meta property="og:title" content="Drei Hubschrauber | Kurier">', "Drei Hubschrauber"),
        ("<title>Drei Hubschrauber für den Osten - Kurier</title>", "Drei Hubschrauber für den Osten"),
        ('<meta property="og:title" content="Berlin – Drei Hubschrauber">', "Berlin – Drei Hubschrauber"),
    ],
)
def test_a_title_has_no_outlet_behind_it(head, title):
    assert said_by(html.document_fromstring(f"<html><head>{head}</head><body>x</body></html>")).title == title


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("https://kurier.example/a/1", "https://kurier.example/a/1"),
        ("/a/1", "https://www.kurier.example/a/1"),
        ("https://kurier.example/", "https://www.kurier.example/x?y=1"),
        ("javascript:void(0)", "https://www.kurier.example/x?y=1"),
        ("https://[", "https://www.kurier.example/x?y=1"),
    ],
)
def test_the_canonical_address_is_the_article_s_own(link, address):
    assert said("", f'<link rel="canonical" href="{link}">', "https://www.kurier.example/x?y=1").address == address


@pytest.mark.parametrize(("tier", "paywalled"), [("locked", True), ("free", False), ("metered", None)])
def test_a_paywall_is_told_by_the_tier(tier, paywalled):
    assert said("", f'<meta property="article:content_tier" content="{tier}">').paywalled is paywalled


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2022-10-17", "2022-10-17"),
        ("2022-10-17T09:00:00.000Z", "2022-10-17T09:00:00+00:00"),
        ("2022-10-17T09:00:00+0200", "2022-10-17T09:00:00+02:00"),
        ("2022-10-17 09:00:00 +02", "2022-10-17T09:00:00+02:00"),
        ("2022-10-17T09:00+02:00", "2022-10-17T09:00:00+02:00"),
        ("20221017T090000Z", "2022-10-17T09:00:00+00:00"),
        ("20221017", "2022-10-17"),
        ("Mon, 17 Oct 2022 09:00:00 +0200", "2022-10-17T09:00:00+02:00"),
        ("17.10.2022, 09:05 Uhr", "2022-10-17T09:05:00"),
        ("Mo., 17.10.2022 - 09:05", "2022-10-17T09:05:00"),
        ("31.02.2022", None),
        ("gestern", None),
        ("", None),
    ],
)
def test_moments_as_pages_write_them(written, moment):
    assert moment_of(written) == moment


@given(st.datetimes(min_value=datetime(1990, 1, 1), timezones=st.timezones() | st.none()))
def test_every_iso_time_is_read_as_itself(moment):
    written = moment.isoformat(timespec="minutes")
    assert (moment_of(written) or "")[:16] == written[:16]


@given(st.text(max_size=80))
def test_no_words_break_the_dates(words):
    moment = moment_of(words)
    assert moment is None or date.fromisoformat(moment[:10])


def test_days_to_come_and_days_before_the_web_are_passed_over():
    assert first_moment(["1970-01-01", "2999-01-01", "2022-10-17"], date(2022, 12, 1)) == "2022-10-17"


def test_a_moment_is_told_as_its_readers_saw_it():
    late = "2022-10-17T22:30:00+00:00"
    assert as_readers_saw_it(late, "de", None) == "2022-10-18T00:30:00+02:00"
    assert as_readers_saw_it("2022-10-18T02:30:00+00:00", "en", "https://x.example/2022/10/17/a") == "2022-10-17"
    assert (
        as_readers_saw_it("2022-10-18T02:30:00+02:00", "en", "https://x.example/2022/10/17/a")
        == "2022-10-18T02:30:00+02:00"
    )
    assert as_readers_saw_it("2022-12-20T08:00:00+01:00", "de", "https://x.example/2022/10/17/a") == "2022-10-17"
    assert as_readers_saw_it(late, "en", None) == late


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("https://x.example/2022/10/17/titel", date(2022, 10, 17)),
        ("https://x.example/2022/9/7/titel", date(2022, 9, 7)),
        ("https://x.example/politik/2022-10-17-titel", date(2022, 10, 17)),
        ("https://x.example/20221017/titel", date(2022, 10, 17)),
        ("https://x.example/2022/10/3-fragen-an", None),
        ("https://x.example/2022/13/45/titel", None),
        ("https://x.example/artikel-20221017.html", None),
        (None, None),
    ],
)
def test_the_day_that_an_address_names(address, day):
    assert day_in(address) == day


def test_a_day_in_the_text_is_found_where_nothing_names_it():
    tree = html.document_fromstring("<html><body><p>Veröffentlicht am 17. Oktober 2022</p><p>Text</p></body></html>")
    assert searched_day(tree, None) == "2022-10-17"


@pytest.mark.parametrize(
    ("authors", "bylines", "names"),
    [
        (["Von Cora Clemens und Bert Brandt"], [], ("Cora Clemens", "Bert Brandt")),
        (["Cora Clemens (cc), dpa"], [], ("Cora Clemens",)),
        (["Kurier", "Cora Clemens"], [], ("Cora Clemens",)),
        (["Kurier"], [], ("Kurier",)),
        (["dpa/AFP"], ["Von Cora Clemens, Stand: 17.10.2022"], ("Cora Clemens",)),
        (["c.clemens@kurier.example"], [], ()),
        ([], ["Mehr zum Thema"], ()),
    ],
)
def test_persons_are_told_from_agencies_and_outlets(authors, bylines, names):
    assert persons(authors, "Kurier", bylines) == names
