"""Asks as a guest does: what robots.txt allows, one request after the other, and not while a host wants to be left."""

from __future__ import annotations

from datetime import datetime, timedelta

import httpx

from quellenlage.intake.web.address import host_of
from quellenlage.intake.web.clock import Clock, SystemClock
from quellenlage.intake.web.errors import NotFetched
from quellenlage.intake.web.fetching import NOTHING_KNOWN, Fetched, Fetcher, Limits, Validators
from quellenlage.intake.web.robots import LIMITS, Robots

DELAY = 2.0
"""Seconds between two requests to a host, where it does not want more."""
_PATIENCE = 60.0


class Polite:
    """Gets what is at addresses, with what the hosts want in mind.

    Whoever has others to ask meanwhile asks `free_at` first; `get` waits.
    """

    def __init__(self, fetcher: Fetcher, clock: Clock | None = None, *, delay: float = DELAY) -> None:
        self._fetcher = fetcher
        self._clock = clock or SystemClock()
        self._delay = delay
        self._robots = Robots(self._robots_txt, self._clock.now)
        self._free: dict[str, datetime] = {}

    def get(
        self,
        address: str,
        known: Validators = NOTHING_KNOWN,
        limits: Limits | None = None,
    ) -> Fetched | None:
        """What is at an address, None where it has not changed since `known`; raises `NotFetched`."""
        asked: list[httpx.URL] = []

        def before(url: httpx.URL) -> None:
            self._robots.must_allow(url)
            self._wait_for(url)
            asked.append(url)

        try:
            return self._fetcher.fetch(address, known, before=before, limits=limits)
        except NotFetched as problem:
            if problem.retry_after:
                self._leave(problem.address, problem.retry_after)
            raise
        finally:
            for url in asked:
                self._leave(str(url), max(self._delay, self._robots.delay(url)))

    def free_at(self, host: str) -> datetime | None:
        """When a host (with its port) may be asked again; None where now."""
        free, now = self._free.get(host), self._clock.now()
        return free if free and free > now else None

    def busy(self) -> dict[str, datetime]:
        """The hosts that may not be asked now, and when they may."""
        now = self._clock.now()
        self._free = {host: free for host, free in self._free.items() if free > now}
        return dict(self._free)

    def _wait_for(self, url: httpx.URL) -> None:
        host = host_of(str(url))
        free = self.free_at(host)
        seconds = (free - self._clock.now()).total_seconds() if free else 0.0
        if seconds > max(_PATIENCE, self._delay):
            why = f"its server wants to be left alone for {seconds:.0f} seconds; it is tried again later"
            raise NotFetched(str(url), why, retry_after=seconds)
        if seconds > 0:
            self._clock.sleep(seconds)
        if (free := self.free_at(host)) and (free - self._clock.now()).total_seconds() > 1:
            raise NotFetched(str(url), "stopped while its server was not to be asked; it is tried again later")

    def _leave(self, address: str, seconds: float) -> None:
        host, free = host_of(address), self._clock.now() + timedelta(seconds=seconds)
        self._free[host] = max(free, self._free.get(host, free))

    def _robots_txt(self, address: str) -> Fetched | None:
        return self._fetcher.fetch(address, limits=LIMITS)
