"""How soon Chromium paints the largest pages, with nothing in its cache."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median
from urllib.request import urlopen

from playwright.sync_api import Browser, sync_playwright

TIMES = 5
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
PAINTS = """() => new Promise(resolve => {
  const seen = {first: 0, largest: 0, answered: performance.getEntriesByType("navigation")[0].responseStart};
  new PerformanceObserver(list => { seen.first = list.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0; })
    .observe({type: "paint", buffered: true});
  new PerformanceObserver(list => {
    seen.largest = list.getEntries().at(-1).startTime;
    setTimeout(() => resolve(seen), 100);
  }).observe({type: "largest-contentful-paint", buffered: true});
})"""


@dataclass(frozen=True)
class Paints:
    """When the first byte came, and when was painted first and largest, in milliseconds after the request."""

    answered: float
    first: float
    largest: float


def painted(address: str) -> str:
    """A table of when pages are painted: the median and the longest of some times."""
    lines = ["| page | first byte, ms | first paint | largest paint | the longest |", "|---|---:|---:|---:|---:|"]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        for name, path in pages(address).items():
            times = [paints(chromium, address + path) for _ in range(TIMES)]
            medians = [median(getattr(one, field) for one in times) for field in ("answered", "first", "largest")]
            cells = [*medians, max(one.largest for one in times)]
            lines.append(f"| {name} | {' | '.join(f'{cell:.0f}' for cell in cells)} |")
        chromium.close()
    return "\n".join(lines)


def pages(address: str) -> Mapping[str, str]:
    """The largest pages of a ledger of `benchmarks.large_ledger`, whose last article makes most claims."""
    with urlopen(f"{address}/api/v1/articles?limit=1") as answer:
        longest = json.load(answer)["articles"][0]["id"]
    return {
        "overview with the map": "/",
        "article with 500 claims": f"/article/{longest}",
        "500 claims": "/claims?limit=500",
        "deals": "/deals",
    }


def paints(chromium: Browser, address: str) -> Paints:
    """Open a page with an empty cache."""
    context = chromium.new_context(locale="de-DE", viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(address)
    seen = page.evaluate(PAINTS)
    context.close()
    return Paints(**seen)
