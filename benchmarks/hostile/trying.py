"""A process of its own that takes in one input after the other, and says what came of each."""

from __future__ import annotations

import re
import resource
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import chain
from multiprocessing.connection import Connection
from pathlib import Path
from time import monotonic

from benchmarks.hostile.came import Came
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
_SAYS_WHAT_NEXT = re.compile(r"; \w|\bexpect|must be")
_LONG_ENOUGH = 12.0  # seconds
_MOST_RECORDED = 3  # articles of an input that are written to a ledger
_MOST_KEPT = 3  # messages of an input that are written to the log
_FROM_THE_WEB = (".feed", ".sitemap")
_WHERE = "https://bote.example/feed"


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
    seen = monotonic()
    try:
        for one in _taken(path):
            now, clock = _processor(), monotonic()
            came.silence, last = max(came.silence, now - last), now
            came.waited, seen = max(came.waited, clock - seen), clock
            if isinstance(one, Arrival):
                came.articles += 1
                if len(arrivals) < _MOST_RECORDED:
                    arrivals.append(one)
            elif isinstance(one, Skipped):
                came.messages += 1
                came.wrong += unclear(one, _WHERE if path.name.endswith(_FROM_THE_WEB) else str(path))
                if len(came.said) < _MOST_KEPT:
                    came.said.append(f"{one.where}: {one.why}")
            else:
                came.articles += 1
            if now - began > _LONG_ENOUGH:
                break
    except Exception:
        came.wrong.append(traceback.format_exc(limit=-4))
    came.silence, came.seconds = max(came.silence, _processor() - last), _processor() - began
    came.waited = max(came.waited, monotonic() - seen)
    came.memory = _most_memory()
    if not came.articles and not came.messages:
        came.wrong.append("neither an article nor a message")
    for arrival in arrivals:
        began = _processor()
        came.wrong += _not_kept(arrival, book)
        came.recording = max(came.recording, _processor() - began)
    return came


def _taken(path: Path) -> Iterator[Taken | object]:
    if path.name.endswith(".list"):
        return _listed(path)
    if path.name.endswith(_FROM_THE_WEB):
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
    problems: list[Unreadable] = []
    is_any = False
    for read in (feed_of, sitemap_of):
        try:
            entries = read(data, _WHERE).entries
        except Unreadable as problem:
            problems.append(problem)
            continue
        for entry in entries:
            is_any = True
            entry.key(_WHERE)
            yield entry
            if entry.text:
                original: Original = from_feed(entry, "der-bote", datetime.now(UTC))
                yield from arrivals_of(original)
    if not is_any:
        yield from (Skipped(problem.where, problem.why) for problem in problems)


def unclear(said: Skipped, name: str) -> list[str]:
    """What a message lacks: the name of the file, what was expected or the next step, signs that can be read."""
    words = f"{said.where}: {said.why}"
    lacks = {
        f"of {len(words)} characters": not said.why.strip() or len(words) > _LONGEST_MESSAGE,
        "with signs that cannot be printed": not words.isprintable(),
        "that does not name the file": not said.where.startswith(name),
        "without what was expected or the next step": not _SAYS_WHAT_NEXT.search(said.why),
    }
    return [f"a message {lack}: {words[:300]!r}" for lack, is_so in lacks.items() if is_so]


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
