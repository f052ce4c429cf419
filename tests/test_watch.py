"""What a watch takes in, what it remembers, and how it goes on."""

from __future__ import annotations

import logging
import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import pairwise
from urllib.request import urlopen

import pytest

from benchmarks.watching import BEGIN, SimulatedClock
from quellenlage.intake.original import Original
from quellenlage.intake.unreadable import Unreadable
from quellenlage.intake.web import Fetcher, Limits, Polite
from quellenlage.intake.web.address import anywhere
from quellenlage.intake.web.entry import Entry
from quellenlage.ledger import Ledger, LedgerError
from quellenlage.ledger.watch_rows import LedgerMemory
from quellenlage.ledger.watched import Found, Look, State
from quellenlage.watch import FullText, Kind, Source, SourcesError, Watch, schedule
from quellenlage.watch.articles import from_feed, has_whole_text
from quellenlage.watch.metrics import Metrics
from tests.small_server import Answer, Asked, Site, site

EVERY = timedelta(minutes=15)


@dataclass
class Watched:
    """A watch over one source at a server, and what it took in."""

    outlet: Site
    book: Ledger
    source: Source
    clock: SimulatedClock = field(default_factory=SimulatedClock)
    taken: list[Original] = field(default_factory=list)
    metrics: Metrics = field(default_factory=Metrics)
    problem: Exception | None = None

    @property
    def memory(self) -> LedgerMemory:
        return LedgerMemory(self.book)

    @property
    def names(self) -> list[str]:
        return [original.name.removeprefix(self.outlet.address) for original in self.taken]

    def begun(self) -> Watch:
        """A new watch, as after a restart."""
        web = Polite(Fetcher(Limits(seconds=2), may_connect=anywhere), self.clock, delay=1)
        chance = random.Random(1)
        return Watch((self.source,), self.memory, web, self._take_in, self.clock, chance, self.metrics)

    def goes_on(self, span: timedelta = timedelta(minutes=5)) -> None:
        """Begin anew and watch so long."""
        end = self.clock.now() + span
        self.begun().run(lambda: self.clock.now() >= end)

    def _take_in(self, original: Original) -> str | None:
        if self.problem:
            raise self.problem
        self.taken.append(original)
        return original.name


@pytest.fixture
def outlet() -> Iterator[Site]:
    with site() as made:
        for number in range(9):
            made.routes[f"/{number}"] = Answer(f"Artikel {number}".encode(), headers={"Content-Type": "text/html"})
        yield made


@pytest.fixture
def watched(outlet: Site, target: str) -> Iterator[Watched]:
    with Ledger.open(target) as book:
        yield Watched(outlet, book, Source(f"{outlet.address}/feed", EVERY))


@pytest.fixture
def quick(outlet: Site, tmp_path: object) -> Iterator[Watched]:
    with Ledger.open(f"{tmp_path}/ledger.db") as book:
        yield Watched(outlet, book, Source(f"{outlet.address}/feed", EVERY))


def feed(*items: str, title: str = "Kurier") -> Answer:
    body = f"<rss version='2.0'><channel><title>{title}</title>{''.join(items)}</channel></rss>"
    return Answer(body.encode(), headers={"Content-Type": "application/rss+xml"})


def item(number: int | str, more: str = "") -> str:
    return f"<item><title>Nachricht {number}</title><link>/{number}</link>{more}</item>"


# What is taken in


def test_what_a_feed_names_is_taken_in_once_whatever_happens(watched: Watched) -> None:
    watched.outlet.routes["/feed"] = feed(item(1), item(2))
    watched.goes_on()
    assert sorted(watched.names) == ["/1", "/2"]
    watched.outlet.routes["/feed"] = feed(item("3#oben"), item("2?utm_source=rss"), item(3), item(1))
    watched.goes_on(timedelta(hours=1))
    assert sorted(watched.names) == ["/1", "/2", "/3"]
    watched.goes_on(timedelta(hours=1))
    assert len(watched.taken) == 3
    original = watched.taken[0]
    assert (original.data, original.media_type) == (b"Artikel 1", "text/html")
    assert (original.hints.title, original.hints.outlet) == ("Nachricht 1", "Kurier")


def test_what_was_found_outlives_the_process_and_the_feed(watched: Watched) -> None:
    watched.outlet.routes["/feed"] = feed(*(item(number) for number in range(1, 6)))
    watch = watched.begun()
    assert watch.step(), "the look"
    watched.clock.sleep(2)
    assert watch.step(), "one article"
    assert len(watched.taken) == 1
    watched.outlet.routes["/feed"] = feed()
    watched.goes_on()
    assert sorted(watched.names) == ["/1", "/2", "/3", "/4", "/5"]


def test_an_article_that_ends_the_process_is_tried_again_after_the_others(quick: Watched) -> None:
    quick.outlet.routes["/feed"] = feed(item(1), item(2))
    watch = quick.begun()
    watch.step()
    quick.clock.sleep(2)
    quick.problem = KeyboardInterrupt()  # type: ignore[assignment]
    with pytest.raises(KeyboardInterrupt):
        watch.step()
    quick.problem = None
    quick.goes_on()
    assert quick.names == ["/2", "/1"]


def test_text_that_the_feed_has_as_a_whole_is_taken_from_it(quick: Watched) -> None:
    space = "xmlns:content='http://purl.org/rss/1.0/modules/content/'"
    whole = f"<content:encoded {space}>&lt;p&gt;{'Ein langer Satz. ' * 80}&lt;/p&gt;</content:encoded>"
    quick.outlet.routes["/feed"] = feed(item(1, whole), item(2, whole.replace("Satz. &lt;", "Satz … &lt;")))
    quick.goes_on()
    assert sorted(quick.names) == ["/1", "/2"]
    (of_feed,) = (one for one in quick.taken if one.name.endswith("/1"))
    assert of_feed.data.count(b"Ein langer Satz.") == 80
    assert b"<h1>Nachricht 1</h1>" in of_feed.data
    assert of_feed.address == f"{quick.outlet.address}/1"
    assert "/1" not in quick.outlet.paths


@pytest.mark.parametrize(
    ("entry", "full_text", "is_whole"),
    [
        (Entry("https://a.example", text="x " * 600), FullText.AUTO, True),
        (Entry("https://a.example", text="x " * 600), FullText.PAGE, False),
        (Entry("https://a.example", text="x " * 300), FullText.AUTO, False),
        (Entry("https://a.example", text="x " * 300), FullText.FEED, True),
        (Entry("https://a.example", text="x " * 600 + "<a>Weiterlesen</a> »"), FullText.AUTO, False),
        (Entry("https://a.example", text="x " * 600 + "[…]"), FullText.AUTO, False),
        (Entry("https://a.example", summary="x " * 600), FullText.AUTO, False),
        (Entry(id="1", summary="Kurz."), FullText.PAGE, True),
        (Entry(id="1"), FullText.FEED, False),
    ],
)
def test_which_texts_are_whole(entry: Entry, full_text: FullText, is_whole: bool) -> None:
    assert has_whole_text(entry, full_text) is is_whole


def test_a_title_cannot_break_out_of_the_page_that_is_made() -> None:
    page = from_feed(Entry(title="</title><script>", text="x", language='"><b'), "https://a.example/feed", BEGIN).data
    assert b"<script>" not in page
    assert b"<b" not in page.partition(b"<body>")[0]


def test_sitemaps_and_what_is_too_old(quick: Watched) -> None:
    at, day = quick.outlet.address, timedelta(days=1)
    index = f"<sitemapindex><sitemap><loc>{at}/neu.xml</loc></sitemap><sitemap><loc>{at}/alt.xml</loc>"
    index += f"<lastmod>{(BEGIN - 9 * day).date()}</lastmod></sitemap></sitemapindex>"
    dated = "".join(f"<url><loc>{at}/{n}</loc><lastmod>{(BEGIN - n * day).isoformat()}</lastmod></url>" for n in (1, 3))
    undated = f"<url><loc>{at}/5</loc></url>"
    quick.outlet.routes["/feed"] = Answer(index.encode())
    quick.outlet.routes["/neu.xml"] = Answer(f"<urlset>{dated}{undated}</urlset>".encode())
    quick.goes_on()
    assert quick.names == ["/1"], "neither what is older than two days nor what was there before without a day"
    assert "/alt.xml" not in quick.outlet.paths
    later = f"<url><loc>{at}/6</loc></url>"
    quick.outlet.routes["/neu.xml"] = Answer(f"<urlset>{dated}{undated}{later}</urlset>".encode())
    quick.goes_on(2 * EVERY)
    assert quick.names == ["/1", "/6"]


def test_a_page_is_taken_in_whenever_it_has_changed(quick: Watched) -> None:
    quick.source = replace(quick.source, kind=Kind.PAGE, outlet="Regierung")
    for body in (b"Liste 1", b"Liste 1", b"Liste 2"):
        quick.outlet.routes["/feed"] = Answer(body)
        quick.goes_on(EVERY * 1.2)
    assert [original.data for original in quick.taken] == [b"Liste 1", b"Liste 2"]
    assert quick.taken[0].hints.outlet == "Regierung"


def test_a_page_says_which_feeds_it_has(quick: Watched, caplog: pytest.LogCaptureFixture) -> None:
    page = b"<html><head><link rel='alternate' type='application/rss+xml' href='/rss'></head><body>x</body></html>"
    quick.outlet.routes["/feed"] = Answer(page)
    quick.goes_on(timedelta(hours=2))
    said = [record.message for record in caplog.records if "its feeds are" in record.message]
    assert len(said) == 1
    assert f"{quick.outlet.address}/rss" in said[0]


def test_updates_are_followed_where_that_is_wanted(quick: Watched) -> None:
    def updated(hours: int) -> Answer:
        stamp = (BEGIN + timedelta(hours=hours)).isoformat()
        entry = f"<entry><id>1</id><title>x</title><link href='/1'/><updated>{stamp}</updated></entry>"
        return Answer(f"<feed xmlns='http://www.w3.org/2005/Atom'>{entry}</feed>".encode())

    for wanted, count in ((False, 1), (True, 2)):
        quick.source = replace(quick.source, updates=wanted)
        for hours in (0, 0, 1):
            quick.outlet.routes["/feed"] = updated(hours + (2 if wanted else 0))
            quick.goes_on(EVERY * 1.2)
        assert len(quick.taken) == count + (1 if wanted else 0)


# What goes wrong


def test_a_source_that_fails_is_asked_ever_less_often(quick: Watched, caplog: pytest.LogCaptureFixture) -> None:
    asked = []

    def fail(_: Asked) -> Answer:
        asked.append(quick.clock.now())
        return Answer(b"", 500)

    quick.outlet.routes["/feed"] = fail
    quick.goes_on(timedelta(days=2))
    waits = [after - before for before, after in pairwise(asked)]
    assert waits[0] < timedelta(minutes=2)
    assert max(waits) <= schedule.LONGEST * 1.26
    assert len(asked) < 25
    look = quick.memory.look(quick.source.address)
    assert look.failures == len(asked)
    assert "500" in look.why
    assert "failure 1; again in 1 min" in caplog.text
    quick.outlet.routes["/feed"] = feed(item(1))
    quick.goes_on(timedelta(hours=8))
    assert quick.names == ["/1"]
    assert quick.memory.look(quick.source.address).failures == 0


def test_a_feed_that_was_cut_off_is_asked_for_as_a_whole(quick: Watched) -> None:
    whole = feed(item(1), item(2)).body
    is_cut = True

    def answer(asked: Asked) -> Answer:
        if asked.headers["If-None-Match"]:
            return Answer(b"", 304, length=False)
        return Answer(whole[:-60] if is_cut else whole, headers={"ETag": '"1"'})

    quick.outlet.routes["/feed"] = answer
    quick.goes_on()
    assert quick.names == ["/1"]
    is_cut = False
    quick.goes_on(2 * EVERY)
    assert quick.names == ["/1", "/2"]


@pytest.mark.parametrize("sent", [Answer(b"", 404), Answer(b"", 500), Answer(status=302, headers={"Location": "/9"})])
def test_a_page_that_comes_late_is_taken_in_late(quick: Watched, sent: Answer) -> None:
    quick.outlet.routes |= {"/feed": feed(item(9), item(1)), "/9": sent}
    quick.goes_on(timedelta(minutes=2))
    assert quick.names == ["/1"]
    quick.outlet.routes["/9"] = Answer(b"Artikel 9")
    quick.goes_on(timedelta(minutes=20))
    assert quick.names == ["/1", "/9"]


def test_a_page_that_never_comes_is_given_up_and_can_be_tried_again(quick: Watched) -> None:
    quick.outlet.routes |= {"/feed": feed(item(9), item(8)), "/8": Answer(b"", 500)}
    quick.goes_on(timedelta(hours=1))
    assert quick.outlet.paths.count("/9") == schedule.FINAL_FAILURES
    quick.goes_on(schedule.GIVEN_UP_AFTER + timedelta(hours=12))
    assert quick.memory.waiting() == 0
    assert 5 < quick.outlet.paths.count("/8") < 40
    quick.outlet.routes |= {"/8": Answer(b"8"), "/9": Answer(b"9")}
    assert quick.memory.again(quick.clock.now()) == 2
    quick.goes_on()
    assert sorted(quick.names) == ["/8", "/9"]


def test_what_is_no_article_is_not_tried_again(quick: Watched) -> None:
    quick.outlet.routes["/feed"] = feed(item(1))
    quick.problem = Unreadable("x", "kein Text")
    quick.goes_on(timedelta(days=1))
    assert quick.outlet.paths.count("/1") == 1
    assert 'outcome="nothing"} 1.0' in quick.metrics.text()


@pytest.mark.parametrize("problem", [ValueError("ein Fehler des Programms"), LedgerError("die Datenbank ist fort")])
def test_an_error_of_one_article_does_not_end_the_watch(quick: Watched, problem: Exception) -> None:
    quick.outlet.routes["/feed"] = feed(item(1))
    quick.problem = problem
    quick.goes_on()
    assert quick.taken == []
    quick.problem = None
    quick.goes_on(timedelta(hours=1))
    assert quick.names == ["/1"]


def test_a_database_that_is_gone_for_a_while_loses_nothing(quick: Watched, caplog: pytest.LogCaptureFixture) -> None:
    quick.outlet.routes["/feed"] = feed(item(1), item(2))

    class Failing(LedgerMemory):
        fails = True

        def keep(self, look: Look, found: object, now: object) -> int:
            if Failing.fails:
                raise LedgerError("die Datenbank ist fort")
            return super().keep(look, found, now)  # type: ignore[arg-type]

    web = Polite(Fetcher(may_connect=anywhere), quick.clock, delay=1)
    memory = Failing(quick.book)
    watch = Watch((quick.source,), memory, web, quick._take_in, quick.clock, random.Random(1), Metrics())
    end = quick.clock.now() + timedelta(minutes=2)
    watch.run(lambda: quick.clock.now() >= end)
    assert "die Datenbank ist fort" in caplog.text
    Failing.fails = False
    end += timedelta(minutes=2)
    watch.run(lambda: quick.clock.now() >= end)
    assert sorted(quick.names) == ["/1", "/2"]


# How it runs


def test_once_looks_at_what_is_not_failing_takes_in_what_is_due_and_ends(quick: Watched) -> None:
    quick.outlet.routes["/feed"] = feed(item(1), item(9))
    begun = quick.clock.now()
    quick.begun().run(lambda: False, once=True)
    assert quick.names == ["/1"]
    assert quick.clock.now() - begun < timedelta(minutes=1)
    quick.outlet.routes["/feed"] = feed(item(2))
    quick.begun().run(lambda: False, once=True)
    assert quick.names == ["/1", "/2"]
    quick.outlet.routes["/feed"] = Answer(b"", 500)
    quick.begun().run(lambda: False, once=True)
    looks = quick.outlet.paths.count("/feed")
    quick.begun().run(lambda: False, once=True)
    assert quick.outlet.paths.count("/feed") == looks


def test_it_stops_after_the_article_in_hand(quick: Watched) -> None:
    quick.outlet.routes["/feed"] = feed(item(1), item(2), item(3))
    quick.begun().run(lambda: len(quick.taken) == 1)
    assert len(quick.taken) == 1
    assert quick.memory.waiting() == 2


def test_when_nothing_is_left_to_do_it_says_so_once(quick: Watched) -> None:
    quick.outlet.routes["/feed"] = feed(item(1))
    idle: list[int] = []
    web = Polite(Fetcher(may_connect=anywhere), quick.clock, delay=1)
    end = quick.clock.now() + timedelta(minutes=10)
    Watch(
        (quick.source,),
        quick.memory,
        web,
        quick._take_in,
        quick.clock,
        random.Random(1),
        Metrics(),
        lambda: idle.append(len(quick.taken)),
    ).run(lambda: quick.clock.now() >= end)
    assert idle[-1] == 1
    assert len(idle) <= 3


def test_figures_are_served_as_prometheus_wants_them(quick: Watched) -> None:
    quick.outlet.routes["/feed"] = feed(item(1))
    quick.goes_on()
    with quick.metrics.served("0") as port, urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
        text = answer.read().decode()
    assert f'quellenlage_watch_looks_total{{outcome="new",source="{quick.source.address}"}} 1.0' in text
    assert 'quellenlage_watch_entries_total{outcome="taken"} 1.0' in text
    assert "quellenlage_watch_entries_waiting 0.0" in text
    for place in ("x", "127.0.0.1:99999", "127.0.0.1"):
        with pytest.raises(SourcesError, match="--metrics"), quick.metrics.served(place):
            pass


def test_a_first_failure_is_over_soon_and_no_wait_is_endless() -> None:
    chance = random.Random(3)
    for failures in range(1, 2000):
        wait = schedule.after_failure(failures, schedule.LONGEST, chance)
        assert timedelta(seconds=45) <= wait <= schedule.LONGEST * 1.25
    assert schedule.after_failure(1, schedule.LONGEST, chance) <= timedelta(seconds=75)


# What it remembers


def test_the_memory_keeps_every_word(target: str) -> None:
    told = Entry("https://a.example/1", "1", "Ä\u2028", "2026-03-10", "2026-03-11", "Kurier", "de", ("A", "B"))
    entry = replace(told, summary="kurz", text="lang")
    with Ledger.open(target) as book:
        memory = LedgerMemory(book)
        look = Look("https://a.example/feed", BEGIN, BEGIN, failures=2, why="x" * 900)
        found = [Found("k1", "a.example", entry), Found("k2", "b.example", Entry(text="x"), State.PASSED)]
        assert memory.look(look.address) == Look(look.address)
        assert memory.keep(look, [*found, found[0]], BEGIN) == 1
        assert memory.keep(look, found, BEGIN) == 0
        assert memory.look(look.address) == replace(look, why="x" * 500)
        waiting = memory.next(BEGIN, ())
        assert waiting is not None
        assert (waiting.entry, waiting.found, waiting.source) == (entry, BEGIN, look.address)
        assert memory.next(BEGIN, ("a.example",)) is None
        assert memory.next(BEGIN - timedelta(seconds=1), ()) is None
        later = BEGIN + timedelta(hours=1)
        memory.put_off("k1", later, 1, "noch nicht")
        assert (memory.next(BEGIN, ()), memory.soonest(()), memory.soonest(("a.example",))) == (None, later, None)
        memory.settle("k1", State.TAKEN)
        assert (memory.waiting(), memory.soonest(()), memory.again(BEGIN)) == (0, None, 0)


@pytest.fixture(autouse=True)
def _told(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "quellenlage.watch")
