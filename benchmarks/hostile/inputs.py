"""One hostile input after the other, each made from its kind, its number and a seed: the same for the same seed."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random
from types import MappingProxyType

from benchmarks.hostile import archives, documents, lists, loose, mails, pages, runs, values
from benchmarks.hostile.mutations import mutated
from benchmarks.hostile.whole import wholes

SAVED = ".saved.html"
"""The kind of spoilt pages that others wrote."""
_SHARE_OF_SHAPES = 0.35  # the others are whole inputs after mishaps
_SHARE_OF_HUGE = 0.005
_FROM_THE_WEB = (".feed", ".sitemap")  # never huge: fetching ends before
_MOST_TO_MUTATE = 200_000  # bytes


@dataclass(frozen=True, slots=True)
class Hostile:
    """An input: its kind, which is the ending of its file's name, its number, and what makes its bytes."""

    kind: str
    number: int
    data: Callable[[], bytes]

    @property
    def name(self) -> str:
        """The name of its file."""
        return f"{self.number:05}{self.kind}"


def _of(make: Callable[[Random], str]) -> Callable[[Random], bytes]:
    return lambda chance: runs.encoded(make(chance), chance)


SHAPES: Mapping[str, Callable[[Random], bytes]] = MappingProxyType(
    {
        ".html": _of(pages.page),
        ".txt": _of(runs.text),
        ".ticker.txt": _of(runs.ticker),
        ".json": _of(values.json_text),
        ".jsonl": _of(values.json_lines),
        ".csv": _of(values.table),
        ".parquet": documents.parquet,
        ".pdf": documents.pdf,
        ".docx": documents.docx,
        ".eml": mails.mail,
        ".mbox": mails.mbox,
        ".warc": archives.warc,
        ".warc.gz": archives.warc,
        ".wacz": archives.wacz,
        ".feed": lists.feed,
        ".sitemap": lists.sitemap,
        ".list": lists.address_list,
        "": loose.anything,
    }
)
"""What makes the worst inputs of each kind."""


def saved_pages(folder: Path) -> Sequence[Path]:
    """All saved pages below a folder, in the same order every time."""
    return sorted(path for path in folder.rglob("*") if path.name.endswith((".html", ".htm", ".html.gz")))


def hostiles(
    count: int, seed: int, kinds: Sequence[str] = tuple(SHAPES), pages: Sequence[Path] = ()
) -> Iterator[Hostile]:
    """So many inputs, as many of each kind as of the others, kind by kind; `pages` are needed for `SAVED`."""
    for place, kind in enumerate(kinds):
        for number in range(place, count, len(kinds)):
            yield Hostile(kind, number, partial(_data, kind, f"{seed} {kind} {number}", pages))


def _data(kind: str, seed: str, pages: Sequence[Path]) -> bytes:
    chance = Random(seed)
    if kind == SAVED:
        first, second = (_bytes(chance.choice(pages)) for _ in range(2))
        return mutated(first, [second], chance)
    if chance.random() < _SHARE_OF_HUGE and kind not in _FROM_THE_WEB:
        return loose.huge(chance)
    if chance.random() < _SHARE_OF_SHAPES:
        data = SHAPES[kind](chance)
        if chance.random() < 0.3 and len(data) <= _MOST_TO_MUTATE:
            data = mutated(data, wholes()[kind], chance)
        return data
    others = wholes()[chance.choice([kind, kind, *wholes()])]
    return mutated(chance.choice(wholes()[kind]), others, chance)


def _bytes(page: Path) -> bytes:
    data = page.read_bytes()
    return gzip.decompress(data) if page.name.endswith(".gz") else data
