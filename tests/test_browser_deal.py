"""The page of a deal in a real browser: the words of who told whom, by pointer and by keyboard."""

from __future__ import annotations

import pytest

from tests.test_browser import CHROMIUM, address, browser, page

__all__ = ["address", "browser", "page"]

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")
DEAL = "/deal/KP-RU-ammunition-2023-11"
"""The deal of the sample that four articles tell of."""


def shown(page) -> list[str]:
    told = page.locator(".tree-drawing .said").evaluate_all(
        "all => all.filter(one => getComputedStyle(one).visibility == 'visible').map(one => one.textContent)"
    )
    return [" ".join(words.split()) for words in told]


def test_the_words_of_a_teller_appear_at_the_pointer_and_at_the_focus(page):
    page.goto(DEAL)
    assert shown(page) == []
    page.locator(".tree-drawing .leaf rect").first.hover()
    (words,) = shown(page)
    assert words.startswith("„")
    page.mouse.move(0, 0)
    page.locator(".tree-drawing .teller").first.focus()
    assert len(shown(page)) == 1
    page.keyboard.press("Enter")
    assert page.locator("ul.tree li:target").count() == 1


def test_a_spot_of_the_timeline_leads_to_its_claim(page):
    page.goto(DEAL)
    page.locator(".spot.denied_by").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("table.ledger tr:target").count() == 1


@pytest.mark.parametrize("width", [360, 1280])
def test_from_a_deal_to_its_story_copies_and_sources_no_page_is_wider_than_its_window(page, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(DEAL)
    ways = [page.locator(f"a[href^='{begin}']").first.get_attribute("href") for begin in ("/story", "/copies")]
    ways += [page.locator(f"main a[href^='{begin}']").first.get_attribute("href") for begin in ("/source", "/actor")]
    for way in [DEAL, *ways]:
        page.goto(way)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, way
