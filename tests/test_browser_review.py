"""The review in a real browser: by keys alone, and by two persons at once."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.reviewed import FIRST, small_ledger
from tests.test_browser import CHROMIUM, QUIET, wait_for

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")
sync_api = pytest.importorskip("playwright.sync_api")
COMMAND = [sys.executable, "-m", "quellenlage"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return small_ledger(tmp_path / "ledger.db")


@pytest.fixture
def address(path: Path) -> Iterator[str]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    server = subprocess.Popen([*COMMAND, "serve", "--ledger", str(path), "--port", str(port)])
    try:
        url = f"http://127.0.0.1:{port}"
        wait_for(url, server)
        yield url
    finally:
        server.terminate()
        server.wait(timeout=30)


@pytest.fixture
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


def reviewer(browser: Any, address: str, person: str) -> Any:
    """The review as a person sees it who has given his name, by keys."""
    page = browser.new_context(locale="en-GB", base_url=address).new_page()
    page.goto("/review")
    page.keyboard.type(person)
    page.keyboard.press("Enter")
    page.wait_for_selector("#accept")
    return page


def exported(path: Path) -> dict[str, dict[str, Any]]:
    """The first claim of every article, as the export of claims has it."""
    told = subprocess.run([*COMMAND, "export", "claims", "--ledger", str(path)], check=True, capture_output=True)
    documents = [json.loads(line) for line in told.stdout.decode().splitlines()]
    return {one["doc"]: one["transfers"][0] for one in documents if one["transfers"]}


def test_a_correction_by_keys_alone_is_seen_in_the_export(browser: Any, address: str, path: Path) -> None:
    page = reviewer(browser, address, "Ada")
    page.keyboard.press("c")
    assert page.evaluate("document.activeElement.name") == "supplier"
    page.keyboard.type("HR")
    page.keyboard.press("Enter")
    page.wait_for_selector(".message[role=status]")
    assert exported(path)["doc-aa11"]["supplier"] == ["HR"]
    page.keyboard.press("u")
    page.wait_for_url("**undone=1*")
    assert exported(path)["doc-aa11"]["supplier"] == ["RS"]


def test_every_judgement_has_its_key(browser: Any, address: str, path: Path) -> None:
    page = reviewer(browser, address, "Ada")
    page.keyboard.press("j")
    page.wait_for_url("**claim=bb22-0*")
    page.keyboard.press("k")
    page.wait_for_url("**claim=aa11-0*")
    page.keyboard.press("?")
    assert page.locator("#keys").evaluate("one => one.open")
    page.keyboard.press("m")
    assert page.evaluate("document.activeElement.name") == "other"
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    page.wait_for_url("**done=1*")
    page.keyboard.press("r")
    page.wait_for_url("**done=2*")
    assert set(exported(path)) == {"doc-aa11"}


def test_keys_can_be_switched_off(browser: Any, address: str) -> None:
    page = reviewer(browser, address, "Ada")
    page.keyboard.press("?")
    page.uncheck("#keys-on")
    page.locator("h1").click()
    page.keyboard.press("j")
    page.reload()
    page.keyboard.press("j")
    assert "bb22" not in page.url


def test_two_reviewers_at_once_do_not_overwrite_one_another(browser: Any, address: str, path: Path) -> None:
    ada, bo = (reviewer(browser, address, person) for person in ("Ada", "Bo"))
    ada.select_option("#f-stage", "agreed")
    ada.click("#correct button[type=submit]")
    ada.wait_for_url("**done=1*")
    bo.keyboard.press("r")
    bo.wait_for_selector("[role=alert]")
    assert "Corrected by Ada" in bo.locator("[role=alert]").inner_text()
    assert bo.locator("#f-stage").input_value() == "agreed"
    assert exported(path)["doc-aa11"]["stage"] == "agreed"
    bo.keyboard.press("r")
    bo.wait_for_url("**done=2*")
    assert "doc-aa11" not in exported(path)


def test_it_works_without_scripts(browser: Any, address: str, path: Path) -> None:
    context = browser.new_context(locale="en-GB", base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/review")
    page.fill("input[name=person]", "Ada")
    page.click("form.name button")
    page.fill("#f-models", "D-30")
    page.click("#correct button[type=submit]")
    assert "done=1" in page.url
    assert exported(path)["doc-aa11"]["models"] == ["D-30"]


def test_what_belongs_together_lights_up_in_an_article(browser: Any, address: str) -> None:
    page = browser.new_context(locale="en-GB", base_url=address).new_page()
    page.goto("/article/aa11")
    page.hover(f"#z{FIRST.rindex('bietet')}")
    assert set(page.locator(".body mark.lit").all_inner_texts()) == {"bietet", "Serbien", "Haubitzen"}
    page.focus(f"#z{FIRST.rindex('bis zu 40')} a")
    assert page.locator(".claim.lit").count() == 1
    page.keyboard.press("Enter")
    assert page.url.endswith("#c-aa11-0")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("shown", ["/review", "/article/aa11"])
def test_no_page_is_wider_than_its_window(browser: Any, address: str, width: int, shown: str) -> None:
    page = reviewer(browser, address, "Ada")
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(shown)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
