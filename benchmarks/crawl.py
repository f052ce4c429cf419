"""A crawl in which few pages matter: `python -m benchmarks.crawl FUNDUS TRAFILATURA [--out FILE.warc.gz]`.

The folders are checkouts of fundus and trafilatura, whose tests hold German pages. From them and the sample articles,
two of a hundred, a crawl archive is made. It is read whole, triage, claims and all, into a new ledger;
beside it in the same run trafilatura only extracts the text of its pages.
"""

from __future__ import annotations

import argparse
import gzip
import json
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from io import BufferedWriter
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import trafilatura

from benchmarks.page_sets import fundus_pages, trafilatura_pages
from benchmarks.triage import page
from quellenlage.intake import Arrival
from quellenlage.intake.archives import warc
from quellenlage.intake.original import Original
from quellenlage.intake.taking import Way, taken_from
from quellenlage.ledger import Ledger
from quellenlage.reader import ModelReader
from quellenlage.steps import keep_weighed, may_tell, take_in

SAMPLE = Path(__file__).resolve().parents[1] / "sample"
MATTER = 0.02


def mattering() -> Iterator[bytes]:
    """The sample articles as pages, again and again."""
    texts = [json.loads(path.read_text(encoding="utf-8"))["text"] for path in sorted(SAMPLE.glob("*.json"))]
    number = 0
    while True:
        yield page(f"{texts[number % len(texts)]}\nFassung {number // len(texts)}").encode()
        number += 1


def write(path: Path, pages: list[bytes]) -> None:
    """A compressed archive of these pages, one of those that matter among every fifty."""
    few = mattering()
    every = round(1 / MATTER) - 1
    with path.open("wb") as out:
        for number, data in enumerate(pages):
            _record(out, f"https://other.example/{number}", data)
            if number % every == every // 2:
                _record(out, f"https://matters.example/{number}", next(few))


def _record(out: BufferedWriter, address: str, data: bytes) -> None:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(data)}\r\n\r\n".encode()
    headers = {
        "WARC-Type": "response",
        "WARC-Target-URI": address,
        "WARC-Date": "2026-01-01T00:00:00Z",
        "WARC-Record-ID": f"<urn:uuid:{uuid5(NAMESPACE_URL, address)}>",
        "Content-Type": "application/http; msgtype=response",
        "Content-Length": str(len(head) + len(data)),
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    out.write(gzip.compress(b"WARC/1.1\r\n" + lines.encode() + b"\r\n" + head + data + b"\r\n\r\n"))


def main() -> None:
    """Make the archive, read it, and let trafilatura extract the same pages."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.crawl", description=__doc__)
    parser.add_argument("fundus", type=Path)
    parser.add_argument("trafilatura", type=Path)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    pages = [one.data for one in fundus_pages(given.fundus)] + [
        one.data for one in trafilatura_pages(given.trafilatura)
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = given.out or Path(folder) / "crawl.warc.gz"
        write(path, pages)
        with path.open("rb") as stream:
            originals = [one for one in warc.originals(stream, str(path)) if isinstance(one, Original)]
        mine, counts, claims = read_whole(path, Path(folder) / "ledger.db")
    theirs = extracted(originals)
    size = sum(len(one.data) for one in originals) / 1e6
    print("| | seconds | pages a second |\n|---|---:|---:|")
    whole = f"quellenlage: read whole, {claims} claims of {counts['read']} articles"
    print(f"| {whole} | {mine:.1f} | {len(originals) / mine:.0f} |")
    print(f"| trafilatura: the text alone | {theirs:.1f} | {len(originals) / theirs:.0f} |")
    print(f"\n{len(originals)} pages of {size:.0f} MB, {dict(counts)}; {mine / theirs:.2f} of trafilatura's time")


def read_whole(path: Path, ledger: Path) -> tuple[float, Counter[str], int]:
    """The seconds that it takes, what became of the pages, and how many claims there are."""
    counts: Counter[str] = Counter()
    claims = 0
    started = time.perf_counter()
    reader, way = ModelReader.load(), Way()
    with Ledger.open(ledger) as book:
        for one in taken_from([path], way):
            is_read = isinstance(one, Arrival) and may_tell(one.article, reader, way.triage)
            counts["read" if is_read else "dropped"] += 1
            if isinstance(one, Arrival) and is_read:
                claims += take_in(one.article, reader, book, original=one.original).claims
        keep_weighed(book)
    return time.perf_counter() - started, counts, claims


def extracted(originals: list[Original]) -> float:
    """The seconds that trafilatura takes for the text of the pages."""
    started = time.perf_counter()
    for one in originals:
        trafilatura.extract(one.data, include_comments=False)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
