"""The interface for programs: lists in parts, ETags, and judging what is still as it was seen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from quellenlage.ledger import Ledger
from quellenlage.web import create_app
from quellenlage.web.api import forms
from tests.reviewed import small_ledger

JUDGEMENTS = "/api/v1/judgements"
ADA = {"person": "Ada"}


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    with TestClient(create_app(small_ledger(tmp_path / "ledger.db"))) as opened:
        yield opened


def version(client: TestClient, claim: str = "aa11-0") -> str:
    return str(client.get(f"/api/v1/claims/{claim}").headers["etag"])


def judge(client: TestClient, tag: str | None, **asked: Any) -> Any:
    headers = {} if tag is None else {"If-Match": tag}
    return client.post(JUDGEMENTS, json={**ADA, **asked}, headers=headers)


def deal(client: TestClient) -> dict[str, Any]:
    (found,) = client.get("/api/v1/deals").json()["deals"]
    return dict(found)


@pytest.mark.parametrize(
    ("path", "form", "entries"),
    [
        ("claims", forms.Claims, "claims"),
        ("claims?supplier=RS&recipient=cy&stage=OFFERED&since=2024&until=2024-05", forms.Claims, "claims"),
        ("articles", forms.Articles, "articles"),
        ("deals", forms.Deals, "deals"),
        ("deals?order=unsupported&supplier=RS", forms.Deals, "deals"),
        ("stories", forms.Stories, "stories"),
        ("stories?article=aa11", forms.Stories, "stories"),
        ("copies", forms.Copies, "copies"),
        ("copies?article=bb22", forms.Copies, "copies"),
        ("search?q=Haubitzen", forms.Hits, "hits"),
    ],
)
def test_lists_are_what_the_document_says(client: TestClient, path: str, form: type[forms.Form], entries: str) -> None:
    answer = client.get(f"/api/v1/{path}").json()
    form.model_validate(answer)
    assert answer[entries]


def test_single_things_are_what_the_document_says(client: TestClient) -> None:
    forms.ClaimForm.model_validate(client.get("/api/v1/claims/aa11-0").json())
    forms.ArticleForm.model_validate(client.get("/api/v1/articles/doc-aa11").json())
    forms.WholeDeal.model_validate(client.get(f"/api/v1/deals/{deal(client)['id']}").json())
    forms.Facets.model_validate(client.get("/api/v1/facets").json())
    assert client.get("/api/v1/facets?limit=1").json()["facets"]["supplier"] == [{"value": "RS", "claims": 2}]


@pytest.mark.parametrize("listed", ["claims", "claims?supplier=RS", "articles", "judgements"])
def test_a_list_can_be_gone_through_in_parts(client: TestClient, listed: str) -> None:
    for id in ("aa11-0", "bb22-0"):
        assert judge(client, version(client, id), kind="accept", claims=[id]).status_code == 201
    name = listed.partition("?")[0]
    whole = client.get(f"/api/v1/{listed}").json()
    assert whole["next"] is None
    found, at = [], f"/api/v1/{listed}{'&' if '?' in listed else '?'}limit=1"
    while at:
        part = client.get(at).json()
        assert len(part[name]) == 1
        found += part[name]
        at = part["next"]
    assert found == whole[name]
    assert len(found) == 2


@pytest.mark.parametrize("order", ["largest", "latest", "disputed", "unsupported"])
def test_deals_can_be_gone_through_in_every_order(client: TestClient, tmp_path: Path, order: str) -> None:
    name = deal(client)["id"]
    tag = client.get(f"/api/v1/deals/{name}").headers["etag"]
    assert judge(client, tag, kind="split", deal=name, articles=["bb22"]).status_code == 201
    client.app.state.weighing.settle()  # type: ignore[attr-defined]
    whole = client.get("/api/v1/deals", params={"order": order}).json()["deals"]
    first = client.get("/api/v1/deals", params={"order": order, "limit": 1}).json()
    second = client.get(first["next"]).json()
    assert second["next"] is None
    assert [*first["deals"], *second["deals"]] == whole
    assert len(whole) == 2


@pytest.mark.parametrize("path", ["claims", "claims/aa11-0", "articles", "deals", "facets", "claims?as_of=2999-01-01"])
def test_who_knows_an_answer_is_not_given_it_again(client: TestClient, path: str) -> None:
    first = client.get(f"/api/v1/{path}")
    again = client.get(f"/api/v1/{path}", headers={"If-None-Match": f'"other", W/{first.headers["etag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    assert judge(client, version(client), kind="correct", claim="aa11-0", values={"stage": "agreed"}).status_code == 201
    client.app.state.weighing.settle()  # type: ignore[attr-defined]
    now = client.get(f"/api/v1/{path}", headers={"If-None-Match": first.headers["etag"]})
    assert now.status_code == 200
    assert now.headers["etag"] != first.headers["etag"]


def test_a_correction_holds_and_can_be_taken_back(client: TestClient) -> None:
    before = version(client)
    made = judge(client, before, kind="correct", claim="aa11-0", values={"stage": "delivered", "quantity": "20..30"})
    assert made.status_code == 201
    forms.Decided.model_validate(made.json())
    claim = client.get("/api/v1/claims/aa11-0").json()
    assert (claim["stage"], claim["quantity"], claim["verdict"]) == ("delivered", [20, 30], "corrected")
    assert made.headers["etag"] == version(client)
    log = client.get(JUDGEMENTS).json()
    forms.Judgements.model_validate(log)
    assert log["judgements"][0]["person"] == "Ada"
    assert client.get(made.headers["location"]).json() == log["judgements"][0]
    assert client.delete(made.headers["location"]).status_code == 204
    assert version(client) == before
    assert client.get(JUDGEMENTS, params={"in_force": True}).json()["judgements"] == []
    assert client.delete(made.headers["location"]).status_code == 404


def test_claims_are_chosen_by_who_denies_them(client: TestClient) -> None:
    assert client.get("/api/v1/claims?denied_by=rs").json()["claims"] == []
    assert judge(client, "*", kind="correct", claim="aa11-0", values={"denied_by": "RS"}).status_code == 201
    assert [one["id"] for one in client.get("/api/v1/claims?denied_by=rs").json()["claims"]] == ["aa11-0"]
    assert client.get("/api/v1/facets").json()["facets"]["denied_by"] == [{"value": "RS", "claims": 1}]


def test_whoever_comes_second_is_told_what_the_first_did(client: TestClient) -> None:
    seen = version(client)
    assert judge(client, seen, kind="correct", claim="aa11-0", values={"stage": "agreed"}).status_code == 201
    late = judge(client, seen, kind="reject", claims=["aa11-0"], person="Bo")
    assert late.status_code == 412
    told = late.json()
    forms.Problem.model_validate(told)
    assert told["changed"] == ["aa11-0"]
    assert told["judgements"][0]["person"] == "Ada"
    assert told["judgements"][0]["corrections"] == [{"field": "stage", "value": "agreed", "spans": []}]
    assert client.get("/api/v1/claims/aa11-0").json()["stage"] == "agreed"


def test_a_missed_claim_is_added_by_the_words_that_tell_of_it(client: TestClient) -> None:
    values, tells = {"stage": "agreed", "recipient": "GR"}, {"start": 238, "end": 246, "text": "Verträge"}
    spans = {"stage": [tells], "supplier": [{"start": 161, "end": 168, "text": "Belgrad"}]}
    made = judge(client, None, kind="add", article="doc-aa11", values=values, spans=spans)
    forms.Decided.model_validate(made.json())
    (new,) = made.json()["claims"]
    assert (new["supplier"], new["recipient"], new["stage"], new["verdict"]) == (["RS"], ["GR"], "agreed", "added")
    assert client.get(f"/api/v1/claims/{new['id']}").headers["etag"] == made.headers["etag"]
    logged = client.get(made.headers["location"]).json()
    assert {one["field"]: one["spans"] for one in logged["corrections"]}["stage"] == [tells]
    assert client.delete(made.headers["location"]).status_code == 204
    assert client.get(f"/api/v1/claims/{new['id']}").status_code == 404


def test_words_are_marked_for_a_field_of_a_claim(client: TestClient) -> None:
    spans = {"recipient": [{"start": 88, "end": 95, "text": "Nikosia"}]}
    made = judge(client, version(client), kind="correct", claim="aa11-0", spans=spans).json()
    (claim,) = made["claims"]
    assert claim["recipient"] == ["CY"]
    assert [one["text"] for one in claim["evidence"] if one["field"] == "recipient"] == ["Nikosia"]
    elsewhere = {"recipient": [{"start": 80, "end": 87, "text": "Nikosia"}]}
    refused = judge(client, version(client), kind="correct", claim="aa11-0", spans=elsewhere)
    assert refused.status_code == 400
    assert "'Nikosia' does not stand at 80-87" in refused.json()["error"]


def test_a_claim_that_another_rejected_is_not_judged_again(client: TestClient) -> None:
    seen = version(client)
    assert judge(client, seen, kind="reject", claims=["aa11-0"]).status_code == 201
    assert client.get("/api/v1/claims/aa11-0").status_code == 404
    late = judge(client, seen, kind="accept", claims=["aa11-0"], person="Bo")
    assert late.status_code == 412
    assert late.json()["judgements"][0]["kind"] == "reject"


def test_all_claims_of_a_judgement_must_be_as_they_were_seen(client: TestClient) -> None:
    both = ["aa11-0", "bb22-0"]
    assert judge(client, version(client), kind="accept", claims=both).status_code == 412
    assert client.get(JUDGEMENTS).json()["judgements"] == []
    tags = ", ".join(version(client, id) for id in both)
    assert judge(client, tags, kind="accept", claims=both).status_code == 201


def test_deals_are_split_and_merged(client: TestClient) -> None:
    name = deal(client)["id"]
    tag = client.get(f"/api/v1/deals/{name}").headers["etag"]
    assert judge(client, '"old"', kind="split", deal=name, articles=["bb22"]).status_code == 412
    assert judge(client, tag, kind="split", deal=name, articles=["aa11", "bb22"]).status_code == 400
    assert judge(client, tag, kind="split", deal=name, articles=["bb22"]).status_code == 201
    client.app.state.weighing.settle()  # type: ignore[attr-defined]
    deals = [one["id"] for one in client.get("/api/v1/deals").json()["deals"]]
    assert len(deals) == 2
    tags = ", ".join(client.get(f"/api/v1/deals/{one}").headers["etag"] for one in deals)
    assert judge(client, tags.partition(",")[0], kind="merge", deals=deals).status_code == 412
    assert judge(client, tags, kind="merge", deals=deals).status_code == 201
    client.app.state.weighing.settle()  # type: ignore[attr-defined]
    assert len(client.get("/api/v1/deals").json()["deals"]) == 1


def test_a_name_is_given_its_actor(client: TestClient) -> None:
    assert judge(client, None, kind="identify", name="RS", actor="RS").status_code == 400
    assert judge(client, None, kind="identify", name="RS", actor="serbische-werke").status_code == 201
    assert client.get("/api/v1/claims/aa11-0").json()["supplier"] == ["serbische-werke"]


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"person": ""}, 422),
        ({"person": "  "}, 422),
        ({"person": "A\x00da"}, 422),
        ({"kind": "praise"}, 422),
        ({"values": {}}, 422),
        ({"surplus": 1}, 422),
        ({"values": {"colour": "red"}}, 400),
        ({"values": {"stage": "sold"}}, 400),
        ({"values": {"quantity": "9..1"}}, 400),
        ({"claim": "nothing"}, 404),
    ],
)
def test_what_cannot_be_judged_is_refused_with_what_could(
    client: TestClient, change: dict[str, Any], status: int
) -> None:
    asked = {**ADA, "kind": "correct", "claim": "aa11-0", "values": {"stage": "agreed"}, **change}
    answer = client.post(JUDGEMENTS, json=asked, headers={"If-Match": "*"})
    assert answer.status_code == status
    forms.Problem.model_validate(answer.json())
    assert client.get(JUDGEMENTS).json()["judgements"] == []


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Content-Type": "text/plain"}, 415),
        ({"Content-Type": "application/x-www-form-urlencoded"}, 415),
        ({"Content-Type": "application/json", "Origin": "https://elsewhere.example"}, 403),
        ({"Content-Type": "application/json", "Origin": "null"}, 403),
        ({"Content-Type": "application/json", "Sec-Fetch-Site": "cross-site"}, 403),
        ({"Content-Type": "application/json", "Sec-Fetch-Site": "same-site"}, 403),
        ({"Content-Type": "application/json", "Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"}, 201),
        ({"Content-Type": "application/json"}, 201),
    ],
)
def test_only_the_pages_and_programs_may_judge(client: TestClient, headers: dict[str, str], status: int) -> None:
    body = '{"kind": "accept", "claims": ["aa11-0"], "person": "Ada"}'
    answer = client.post(JUDGEMENTS, content=body, headers={**headers, "If-Match": "*"})
    assert answer.status_code == status
    assert bool(client.get(JUDGEMENTS).json()["judgements"]) == (status == 201)


@pytest.mark.parametrize(
    ("host", "status"),
    [("rebound.example", 403), ("", 403), ("127.0.0.1:8017", 200), ("localhost", 200), ("[::1]:8017", 200)],
)
def test_this_machine_answers_under_no_foreign_name(tmp_path: Path, host: str, status: int) -> None:
    with TestClient(create_app(small_ledger(tmp_path / "ledger.db")), client=("127.0.0.1", 4)) as local:
        for path in ("/", "/api/v1/claims"):
            assert local.get(path, headers={"Host": host}).status_code == status
        assert local.delete(f"{JUDGEMENTS}/1", headers={"Host": host}).status_code == (403 if status == 403 else 404)


def test_without_a_tag_nothing_is_judged(client: TestClient) -> None:
    answer = judge(client, None, kind="accept", claims=["aa11-0"])
    assert answer.status_code == 428
    assert "If-Match" in answer.json()["error"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("claims?limit=0", 422),
        ("claims?after=nowhere", 422),
        ("claims?after=2024~x", 422),
        ("claims?stage=sold", 422),
        ("claims?stance=praised", 422),
        ("claims?since=soon", 422),
        ("articles?after=99999999999999999999999", 422),
        ("deals?after=x~y", 422),
        ("deals?after=2024-05-02~y", 400),
        ("deals?order=best", 422),
        ("claims?as_of=yesterday", 400),
        ("claims/none?as_of=0001-01-01", 404),
        ("claims/none?as_of=9999-12-31T23:59-12:00", 404),
        ("search?q=stufe:irgendwie", 400),
        ("search", 422),
        ("judgements/0", 422),
        ("judgements/7", 404),
        ("claims/none", 404),
        ("deals/none", 404),
        ("nowhere", 404),
    ],
)
def test_mistakes_are_objects_that_say_what_to_do(client: TestClient, path: str, status: int) -> None:
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == status
    assert answer.json()["error"]


def test_the_document_describes_every_route_with_forms_and_examples(client: TestClient) -> None:
    document = client.get("/api/v1/openapi.json").json()
    for path, ways in document["paths"].items():
        for way, told in ways.items():
            good = next(code for code in told["responses"] if code.startswith("2"))
            assert told["responses"][good].get("content") or good == "204", (path, way)
            assert told["description"], (path, way)
    assert document["components"]["schemas"]["ClaimForm"]["examples"]
    assert document["components"]["schemas"]["Correct"]["examples"]
    forms.ClaimForm.model_validate(forms.CLAIM)


def test_a_ledger_that_something_came_into_gives_new_answers(client: TestClient, tmp_path: Path) -> None:
    before = client.get("/api/v1/articles")
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        first = ledger.article("aa11")
        ledger.add_article(type(first)("cc33", "doc-cc33", "Etwas anderes"))
    after = client.get("/api/v1/articles")
    assert re.search('"cc33"', after.text)
    assert after.headers["etag"] != before.headers["etag"]
