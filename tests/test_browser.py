"""The pages in a real browser: from the sample's ledger to the words of a claim."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
]

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")
sync_api = pytest.importorskip("playwright.sync_api")


@pytest.fixture(scope="module")
def address(sample_ledger: Path) -> Iterator[str]:
    """The sample's ledger as the command serves it, at a port that it finds itself."""
    command = [sys.executable, "-m", "quellenlage", "serve", "--ledger", str(sample_ledger), "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        try:
            told = server.stderr.readline()
            where = re.search(r"http://\S+(?=/)", told)
            assert where, told + server.communicate(timeout=30)[1]
            yield where[0]
        finally:
            server.terminate()


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser, address):
    context = browser.new_context(locale="de-DE", base_url=address)
    page = context.new_page()
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.on("requestfailed", lambda request: failures.append(request.url))
    yield page
    # What is still under way when the page is closed did not fail.
    failed = list(failures)
    context.close()
    assert failed == []


def claims(address: str) -> list[dict[str, object]]:
    with urlopen(f"{address}/api/v1/claims") as answer:
        return json.load(answer)["claims"]


def test_the_ledger_shows_every_claim_and_leads_to_its_words(page, address):
    page.goto("/claims")
    rows = page.locator("table.ledger tbody tr")
    assert rows.count() == len(claims(address)) > 0
    rows.first.locator("a").last.click()
    page.wait_for_selector("article.claim")
    words = page.locator("a.words").first
    quoted = words.inner_text().strip('„“"»«')
    words.press("Enter")
    page.wait_for_url("**#*")
    lit = page.locator("mark:target")
    assert lit.count() == 1
    assert lit.inner_text() in quoted or quoted in lit.inner_text()


def test_a_filter_leaves_only_what_was_asked_for_and_stands_in_the_address(page, address):
    page.goto("/claims")
    chosen = next(str(claim["supplier"][0]) for claim in claims(address) if claim["supplier"])
    page.select_option("select[name=supplier]", chosen)
    page.click("form.filter button[type=submit]")
    assert f"supplier={chosen}" in page.url
    wanted = [claim for claim in claims(address) if chosen in claim["supplier"]]
    assert page.locator("table.ledger tbody tr").count() == len(wanted)


def test_the_language_can_be_switched(page):
    page.goto("/")
    assert page.locator("html").get_attribute("lang") == "de"
    page.click("nav.languages a[lang=en]")
    assert page.locator("html").get_attribute("lang") == "en"


def test_the_keyboard_alone_reaches_the_content(page):
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.url.endswith("#content")


@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_is_wider_than_its_window(page, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/claims")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator("table.ledger tbody tr").first.locator("a").last.click()
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.goto("/deals")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator("table.ledger tbody tr").first.locator("a").first.click()
    page.wait_for_selector("ul.tree")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_deal_leads_from_its_origins_to_the_articles(page):
    page.goto("/claims")
    page.click("nav.rooms a >> nth=1")
    rows = page.locator("table.ledger tbody tr")
    assert rows.count() > 0
    rows.first.locator("a").first.click()
    page.locator("ul.tree .leaf a").first.click()
    page.wait_for_selector("article.claim")
