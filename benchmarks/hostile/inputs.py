"""One hostile input after the other, each made anew from its kind, its number and a seed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from random import Random
from types import MappingProxyType

from benchmarks.hostile import archives, documents, lists, loose, mails, pages, runs, values
from benchmarks.hostile.mutations import mutated
from benchmarks.hostile.whole import wholes

_SHARE_OF_SHAPES = 0.35  # the others are whole inputs after mishaps
_SHARE_OF_HUGE = 0.005
_FROM_THE_WEB = (".feed", ".sitemap")  # never huge: fetching ends before
_MOST_TO_MUTATE = 200_000  # bytes


@dataclass(frozen=True, slots=True)
class Hostile:
    """An input: its kind, which is the ending of its file's name, its number, and its bytes."""

    kind: str
    number: int
    data: bytes

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


def hostile(kind: str, number: int, seed: int) -> Hostile:
    """The input of this number: the same for the same seed."""
    chance = Random(f"{seed} {kind} {number}")
    if chance.random() < _SHARE_OF_HUGE and kind not in _FROM_THE_WEB:
        return Hostile(kind, number, loose.huge(chance))
    if chance.random() < _SHARE_OF_SHAPES:
        data = SHAPES[kind](chance)
        if chance.random() < 0.3 and len(data) <= _MOST_TO_MUTATE:
            data = mutated(data, wholes()[kind], chance)
        return Hostile(kind, number, data)
    others = wholes()[chance.choice([kind, kind, *wholes()])]
    return Hostile(kind, number, mutated(chance.choice(wholes()[kind]), others, chance))


def hostiles(count: int, seed: int, kinds: tuple[str, ...] = tuple(SHAPES)) -> Iterator[Hostile]:
    """So many inputs, as many of each kind as of the others, kind by kind."""
    for place, kind in enumerate(kinds):
        for number in range(place, count, len(kinds)):
            yield hostile(kind, number, seed)
