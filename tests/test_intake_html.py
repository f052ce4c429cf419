from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quellenlage.intake import Unreadable
from quellenlage.intake.html import html_article

PARAGRAPHS = (
    "Die Regierung in Lissabon will drei Hubschrauber abgeben, wie der Rundfunk am Montag berichtete.",
    "Ein Sprecher des Ministeriums sagte, die Maschinen stünden seit Jahren in einer Halle bei Beja und müssten "
    "vor der Übergabe gewartet werden. Das werde einige Monate dauern.",
    "Wer die Kosten trägt, ist nach seinen Worten offen; darüber werde noch verhandelt, auch mit dem Hersteller.",
)
PAGE = f"""<!DOCTYPE html><html lang="de-DE"><head>
<title>Lissabon gibt Hubschrauber ab | Morgenpost am See</title>
<meta property="og:title" content="Lissabon gibt Hubschrauber ab">
<meta property="og:site_name" content="Morgenpost am See">
<meta property="article:published_time" content="2022-10-17T09:00:00+02:00">
<meta name="author" content="Cora Clemens">
<link rel="canonical" href="https://www.morgenpost.example/hubschrauber">
</head><body><nav><a href="/">Start</a> <a href="/sport">Sport</a></nav>
<article><h1>Lissabon gibt Hubschrauber ab</h1>{"".join(f"<p>{p}</p>" for p in PARAGRAPHS)}</article>
<section class="comments"><p>Endlich ein Kommentar von mir dazu!</p></section>
<footer>Impressum Datenschutz</footer></body></html>"""


def test_a_page_gives_its_words_and_what_it_says_of_itself():
    article = html_article(PAGE, "seite.html", "seite")
    assert article.text == "\n".join(("Lissabon gibt Hubschrauber ab", *PARAGRAPHS))
    assert article.title == "Lissabon gibt Hubschrauber ab"
    assert article.doc == article.url == "https://www.morgenpost.example/hubschrauber"
    assert (article.outlet, article.published, article.language) == ("Morgenpost am See", "2022-10-17", "de")
    assert article.authors == ("Cora Clemens",)


def test_a_page_that_says_nothing_of_itself_is_known_by_its_file():
    article = html_article(f"<html><body><article>{'<p>'.join(PARAGRAPHS)}</article></body></html>", "s.html", "s")
    assert (article.doc, article.url, article.published, article.outlet) == ("s", None, None, None)


def test_an_xml_declaration_does_not_garble_the_letters():
    page = f'<?xml version="1.0" encoding="iso-8859-1"?>\n{PAGE}'
    assert "Übergabe" in html_article(page, "seite.html", "seite").text


def test_a_page_without_words_is_refused_with_a_next_step():
    with pytest.raises(Unreadable, match=r"^leer\.html: no main text .*; save the page again"):
        html_article("<html><body><script>app()</script></body></html>", "leer.html", "leer")


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.sampled_from(["<p>", "</p>", "<div>", "<table><td>", "<!--", "Panzer ", "&amp;", "\x00", "<a href=x>"]))
)
def test_torn_pages_are_read_or_refused(pieces):
    with suppress(Unreadable):
        assert html_article("<html>" + "".join(pieces), "x", "x").text.strip()
