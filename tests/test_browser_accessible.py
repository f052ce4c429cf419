"""axe-core finds no fault by the rules of WCAG 2.2 AA: every page, both languages, both themes, wide and on a phone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from quellenlage.accounts.account import Role
from quellenlage.accounts.accounts import Accounts
from quellenlage.accounts.audit import Doer
from quellenlage.ledger import Ledger
from quellenlage.web import create_app
from tests.served import serving
from tests.signed_in import PASSWORD, cheap_hash
from tests.test_browser import CHROMIUM, browser

__all__ = ["browser"]

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")
axe = pytest.importorskip("axe_playwright_python.sync_playwright")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
DEAL = "KP-RU-ammunition-2023-11"
PAGES = {
    "overview": "/",
    "deals": "/deals",
    "deal": f"/deal/{DEAL}",
    "claims": "/claims",
    "search": "/search?q=Granaten",
    "article": "/article/{article}",
    "add": "/review/add?article={article}",
    "review": f"/review?deal={DEAL}",
    "story": "/story/{article}",
    "copies": "/copies/{original}/{copy}",
    "source": "/source/{source}",
    "claims of a source": "/source/{source}/claims",
    "actor": "/actor/KP",
    "not there": "/article/none",
    "audit": "/audit",
}
LOOKS: dict[str, Any] = {
    "german, light, wide": {"locale": "de-DE", "color_scheme": "light"},
    "english, dark, phone": {"locale": "en-GB", "color_scheme": "dark", "viewport": {"width": 360, "height": 740}},
}


@pytest.fixture(scope="module")
def path(sample_ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's ledger with an account."""
    own = Path(shutil.copy(sample_ledger, tmp_path_factory.mktemp("accessible")))
    with Ledger.open(own) as ledger:
        Accounts(ledger).add("Max", Role.ADMIN, cheap_hash(), Doer("root"))
    return own


@pytest.fixture(scope="module")
def places(path: Path) -> dict[str, str]:
    """What stands for the names in `PAGES`."""
    with Ledger.open(path) as ledger:
        deal = ledger.deal(DEAL)
        assert deal
        copy = ledger.copies()[0]
        source = next(one for one in ledger.claims(ids=deal.claims) if len(one.sources) > 1).sources[-1]
        return {"article": copy.copy, "original": copy.original, "copy": copy.copy, "source": quote(source)}


@pytest.fixture(scope="module")
def address(path: Path) -> Iterator[str]:
    with serving(create_app(path, with_accounts=True)) as address:
        yield address


def faults(page: Any) -> list[str]:
    """What axe-core finds: which rule, and where."""
    found = axe.Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]


@pytest.fixture(scope="module", params=LOOKS)
def page(browser: Any, address: str, request: pytest.FixtureRequest) -> Iterator[Any]:
    """A page of somebody who has signed in."""
    context = browser.new_context(base_url=address, **LOOKS[request.param])
    page = context.new_page()
    page.goto("/login")
    assert faults(page) == []
    page.fill("input[name=name]", "Max")
    page.fill("input[name=password]", PASSWORD)
    page.click("main button")
    page.wait_for_url(f"{address}/")
    yield page
    context.close()


@pytest.mark.parametrize("shown", PAGES)
def test_no_page_has_a_fault(page: Any, places: dict[str, str], shown: str) -> None:
    page.goto(PAGES[shown].format(**places))
    for details in page.locator("details").all():
        details.evaluate("one => one.open = true")
    assert faults(page) == []


def test_the_question_for_a_name_has_no_fault(browser: Any, sample_ledger: Path) -> None:
    with serving(create_app(sample_ledger)) as address:
        page = browser.new_page()
        page.goto(f"{address}/review")
        assert faults(page) == []
        page.close()
