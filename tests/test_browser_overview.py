"""The overview and the frame in a real browser."""

from __future__ import annotations

import pytest

from tests.test_browser import CHROMIUM, address, browser, page  # noqa: F401

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")


def test_a_flow_tells_itself_when_it_is_reached_by_keys_and_leads_to_its_deals(page):  # noqa: F811
    page.goto("/")
    page.locator("svg.map a.flow").last.focus()
    told = page.locator("svg.map a.flow:focus .told")
    assert told.is_visible()
    assert page.locator("svg.map .told:visible").count() == 1
    supplier, _, rest = (told.text_content() or "").partition(" → ")
    page.keyboard.press("Enter")
    page.wait_for_url("**/deals?supplier=*")
    row = page.locator("table.deals tbody th").first.inner_text()
    assert supplier in row
    assert rest.partition(":")[0] in row


def test_from_the_overview_to_the_words_behind_a_claim_in_three_steps(page):  # noqa: F811
    page.goto("/")
    page.locator(".deal-list a").first.click()
    page.locator("main :is(td, th, li) a[href^='/article/']").first.click()
    page.locator("a.words").first.press("Enter")
    page.wait_for_url("**#*")
    assert page.locator("mark:target").count() == 1


def test_the_theme_changes_the_colours_without_a_script(page):  # noqa: F811
    page.goto("/deals")
    colour = "getComputedStyle(document.documentElement).backgroundColor"
    light = page.evaluate(colour)
    page.click("nav.themes a >> nth=2")
    assert page.url.endswith("/deals")
    dark = page.evaluate(colour)
    assert dark != light
    page.emulate_media(color_scheme="dark")
    page.click("nav.themes a >> nth=1")
    assert page.evaluate(colour) == light
    page.click("nav.themes a >> nth=0")
    assert page.evaluate(colour) == dark


def test_paper_is_light_whatever_the_screen_is(page):  # noqa: F811
    page.goto("/claims")
    colour = "getComputedStyle(document.documentElement).getPropertyValue('--tint')"
    light = page.evaluate(colour)
    page.emulate_media(color_scheme="dark")
    dark = page.evaluate(colour)
    page.emulate_media(color_scheme="dark", media="print")
    assert page.evaluate(colour) == light != dark


@pytest.mark.parametrize("path", ["/", "/?since=2000-01-01", "/deals", "/claims", "/search"])
def test_no_page_is_wider_than_a_phone(page, path):  # noqa: F811
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
