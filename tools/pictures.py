"""Takes the pictures of the docs: `docs/*.png`, of the sample articles.

    make demo SERVE=0
    python -m tools.pictures demo.db

It needs Playwright (requirements-dev.txt) and Debian's Chromium.
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from benchmarks.painting import QUIET
from benchmarks.serving import got, served

DOCS = Path(__file__).resolve().parents[1] / "docs"
WIDTH = 1280
REVIEWER = "Ada"


def main() -> None:
    """Serve the ledger and take the pictures of its pages."""
    parser = argparse.ArgumentParser(prog="python -m tools.pictures", description=__doc__)
    parser.add_argument("ledger", type=Path)
    ledger = parser.parse_args().ledger
    with served(ledger) as address, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        for name, (path, height) in pages(address).items():
            take(chromium, address, path, height, DOCS / f"{name}.png")
        chromium.close()


def pages(address: str) -> Mapping[str, tuple[str, int]]:
    """The pages and how high their pictures are, in pixels; the deal is the largest one."""
    (deal,) = json.loads(got(f"{address}/api/v1/deals?limit=1"))["deals"]
    return {
        "overview": ("/", 1900),
        "ledger": ("/deals", 900),
        "deal": (f"/deal/{deal['id']}", 1180),
        "article": ("/article/05-hauptstadtkurier-korvetten", 1000),
        "review": (f"/review?deal={deal['id']}", 1000),
    }


def take(chromium: Browser, address: str, path: str, height: int, file: Path) -> None:
    """Take the picture of a page as an English reader sees it who has told his name."""
    context = chromium.new_context(locale="en-GB", viewport={"width": WIDTH, "height": height})
    context.add_cookies([{"name": "reviewer", "value": REVIEWER, "url": address}])
    page = context.new_page()
    page.goto(address + path)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=file)
    context.close()


if __name__ == "__main__":
    main()
