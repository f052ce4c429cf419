"""`python -m benchmarks.dates HTMLDATE`: the day of publication, here and by others, as one Markdown table.

The argument is a checkout of htmldate from GitHub, whose tests hold the pages. Every program is given the page and its
address. A day is right where it is the one that a person found, and no day where there is none.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import htmldate as htmldate_itself

from benchmarks.page_peers import OURS, programs
from benchmarks.page_sets import htmldate_pages
from quellenlage.intake.original import Original
from quellenlage.intake.page.article import published
from quellenlage.intake.page.structured import said_by
from quellenlage.intake.page.tree import tree_of

Dating = Callable[[bytes, str], str | None]


def main(arguments: Sequence[str]) -> None:
    """Print the table; raises SystemExit with the usage where no folder is named."""
    if len(arguments) != 1:
        raise SystemExit("usage: python -m benchmarks.dates HTMLDATE_FOLDER")
    warnings.filterwarnings("ignore")
    folder = Path(arguments[0])
    print("| program | right | wrong | none, though there is one |\n|---|---:|---:|---:|")
    print(row(OURS, quellenlage, folder), flush=True)
    print(row("htmldate", htmldate, folder), flush=True)
    for name, program in programs().items():
        if name != OURS:
            print(row(name, lambda data, address, program=program: program(data, address).day, folder), flush=True)


def row(name: str, dating: Dating, folder: Path) -> str:
    """The line of one program: shares of all pages."""
    pages = list(htmldate_pages(folder))
    found = [(_carefully(dating, page.data, page.address), page.day) for page in pages]
    right = sum(day == wanted for day, wanted in found)
    missing = sum(day is None and wanted is not None for day, wanted in found)
    shares = (count / len(pages) for count in (right, len(pages) - right - missing, missing))
    return f"| {name} | {' | '.join(f'{share:.3f}' for share in shares)} |"


def quellenlage(data: bytes, address: str) -> str | None:
    """The day that this project finds, whether or not the page has a text."""
    original = Original(data, "a page", "page", address=address)
    moment = published(original, said_by(tree_of(original), address), date.today())
    return moment[:10] if moment else None


def htmldate(data: bytes, address: str) -> str | None:
    """The day that htmldate finds when it is asked for the day of publication, searching as far as it can."""
    day: str | None = htmldate_itself.find_date(data, url=address, original_date=True)
    return day


def _carefully(dating: Dating, data: bytes, address: str) -> str | None:
    try:
        return dating(data, address) or None
    except Exception:  # what a program raises on a page is for it to know
        return None


if __name__ == "__main__":
    main(sys.argv[1:])
