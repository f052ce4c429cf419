"""Hostile articles in a real browser: whatever they say is shown as text, and nothing of it is done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from quellenlage.domain import Article, Correction, JudgedClaim, Judgement, JudgementKind, Reading
from quellenlage.ledger import Ledger
from quellenlage.steps import keep_weighed
from quellenlage.web import create_app
from tests.reviewed import FIRST, claim, reading, small_ledger
from tests.served import serving
from tests.test_browser import CHROMIUM, browser

__all__ = ["browser"]

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")
HOSTILE = (
    "<script>window.done = 1</script><img src=x onerror='window.done = 1'><svg onload='window.done = 1'></svg>"
    "<style>main { display: none }</style><iframe src='javascript:parent.done = 1'></iframe>"
    "<p style='position: fixed; inset: 0'>\u202everkehrt</p></div></main><base href='https://elsewhere.example/'>"
)
TEXT = f"{FIRST}\n{HOSTILE}\nDas Ende."
LONG = "Serbien liefert \u202e<b> " + ("Wort" * 250 + " ") * 5_000
SHOWN = (
    "/",
    "/claims",
    "/deals",
    "/search?q=verkehrt",
    "/article/evil",
    "/review?claim=evil-0",
    "/review/add?article=evil",
    "/source/evil",
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path: Path = small_ledger(tmp_path_factory.mktemp("hostile") / "ledger.db")
    evil = Article("evil", HOSTILE, TEXT, title=HOSTILE, outlet=HOSTILE, url=HOSTILE, authors=(HOSTILE,))
    told = replace(claim("evil", TEXT, HOSTILE, 0.3), supplier=(HOSTILE,), returns=(HOSTILE,))
    with Ledger.open(path) as ledger:
        ledger.record(evil, replace(reading("evil", TEXT), reader=HOSTILE), [told])
        ledger.record(Article("long", "long", LONG), Reading("long", "1"), [])
        corrections = (Correction("models", HOSTILE),)
        sides = (JudgedClaim.of(told),), ()
        ledger.judge(Judgement(JudgementKind.CORRECT, *sides, HOSTILE, HOSTILE, corrections=corrections))
        keep_weighed(ledger)
    with serving(create_app(path)) as address:
        yield address


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    context = browser.new_context(base_url=address, locale="en-GB")
    context.add_cookies([{"name": "reviewer", "value": "Ada", "url": address}])
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: asked.append(dialog.message))
    yield page
    context.close()
    assert [url for url in asked if not url.startswith(address)] == []


@pytest.mark.parametrize("shown", SHOWN)
def test_what_an_article_says_is_never_done(page: Any, shown: str) -> None:
    page.goto(shown)
    assert page.evaluate("window.done") is None
    assert page.locator("main").is_visible()
    assert page.locator("main").count() == 1
    assert page.locator("main :is(img, iframe, style, base, script, [style], [onerror], [onload])").count() == 0


def test_it_is_read_word_by_word_and_turns_nothing_around(page: Any) -> None:
    page.goto("/article/evil")
    lines = page.locator(".body p")
    assert lines.nth(2).inner_text() == HOSTILE
    # A line is a world of its own, so that what it turns around ends with it.
    assert lines.nth(2).evaluate("one => getComputedStyle(one).unicodeBidi") == "isolate"
    assert lines.nth(3).inner_text() == "Das Ende."


def test_no_inline_script_runs_even_where_one_gets_in(page: Any) -> None:
    page.goto("/article/evil")
    refused = page.evaluate(
        """() => new Promise(told => {
            document.addEventListener("securitypolicyviolation", event => told(event.effectiveDirective));
            const script = document.createElement("script");
            script.textContent = "window.done = 1";
            document.body.append(script);
        })"""
    )
    assert refused == "script-src-elem"
    assert page.evaluate("window.done") is None


def test_a_line_of_five_megabytes_is_shown_and_words_of_it_are_selected(page: Any) -> None:
    page.goto("/review/add?article=long")
    assert page.locator(".body p").evaluate("one => one.textContent.length") == len(LONG)
    page.keyboard.press("w")
    page.keyboard.press("ArrowRight")
    page.wait_for_selector("#marked:text-is('„liefert“')")
