"""Pages are read: the text without what stands beside it, and what the page says of itself."""

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quellenlage.intake.original import Hints, Original
from quellenlage.intake.page import page_article, second
from quellenlage.intake.unreadable import Unreadable

TITLE = "Lissabon gibt Hubschrauber ab"
STANDFIRST = "Drei Maschinen stehen seit Jahren in einer Halle. Nun sollen sie nach Osten gehen, sagt das Ministerium."
PARAGRAPHS = (
    "Die Regierung in Lissabon will drei Hubschrauber abgeben, wie der Rundfunk am Montag berichtete.",
    "Ein Sprecher des Ministeriums sagte, die Maschinen stünden seit Jahren in einer Halle bei Beja und müssten "
    "vor der Übergabe gewartet werden. Das werde einige Monate dauern.",
    "Wer die Kosten trägt, ist nach seinen Worten offen; darüber werde noch verhandelt, auch mit dem Hersteller.",
)
HEAD = f"""<title>{TITLE} | Morgenpost am See</title>
<meta property="og:title" content="{TITLE}"><meta property="og:site_name" content="Morgenpost am See">
<meta property="og:description" content="{STANDFIRST}">
<meta property="article:published_time" content="2022-10-17T09:00:00+02:00">
<meta property="article:modified_time" content="2022-10-17T11:30:00+02:00">
<meta name="author" content="Cora Clemens"><link rel="canonical" href="https://www.morgenpost.example/hubschrauber">"""


def body(*parts: str) -> str:
    return "".join(part if part.startswith("<") else f"<p>{part}</p>" for part in parts)


def page(*parts: str, head: str = HEAD, beside: str = "") -> Original:
    source = (
        f'<!DOCTYPE html><html lang="de-DE"><head>{head}</head><body><nav><a href="/">Start</a></nav>{beside}'
        f"<main><article><h1>{TITLE}</h1>{body(*parts)}</article></main><footer>Impressum</footer></body></html>"
    )
    return Original(source.encode(), "seite.html", "seite")


def lines_of(original: Original) -> list[str]:
    return page_article(original)[0].text.split("\n")


def test_a_page_gives_its_words_and_what_it_says_of_itself():
    article, _ = page_article(page(*PARAGRAPHS))
    assert article.text == "\n".join((TITLE, *PARAGRAPHS))
    assert (article.title, article.outlet, article.language) == (TITLE, "Morgenpost am See", "de")
    assert article.doc == article.url == "https://www.morgenpost.example/hubschrauber"
    assert (article.published, article.updated) == ("2022-10-17T09:00:00+02:00", "2022-10-17T11:30:00+02:00")
    assert article.authors == ("Cora Clemens",)
    assert (article.credits, article.paywalled) == ((), None)


def test_a_page_that_says_nothing_of_itself_is_known_by_its_file_and_its_hints():
    bare = replace(page(*PARAGRAPHS, head=""), hints=Hints(published="2022-10-18", outlet="Kurier", language="de"))
    article, _ = page_article(replace(bare, data=bare.data.replace(b' lang="de-DE"', b"")))
    assert (article.doc, article.url, article.title) == ("seite", None, TITLE)
    assert (article.published, article.outlet, article.language) == ("2022-10-18", "Kurier", "de")


LETTER = "Unser Brief bringt Ihnen jeden Morgen das Wichtigste ins Haus."
HALL = "Im Süden wird eine neue Halle für die Feuerwehr gebaut, die bald fertig sein soll."
HIDDEN = "Dieser Satz ist auf der Seite gar nicht zu sehen, so lang er auch ist."


@pytest.mark.parametrize(
    ("furniture", "words"),
    [
        (f'<div class="article__newsletter-box"><p>{LETTER}</p></div>', LETTER),
        (f"<aside><p>{HALL}</p></aside>", HALL),
        (f'<figure><img src="x.jpg"><figcaption>{HALL}</figcaption></figure>', HALL),
        ('<div class="c-teaser"><a href="/x">Die Feuerwehr bekommt eine Halle</a></div>', "Die Feuerwehr bekommt"),
        ('<div class="shareBar"><span>Teilen</span></div>', "Teilen"),
        (f'<div style="display:none">{HIDDEN}</div>', HIDDEN),
        ('<div><img src="x.jpg"><span>Die Halle bei Beja im Sommer.</span></div>', "Die Halle bei Beja im Sommer."),
        ("<p>Lesen Sie auch: Die Feuerwehr bekommt eine Halle</p>", "Lesen Sie auch: Die Feuerwehr"),
        ("<p>Von Cora Clemens</p>", "Von Cora Clemens"),
        ("<p>17.10.2022, 09:00 Uhr</p>", "17.10.2022"),
        ("<p>Foto: Cora Clemens</p>", "Foto: Cora Clemens"),
        ("<h2>Stimmen</h2><h2>Die Kosten</h2>", "Stimmen"),
    ],
)
def test_what_stands_beside_the_article_is_taken_out_and_named(furniture, words):
    article, edits = page_article(page(*PARAGRAPHS[:2], furniture, PARAGRAPHS[2]))
    assert words not in article.text
    assert [line for line in article.text.split("\n") if line != "Die Kosten"] == [TITLE, *PARAGRAPHS]
    assert any(words in edit.words and edit.why and edit.became == "" for edit in edits)


def test_subheadings_and_lists_stay():
    original = page(
        PARAGRAPHS[0], "<h2>Die Kosten</h2>", *PARAGRAPHS[1:], "<ul><li>drei Hubschrauber</li></ul>", PARAGRAPHS[0][4:]
    )
    assert lines_of(original)[2] == "Die Kosten"
    assert "drei Hubschrauber" in lines_of(original)


def test_the_standfirst_above_the_article_is_kept_whatever_it_is_called():
    above = f'<div class="teaser card"><a href="#x">▸</a></div><div class="teaser-text">{STANDFIRST}</div>'
    source = page(*PARAGRAPHS).data.decode().replace(f"<h1>{TITLE}</h1>", f"<h1>{TITLE}</h1>{above}")
    assert lines_of(Original(source.encode(), "x", "x"))[:2] == [TITLE, STANDFIRST]


def test_a_link_within_a_sentence_stays_whatever_it_is_called():
    linked = PARAGRAPHS[0].replace("der Rundfunk", '<a class="promo related" href="/r">der Rundfunk</a>')
    assert lines_of(page(f"<p>{linked}</p>", *PARAGRAPHS[1:]))[1] == PARAGRAPHS[0]


def test_an_article_in_an_element_with_a_bad_name_is_read_nevertheless():
    wrapped = f'<div class="paywall newsletter">{body(*PARAGRAPHS)}</div>'
    assert lines_of(page(wrapped))[1:] == list(PARAGRAPHS)


def test_a_body_in_the_data_speaks_against_lines_that_it_lacks():
    texts = [
        f"{words} Das ist der {n}. Satz dieser Art, und er ist lang genug." for n, words in enumerate(PARAGRAPHS * 3)
    ]
    stranger = "In der Stadt am See wird im kommenden Frühling ein neues Bad eröffnet, das lange geplant war."
    data = f'<script type="application/ld+json">{{"@type":"NewsArticle","articleBody":"{" ".join(texts)}"}}</script>'
    assert stranger in lines_of(page(*texts[:4], stranger, *texts[4:]))
    assert lines_of(page(*texts[:4], stranger, *texts[4:], head=HEAD + data))[1:] == texts


def test_a_body_that_only_the_data_hold_is_the_text():
    lines = [f"Satz {n} steht nur in den Daten der Seite, denn gezeigt wird sie erst im Browser." for n in range(12)]
    data = "\\n".join(lines)
    head = f'{HEAD}<script type="application/ld+json">{{"@type":"NewsArticle","articleBody":"{data}"}}</script>'
    assert lines_of(page(lines[0], head=head))[1:] == lines


def test_agencies_are_credits_and_no_authors():
    dateline = f"Lissabon (dpa) – {PARAGRAPHS[0]}"
    head = HEAD.replace("Cora Clemens", "Cora Clemens, AFP")
    article, _ = page_article(page(dateline, *PARAGRAPHS[1:], "<p>Quelle: APA</p>", head=head))
    assert article.authors == ("Cora Clemens",)
    assert set(article.credits) == {"dpa", "AFP", "APA"}
    assert article.text.split("\n")[1] == dateline


def test_the_agency_of_a_picture_is_no_credit():
    article, _ = page_article(page(PARAGRAPHS[0], "<p>Quelle: Reuters</p>", *PARAGRAPHS[1:]))
    assert (article.credits, "Reuters" in article.text) == ((), False)


def test_a_page_in_the_encoding_of_its_server():
    original = page(*PARAGRAPHS)
    old = replace(original, data=original.data.decode().encode("iso-8859-15"), charset="ISO-8859-15")
    assert lines_of(old)[1:] == list(PARAGRAPHS)


def test_an_xml_declaration_does_not_garble_the_letters():
    original = page(*PARAGRAPHS)
    declared = replace(original, data=b'<?xml version="1.0" encoding="iso-8859-1"?>\n' + original.data)
    assert lines_of(declared)[1:] == list(PARAGRAPHS)


def test_a_page_without_words_is_refused_with_a_next_step():
    with pytest.raises(Unreadable, match=r"^leer\.html: no main text .*; save the page again"):
        page_article(Original(b"<html><body><script>app()</script></body></html>", "leer.html", "leer"))


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("<p>x" * 4_000_000, "15 MB"),
        ("<p>x" * 70_000, "elements"),
        (f"<div {' '.join(f'a{n}=1' for n in range(20_000))}>", "attributes"),
        ("<div>" * 100_000 + PARAGRAPHS[0], "no main text"),
    ],
)
def test_a_page_beyond_all_measure_is_refused(source, message):
    with pytest.raises(Unreadable, match=message):
        page_article(Original(f"<html><body>{source}".encode(), "x.html", "x"))


@pytest.mark.parametrize(("lines", "asked"), [(6_990, 1), (7_010, 0)])
def test_a_second_opinion_is_asked_for_up_to_so_many_lines(lines, asked, monkeypatch):
    opinions = []
    monkeypatch.setattr(second, "second_opinion", lambda tree: opinions.append(tree) or [])
    # Two halves of equal weight: no element holds most of the prose.
    parts = (f"<div><p>{PARAGRAPHS[1]}</p>{'<h2>x</h2>' * (lines // 2)}</div>" for _ in range(2))
    with suppress(Unreadable):
        page_article(Original(f"<html><body>{''.join(parts)}</body></html>".encode(), "x.html", "x"))
    assert len(opinions) == asked


def test_what_is_read_is_never_expanded():
    bomb = '<!DOCTYPE html [<!ENTITY a "Zehnmal derselbe Satz."><!ENTITY b "&a;&a;&a;&a;">]>'
    original = page(*PARAGRAPHS, "<p>Und hier &b; steht noch ein ganzer Satz, der nichts weiter sagt.</p>")
    text = page_article(replace(original, data=bomb.encode() + original.data))[0].text
    assert "Zehnmal" not in text.replace(bomb, "")


PIECES = [
    "<p>",
    "</p>",
    "<div>",
    "<table><td>",
    "<!--",
    "Panzer ",
    "&amp;",
    "<a href=x>",
    "<img>",
    "<br>",
    "</article>",
]
PIECES += [
    '<script type="application/ld+json">',
    '{"@type":"NewsArticle",',
    '"articleBody":"',
    "</script>",
    PARAGRAPHS[1],
]
PIECES += ['<meta name=date content="', "2022-10-", '">', "<h1>", '<div class="', "teaser"]


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(PIECES)))
def test_torn_pages_are_read_or_refused(pieces):
    with suppress(Unreadable):
        assert page_article(Original(("<html>" + "".join(pieces)).encode(), "x", "x"))[0].text.strip()


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from(PARAGRAPHS), min_size=2, unique=True), st.sampled_from(["div", "section", "main", "td"])
)
def test_every_paragraph_is_kept_in_its_order(paragraphs, element):
    source = f"<html><body><{element}>{body(*paragraphs)}</{element}></body></html>"
    assert lines_of(Original(source.encode(), "x", "x")) == paragraphs
