"""The review in a real browser: by keys alone, and by two persons at once."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from quellenlage.web import create_app
from tests.reviewed import FIRST, small_ledger
from tests.served import serving
from tests.test_browser import CHROMIUM, QUIET

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")
sync_api = pytest.importorskip("playwright.sync_api")
COMMAND = [sys.executable, "-m", "quellenlage"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return small_ledger(tmp_path / "ledger.db")


@pytest.fixture
def address(path: Path) -> Iterator[str]:
    with serving(create_app(path)) as address:
        yield address


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
    page.wait_for_selector("[name=person]:focus")
    page.keyboard.type(person)
    # Keys do nothing before the page is loaded whole.
    with page.expect_navigation():
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
    page.wait_for_url("**done=1*")
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
    with bo.expect_navigation():
        bo.keyboard.press("r")
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


def select_by_mouse(page: Any, words: str) -> None:
    """Drag over words of the text, the last time that they stand in it."""
    ends = page.evaluate(
        """words => {
            const walker = document.createTreeWalker(document.querySelector(".body"), NodeFilter.SHOW_TEXT);
            let found = null;
            while (walker.nextNode()) {
                const at = walker.currentNode.data.lastIndexOf(words);
                if (at >= 0) found = [walker.currentNode, at];
            }
            found[0].parentElement.scrollIntoView({ block: "center" });
            return [0, words.length].map(more => {
                const range = document.createRange();
                range.setStart(found[0], found[1] + more);
                const box = range.getBoundingClientRect();
                return [box.x, box.y + box.height / 2];
            });
        }""",
        words,
    )
    page.mouse.move(*ends[0])
    page.mouse.down()
    page.mouse.move(*ends[1])
    page.mouse.up()


def added(path: Path) -> dict[str, Any]:
    """The claim of the first article that is none of the program's, as the export of claims has it."""
    told = subprocess.run([*COMMAND, "export", "claims", "--ledger", str(path)], check=True, capture_output=True)
    transfers = json.loads(told.stdout.decode().splitlines()[0])["transfers"]
    return dict(next(one for one in transfers if one["supplier"] != ["RS"] or one["recipient"] != ["CY"]))


def test_words_selected_by_mouse_make_a_claim(browser: Any, address: str, path: Path) -> None:
    page = reviewer(browser, address, "Ada")
    page.goto("/article/aa11")
    select_by_mouse(page, "Verträge")
    page.wait_for_selector("#marked:text-is('„Verträge“')")
    page.click("#marking button")
    page.wait_for_url("**/review/add?**")
    assert page.locator("tr[data-field=stage] q").inner_text() == "Verträge"
    select_by_mouse(page, "Belgrad")
    page.select_option("#marking select", "supplier")
    page.click("#marking button")
    page.select_option("#f-stage", "agreed")
    page.fill("#f-recipient", "GR")
    page.click("#correct button[type=submit]")
    page.wait_for_url("**done=1*")
    assert "Added by Ada" in page.locator("[role=status]").inner_text()
    claim = added(path)
    assert (claim["supplier"], claim["recipient"], claim["stage"]) == (["RS"], ["GR"], "agreed")
    assert {"field": "supplier", "text": "Belgrad"}.items() <= next(
        one.items() for one in claim["evidence"] if one["field"] == "supplier"
    )


def test_words_selected_by_keys_alone_make_a_claim(browser: Any, address: str, path: Path) -> None:
    page = reviewer(browser, address, "Ada")
    for key in ("e", "w"):
        page.wait_for_load_state()
        page.keyboard.press(key)
        page.wait_for_url("**/review/add?**")
    for presses, words, field, quote in (
        (["ArrowRight"], 1, "", "bietet"),
        (["w", "ArrowLeft"], 1, "su", "Serbien"),
        (
            ["w", "ArrowDown", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight"],
            4,
            "r",
            "Serbien der Regierung in",
        ),
    ):
        for key in presses:
            page.keyboard.press(key)
        for _ in range(words - 1):
            page.keyboard.press("Shift+ArrowRight")
        page.wait_for_selector(f"#marked:text-is('„{quote}“')")
        page.keyboard.press("Enter")
        page.keyboard.type(field)
        page.keyboard.press("Enter")
        page.keyboard.press("Escape")
    page.keyboard.press("c")
    page.keyboard.type("SE")
    page.keyboard.press("Enter")
    page.wait_for_url("**done=1*")
    assert [one["text"] for one in added(path)["evidence"] if one["field"] == "stage"] == ["bietet"]


def test_words_of_an_article_are_marked_for_a_field_of_its_claim(browser: Any, address: str, path: Path) -> None:
    page = reviewer(browser, address, "Ada")
    page.goto("/article/aa11")
    select_by_mouse(page, "Nikosia")
    page.select_option("#marking select[name=field]", "recipient")
    page.select_option("#marking select[name=claim]", "aa11-0")
    page.click("#marking button")
    page.wait_for_url("**/review?**")
    page.press("#f-recipient", "Enter")
    page.wait_for_url("**/article/aa11#c-aa11-0")
    evidence = exported(path)["doc-aa11"]["evidence"]
    assert [one["text"] for one in evidence if one["field"] == "recipient"] == ["Nikosia"]


def test_every_field_of_an_article_leads_to_its_correction(browser: Any, address: str) -> None:
    page = reviewer(browser, address, "Ada")
    page.goto("/article/aa11")
    page.locator("a.correct[href$='#f-stage']").press("Enter")
    page.wait_for_url("**/review?**#f-stage")
    assert page.evaluate("document.activeElement.name") == "stage"


def test_every_key_of_the_help_is_borne_by_something(browser: Any, address: str) -> None:
    page = reviewer(browser, address, "Ada")
    for shown in ("/review?claim=bb22-0", "/review/add?article=aa11", "/article/aa11"):
        page.goto(shown)
        told = {key for key in page.locator("#keys dt").all_text_contents() if len(key) == 1 and key.isascii()}
        borne = page.eval_on_selector_all("[aria-keyshortcuts]", "all => all.map(one => one.ariaKeyShortcuts)")
        assert {"w", "?"} <= set(borne) <= told
        # Nothing to undo yet, none behind the last claim.
        assert told - set(borne) <= {"u", "j"}


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
