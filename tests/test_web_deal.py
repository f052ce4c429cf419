"""The pages of deals, stories, copies, sources and actors."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

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
from quellenlage.ledger import Ledger
from quellenlage.web import create_app
from quellenlage.web.language import texts

FIRST = (
    "Serbien soll Haubitzen verkaufen\n"
    "Laut dem Abendblatt verhandelt Serbien mit Zypern über 40 Haubitzen. Das Blatt beruft sich auf einen Beamten in "
    "Belgrad, der nicht genannt werden will. Die Regierung in Nikosia bestritt das am Abend <b>entschieden</b>.\n"
)
COPY = FIRST.replace("40 Haubitzen", "60 Haubitzen").replace("Serbien soll Haubitzen", "Serbien will Haubitzen")
OTHER = "In Zypern sind serbische Haubitzen angekommen, sagte ein Zöllner im Hafen von Limassol dem Kurier.\n"


def span(text: str, words: str, type: SpanType) -> Span:
    start = text.index(words)
    return Span.of(text, start, start + len(words), type)


def evidence(text: str, **words: str) -> tuple[Evidence, ...]:
    return tuple(Evidence(field, text.index(said), text.index(said) + len(said), said) for field, said in words.items())


def outlet(slug: str, name: str) -> Hop:
    return Hop(slug, HopKind.OUTLET, name)


def articles_and_claims() -> list[tuple[Article, Claim]]:
    paper = replace(outlet("abendblatt", "Abendblatt"), span=span(FIRST, "Abendblatt", SpanType.ACTOR))
    officer = Hop(
        "rs-officials",
        HopKind.OFFICIALS,
        "Beamter",
        span(FIRST, "einen Beamten in Belgrad", SpanType.ACTOR),
        span(FIRST, "beruft sich", SpanType.CUE),
    )
    common = {"supplier": ("RS",), "recipient": ("CY",), "item_classes": ("artillery",)}
    told = []
    for id, doc, text, name, day, number, hedged in (
        ("a1", "eins", FIRST, "Morgen Kurier", "2024-05-02", 40, True),
        ("b2", "zwei", COPY, "Tal <i>Bote</i>", "2024-05-03", 60, False),
    ):
        claim = Claim(
            f"k{id}",
            id,
            Stage.NEGOTIATING,
            **common,  # type: ignore[arg-type]
            quantity=Quantity(number, number, f"{number} Haubitzen"),
            quantity_item="artillery",
            chains=(Chain((outlet(name.lower().replace(" ", "-"), name), paper, officer)),),
            hedged=hedged,
            denied_by=("CY",),
            evidence=evidence(text, stage="verhandelt", quantity=f"{number} Haubitzen", denied_by="bestritt"),
        )
        told.append((Article(id, doc, text, outlet=name, published=day, language="de"), claim))
    customs = Hop("zoellner", HopKind.PERSON, "ein Zöllner", span(OTHER, "ein Zöllner", SpanType.ACTOR))
    arrived = Claim(
        "kc3",
        "c3",
        Stage.DELIVERED,
        **common,  # type: ignore[arg-type]
        chains=(Chain((outlet("kurier", "Kurier"), customs)),),
        evidence=evidence(OTHER, stage="angekommen"),
    )
    return [*told, (Article("c3", "drei", OTHER, outlet="Kurier", published="2024-05-09"), arrived)]


@pytest.fixture
def client(tmp_path: Path):
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        for article, claim in articles_and_claims():
            ledger.record(article, Reading(article.id, "1"), [claim])
    with TestClient(create_app(tmp_path / "ledger.db"), headers={"Accept-Language": "de"}) as opened:
        yield opened


DEAL = "/deal/RS-CY-artillery-2024-05"
PAGES = [
    DEAL,
    "/story/a1",
    "/copies/a1/b2",
    "/source/abendblatt",
    "/source/rs-officials",
    "/source/abendblatt?answer=denied_by",
    "/source/abendblatt/claims?as=source",
    "/source/nobody-at-all",
    "/actor/CY",
    "/actor/RS",
]


class Outline(HTMLParser):
    """The ids, links, headings and forbidden attributes of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.headings: list[int] = []
        self.forbidden: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name == "href" and tag == "a":
                self.links.append(value or "")
            if name == "style" or name.startswith("on"):
                self.forbidden.append(f"{tag} {name}")
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))


def plain(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_the_standing_is_told_in_one_sentence(client: TestClient) -> None:
    german = plain(client.get(DEAL).text)
    assert (
        "Von Serbien an Zypern geliefert; zwei unabhängige Ursprünge, vielleicht mehr; bestritten von Zypern." in german
    )
    english = plain(client.get(DEAL, params={"lang": "en"}).text)
    assert "Delivered by Serbia to Cyprus; two independent origins, possibly more; denied by Cyprus." in english


def test_the_tree_tells_who_told_whom_and_in_which_words(client: TestClient) -> None:
    page = client.get(DEAL).text
    told = plain(page[page.index('class="tree"') : page.index("timeline-heading")])
    for words in ("einen Beamten in Belgrad … beruft sich", "Abendblatt", "ein Zöllner", "Haubitzen angekommen"):
        assert words in told
    drawn = page[page.index("tree-drawing") : page.index('class="tree"')]
    assert drawn.count('class="teller origin') == 2
    assert drawn.count('class="leaf"') == 3


def test_every_stage_and_denial_is_drawn_and_listed(client: TestClient) -> None:
    page = client.get(DEAL).text
    assert page.count('class="spot denied_by"') == 2
    assert page.count('class="spot claim-spot') == 3
    for id in ("ka1", "kb2", "kc3"):
        assert f'<tr role="row" id="claim-{id}">' in page
    assert "geliefert: 1 Behauptung; 9. Mai 2024" in page


def test_numbers_that_cannot_both_hold_and_denials_stand_side_by_side_with_their_words(client: TestClient) -> None:
    page = client.get(DEAL).text
    against = plain(page[page.index('aria-labelledby="contradictions"') : page.index('aria-labelledby="articles"')])
    for words in ("Bestritten", "Nikosia bestritt das", "Zahlen, die nicht zusammen stimmen können", "60 Haubitzen"):
        assert words in against
    for words in ("Vorbehalt verloren", "Zahl gewachsen"):
        assert words in against


def test_the_reasons_for_one_deal_and_for_the_grade_are_told(client: TestClient) -> None:
    told = plain(client.get(DEAL).text)
    assert "gleiche Güter +0.9" in told
    assert "gleich: beide gehen auf Behördenvertreter (Serbien) zurück" in told or "gleich: " in told
    assert texts("de")["rule_3"] in told


def test_a_story_tells_who_copied_whom(client: TestClient) -> None:
    page = client.get("/story/a1").text
    assert 'href="/copies/a1/b2"' in page
    assert "erschien später" in page
    in_time = page[page.index('class="papers"') :]
    assert in_time.index("Morgen Kurier") < in_time.index("Tal &lt;i&gt;Bote")
    alone = client.get("/story/drei").text
    assert "/copies/" not in alone


def test_copies_differ_word_by_word_and_say_so_without_colour(client: TestClient) -> None:
    page = client.get("/copies/a1/b2").text
    assert "<del>soll</del>" in page
    assert "<ins>will</ins>" in page
    assert "<del>40</del>" in page
    assert "2 stehen nur im ersten, 2 nur im zweiten" in plain(page)
    assert "keine Kopien" not in plain(page)
    assert "gelten nicht als Kopien" in plain(client.get("/copies/a1/c3").text)
    assert client.get("/copies/a1/zz").status_code == 404


def test_a_source_tells_who_passes_it_on_and_how_its_deals_were_answered(client: TestClient) -> None:
    told = plain(client.get("/source/abendblatt").text)
    assert "2 Behauptungen berufen sich auf sie" in told
    assert "danach von jemandem bestritten 1 Geschäft" in told
    assert "danach von jemandem bestätigt 0 Geschäfte" in told
    listed = plain(client.get("/source/abendblatt/claims", params={"as": "source", "other": "morgen-kurier"}).text)
    assert listed.count("in Verhandlung") == 1
    assert "Keine Behauptungen" in plain(client.get("/source/abendblatt/claims").text)


def test_an_actor_has_its_deals_and_denials(client: TestClient) -> None:
    cyprus = plain(client.get("/actor/CY").text)
    for words in ("Als Empfänger 1 Geschäft", "Bestreitet (2)", "Nikosia bestritt das"):
        assert words in cyprus
    assert "Als Lieferant" not in cyprus
    assert client.get("/search", params={"q": "dementiert:CY"}).text.count('class="hit"') == 2
    serbia = plain(client.get("/actor/RS").text)
    assert "Behördenvertreter (Serbien) 2 Behauptungen" in serbia
    assert client.get("/actor/XX").status_code == 404


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["de", "en"])
def test_every_link_leads_somewhere_and_headings_are_in_order(client: TestClient, path: str, language: str) -> None:
    answer = client.get(path, params={**dict(client.get(path).url.params), "lang": language})
    assert answer.status_code == 200
    outline = Outline(answer.text)
    assert len(outline.ids) == len(set(outline.ids))
    assert outline.forbidden == []
    assert outline.headings[0] == 1
    assert all(after <= before + 1 for before, after in zip(outline.headings, outline.headings[1:], strict=False))
    for link in set(outline.links):
        address, _, fragment = link.partition("#")
        if not address:
            assert fragment in outline.ids
        elif address.startswith(("/", "?")) and not address.startswith(("/theme/", "/review")):
            url = answer.url.copy_with(query=address[1:].encode()) if address[0] == "?" else address
            assert client.get(url).status_code == 200, link


@pytest.mark.parametrize("path", PAGES)
def test_what_articles_say_is_shown_as_text(client: TestClient, path: str) -> None:
    page = client.get(path).text
    assert "<i>Bote" not in page
    assert "<b>entschieden" not in page
    assert not re.search(r"<script(?! src)", page)


@pytest.mark.parametrize("path", [DEAL, "/story/a1", "/copies/a1/b2"])
def test_before_the_articles_came_there_was_nothing(client: TestClient, path: str) -> None:
    assert client.get(path, params={"as_of": "2020-01-01"}).status_code == 404


def test_many_claims_are_listed_in_pages_to_which_the_drawing_leads(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quellenlage.web.deal_pages.CLAIMS_A_PAGE", 2)
    first = client.get(DEAL).text
    assert 'id="claim-kc3"' not in first
    assert 'href="?page=2#claim-kc3"' in first
    second = client.get(DEAL, params={"page": 2}).text
    assert 'id="claim-kc3"' in second
    assert client.get(DEAL, params={"page": 99}).text.count('id="claim-kc3"') == 1


def test_a_deal_whose_articles_are_in_no_story_is_shown_too(client: TestClient, tmp_path: Path) -> None:
    later = Article("d4", "vier", "Zypern bestätigt nichts.\n", outlet="Kurier", published="2024-05-10")
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        ledger.record(later, Reading("d4", "1"), [])
    assert client.get("/story/d4").status_code == 200
    assert client.get(DEAL).status_code == 200
