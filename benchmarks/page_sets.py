"""The pages that reading pages is measured on, as others published them; nothing of them is part of this project."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

GERMAN_COUNTRIES = ("de", "at", "ch", "li")


@dataclass(frozen=True, slots=True)
class GoldPage:
    """A page with the text and title that its outlet's own parser took from it."""

    data: bytes
    address: str
    outlet: str
    text: str
    title: str
    is_held_back: bool


@dataclass(frozen=True, slots=True)
class SegmentPage:
    """A page with segments that a person found to be part of its text, or not."""

    data: bytes
    address: str
    wanted: tuple[str, ...]
    unwanted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DatedPage:
    """A page with the day of its publication, ISO 8601; None where it has none."""

    data: bytes
    address: str
    day: str | None


def fundus_pages(folder: Path) -> Iterator[GoldPage]:
    """The German-language pages of fundus' tests; every other outlet was held back (how far: docs/pages-intake.md).

    Every version of an outlet's parser has one page: in the order of the versions stand the pages by day.
    """
    for country in GERMAN_COUNTRIES:
        here = folder / "tests/resources/parser/test_data" / country
        addresses = json.loads((here / "meta.info").read_text(encoding="utf-8"))
        for number, gold in enumerate(sorted(here.glob("*.json"))):
            versions = json.loads(gold.read_text(encoding="utf-8"))
            pages = sorted(here.glob(f"{gold.stem}_*.html.gz"))
            for version, page in zip(sorted(versions, key=_number), pages, strict=True):
                body = versions[version]["body"]
                yield GoldPage(
                    gzip.decompress(page.read_bytes()),
                    addresses[page.name]["url"],
                    gold.stem,
                    "\n".join(_paragraphs(body)),
                    versions[version].get("title") or "",
                    number % 2 == 1,
                )


def trafilatura_pages(folder: Path) -> Iterator[SegmentPage]:
    """The pages of trafilatura's evaluation whose address ends in .de, .at or .ch."""
    here = folder / "tests"
    for address, page in json.loads((here / "evaldata.json").read_text(encoding="utf-8")).items():
        if (urlsplit(address).hostname or "").endswith((".de", ".at", ".ch")):
            yield SegmentPage(
                _one_of(here, page["file"], "cache", "eval"), address, tuple(page["with"]), tuple(page["without"])
            )


def htmldate_pages(folder: Path) -> Iterator[DatedPage]:
    """The pages of htmldate's evaluation."""
    here = folder / "tests"
    for name in ("eval_default.json", "eval_mediacloud_2020.json"):
        for address, page in json.loads((here / name).read_text(encoding="utf-8")).items():
            yield DatedPage(
                _one_of(here, page["file"], "test_set", "cache", "eval"),
                address,
                day if isinstance(day := page["date"], str) and day != "nan" else None,
            )


def _paragraphs(body: dict[str, list[dict[str, list[str]]]]) -> Iterator[str]:
    yield from body["summary"]  # type: ignore[misc]  # the one list that holds texts
    for section in body["sections"]:
        yield from section["headline"]
        yield from section["paragraphs"]


def _number(version: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", version)))


def _one_of(here: Path, name: str, *folders: str) -> bytes:
    return next(path for folder in folders if (path := here / folder / name).is_file()).read_bytes()
