"""Asking as a guest does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from benchmarks.watching import SimulatedClock
from quellenlage.intake.web import Fetcher, NotFetched, Polite
from quellenlage.intake.web.address import anywhere, host_of
from tests.small_server import Answer, Site, site


@pytest.fixture
def outlet() -> Iterator[Site]:
    with site() as made:
        made.routes |= {f"/{number}": Answer(b"da") for number in range(9)}
        yield made


@pytest.fixture
def clock() -> SimulatedClock:
    return SimulatedClock()


@pytest.fixture
def web(clock: SimulatedClock) -> Polite:
    return Polite(Fetcher(may_connect=anywhere), clock, delay=2)


def test_what_robots_txt_forbids_is_not_read(outlet: Site, web: Polite) -> None:
    outlet.routes["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /1\n\nUser-agent: quellenlage\nDisallow: /2\n")
    assert web.get(f"{outlet.address}/1") is not None
    with pytest.raises(NotFetched, match=r"robots\.txt does not want Quellenlage") as problem:
        web.get(f"{outlet.address}/2")
    assert problem.value.is_final
    assert outlet.paths == ["/robots.txt", "/1"]


def test_a_redirect_to_what_is_forbidden_is_not_followed(outlet: Site, web: Polite) -> None:
    outlet.routes["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /2\n")
    outlet.routes["/1"] = Answer(status=302, headers={"Location": "/2"})
    with pytest.raises(NotFetched, match=r"robots\.txt"):
        web.get(f"{outlet.address}/1")
    assert "/2" not in outlet.paths


def test_robots_txt_is_asked_for_once_a_day(outlet: Site, web: Polite, clock: SimulatedClock) -> None:
    for hours in (0, 23, 2, 1):
        clock.sleep(hours * 3600)
        web.get(f"{outlet.address}/1")
    assert outlet.paths.count("/robots.txt") == 2


def test_a_robots_txt_that_fails_forbids_everything_for_now(outlet: Site, web: Polite, clock: SimulatedClock) -> None:
    outlet.routes["/robots.txt"] = Answer(b"", 503)
    with pytest.raises(NotFetched, match="cannot be had") as problem:
        web.get(f"{outlet.address}/1")
    assert not problem.value.is_final
    assert outlet.paths == ["/robots.txt"]
    outlet.routes["/robots.txt"] = Answer(b"", 403)
    clock.sleep(3600)
    assert web.get(f"{outlet.address}/1") is not None


def test_what_was_allowed_holds_on_while_robots_txt_fails(outlet: Site, web: Polite, clock: SimulatedClock) -> None:
    outlet.routes["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /2\n")
    web.get(f"{outlet.address}/1")
    outlet.routes["/robots.txt"] = Answer(b"", 500)
    clock.sleep(timedelta(days=2).total_seconds())
    assert web.get(f"{outlet.address}/1") is not None
    with pytest.raises(NotFetched, match="does not want"):
        web.get(f"{outlet.address}/2")
    clock.sleep(timedelta(days=31).total_seconds())
    with pytest.raises(NotFetched, match="cannot be had"):
        web.get(f"{outlet.address}/1")


SAYS_NOTHING = [b"\0\1\2" * 1000, b"Disallow: /" + b"*a" * 50_000 + b"\n", b"x" * 600_000, b""]
SAYS_NOTHING += [b"User-agent: *\nCrawl-delay: nan\n"]


@pytest.mark.parametrize("body", SAYS_NOTHING)
def test_a_robots_txt_that_says_nothing_forbids_nothing(outlet: Site, web: Polite, body: bytes) -> None:
    outlet.routes["/robots.txt"] = Answer(body)
    assert web.get(f"{outlet.address}/1") is not None


def test_requests_to_a_host_keep_their_distance(outlet: Site, web: Polite, clock: SimulatedClock) -> None:
    begun = clock.now()
    for number in range(4):
        web.get(f"{outlet.address}/{number}")
    assert clock.now() - begun == timedelta(seconds=6)


def test_a_host_can_want_more_distance(outlet: Site, web: Polite, clock: SimulatedClock) -> None:
    outlet.routes["/robots.txt"] = Answer(b"User-agent: *\nCrawl-delay: 10\n")
    host = host_of(outlet.address)
    assert web.free_at(host) is None
    web.get(f"{outlet.address}/1")
    assert web.free_at(host) == clock.now() + timedelta(seconds=10)
    outlet.routes["/2"] = Answer(b"", 503, {"Retry-After": "300"})
    with pytest.raises(NotFetched):
        web.get(f"{outlet.address}/2")
    assert web.busy() == {host: clock.now() + timedelta(seconds=300)}
    with pytest.raises(NotFetched, match="left alone for 300 seconds"):
        web.get(f"{outlet.address}/1")
    clock.sleep(300)
    assert web.busy() == {}
