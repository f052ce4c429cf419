"""A process of its own that takes in one input after the other, and says what came of each."""

from __future__ import annotations

import resource
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import chain
from multiprocessing.connection import Connection
from pathlib import Path

from quellenlage.domain import Reading
from quellenlage.intake.forms.address_lists import Listed, listed
from quellenlage.intake.original import Arrival, Original, Skipped
from quellenlage.intake.taking import Taken, Way, arrivals_of, taken_from
from quellenlage.intake.triage import Triage
from quellenlage.intake.unreadable import Unreadable
from quellenlage.intake.web.feeds import feed_of, is_feed
from quellenlage.intake.web.sitemaps import is_sitemap, sitemap_of
from quellenlage.ledger import Ledger
from quellenlage.steps import dated
from quellenlage.watch.articles import from_feed

_LONGEST_MESSAGE = 1_500  # characters; a longer one is not clear
_LONG_ENOUGH = 12.0  # seconds
_MOST_RECORDED = 3  # articles of an input that are written to a ledger
_WHERE = "https://bote.example/feed"


@dataclass
class Came:
    """What came of an input: how many of each, how long it took, the most memory, and what was wrong with it.

    `seconds` is of taking it in, `silence` the longest time of it without an article or a message, `recording` the
    longest time of the step after that, for an article: all in seconds of the processor, this process and those that
    it started and that have ended, since others are at work on the machine as well. `memory` is in bytes and counts
    the largest process that was started for any input so far, too.
    """

    articles: int = 0
    messages: int = 0
    found: int = 0
    seconds: float = 0.0
    silence: float = 0.0
    recording: float = 0.0
    memory: int = 0
    wrong: list[str] = field(default_factory=list)


def work(ledger: str, way: Connection) -> None:
    """Take in what comes through the pipe, a path at a time, until nothing comes."""
    with Ledger.open(ledger) as book:
        came_of(Path(__file__), book)  # What is loaded once is loaded.
        way.send(None)
        while (path := way.recv()) is not None:
            way.send(came_of(Path(path), book))


def came_of(path: Path, book: Ledger) -> Came:
    """Take a file in, and see whether what comes of it is an article that can be kept, or a clear message.

    What still brings articles or messages after a while goes on without end as far as it is of interest here.
    """
    came = Came()
    arrivals: list[Arrival] = []
    _forget_the_most_memory()
    began = last = _processor()
    try:
        for one in _taken(path):
            now = _processor()
            came.silence, last = max(came.silence, now - last), now
            if isinstance(one, Arrival):
                came.articles += 1
                if len(arrivals) < _MOST_RECORDED:
                    arrivals.append(one)
            elif isinstance(one, Skipped):
                came.messages += 1
                came.wrong += _unclear(one)
            else:
                came.found += 1
            if now - began > _LONG_ENOUGH:
                break
    except Exception:
        came.wrong.append(traceback.format_exc(limit=-4))
    came.silence, came.seconds = max(came.silence, _processor() - last), _processor() - began
    came.memory = _most_memory()
    if not came.articles and not came.messages and not came.found:
        came.wrong.append("neither an article nor a message")
    for arrival in arrivals:
        began = _processor()
        came.wrong += _not_kept(arrival, book)
        came.recording = max(came.recording, _processor() - began)
    return came


def _taken(path: Path) -> Iterator[Taken | object]:
    if path.name.endswith(".list"):
        return _listed(path)
    if path.name.endswith((".feed", ".sitemap")):
        return _from_the_web(path.read_bytes())
    return chain(taken_from([path], Way(triage=None)), _sifted(path))


def _sifted(path: Path) -> Iterator[Taken]:
    """Triage looks at the bytes, too, which must end; what becomes of them is known already."""
    Triage().drops_bytes(path.read_bytes())
    return iter(())


def _listed(path: Path) -> Iterator[Listed | Skipped]:
    try:
        with path.open("rb") as stream:
            yield from listed(stream, str(path))
    except Unreadable as problem:
        yield Skipped(problem.where, problem.why)


def _from_the_web(data: bytes) -> Iterator[Taken | object]:
    for looks in (is_feed, is_sitemap):
        looks(data, _WHERE)
    for read in (feed_of, sitemap_of):
        try:
            entries = read(data, _WHERE).entries
        except Unreadable as problem:
            yield Skipped(problem.where, problem.why)
            continue
        for entry in entries:
            entry.key(_WHERE)
            yield entry
            if entry.text:
                original: Original = from_feed(entry, "der-bote", datetime.now(UTC))
                yield from arrivals_of(original)


def _unclear(said: Skipped) -> list[str]:
    words = f"{said.where}: {said.why}"
    if not said.why.strip() or len(words) > _LONGEST_MESSAGE:
        return [f"a message of {len(words)} characters: {words[:200]!r}"]
    if not words.isprintable():
        return [f"a message with signs that cannot be printed: {words[:300]!r}"]
    return []


def _not_kept(arrival: Arrival, book: Ledger) -> list[str]:
    """What hinders an article from being sifted by triage, dated and kept."""
    try:
        Triage().drops_text(arrival.article.text)
        article = dated(arrival.article)
        is_new = book.record(article, Reading(article.id, "none"), (), arrival.original)
        if book.article(article.id).text != article.text and is_new:
            return ["the ledger gives another text"]
    except Exception:
        return [traceback.format_exc(limit=-4)]
    return []


def _processor() -> float:
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def _forget_the_most_memory() -> None:
    """Linux counts the most memory of a process anew from here on (proc(5), clear_refs)."""
    Path("/proc/self/clear_refs").write_text("5")


def _most_memory() -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    own = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
    return (own + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) * 1024
