import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from quellenlage.domain import (
    Article,
    Chain,
    Claim,
    Evidence,
    Hop,
    HopKind,
    Quantity,
    Reading,
    Span,
    SpanType,
    Stage,
)
from quellenlage.ledger import Ledger, LedgerError
from quellenlage.steps import keep_weighed
from quellenlage.web import create_app, ledger_pages
from quellenlage.web.asking import LAST_PAGE, page_of
from quellenlage.web.language import preferred, texts
from quellenlage.web.marking import Mark, marks_of, paragraphs
from quellenlage.web.view import headline
from tests.reviewed import small_ledger

TEXT = (
    "Angebot an Nikosia\n\n"
    "Laut dem <b>Abendblatt</b> bietet Serbien bis zu 40 Haubitzen an. Der Wert liegt bei & unter dem Üblichen."
)


def span(words: str, type: SpanType) -> Span:
    start = TEXT.index(words)
    return Span.of(TEXT, start, start + len(words), type)


def evidence(field: str, words: str, rule: str | None = None) -> Evidence:
    start = TEXT.index(words)
    return Evidence(field, start, start + len(words), words, rule)


ARTICLE = Article(
    "ab12", "https://example.org/a?b=1", TEXT, outlet="Morgen Kurier", published="2024-05-02", language="de"
)
OTHER = Article("cd34", "x-1", "Ohne Waffen", url="javascript:alert(1)")
READING = Reading("ab12", "1", spans=(span("Serbien", SpanType.ACTOR), span("bietet", SpanType.TRIGGER)))
OWN, PAPER = Hop("morgen-kurier", HopKind.OUTLET, "Morgen Kurier"), Hop("abendblatt", HopKind.OUTLET, "Abendblatt")
CLAIM = Claim(
    "k1",
    "ab12",
    Stage.OFFERED,
    supplier=("RS",),
    recipient=("CY",),
    item_classes=("artillery",),
    quantity=Quantity(None, 40, "bis zu 40"),
    chains=(Chain((OWN, PAPER)),),
    denied_by=("RS",),
    evidence=(evidence("supplier", "Serbien"), evidence("quantity", "bis zu 40", "offen nach unten")),
)


@pytest.fixture
def client(tmp_path: Path):
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        ledger.record(ARTICLE, READING, [CLAIM])
        ledger.add_article(OTHER)
    with TestClient(create_app(tmp_path / "ledger.db"), headers={"Accept-Language": "de"}) as opened:
        yield opened


def plain(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_without_a_ledger_there_are_no_pages(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="quellenlage read"):
        create_app(tmp_path / "ledger.db")


def test_the_ledger_page_tells_the_claim_and_who_says_so(client: TestClient) -> None:
    page = client.get("/claims")
    assert page.status_code == 200
    for told in ("1 Behauptung", "Serbien", "Zypern", "Artillerie", "bis 40", "angeboten", "Abendblatt", "Bestreitet:"):
        assert told in plain(page.text)
    assert "2. Mai 2024" in page.text
    assert "/article/ab12" in page.text
    assert "Ob eine Behauptung zutrifft" in page.text


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"supplier": "rs"}, 1),
        ({"supplier": "CY"}, 0),
        ({"stage": "offered", "source": "abendblatt", "recipient": "", "item_class": "artillery"}, 1),
        ({"stage": "SOUGHT"}, 0),
        ({"article": "ab12"}, 1),
        ({"article": "x-1"}, 0),
    ],
)
def test_the_address_chooses_claims(client: TestClient, query: dict[str, str], count: int) -> None:
    assert client.get("/claims", params=query).text.count('<th scope="row"') == count
    assert len(client.get("/api/v1/claims", params=query).json()["claims"]) == count


def test_what_was_chosen_stays_chosen(client: TestClient) -> None:
    page = client.get("/claims", params={"supplier": "rs", "lang": "en"}).text
    assert '<option value="RS" selected>Serbia</option>' in page
    assert "?supplier=rs&amp;lang=de" in page
    assert '<input type="hidden" name="lang" value="en">' in page


def test_the_page_of_claims_can_be_longer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger_pages, "PAGE_SIZES", (1, 2))
    with TestClient(create_app(small_ledger(tmp_path / "two.db"))) as client:
        counts = [client.get(path).text.count('role="rowheader"') for path in ("/claims", "/claims?limit=2")]
    assert counts == [1, 2]


def test_the_article_page_links_each_field_to_its_words(client: TestClient) -> None:
    page = client.get("/article/ab12").text
    for anchor in re.findall(r'href="#(z\d+)"', page):
        assert page.count(f'id="{anchor}"') == 1
    to_claim = '<a href="#c-k1">'
    assert f'<mark id="z{TEXT.index("Serbien")}" class="ACT" title="Akteur">{to_claim}Serbien</a></mark>' in page
    quantity = TEXT.index("bis zu 40")
    assert f'<mark id="z{quantity}" class="plain" title="Wortlaut">{to_claim}bis zu 40</a></mark>' in page
    assert page.count('id="c-k1"') == 1
    assert "offen nach unten" in page
    assert "&lt;b&gt;Abendblatt&lt;/b&gt;" in page
    assert "<b>" not in page


def test_an_article_is_found_by_its_address_too(client: TestClient) -> None:
    assert "Angebot an Nikosia" in client.get("/article/https%3A%2F%2Fexample.org%2Fa%3Fb%3D1").text


def test_an_address_that_is_no_web_page_is_not_linked(client: TestClient) -> None:
    page = client.get("/article/x-1").text
    assert "javascript:alert(1)" in page
    assert 'href="javascript' not in page
    assert "noch nicht gelesen" in page


@pytest.mark.parametrize(("path", "told"), [("/article/x-2", "x-1"), ("/nowhere", "Diese Seite gibt es nicht")])
def test_what_is_not_there_says_what_to_do(client: TestClient, path: str, told: str) -> None:
    page = client.get(path)
    assert page.status_code == 404
    assert told in page.text
    assert 'href="/claims"' in page.text


def test_an_unknown_stage_names_the_stages(client: TestClient) -> None:
    page = client.get("/claims", params={"stage": "<i>"})
    assert page.status_code == 400
    assert "Möglich sind: sought, offered, negotiating" in page.text
    assert "<i>" not in page.text
    assert "negotiating" in client.get("/api/v1/claims", params={"stage": "x"}).json()["error"]


def test_the_interface_gives_the_contract_objects(client: TestClient) -> None:
    (claim,) = client.get("/api/v1/claims").json()["claims"]
    assert claim["article"]["doc"] == ARTICLE.doc
    assert claim["quantity"] == [None, 40]
    one = client.get("/api/v1/articles/ab12").json()
    assert one["article"]["text"] == TEXT
    assert one["claims"]["transfers"][0]["quantity"] == [None, 40]
    missing = client.get("/api/v1/articles/zz")
    assert missing.status_code == 404
    assert "'zz'" in missing.json()["error"]


DEAL = "/deal/RS-CY-artillery-2024-05"


def test_the_deals_tell_origins_and_answers_and_lead_to_one(client: TestClient) -> None:
    page = client.get("/deals").text
    told = plain(page)
    for words in ("1 Geschäft", "Serbien", "Zypern", "RS-CY-artillery-2024-05", "Bestreitet: Serbien", "zweifelhaft"):
        assert words in told
    assert f'href="{DEAL}"' in page


def test_a_deal_tells_its_standing_and_links_its_articles(client: TestClient) -> None:
    page = client.get(DEAL).text
    told = plain(page)
    for words in ("ein unabhängiger Ursprung", "Abendblatt", "Note 4", "Widersprüche", "Bestritten", "bis 40"):
        assert words in told
    assert 'href="/article/ab12"' in page


@pytest.mark.parametrize("order", ["largest", "latest", "disputed", "unsupported", "nonsense"])
def test_deals_come_in_the_order_that_is_asked_for(client: TestClient, tmp_path: Path, order: str) -> None:
    later = replace(OTHER, id="ef56", doc="x-2", published="2024-06-01")
    claims = [replace(CLAIM, id="k2", article_id="ef56", supplier=("SE",), denied_by=())]
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        ledger.record(later, Reading("ef56", "1"), claims)
        keep_weighed(ledger)
    page = client.get("/deals", params={"order": order}).text
    first, second = re.findall(r'href="/deal/(\w\w)-', page)
    assert {first, second} == {"RS", "SE"}
    if order in ("latest", "disputed"):
        assert first == {"latest": "SE", "disputed": "RS"}[order]


def test_a_search_shows_the_words_that_were_found_and_the_claims(client: TestClient) -> None:
    page = client.get("/search", params={"q": "Haubitze von:Serbien"}).text
    assert "<mark>Haubitzen</mark>" in page
    for words in ("1 Artikel", "Serbien", "Zypern", "angeboten"):
        assert words in plain(page)
    assert 'href="/article/ab12' in page
    assert "0 Artikel" in plain(client.get("/search", params={"q": "Unterseeboot"}).text)


def test_a_search_that_cannot_be_asked_says_what_to_do(client: TestClient) -> None:
    answer = client.get("/search", params={"q": "stufe:irgendwie"})
    assert answer.status_code == 400
    assert "kein Stand" in plain(answer.text)


@pytest.mark.parametrize(
    "path", ["/", "/claims", "/deals", "/search?q=Haubitzen", "/api/v1/claims", "/api/v1/weighing"]
)
def test_everything_can_be_asked_as_of_a_moment(client: TestClient, path: str) -> None:
    now, then = client.get(path), client.get(path, params={**client.get(path).url.params, "as_of": "2020-01-01"})
    assert "Serbien" in plain(now.text) or "RS" in now.text
    assert "Serbien</span>" not in then.text
    assert '"RS"' not in then.text
    assert then.status_code == 200


def test_a_moment_stays_in_the_addresses_and_can_be_left(client: TestClient) -> None:
    page = client.get("/", params={"as_of": "2099-01-01"}).text
    assert 'href="/deals?as_of=2099-01-01"' in page
    assert "was am 2099-01-01 bekannt war" in plain(page)
    assert client.get("/", params={"as_of": "gestern"}).status_code == 400


def test_a_deal_that_is_not_there_is_a_page_that_is_not_there(client: TestClient) -> None:
    assert client.get("/deal/XX-YY").status_code == 404


def test_the_weighing_is_there_for_programs_and_up_to_date(client: TestClient, tmp_path: Path) -> None:
    (deal,) = client.get("/api/v1/weighing").json()["deals"]
    assert (deal["id"], deal["docs"], deal["origins"]) == (DEAL.removeprefix("/deal/"), [ARTICLE.doc], [["abendblatt"]])
    later = replace(OTHER, id="ef56", doc="x-2")
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        ledger.record(later, Reading("ef56", "1"), [replace(CLAIM, id="k2", article_id="ef56", denied_by=())])
    deals = client.get("/api/v1/weighing").json()["deals"]
    assert {doc for deal in deals for doc in deal["docs"]} == {ARTICLE.doc, "x-2"}


@pytest.mark.parametrize(
    "path", ["/", "/claims", "/deals", DEAL, "/article/ab12", "/nowhere", "/api/v1/claims", "/static/quellenlage.css"]
)
def test_nothing_is_loaded_from_elsewhere(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert not re.search(r"<script(?! src=\"/static/)|src=\"http|url\(|@import", answer.text)


@pytest.mark.parametrize(
    ("headers", "query", "language"),
    [
        ({"Accept-Language": "en"}, "", "en"),
        ({"Accept-Language": "fr"}, "", "de"),
        ({}, "?lang=en", "en"),
        ({}, "?lang=xx", "de"),
    ],
)
def test_pages_speak_the_language_asked_for(
    client: TestClient, headers: dict[str, str], query: str, language: str
) -> None:
    assert f'<html lang="{language}" ' in client.get(f"/{query}", headers=headers).text


@pytest.mark.parametrize(
    ("header", "language"),
    [("", "de"), ("en-GB,de;q=0.5", "en"), ("en;q=0.3, de-AT;q=0.8", "de"), ("en;q=0", "de"), ("en;q=x,*", "de")],
)
def test_accept_language_is_ranked(header: str, language: str) -> None:
    assert preferred(header) == language


def test_both_languages_have_all_texts() -> None:
    assert texts("de").keys() == texts("en").keys()


@pytest.mark.parametrize(
    ("asked", "page"),
    [("2", 2), ("0", 1), ("-1", 1), ("x", 1), ("²", 1), ("1" * 5000, 1), ("9" * 40, LAST_PAGE), ("", 1)],
)
def test_a_page_is_a_number_that_can_be_one(asked: str, page: int) -> None:
    assert page_of({"page": asked}) == page


def test_a_headline_is_short() -> None:
    assert headline(Article("a", "d", "\n\nErste Zeile\nzweite")) == "Erste Zeile"
    assert len(headline(Article("a", "d", "Wort " * 60))) <= 120


def test_a_mark_that_begins_with_a_blank_before_a_line_end_has_one_anchor() -> None:
    marks = marks_of(Reading("a", "1", (Span.of("aa \na", 2, 5, SpanType.ITEM),)), [])
    assert [piece.anchor for line in paragraphs("aa \na", marks) for piece in line.pieces] == [None, None, "z2"]


@given(st.data())
def test_marking_loses_no_letter_and_anchors_every_mark_once(data: st.DataObject) -> None:
    text = data.draw(st.text("ab \n", min_size=1, max_size=40).filter(str.strip))
    cuts = data.draw(st.lists(st.tuples(st.integers(0, len(text) - 1), st.integers(1, 9)), max_size=6))
    stretches = [(start, min(start + length, len(text))) for start, length in cuts]
    spans = [Span.of(text, start, end, SpanType.ITEM) for start, end in stretches]
    marks = marks_of(Reading("a", "1", tuple(spans)), [])
    assert all(one.end <= other.start for one, other in pairwise(marks))
    lines = paragraphs(text, marks)
    assert ["".join(piece.text for piece in line.pieces) for line in lines] == [
        ln for ln in text.split("\n") if ln.strip()
    ]
    anchors = [piece.anchor for line in lines for piece in line.pieces if piece.anchor]
    assert len(set(anchors)) == len(anchors)
    wordy = [mark.anchor for mark in marks if text[mark.start : mark.end].strip()]
    assert set(wordy) <= set(anchors)


def test_evidence_on_a_span_makes_no_second_mark() -> None:
    assert marks_of(READING, [CLAIM]) == [
        Mark(TEXT.index("bietet"), TEXT.index("bietet") + 6, SpanType.TRIGGER),
        Mark(TEXT.index("Serbien"), TEXT.index("Serbien") + 7, SpanType.ACTOR),
        Mark(TEXT.index("bis zu 40"), TEXT.index("bis zu 40") + 9, None),
    ]
