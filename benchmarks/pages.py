"""`python -m benchmarks.pages FUNDUS TRAFILATURA [HTMLDATE]`: pages read here and by others, as one Markdown table.

The arguments are checkouts of the projects of these names on GitHub, whose tests hold the pages. The columns:

- on fundus' German-language pages, all and only those of the outlets on which no rule was made: ROUGE-LSum (mean of the
  pages), the share of gold sentences kept, and the share of the sentences found that are foreign;
- on trafilatura's German pages: precision, recall and F1 of the segments that its evaluation asks for;
- on htmldate's pages: the share of articles whose day of publication is right (htmldate itself: `benchmarks.dates`);
- milliseconds a page of processor time, on fundus' pages.

Every program is given the page and its address. A program that fails on a page has taken nothing from it.
"""

from __future__ import annotations

import sys
import time
import warnings
from collections.abc import Sequence
from pathlib import Path

from benchmarks.page_peers import Program, Taken, programs
from benchmarks.page_scores import Match, Segments, match, segments
from benchmarks.page_sets import fundus_pages, htmldate_pages, trafilatura_pages

HEAD = """| program | ROUGE-LSum | kept | foreign | held back | kept | foreign | precision | recall | F1 | day | ms |
|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|"""


def main(arguments: Sequence[str]) -> None:
    """Print the table; raises SystemExit with the usage where the folders are not named."""
    if not 2 <= len(arguments) <= 3:
        raise SystemExit("usage: python -m benchmarks.pages FUNDUS_FOLDER TRAFILATURA_FOLDER [HTMLDATE_FOLDER]")
    folders = [Path(argument) for argument in arguments]
    for folder in folders:
        if not (folder / "tests").is_dir():
            raise SystemExit(f"{folder}: there is no folder tests in it; expected a checkout of the project")
    warnings.filterwarnings("ignore")
    found = programs()
    print(HEAD)
    for name, program in found.items():
        print(row(name, failing_safely(program), folders), flush=True)


def row(name: str, program: Program, folders: Sequence[Path]) -> str:
    """The line of one program."""
    program(b"<html><body><p>Ein Satz.</p></body></html>", "https://example.org/a")  # what it loads is loaded now
    pages = list(fundus_pages(folders[0]))
    started = time.process_time()
    taken = [program(page.data, page.address) for page in pages]
    milliseconds = 1000 * (time.process_time() - started) / len(pages)
    matches = [match(one.text, page.text, (page.title, one.title)) for one, page in zip(taken, pages, strict=True)]
    held_back = [one for one, page in zip(matches, pages, strict=True) if page.is_held_back]
    total = Segments()
    for page in trafilatura_pages(folders[1]):
        total += segments(program(page.data, page.address).text, page.wanted, page.unwanted)
    days = f"{right_days(program, folders[2]):.3f}" if len(folders) > 2 else ""
    shares = f"{total.precision:.3f} | {total.recall:.3f} | {total.f1:.3f}"
    return f"| {name} | {cells(matches)} | {cells(held_back)} | {shares} | {days} | {milliseconds:.0f} |"


def cells(matches: Sequence[Match]) -> str:
    """ROUGE-LSum, the share kept and the share foreign."""
    rouge = sum(one.rouge for one in matches) / len(matches)
    kept = sum(one.kept for one in matches) / sum(one.gold for one in matches)
    foreign = sum(one.foreign for one in matches) / max(1, sum(one.found for one in matches))
    return f"{rouge:.3f} | {kept:.3f} | {foreign:.3f}"


def right_days(program: Program, folder: Path) -> float:
    """The share of htmldate's pages on which the day is right, or rightly none."""
    pages = list(htmldate_pages(folder))
    return sum((program(page.data, page.address).day or None) == page.day for page in pages) / len(pages)


def failing_safely(program: Program) -> Program:
    """The program, taking nothing from a page on which it fails."""

    def careful(data: bytes, address: str) -> Taken:
        try:
            return program(data, address)
        except Exception:  # what a program raises on a page is for it to know
            return Taken()

    return careful


if __name__ == "__main__":
    main(sys.argv[1:])
