"""The page of an article: words and claims, text that stands elsewhere too, its original, and hostile texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from quellenlage.domain import Article, Reading, Span, SpanType
from quellenlage.ledger import Ledger
from quellenlage.web import create_app
from quellenlage.web.language import texts
from quellenlage.web.marking import Shared, claims_at, marks_of, paragraphs, ties_of
from tests.reviewed import FIRST, SECOND, claim, reading, small_ledger


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    with TestClient(create_app(small_ledger(tmp_path / "ledger.db")), headers={"Accept-Language": "en"}) as opened:
        yield opened


def plain(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_words_lead_to_their_claim_and_the_claim_to_its_words(client: TestClient) -> None:
    page = client.get("/article/aa11").text
    place = FIRST.rindex("Haubitzen")
    assert re.search(rf'<mark id="z{place}" class="ITM[^>]*><a href="#c-aa11-0">Haubitzen</a></mark>', page)
    assert f'href="#z{place}"' in page
    assert page.count('id="c-aa11-0"') == 1


def test_a_trigger_lights_up_its_roles_and_not_what_is_said_of_it() -> None:
    marks = marks_of(reading("aa11", FIRST), [])
    ties = ties_of(reading("aa11", FIRST), marks)
    of = {FIRST[mark.start : mark.end]: ties[mark.anchor] for mark in marks}
    lit_by = {word: {other for other, tie in of.items() if set(tie.within) & set(of[word].leads)} for word in of}
    assert lit_by["bietet"] == {"bietet", "Serbien", "Haubitzen"}
    assert lit_by["Abendblatt"] == {"Laut", "Abendblatt", "bietet"}


def test_a_mark_knows_the_claims_that_rest_on_it() -> None:
    one = claim("aa11", FIRST, "Kurier", 1.0)
    found = claims_at(marks_of(reading("aa11", FIRST), [one]), [one])
    assert found[f"z{FIRST.rindex('bis zu 40')}"] == ("aa11-0",)
    assert f"z{FIRST.index('Laut')}" not in found


def test_shared_text_is_shaded_and_leads_to_the_same_words_in_the_other_article(client: TestClient) -> None:
    page = client.get("/article/bb22").text
    there = FIRST.index("Laut dem")
    here = SECOND.index("Laut dem")
    assert f'id="t{here}" href="/article/aa11#t{there}"' in page
    assert f'id="t{there}"' in client.get("/article/aa11").text
    told = plain(page)
    assert "copied from Kurier , 2 May 2024" in told
    assert "copied by Echo" in plain(client.get("/article/aa11").text)
    shaded = re.findall(r'class="[^"]*shared"[^>]*>(?:<a [^>]*>)?([^<]*)', page)
    assert "Haubitzen" in shaded
    assert not any("Abend nicht" in text for text in shaded)


def test_the_original_is_given_as_bytes_that_no_browser_shows(client: TestClient) -> None:
    assert "/original/aa11?number=1" in client.get("/article/aa11").text
    answer = client.get("/original/aa11")
    assert answer.content == FIRST.encode()
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert client.get("/original/aa11?number=2").status_code == 404


def test_what_a_page_says_of_itself_is_told(tmp_path: Path) -> None:
    path = small_ledger(tmp_path / "ledger.db")
    with Ledger.open(path) as ledger:
        ledger.add_article(
            Article("cc33", "c", "Text", updated="2024-05-04", credits=("dpa", "AFP"), paywalled=True, published="2024")
        )
    with TestClient(create_app(path), headers={"Accept-Language": "en"}) as client:
        told = plain(client.get("/article/cc33").text)
    for words in ("Updated 4 May 2024", "Agencies credited dpa , AFP", "not free to read"):
        assert words in told


def test_the_entries_of_a_ticker_lead_to_one_another(tmp_path: Path) -> None:
    path = small_ledger(tmp_path / "ledger.db")
    with Ledger.open(path) as ledger:
        for number in range(3):
            ledger.add_article(Article(f"t{number}", f"ticker#{number}", f"Eintrag {number}", part_of="ticker"))
    with TestClient(create_app(path), headers={"Accept-Language": "en"}) as client:
        page = client.get("/article/t1").text
    assert "Entry 2 of 3" in plain(page)
    assert '<a rel="prev" href="/article/t0">' in page
    assert '<a rel="next" href="/article/t2">' in page


HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(1)> <svg onload=alert(1)> <style>*{display:none}</style>\n"
    "</p></div></main><iframe src=javascript:alert(1)> {{ 7 * 7 }} {% raw %}\n"
    "\u202elinks herum\u202c und \u2067isoliert &lt;b&gt; \x0b\x0c\x1b[31m\n"
)


@pytest.mark.parametrize("field", ["text", "title", "outlet", "url", "authors", "credits", "doc"])
def test_a_hostile_article_is_shown_as_text(tmp_path: Path, field: str) -> None:
    path = small_ledger(tmp_path / "ledger.db")
    value = (HOSTILE,) if field in ("authors", "credits") else HOSTILE
    fields = {"id": "evil", "doc": "evil", "text": "Text", **{field: value}}
    with Ledger.open(path) as ledger:
        ledger.add_article(Article(**fields))  # type: ignore[arg-type]
    with TestClient(create_app(path)) as client:
        page = client.get("/article/evil").text
        entry = client.get("/api/v1/articles/evil")
    for tag in ("<script>alert", "<img", "<svg", "<style", "<iframe", "49"):
        assert tag not in page.replace("/static/", "")
    assert page.count("</main>") == 1
    assert entry.headers["content-type"] == "application/json"
    if field in ("text", "title"):
        assert 'dir="auto"' in page


def test_a_line_of_five_megabytes_is_a_page(tmp_path: Path) -> None:
    path = small_ledger(tmp_path / "ledger.db")
    text = "Serbien liefert \u202e<b> " + ("Wort" * 250 + " ") * 5_000
    with Ledger.open(path) as ledger:
        spans = (Span.of(text, 0, 7, SpanType.ACTOR),)
        ledger.record(Article("long", "long", text), Reading("long", "1", spans=spans), [])
    with TestClient(create_app(path)) as client:
        page = client.get("/article/long")
    assert page.status_code == 200
    assert len(page.text) > len(text) > 5_000_000 - 50
    assert "<b>" not in page.text


@given(st.data())
def test_shading_loses_no_letter_and_shades_just_what_is_shared(data: st.DataObject) -> None:
    text = data.draw(st.text("ab \n", min_size=1, max_size=40).filter(str.strip))
    stretch = st.tuples(st.integers(0, len(text) - 1), st.integers(1, 12))
    cut = [(start, min(start + length, len(text))) for start, length in data.draw(st.lists(stretch, max_size=5))]
    spans = [Span.of(text, start, end, SpanType.ITEM) for start, end in cut]
    shared = [
        Shared(start, min(start + length, len(text)), number)
        for number, (start, length) in enumerate(data.draw(st.lists(stretch, max_size=5)))
    ]
    lines = paragraphs(text, marks_of(Reading("a", "1", tuple(spans)), []), shared)
    whole = [line for line in text.split("\n") if line.strip()]
    assert ["".join(piece.text for piece in line.pieces) for line in lines] == whole
    assert all(text.startswith("".join(piece.text for piece in line.pieces), line.start) for line in lines)
    shaded = {place for one in shared for place in range(one.start, one.end)}
    wanted = []
    at = 0
    for line in text.split("\n"):
        if line.strip():
            wanted.append([at + place in shaded for place in range(len(line))])
        at += len(line) + 1
    assert [[piece.is_shared for piece in line.pieces for _ in piece.text] for line in lines] == wanted


def test_both_languages_have_all_texts() -> None:
    assert texts("de").keys() == texts("en").keys()
