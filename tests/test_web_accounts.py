"""Pages and interface where there are accounts: signing in, what each role may do, whose page sent it, how often."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from fastapi.testclient import TestClient

from quellenlage.accounts.account import AccountError, Role
from quellenlage.accounts.accounts import Accounts
from quellenlage.accounts.audit import Action, Doer
from quellenlage.accounts.signing_in import A_NAME
from quellenlage.ledger import Ledger
from quellenlage.web import create_app
from quellenlage.web.api import forms
from quellenlage.web.guard import WRITES
from quellenlage.web.rights import SAFE, is_open
from tests.reviewed import small_ledger
from tests.signed_in import PASSWORD, browser, ledger_with_accounts, sign_in

JUDGEMENTS = "/api/v1/judgements"
ROOT = Doer("root")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return ledger_with_accounts(tmp_path / "ledger.db")


@pytest.fixture
def app(path: Path) -> Iterator[FastAPI]:
    app = create_app(path, with_accounts=True)
    with TestClient(app):
        yield app


def accept(client: TestClient, **headers: str) -> Any:
    asked = {"kind": "accept", "claims": ["aa11-0"]}
    return client.post(JUDGEMENTS, json=asked, headers={"If-Match": "*", **headers})


def token_of(path: Path, name: str) -> dict[str, str]:
    with Ledger.open(path) as ledger:
        return {"Authorization": f"Bearer {Accounts(ledger).make_token(name, timedelta(days=1), ROOT)}"}


def asked_for(app: FastAPI) -> list[tuple[str, str]]:
    """All that can be asked for, but what is open to everybody: methods and paths."""
    routes = [(route.path or "", route.methods or ()) for route in iter_route_contexts(app.routes)]
    found = [(method, re.sub(r"\{.*?\}", "1", path)) for path, methods in routes for method in methods]
    return [(method, path) for method, path in found if path and not is_open(path)]


def plain(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_without_an_account_nobody_could_sign_in(tmp_path: Path) -> None:
    with pytest.raises(AccountError, match="quellenlage accounts add"):
        create_app(small_ledger(tmp_path / "ledger.db"), with_accounts=True)


def test_nothing_is_told_to_whoever_has_not_signed_in(app: FastAPI) -> None:
    client = browser(app)
    known = browser(app, "Rita")
    paths = [path for method, path in asked_for(app) if method == "GET"]
    assert {"/", "/audit", "/article/1", "/api/v1/claims/1", "/api/v1/openapi.json"} <= set(paths)
    for path in paths:
        # What was answered to others is kept, and is not for him.
        known.get(path)
        answer = client.get(path)
        assert answer.status_code == (401 if path.startswith("/api/") else 303), path
        assert "Haubitzen" not in answer.text
    assert client.get("/api/v1/claims").headers["www-authenticate"] == "Bearer"
    assert client.get("/deals?supplier=RS&lang=de").headers["location"] == (
        "/login?next=%2Fdeals%3Fsupplier%3DRS%26lang%3Dde&lang=de"
    )


@pytest.mark.parametrize(("language", "told"), [("en", "Log in"), ("de", "Anmelden")])
def test_the_login_leads_back_to_where_one_wanted_to(app: FastAPI, language: str, told: str) -> None:
    client = browser(app)
    page = client.get("/login", params={"next": "/deals", "lang": language})
    assert told in plain(page.text)
    assert 'name="next" value="/deals"' in page.text
    sent = client.post("/login", data={"name": "ada", "password": PASSWORD, "next": "/deals"})
    assert (sent.status_code, sent.headers["location"]) == (303, "/deals")
    shown = client.get("/deals")
    assert shown.status_code == 200
    assert "Ada (analyst)" in plain(shown.text)
    assert shown.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example"])
def test_the_login_leads_nowhere_else(app: FastAPI, elsewhere: str) -> None:
    client = browser(app)
    sent = client.post("/login", data={"name": "Ada", "password": PASSWORD, "next": elsewhere})
    assert sent.headers["location"] == "/"
    assert client.get("/login", params={"next": elsewhere}).headers["location"] == "/"


def test_a_wrong_password_and_an_unknown_name_are_told_alike(app: FastAPI) -> None:
    client = browser(app)
    wrong, unknown = sign_in(client, "Ada", "falsch"), sign_in(client, "Eva", "falsch")
    assert wrong.status_code == unknown.status_code == 403
    assert "Name or password is wrong" in wrong.text
    assert wrong.text.replace('value="Ada"', "") == unknown.text.replace('value="Eva"', "")
    assert "set-cookie" not in wrong.headers


def test_too_many_failed_logins_are_told_alike_too(app: FastAPI) -> None:
    client = browser(app)
    for name in ("Ada", "Eva"):
        for _ in range(A_NAME):
            assert sign_in(client, name, "falsch").status_code == 403
        refused = sign_in(client, name)
        assert refused.status_code == 429
        assert 0 < int(refused.headers["retry-after"]) <= 15 * 60
        assert "Too many failed attempts" in refused.text


@pytest.mark.parametrize(("scheme", "name"), [("http", "session"), ("https", "__Host-session")])
def test_the_cookie_is_for_this_server_and_not_for_scripts(app: FastAPI, scheme: str, name: str) -> None:
    client = TestClient(app, base_url=f"{scheme}://quellen.example", follow_redirects=False)
    cookie = sign_in(client, "Ada", **{"Sec-Fetch-Site": "same-origin"}).headers["set-cookie"].split("; ")
    assert cookie[0].startswith(f"{name}=")
    assert {"HttpOnly", "Path=/", "SameSite=lax"} <= set(cookie)
    assert ("Secure" in cookie) == (scheme == "https")
    assert not [part for part in cookie if part.startswith("Domain")]
    assert client.get("/").status_code == 200


def test_every_login_has_a_session_of_its_own_and_ends_the_one_before(app: FastAPI) -> None:
    planted = {"Cookie": "session=planted"}
    client = browser(app)
    assert "session=planted" not in sign_in(client, "Ada", **planted).headers["set-cookie"]
    assert browser(app).get("/", headers=planted).status_code == 303
    first = {"Cookie": f"session={client.cookies['session']}"}
    assert browser(app).get("/", headers=first).status_code == 200
    sign_in(client, "Ada")
    assert client.get("/").status_code == 200
    assert browser(app).get("/", headers=first).status_code == 303


def test_a_logout_ends_the_session_on_the_server(app: FastAPI) -> None:
    client = browser(app, "Ada")
    kept = client.cookies["session"]
    assert client.get("/logout").status_code in (404, 405)
    assert client.post("/logout").headers["location"] == "/login"
    assert "session" not in client.cookies
    client.cookies.set("session", kept)
    assert client.get("/").status_code == 303


def test_a_reader_looks_and_changes_nothing(app: FastAPI) -> None:
    client = browser(app, "Rita")
    assert client.get("/api/v1/claims").status_code == 200
    name = client.get("/api/v1/deals").json()["deals"][0]["id"]
    for path in ("/", "/deals", f"/deal/{name}", "/claims", "/article/aa11", "/story/aa11", "/search?q=Haubitzen"):
        page = client.get(path)
        assert page.status_code == 200, path
        assert not re.search(r'(href|action)="/(review|audit)', page.text), path
    for path in ("/review", "/audit", "/api/v1/audit"):
        assert client.get(path).status_code == 403
    assert "Your account may not do this" in plain(client.get("/review").text)
    assert accept(client).status_code == 403
    forms.Problem.model_validate(accept(client).json())
    assert client.get(JUDGEMENTS).json()["judgements"] == []


def test_every_route_that_changes_something_is_closed_to_readers_and_known_to_the_guard(app: FastAPI) -> None:
    reader, admin = browser(app, "Rita"), browser(app, "Max")
    writes = [(method, path) for method, path in asked_for(app) if method not in SAFE and path != "/logout"]
    assert {("POST", "/review/claim"), ("POST", JUDGEMENTS), ("DELETE", f"{JUDGEMENTS}/1")} <= set(writes)
    for method, path in writes:
        assert reader.request(method, path).status_code == 403, path
        assert admin.request(method, path).status_code != 403, path
    assert admin.post("/nowhere").status_code == 403


def test_an_analyst_judges_under_the_name_of_the_account(app: FastAPI) -> None:
    client = browser(app, "Ada")
    client.cookies.set("reviewer", "Somebody%20Else")
    page = client.get("/review").text
    assert "/audit" not in page
    assert "/review/name" not in page
    seen = re.search(r'name="seen" value="(\w+)"', page)
    assert seen
    client.post("/review/claim", data={"claim": "aa11-0", "seen": seen[1], "action": "accept"})
    assert accept(client).status_code == 201
    refused = client.post(JUDGEMENTS, json={"kind": "accept", "claims": ["aa11-0"], "person": "Eva"})
    assert refused.status_code == 422
    assert "Ada" in refused.json()["error"]
    assert [one["person"] for one in client.get(JUDGEMENTS).json()["judgements"]] == ["Ada", "Ada"]


def test_a_role_that_is_taken_away_ends_at_once(app: FastAPI, path: Path) -> None:
    client = browser(app, "Ada")
    with Ledger.open(path) as ledger:
        Accounts(ledger).change_role("Ada", Role.READER, ROOT)
        assert accept(client).status_code == 403
        Accounts(ledger).remove("Ada", ROOT)
    assert accept(client).status_code == 401


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 201),
        ({"Origin": "http://testserver"}, 201),
        ({}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://testserver.elsewhere.example"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site", "Origin": "http://testserver"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}, 403),
    ],
)
def test_only_a_page_of_this_server_changes_something_with_a_cookie(
    app: FastAPI, headers: dict[str, str], status: int
) -> None:
    client = browser(app, "Ada")
    del client.headers["Sec-Fetch-Site"]
    assert accept(client, **headers).status_code == status
    assert len(client.get(JUDGEMENTS).json()["judgements"]) == (status == 201)
    assert client.post("/logout", headers=headers).status_code == (303 if status == 201 else 403)
    fresh = TestClient(app, follow_redirects=False)
    assert sign_in(fresh, "Ada", **headers).status_code == (303 if status == 201 else 403)


def test_behind_a_proxy_on_this_machine_any_name_of_the_server_will_do(app: FastAPI) -> None:
    client = browser(app, address="127.0.0.1")
    client.base_url = "http://quellen.example"
    assert sign_in(client, "Ada").status_code == 303
    assert accept(client).status_code == 201


def test_a_program_sends_a_token(app: FastAPI, path: Path) -> None:
    program = TestClient(app)
    assert accept(program, **token_of(path, "Rita")).status_code == 403
    assert accept(program, **token_of(path, "Ada")).status_code == 201
    assert program.get("/api/v1/claims", headers=token_of(path, "Rita")).status_code == 200
    assert program.get("/api/v1/claims", headers={"Authorization": "Bearer ql_guessed"}).status_code == 401
    document = program.get("/api/v1/openapi.json", headers=token_of(path, "Rita")).json()
    for way, method in (("/api/v1/claims", "get"), (JUDGEMENTS, "post"), ("/api/v1/audit", "get")):
        told = document["paths"][way][method]
        assert told["security"] == [{"HTTPBearer": []}]
        assert {"401", "403", "429"} <= set(told["responses"])
    with Ledger.open(path) as ledger:
        mine = token_of(path, "Ada")
        assert Accounts(ledger).revoke_tokens("Ada", ROOT) == 2
    assert accept(program, **mine).status_code == 401


def test_a_wrong_token_is_not_mended_by_a_cookie(app: FastAPI) -> None:
    assert accept(browser(app, "Ada"), Authorization="Bearer ql_guessed").status_code == 401


def test_an_account_writes_only_so_often(app: FastAPI) -> None:
    client = browser(app, "Rita")
    for _ in range(WRITES):
        assert client.post("/review/undo").status_code == 403
    refused = accept(client)
    assert refused.status_code == 429
    assert 0 < int(refused.headers["retry-after"]) <= 60
    assert client.get("/api/v1/claims").status_code == 200
    assert accept(browser(app, "Ada")).status_code == 201


def test_the_log_tells_an_admin_who_did_what(app: FastAPI) -> None:
    analyst = browser(app, "Ada", "2001:db8::1")
    assert accept(analyst).status_code == 201
    assert analyst.post("/review/undo", data={"number": "1"}).status_code == 303
    assert analyst.post("/review/undo", data={"number": "1"}).status_code == 400
    assert analyst.get("/audit/%1b%0a").status_code == 403
    analyst.post("/logout")
    admin = browser(app, "Max")
    entries = admin.get("/api/v1/audit?limit=6").json()["entries"]
    assert [(one["action"], one["person"], one["about"]) for one in entries] == [
        (Action.LOGIN, "Max", ""),
        (Action.LOGOUT, "Ada", ""),
        (Action.REFUSED, "Ada", "GET /audit/%1B%0A"),
        (Action.UNDONE, "Ada", "1"),
        (Action.JUDGED, "Ada", "1"),
        (Action.LOGIN, "Ada", ""),
    ]
    assert {one["address"] for one in entries[1:]} == {"2001:db8::1"}
    page = plain(admin.get("/audit").text)
    for told in ("Ada 2001:db8::1 took a judgement back 1", "root command line added an account Rita (reader)"):
        assert told in page


def test_the_log_can_be_gone_through_in_parts(app: FastAPI) -> None:
    admin = browser(app, "Max")
    whole = admin.get("/api/v1/audit").json()["entries"]
    found, at = [], "/api/v1/audit?limit=1"
    while at:
        part = admin.get(at).json()
        found += part["entries"]
        at = part["next"]
    assert found == whole
    assert len(found) == 4
    newest = whole[0]["number"]
    assert "logged in" not in plain(admin.get("/audit", params={"before": newest}).text)


def test_without_accounts_nothing_of_them_is_there(tmp_path: Path) -> None:
    with TestClient(create_app(ledger_with_accounts(tmp_path / "ledger.db"))) as client:
        assert client.get("/").status_code == 200
        assert "/logout" not in client.get("/").text
        for path in ("/login", "/audit", "/api/v1/audit"):
            assert client.get(path).status_code == 404
