"""Signing in, judging and signing out in a real browser, by keys alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from quellenlage.web import create_app
from tests.served import serving
from tests.signed_in import PASSWORD, ledger_with_accounts
from tests.test_browser import CHROMIUM, QUIET

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")
sync_api = pytest.importorskip("playwright.sync_api")


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path = ledger_with_accounts(tmp_path_factory.mktemp("accounts") / "ledger.db")
    with serving(create_app(path, with_accounts=True)) as address:
        yield address.rpartition(":")[2]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        rules = "--host-resolver-rules=MAP quellen.example 127.0.0.1"
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, rules])
        yield chromium
        chromium.close()


# To a host of that name over plain http, browsers send no Sec-Fetch-Site.
@pytest.mark.parametrize("host", ["127.0.0.1", "quellen.example"])
def test_an_analyst_signs_in_judges_and_signs_out_by_keys_alone(browser: Any, port: str, host: str) -> None:
    page = browser.new_context(locale="en-GB", base_url=f"http://{host}:{port}").new_page()
    page.goto("/review?claim=bb22-0")
    assert page.url.endswith("/login?next=%2Freview%3Fclaim%3Dbb22-0")
    # Chromium moves the focus there only after it has told that the page is loaded.
    page.wait_for_selector("[name=name]:focus")
    page.keyboard.type("Ada")
    page.keyboard.press("Tab")
    page.keyboard.type("falsch")
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=alert]")
    page.wait_for_selector("[name=password]:focus")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/review?claim=bb22-0")
    assert page.locator(".account").inner_text().startswith("Ada (analyst)")
    page.keyboard.press("a")
    page.wait_for_url("**done=*")
    page.focus(".account button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/login")
    page.go_back()
    page.wait_for_url("**/login*")
    assert page.locator(".account").count() == 0
