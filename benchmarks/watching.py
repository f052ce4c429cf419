"""`python -m benchmarks.watching`: an hour of simulated time over outlets whose server fails in every way it can.

The requests are real and go to this machine; only the time between them is simulated. Nothing that was published may be
lost, nothing taken in twice, and no more memory be needed at the end than in the middle.
"""

from __future__ import annotations

import gzip
import random
import socket
import tempfile
import time
import tracemalloc
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from quellenlage.intake.original import Original
from quellenlage.intake.web import Fetcher, Limits, Polite
from quellenlage.ledger import Ledger
from quellenlage.ledger.watch_rows import LedgerMemory
from quellenlage.watch import Kind, Source, Watch
from quellenlage.watch.metrics import Metrics

HOUR = timedelta(hours=1)
BEGIN = datetime(2026, 3, 1, 9, tzinfo=UTC)
OUTLETS = ("kurier", "bote", "anzeiger", "blatt")
EVERY = timedelta(minutes=2)
WINDOW = 40
"""So many articles a feed names at most."""
A_MINUTE = 0.5
"""How many articles an outlet publishes."""
HANG = 0.15
"""Seconds that a fetch may take; real ones."""
SEED = 7

Answer = Callable[["Handler"], None]


class SimulatedClock:
    """A clock that runs only while somebody sleeps."""

    def __init__(self, begin: datetime = BEGIN) -> None:
        self._now = begin

    def now(self) -> datetime:
        """The simulated moment."""
        return self._now

    def sleep(self, seconds: float) -> None:
        """Let so much time pass at once."""
        self._now += timedelta(seconds=seconds)


@dataclass
class World:
    """Outlets that publish as time passes, and a server that answers for all of them, well or badly."""

    clock: SimulatedClock
    badness: float
    chance: random.Random
    until: datetime = BEGIN + HOUR
    asked: Counter[str] = field(default_factory=Counter)
    done: Counter[str] = field(default_factory=Counter)

    def published(self, outlet: str) -> list[tuple[int, datetime]]:
        """The numbers and moments of the articles that an outlet has published by now."""
        step = 60 / A_MINUTE
        count = int((min(self.clock.now(), self.until) - BEGIN).total_seconds() / step)
        return [(number, BEGIN + timedelta(seconds=number * step)) for number in range(1, count + 1)]

    def is_bad_now(self) -> bool:
        """Whether the next answer is to be a bad one; after the hour there are none."""
        return self.clock.now() < self.until and self.chance.random() < self.badness


class Handler(BaseHTTPRequestHandler):
    """Answers for `World`."""

    world: World

    def do_GET(self) -> None:
        """Answer well or badly."""
        host = self.headers["Host"].split(":")[0].split(".")[0]
        self.world.asked[host] += 1
        with suppress(OSError):
            if self.path == "/robots.txt":
                self.answer(b"User-agent: *\nDisallow: /intern\nCrawl-delay: 1\n", "text/plain")
                return
            bad = self.world.chance.choice(BAD) if self.world.is_bad_now() else None
            self.world.done[bad.__name__.strip("_") if bad else "well"] += 1
            (bad or _well)(self)

    def answer(self, body: bytes, media_type: str, status: int = 200, **headers: str) -> None:
        """Send an answer; `headers` are written with _ for -."""
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        for name, value in ({"Content_Length": str(len(body))} | headers).items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    @property
    def outlet(self) -> str:
        """Whose host was asked."""
        return self.headers["Host"].split(".")[0]


def _well(asked: Handler) -> None:
    if asked.path == "/alt":
        asked.answer(b"", "text/plain", 301, Location="/feed")
    elif asked.path in ("/feed", "/sitemap.xml"):
        body = _feed(asked) if asked.path == "/feed" else _sitemap(asked)
        etag = f'"{sha256(body).hexdigest()[:16]}"'
        if asked.headers["If-None-Match"] == etag:
            asked.send_response(304)
            asked.end_headers()
        else:
            asked.answer(body, "application/xml", ETag=etag)
    else:
        asked.answer(_page(asked), "text/html; charset=utf-8")


def _feed(asked: Handler) -> bytes:
    """The last articles; every third request they have other ids and addresses that count readers."""
    world, outlet, host = asked.world, asked.outlet, asked.headers["Host"]
    turn = world.asked[outlet] % 3
    items = [
        f"<item><title>Nachricht {number}</title><guid isPermaLink='false'>{turn}-{number}</guid>"
        f"<link>http://{host}/{number}{'?utm_source=rss#top' if turn == 0 else ''}</link>"
        f"<pubDate>{format_datetime(moment)}</pubDate><description>Kurz.</description></item>"
        for number, moment in world.published(outlet)[-WINDOW:]
    ]
    return f"<rss version='2.0'><channel><title>{outlet}</title>{''.join(items)}</channel></rss>".encode()


def _sitemap(asked: Handler) -> bytes:
    host = asked.headers["Host"]
    urls = [
        f"<url><loc>http://{host}/{number}</loc><lastmod>{moment.isoformat()}</lastmod></url>"
        for number, moment in asked.world.published(asked.outlet)[-WINDOW:]
    ]
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return gzip.compress(f"<urlset xmlns='{space}'>{''.join(urls)}</urlset>".encode(), mtime=0)


def _page(asked: Handler) -> bytes:
    return f"<!DOCTYPE html><html><body><p>{asked.outlet} {asked.path.partition('?')[0]}</p></body></html>".encode()


def _error(asked: Handler) -> None:
    asked.answer(b"kaputt", "text/plain", asked.world.chance.choice((500, 502, 503)))


def _too_busy(asked: Handler) -> None:
    asked.answer(b"", "text/plain", 429, Retry_After="90")


def _hang(asked: Handler) -> None:
    time.sleep(2 * HANG)


def _drip(asked: Handler) -> None:
    asked.send_response(200)
    asked.end_headers()
    for _ in range(20):
        asked.wfile.write(b"<")
        asked.wfile.flush()
        time.sleep(HANG / 8)


def _reset(asked: Handler) -> None:
    asked.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    asked.connection.close()


def _cut(asked: Handler) -> None:
    body = _page(asked)
    asked.answer(body[: len(body) // 2], "text/html", Content_Length=str(len(body)))


def _cut_feed(asked: Handler) -> None:
    """A feed that ends somewhere, and nobody says so; pages so cut off cannot be told from whole ones."""
    if asked.path != "/feed":
        _cut(asked)
        return
    body = _feed(asked)
    asked.send_response(200)
    asked.send_header("ETag", f'"{sha256(body).hexdigest()[:16]}"')
    asked.end_headers()
    asked.wfile.write(body[: asked.world.chance.randrange(len(body))])


def _circle(asked: Handler) -> None:
    asked.answer(b"", "text/plain", 302, Location=asked.path)


def _to_private(asked: Handler) -> None:
    place = asked.world.chance.choice(("http://10.0.0.1/", "http://[::1]/", "http://169.254.169.254/", "file:///etc"))
    asked.answer(b"", "text/plain", 302, Location=place)


def _garbage(asked: Handler) -> None:
    if asked.path in ("/feed", "/sitemap.xml", "/alt"):
        asked.answer(asked.world.chance.randbytes(5000), "application/rss+xml")
    else:
        asked.answer(b"\x1f\x8b" + asked.world.chance.randbytes(500), "text/html", Content_Encoding="gzip")


def _no_feed(asked: Handler) -> None:
    if asked.path in ("/feed", "/sitemap.xml", "/alt"):
        asked.answer(b"<!DOCTYPE html><html><body>Wartung</body></html>", "text/html")
    else:
        _error(asked)


_BOMB = gzip.compress(bytes(30_000_000))


def _bomb(asked: Handler) -> None:
    asked.answer(_BOMB, "text/html", Content_Encoding="gzip")


def _entity_bomb(asked: Handler) -> None:
    if asked.path != "/feed":
        _bomb(asked)
        return
    entities = "".join(f"<!ENTITY e{n + 1} '" + f"&e{n};" * 10 + "'>" for n in range(9))
    beginning = f"<!DOCTYPE rss [<!ENTITY e0 'bombe'>{entities}]>"
    body = f"{beginning}<rss version='2.0'><channel><title>&e9;</title></channel></rss>"
    asked.answer(body.encode(), "application/rss+xml")


BAD: tuple[Answer, ...] = (
    _error,
    _too_busy,
    _hang,
    _drip,
    _reset,
    _cut,
    _cut_feed,
    _circle,
    _to_private,
    _garbage,
    _no_feed,
    _bomb,
    _entity_bomb,
)


@contextmanager
def serving(handler: type[BaseHTTPRequestHandler]) -> Iterator[int]:
    """Serve on a port of this machine, meanwhile; gives the port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def this_machine(_host: str, _port: int) -> list[str]:
    """Where all hosts of the outlets are; addresses that are none of a name stay what they are."""
    return ["127.0.0.1"] if _host.endswith(".example") else [_host]


@dataclass
class Hour:
    """What came of an hour: what was published and how often it was taken in, what the server did, the memory."""

    published: set[str]
    taken: Counter[str]
    done: Counter[str]
    requests: int
    drained: timedelta
    seconds: float
    memory: tuple[int, int]

    @property
    def lost(self) -> set[str]:
        """What was published and never taken in."""
        return self.published - set(self.taken)

    @property
    def foreign(self) -> set[str]:
        """What was taken in and never published: errors, halves, garbage."""
        return set(self.taken) - self.published

    @property
    def twice(self) -> set[str]:
        """What was taken in more than once."""
        return {name for name, count in self.taken.items() if count > 1}


def hour(target: str | Path, badness: float, seed: int = SEED, stops: int = 0, traced: bool = False) -> Hour:
    """Watch the outlets for a simulated hour, and then until nothing waits any more.

    The watch is ended and begun anew after each quarter, and so many times more. With `traced`, the peaks of allocated
    bytes are told, in the second quarter of the hour and in the last.
    """
    clock = SimulatedClock()
    world = World(clock, badness, random.Random(seed))
    taken: Counter[str] = Counter()
    peaks: list[int] = []
    begun = time.monotonic()

    def take_in(original: Original) -> str:
        name = original.data.decode().partition("<p>")[2].partition("</p>")[0]
        taken[name] += 1
        return name

    class Answering(Handler):
        pass

    Answering.world = world
    if traced:
        tracemalloc.start()
    with serving(Answering) as port, Ledger.open(target) as book:
        sources = tuple(_sources(port))
        quarter = HOUR / 4
        ends = sorted(
            {BEGIN + quarter * n for n in range(1, 5)} | {BEGIN + HOUR * n / (stops + 1) for n in range(stops)}
        )
        for end in ends:
            if end > BEGIN:
                _watch(book, sources, clock, take_in, seed).run(lambda end=end: clock.now() >= end)  # type: ignore[misc]
            if (end - BEGIN) % quarter == timedelta(0):
                peaks.append(tracemalloc.get_traced_memory()[1])
                if traced:
                    tracemalloc.reset_peak()
        memory = LedgerMemory(book)
        rest = _watch(book, sources, clock, take_in, seed)
        published = {f"{outlet} /{number}" for outlet in OUTLETS for number, _ in world.published(outlet)}
        limit = BEGIN + 12 * HOUR
        rest.run(lambda: clock.now() > limit or (published <= set(taken) and not memory.waiting()))
    tracemalloc.stop()
    drained = clock.now() - world.until
    seconds = time.monotonic() - begun
    # The first peak is the one of loading what is loaded once.
    memory_at = peaks[-3], peaks[-1]
    return Hour(published, taken, world.done, sum(world.asked.values()), drained, seconds, memory_at)


def _sources(port: int) -> Iterator[Source]:
    for number, outlet in enumerate(OUTLETS):
        at = f"http://{outlet}.example:{port}"
        yield Source(f"{at}/feed", EVERY, Kind.FEED)
        if number % 2:
            yield Source(f"{at}/sitemap.xml", EVERY, Kind.SITEMAP)
        else:
            yield Source(f"{at}/alt", EVERY, Kind.FEED)


def _watch(
    book: Ledger, sources: tuple[Source, ...], clock: SimulatedClock, take_in: Callable[[Original], str], seed: int
) -> Watch:
    limits = Limits(seconds=HANG, wait=HANG)
    fetcher = Fetcher(limits, may_connect=lambda ip: ip == "127.0.0.1", resolve=this_machine)
    web = Polite(fetcher, clock, delay=1.0)
    return Watch(sources, LedgerMemory(book), web, take_in, clock, random.Random(seed), Metrics())


def main() -> None:
    """Print what came of hours with ever more failures, as Markdown."""
    print("| bad answers | requests | published | lost | twice | done after | memory peak, 2nd and 4th quarter |")
    print("|---|---|---|---|---|---|---|")
    for badness in (0.0, 0.3, 0.6, 0.9):
        with tempfile.TemporaryDirectory() as folder:
            came = hour(Path(folder) / "ledger.db", badness, traced=True)
        middle, end = (f"{one / 1e6:.1f} MB" for one in came.memory)
        print(
            f"| {badness:.0%} | {came.requests} | {len(came.published)} | {len(came.lost)} | {len(came.twice)} | "
            f"{came.drained.total_seconds() / 60:.0f} min | {middle}, {end} |"
        )


if __name__ == "__main__":
    main()
