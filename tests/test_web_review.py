"""The review: what waits first, judging with forms, names, and two persons at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from quellenlage.claims.correcting import NOTATION, corrected
from quellenlage.claims.notation import corrections_of, written
from quellenlage.claims.version import version_of
from quellenlage.domain import Claim, Money, Quantity, Stage
from quellenlage.ledger import Ledger
from quellenlage.ledger.waiting import Waiting, waiting
from quellenlage.web import create_app
from tests.reviewed import FIRST, claim, reading, small_ledger


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return small_ledger(tmp_path / "ledger.db")


@pytest.fixture
def client(path: Path) -> Iterator[TestClient]:
    with TestClient(create_app(path), headers={"Accept-Language": "en"}) as opened:
        name(opened, "Ada")
        yield opened


def name(client: TestClient, person: str) -> None:
    client.cookies.clear()
    assert client.post("/review/name", data={"person": person}).status_code == 200


def plain(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def seen(page: str) -> dict[str, str]:
    """What the forms of a page send along."""
    claim, version = (re.search(rf'name="{field}" value="([^"]*)"', page) for field in ("claim", "seen"))
    assert claim
    assert version
    return {"claim": claim[1], "seen": version[1]}


def deal_seen(page: str) -> tuple[str, str]:
    """The deal of the claim that is shown, and its version."""
    found = re.search(r'name="of_deal" value="([^"]*)"><input type="hidden" name="seen" value="(\w+)"', page)
    assert found
    return found[1], found[2]


def held(client: TestClient, id: str) -> dict[str, object]:
    return dict(client.get(f"/api/v1/claims/{id}").json())


def test_the_least_sure_claim_comes_first(client: TestClient) -> None:
    page = client.get("/review").text
    assert seen(page)["claim"] == "aa11-0"
    assert "number 1 of 2" in page
    assert re.search(r'rel="next"[^>]* href="/review\?claim=bb22-0"', page)


def test_doubt_and_weight_make_the_order() -> None:
    sure, unsure = Waiting("a", 0.9, "x", 1), Waiting("b", 0.2, "x", 1)
    told_widely = Waiting("c", 0.9, "y", 1000)
    assert sorted((sure, unsure, told_widely), key=lambda one: -one.urgency) == [told_widely, unsure, sure]
    assert Waiting("d", 1.0, "y", 1000).urgency == 0


def test_a_name_is_asked_once(path: Path) -> None:
    with TestClient(create_app(path), headers={"Accept-Language": "en"}) as client:
        page = client.get("/review").text
        assert 'name="person"' in page
        assert 'action="/review/claim"' not in page
        refused = client.post("/review/claim", data={"claim": "aa11-0", "seen": "", "action": "accept"})
        assert refused.status_code == 403
        client.post("/review/name", data={"person": " Ada\x07 Löwe ", "claim": "bb22-0"})
        page = client.get("/review?claim=bb22-0").text
        assert "Ada Löwe" in plain(page)
        assert seen(page)["claim"] == "bb22-0"
        client.post("/review/claim", data={**seen(page), "action": "accept"})
        assert client.get("/api/v1/judgements").json()["judgements"][0]["person"] == "Ada Löwe"


def test_accepting_goes_on_with_the_next_claim(client: TestClient) -> None:
    page = client.get("/review").text
    after = client.post("/review/claim", data={**seen(page), "action": "accept", "next": "bb22-0", "note": "klar"})
    assert seen(after.text)["claim"] == "bb22-0"
    assert "Judgement 1 is saved" in after.text
    assert held(client, "aa11-0")["verdict"] == "accepted"
    last = client.post("/review/claim", data={**seen(after.text), "action": "reject"})
    assert "No claim waits" in last.text
    assert client.get("/api/v1/claims/bb22-0").status_code == 404


def test_only_what_was_changed_is_corrected(client: TestClient) -> None:
    page = client.get("/review").text
    values = {
        field: re.search(rf'name="{field}" value="([^"]*)"', page)[1]  # type: ignore[index]
        for field in ("supplier", "recipient", "quantity", "sources")
    }
    assert values == {"supplier": "RS", "recipient": "CY", "quantity": "..40", "sources": "abendblatt"}
    sent = {**seen(page), "action": "correct", **values}
    nothing = client.post("/review/claim", data=sent)
    assert nothing.status_code == 400
    assert "Nothing was saved" in plain(nothing.text)
    client.post("/review/claim", data={**sent, "quantity": "20..30", "models": "D-30"})
    (judgement,) = client.get("/api/v1/judgements").json()["judgements"]
    assert judgement["corrections"] == [
        {"field": "models", "value": "D-30", "spans": []},
        {"field": "quantity", "value": "20..30", "spans": []},
    ]


def test_what_cannot_be_read_is_said_and_stays_typed(client: TestClient) -> None:
    sent = {**seen(client.get("/review").text), "action": "correct", "quantity": "viele <b>"}
    answer = client.post("/review/claim", data=sent)
    assert answer.status_code == 400
    assert 'value="viele &lt;b&gt;"' in answer.text
    assert "is no quantity" in answer.text
    assert held(client, "aa11-0")["verdict"] is None


def test_two_persons_do_not_overwrite_one_another(client: TestClient) -> None:
    page = client.get("/review").text
    client.post("/review/claim", data={**seen(page), "action": "correct", "stage": "agreed"})
    name(client, "Bo")
    late = client.post("/review/claim", data={**seen(page), "action": "correct", "stage": "delivered"})
    assert late.status_code == 412
    told = plain(late.text)
    assert "Somebody else was quicker" in told
    assert "Corrected by Ada : Stage = agreed" in told
    assert "You had written: Stage = delivered" in told
    assert held(client, "aa11-0")["stage"] == "agreed"
    again = client.post("/review/claim", data={**seen(late.text), "action": "correct", "stage": "delivered"})
    assert again.status_code == 200
    assert held(client, "aa11-0")["stage"] == "delivered"


def test_a_claim_that_another_rejected_gives_way_to_the_next(client: TestClient) -> None:
    page = client.get("/review").text
    client.post("/review/claim", data={**seen(page), "action": "reject"})
    name(client, "Bo")
    late = client.post("/review/claim", data={**seen(page), "action": "accept"})
    assert late.status_code == 412
    assert "Rejected by Ada" in plain(late.text)
    assert seen(late.text)["claim"] == "bb22-0"


def test_the_last_judgement_can_be_taken_back(client: TestClient) -> None:
    page = client.get("/review").text
    after = client.post("/review/claim", data={**seen(page), "action": "reject"})
    assert 'id="undo"' in after.text
    back = client.post("/review/undo", data={"number": "1", "claim": "bb22-0"})
    assert seen(back.text)["claim"] == "aa11-0"
    assert "taken back" in plain(back.text)
    twice = client.post("/review/undo", data={"number": "1", "claim": "bb22-0"})
    assert twice.status_code == 400


def test_deals_are_split_and_merged_from_a_claim(client: TestClient) -> None:
    page = client.get("/review").text
    deal, version = re.search(
        r'name="of_deal" value="([^"]*)"><input type="hidden" name="seen" value="(\w+)"', page
    ).groups()  # type: ignore[union-attr]
    sent = {"claim": "aa11-0", "of_deal": deal, "seen": version}
    assert client.post("/review/deal", data={**sent, "action": "split", "article": "aa11"}).status_code == 200
    client.app.state.weighing.settle()  # type: ignore[attr-defined]
    deals = [one["id"] for one in client.get("/api/v1/deals").json()["deals"]]
    assert len(deals) == 2
    assert client.post("/review/deal", data={**sent, "seen": "old", "action": "split"}).status_code == 412
    page = client.get("/review").text
    deal, version = re.search(
        r'name="of_deal" value="([^"]*)"><input type="hidden" name="seen" value="(\w+)"', page
    ).groups()  # type: ignore[union-attr]
    other = next(one for one in deals if one != deal)
    assert f'<option value="{other}">' in page
    sent = {"claim": "aa11-0", "of_deal": deal, "seen": version, "action": "merge"}
    assert client.post("/review/deal", data={**sent, "other": "nichts"}).status_code == 400
    assert client.post("/review/deal", data={**sent, "other": other}).status_code == 200
    client.app.state.weighing.settle()  # type: ignore[attr-defined]
    assert len(client.get("/api/v1/deals").json()["deals"]) == 1


def test_a_name_is_given_its_actor(client: TestClient) -> None:
    answer = client.post("/review/identify", data={"claim": "aa11-0", "name": "RS", "actor": "Serbische Werke"})
    assert answer.status_code == 200
    assert held(client, "aa11-0")["supplier"] == ["serbische-werke"]


def test_the_review_can_be_of_one_deal(client: TestClient) -> None:
    (deal,) = client.get("/api/v1/deals").json()["deals"]
    page = client.get("/review", params={"deal": deal["id"]}).text
    assert "number 1 of 2" in page
    assert "No claim waits" in client.get("/review", params={"deal": "none"}).text


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "https://elsewhere.example"}, 403),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, 200),
    ],
)
def test_a_form_of_another_site_changes_nothing(client: TestClient, headers: dict[str, str], status: int) -> None:
    sent = {**seen(client.get("/review").text), "action": "accept"}
    assert client.post("/review/claim", data=sent, headers=headers).status_code == status
    assert (held(client, "aa11-0")["verdict"] is None) == (status == 403)


def test_a_form_is_no_flood(client: TestClient) -> None:
    assert client.post("/review/claim", data={"note": "x" * 300_000}).status_code == 413
    assert client.post("/review/claim", data={f"f{n}": "x" for n in range(500)}).status_code == 400
    assert client.post("/review/claim", data={"action": "praise"}).status_code == 400


def test_an_address_of_a_form_leads_to_the_review(client: TestClient) -> None:
    assert client.get("/review/claim?lang=de").url.path == "/review"


def test_claims_of_larger_deals_go_before_as_doubtful_ones(path: Path) -> None:
    with Ledger.open(path) as ledger:
        ledger.record(
            replace(ledger.article("aa11"), id="dd44", doc="d"),
            reading("dd44", FIRST),
            [replace(claim("dd44", FIRST, "Kurier", 0.4), supplier=("SE",), recipient=("NO",))],
        )
    with TestClient(create_app(path)) as client, Ledger.open(path) as ledger:
        assert client.get("/review").status_code == 200
        order = [one.claim for one in ledger.ask(waiting())]
    assert order.index("aa11-0") < order.index("dd44-0")


NUMBERS = st.one_of(st.integers(0, 10**9), st.floats(0, 1e6, allow_nan=False).map(lambda value: round(value, 3)))


@given(st.data())
def test_what_is_written_of_a_claim_reads_as_the_claim(data: st.DataObject) -> None:
    names = st.lists(st.sampled_from(["KP", "RU", "rheinmetall"]), unique=True, max_size=2).map(tuple)
    low, high = sorted((data.draw(NUMBERS), data.draw(NUMBERS)))
    ends = data.draw(st.sampled_from([(low, high), (low, None), (None, high), (low, low)]))
    about = data.draw(st.booleans())
    one = Claim(
        "k",
        "a",
        data.draw(st.sampled_from(Stage)),
        supplier=data.draw(names),
        recipient=data.draw(names),
        item_classes=("tanks",),
        quantity=data.draw(st.sampled_from([None, Quantity(*ends, "w", approximate=about)])),
        amount=data.draw(st.sampled_from([None, Money(*ends, "w", "EUR", about), Money(*ends, "w", None, about)])),
        negated=data.draw(st.booleans()),
        hedged=data.draw(st.booleans()),
        denied_by=data.draw(names),
        time=data.draw(st.sampled_from([None, "2023-11", "2023/.."])),
    )
    values = written(one)
    assert list(values) == list(NOTATION)
    assert corrections_of(one, values) == ()
    blank = Claim("k", "a", Stage.UNSPECIFIED)
    again = corrected(blank, corrections_of(blank, values), "")
    for field in ("stage", "supplier", "recipient", "item_classes", "negated", "hedged", "denied_by", "time"):
        assert getattr(again, field) == getattr(one, field)
    for field in ("quantity", "amount"):
        before, now = getattr(one, field), getattr(again, field)
        assert (before is None) == (now is None)
        if before is not None:
            assert (now.low, now.high, now.approximate) == (before.low, before.high, before.approximate)


def test_a_version_changes_with_every_field() -> None:
    one = claim("aa11", FIRST, "Kurier", 0.4)
    assert version_of(one) == version_of(replace(one))
    assert version_of(one) != version_of(replace(one, hedged=True))
    assert version_of(one) != version_of(replace(one, judgements=(1,)))
