"""All that a person names → articles: fetched, sifted by triage, taken out of their forms and cleaned."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path
from typing import BinaryIO

from quellenlage.intake.cleaning import cleaned
from quellenlage.intake.edits import Edit
from quellenlage.intake.files import originals_from
from quellenlage.intake.form import articles_of
from quellenlage.intake.original import Arrival, Dropped, Original, Skipped
from quellenlage.intake.triage import Triage

Taken = Arrival | Skipped | Dropped
# Words in some encoding: what is none, or nothing, is not dropped but said to be so.
_TEXT = re.compile(rb"\s*(?=\S)[^\x01-\x08\x0e-\x1a\x1c-\x1f]{1,64}+(?![\x01-\x08\x0e-\x1a\x1c-\x1f])")
_FEW = 8  # originals that are read before it is worth starting other processes
_AHEAD = 4  # originals a process that wait to be read
_MOST_AHEAD = 100_000_000  # bytes of them, so that memory stays bounded


@dataclass(frozen=True, slots=True)
class Way:
    """How things are taken in.

    `triage` is None where nothing is to be dropped; `columns` says which column of a table holds which field;
    `are_lists` says that the files are lists of addresses, whose pages are to be fetched; `allow_private` lets them be
    fetched from this machine and its network; `processes` is how many take articles out of their forms at once.
    """

    triage: Triage | None = field(default_factory=Triage)
    columns: Mapping[str, str] = field(default_factory=dict)
    are_lists: bool = False
    allow_private: bool = False
    processes: int = 1


def taken_from(places: Iterable[str | Path], way: Way, stdin: BinaryIO | None = None) -> Iterator[Taken]:
    """Every article of the addresses, files, folders and `-`, standard input, in the order given.

    What cannot be read is a `Skipped`, what triage drops a `Dropped`, each in its place; nothing is raised.
    """
    sifted = (_sifted(one, way.triage) for one in originals_of(places, way, stdin))
    for one in sifted if way.processes < 2 else islice(sifted, _FEW):
        yield from _taken(one, way.triage)
    for one in islice(sifted, 1):
        yield from _by_many(chain([one], sifted), way)


# Whoever fetches nothing need not load what fetches.
def originals_of(places: Iterable[str | Path], way: Way, stdin: BinaryIO | None = None) -> Iterator[Original | Skipped]:
    """All that a person names as the bytes that it is, fetched where it is an address; nothing is raised."""
    for place in places:
        if str(place).lower().startswith(("http://", "https://")):
            yield _fetched(str(place), way)
        elif way.are_lists:
            from quellenlage.intake.listing import pages_listed

            yield from pages_listed(Path(place), way.columns, allow_private=way.allow_private)
        else:
            yield from originals_from([place], stdin, way.columns)


def arrivals_of(original: Original, triage: Triage | None = None) -> Iterator[Taken]:
    """Every article of an original, clean."""
    yield from _taken(_sifted(original, triage), triage)


def explained(original: Original) -> Iterator[tuple[tuple[Arrival, ...], tuple[Edit, ...]] | Skipped]:
    """Every article of an original, a ticker's entries together, with all that was done to get it clean."""
    for found in articles_of(original):
        if isinstance(found, Skipped):
            yield found
            continue
        article, edits = found
        clean = cleaned(article)
        if clean.articles:
            yield tuple(Arrival(one, original) for one in clean.articles), (*edits, *clean.edits)
        else:
            yield Skipped(original.where, "nothing can be seen of its text; expected the words of an article")


def _fetched(address: str, way: Way) -> Original | Skipped:
    from quellenlage.intake.web import NotFetched, fetched

    try:
        return fetched(address, allow_private=way.allow_private)
    except NotFetched as problem:
        return Skipped(address, str(problem))


def _sifted(one: Original | Skipped, triage: Triage | None) -> Original | Skipped | Dropped:
    """What triage lets through of some bytes, before anything is parsed."""
    if triage is None or isinstance(one, Skipped) or not _TEXT.match(one.data):
        return one
    why = triage.drops_bytes(one.data)
    return one if why is None else Dropped(one.where, "bytes", why)


def _taken(one: Original | Skipped | Dropped, triage: Triage | None) -> Iterator[Taken]:
    if not isinstance(one, Original):
        yield one
        return
    for found in explained(one):
        if isinstance(found, Skipped):
            yield found
            continue
        arrivals, _ = found
        # A ticker is kept whole where one entry is.
        why = triage.drops_text("\n".join(arrival.article.text for arrival in arrivals)) if triage else None
        if why is None:
            yield from arrivals
        else:
            yield Dropped(one.where, "text", why)


def _by_many(sifted: Iterable[Original | Skipped | Dropped], way: Way) -> Iterator[Taken]:
    """The same by several processes, in the same order."""
    take = partial(_listed, triage=way.triage)
    # A process that is forked from one with threads may hang.
    with ProcessPoolExecutor(way.processes, get_context("spawn")) as pool:
        waiting: deque[tuple[Future[list[Taken]] | list[Taken], int]] = deque()
        for one in sifted:
            waiting.append((pool.submit(take, one), len(one.data)) if isinstance(one, Original) else ([one], 0))
            while len(waiting) > _AHEAD * way.processes or sum(size for _, size in waiting) > _MOST_AHEAD:
                yield from _done(waiting.popleft()[0])
        for left, _ in waiting:
            yield from _done(left)


def _done(taken: Future[list[Taken]] | list[Taken]) -> list[Taken]:
    return taken if isinstance(taken, list) else taken.result()


def _listed(one: Original, triage: Triage | None) -> list[Taken]:
    return list(_taken(one, triage))
