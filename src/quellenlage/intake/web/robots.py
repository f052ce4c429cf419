"""What robots.txt allows (RFC 9309), asked for once a day a host."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import httpx
from protego import Protego

from quellenlage.intake.encoding import decode
from quellenlage.intake.unreadable import Unreadable
from quellenlage.intake.web.errors import NotFetched
from quellenlage.intake.web.fetching import PRODUCT, Fetched, Limits

LIMITS = Limits(seconds=20, wait=10, bytes=512_000, redirects=5, cuts=True)
"""Five redirects and 500 KiB are what the RFC asks for."""
_KEPT_FOR = timedelta(days=1)
_ASKED_AGAIN_AFTER = timedelta(minutes=10)
# A server that fails has allowed nothing; what it allowed before goes on to hold for a while.
_HOLDS_ON_FOR = timedelta(days=30)
_LONGEST_DELAY = 60.0
# Each star multiplies the ways in which a path can match.
_MANY_STARS = re.compile(r"(\*[^*\n]*){12,}")

GetRobots = Callable[[str], Fetched | None]
"""Fetches a robots.txt within `LIMITS`."""


@dataclass(frozen=True, slots=True)
class _Kept:
    rules: Protego | None  # None where the host could not say, and nothing is allowed
    since: datetime
    until: datetime
    why: str = ""


class Robots:
    """What the hosts allow that were asked, as long as that holds."""

    def __init__(self, get: GetRobots, now: Callable[[], datetime]) -> None:
        self._get = get
        self._now = now
        self._kept: dict[str, _Kept] = {}

    def must_allow(self, url: httpx.URL) -> None:
        """Raise `NotFetched` where the robots.txt of a URL's host disallows it, or cannot be had for now."""
        kept = self._holding(url)
        rules = kept.rules
        if rules is None:
            wait = _ASKED_AGAIN_AFTER.total_seconds()
            why = f"nothing is asked for while its robots.txt cannot be had: {kept.why}"
            raise NotFetched(str(url), why, retry_after=wait)
        if not rules.can_fetch(str(url), PRODUCT):
            why = f"its robots.txt does not want {PRODUCT} to read this; ask the outlet, or save the page yourself"
            raise NotFetched(str(url), why, is_final=True)

    def delay(self, url: httpx.URL) -> float:
        """Seconds that a host wants between two requests (Crawl-delay), a minute at most; 0 where it says nothing."""
        kept = self._kept.get(_site(url))
        wanted = kept.rules.crawl_delay(PRODUCT) if kept and kept.rules else None
        return min(wanted, _LONGEST_DELAY) if wanted and wanted > 0 else 0.0

    def _holding(self, url: httpx.URL) -> _Kept:
        site, now = _site(url), self._now()
        before = self._kept.get(site)
        if before and before.since <= now < before.until:
            return before
        kept = self._asked(site, now, before)
        self._kept = {name: one for name, one in self._kept.items() if now - one.since < _HOLDS_ON_FOR}
        self._kept[site] = kept
        return kept

    def _asked(self, site: str, now: datetime, before: _Kept | None) -> _Kept:
        try:
            found = self._get(f"{site}/robots.txt")
        except NotFetched as problem:
            if problem.status is not None and 400 <= problem.status < 500 and problem.status != 429:
                return _Kept(_parsed(""), now, now + _KEPT_FOR)
            still = before is not None and before.rules is not None and now - before.since < _HOLDS_ON_FOR
            if before and still:
                return _Kept(before.rules, before.since, now + _ASKED_AGAIN_AFTER)
            return _Kept(None, now, now + _ASKED_AGAIN_AFTER, problem.why)
        return _Kept(_parsed(_text(found, site)), now, now + _KEPT_FOR)


def _site(url: httpx.URL) -> str:
    return f"{url.scheme}://{url.netloc.decode('ascii')}"


def _text(found: Fetched | None, site: str) -> str:
    try:
        return decode(found.data, site) if found and found.data else ""
    except Unreadable:  # A file without a single line that can be read forbids nothing.
        return ""


def _parsed(text: str) -> Protego:
    return Protego.parse(_MANY_STARS.sub("*", text))
