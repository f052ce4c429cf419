"""Adding a claim with the forms alone, as a browser without scripts does it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from quellenlage.web import create_app
from tests.reviewed import small_ledger

MISSED = {"article": "aa11", "words-stage": "Verträge", "words-supplier": "Belgrad", "recipient": "GR"}


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    with TestClient(create_app(small_ledger(tmp_path / "ledger.db")), headers={"Accept-Language": "en"}) as opened:
        opened.post("/review/name", data={"person": "Ada"})
        yield opened


def added(client: TestClient) -> list[dict[str, object]]:
    return [one for one in client.get("/api/v1/claims").json()["claims"] if one["verdict"] == "added"]


def test_words_and_values_make_a_claim_that_is_shown_to_be_looked_at(client: TestClient) -> None:
    answer = client.post("/review/add", data=MISSED)
    assert answer.url.path == "/review"
    assert "Judgement 1 is saved" in answer.text
    (claim,) = added(client)
    assert (claim["supplier"], claim["recipient"]) == (["RS"], ["GR"])
    assert "added by a person" in client.get("/article/aa11").text


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"words-stage": ""}, "a claim needs words that tell of the transfer"),
        ({"words-supplier": "Serbien"}, "times; write which you mean: 0-7, 63-70"),
        ({"recipient": "", "words-supplier": ""}, "a claim needs a supplier or a recipient"),
    ],
)
def test_what_is_no_claim_is_told_and_stays_typed(client: TestClient, changed: dict[str, str], told: str) -> None:
    answer = client.post("/review/add", data={**MISSED, "models": "D-30 <b>", **changed})
    assert answer.status_code == 400
    assert told in answer.text
    assert 'value="D-30 &lt;b&gt;"' in answer.text
    assert added(client) == []


def test_words_of_an_article_are_carried_past_the_question_for_a_name(client: TestClient) -> None:
    client.cookies.clear()
    asked = client.get("/review", params={"article": "aa11", "claim": "", "field": "stage", "words": "238-246"})
    assert asked.url.path == "/review/add"
    assert client.post("/review/add", data=MISSED).status_code == 403
    kept = dict(asked.url.params)
    begun = client.post("/review/name", data={**kept, "person": "Bo"})
    assert 'name="words-stage" value="238-246"' in begun.text
    assert "<q>Verträge</q>" in begun.text


def test_words_for_a_field_of_a_claim_come_into_its_form(client: TestClient) -> None:
    page = client.get("/review", params={"claim": "aa11-0", "field": "recipient", "words": "Nikosia"}).text
    assert 'name="words-recipient" value="Nikosia"' in page
    assert "<q>Nikosia</q>" in page


def test_an_article_that_is_not_there_is_not_added_to(client: TestClient) -> None:
    assert client.get("/review/add?article=none").status_code == 404
    assert client.get("/review/add").url.path == "/review"
