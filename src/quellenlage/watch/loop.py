"""The loop: looks at what is due, takes in what was found, and sleeps until there is something to do.

One thing is done at a time. Whatever was found is kept before anything else happens, so the loop can be ended at any
moment, and goes on from there.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from quellenlage.intake.original import Original
from quellenlage.intake.unreadable import Unreadable
from quellenlage.intake.web.address import host_of
from quellenlage.intake.web.clock import Clock
from quellenlage.intake.web.errors import NotFetched
from quellenlage.intake.web.politeness import Polite
from quellenlage.ledger.errors import LedgerError
from quellenlage.ledger.watched import Look, State, Waiting
from quellenlage.watch import articles, schedule
from quellenlage.watch.looking import Seen, seen_at
from quellenlage.watch.memory import Memory
from quellenlage.watch.metrics import Metrics
from quellenlage.watch.sources import FullText, Source

TakeIn = Callable[[Original], str | None]
"""Reads an article into the ledger; gives what it is called there, None where there was none.

Raises `Unreadable` where the bytes are no article, and `LedgerError` where it cannot be kept.
"""
_LONGEST_SLEEP = 300.0  # While a machine is suspended, its sleepers' time stands still.
_SHORTEST_SLEEP = 0.05
_PAUSE = 30.0
_UNFINISHED = "the program ended while it was taken in"

log = logging.getLogger("quellenlage.watch")


@dataclass(frozen=True, slots=True)
class _Part:
    """A sitemap that an index named."""

    source: Source
    address: str


class Watch:
    """A watch over some sources; `run` it."""

    def __init__(
        self,
        sources: tuple[Source, ...],
        memory: Memory,
        web: Polite,
        take_in: TakeIn,
        clock: Clock,
        chance: Random,
        metrics: Metrics,
        when_idle: Callable[[], None] = lambda: None,
    ) -> None:
        self._sources = {source.address: source for source in sources}
        self._looks = {address: memory.look(address) for address in self._sources}
        self._hosts = {address: host_of(address) for address in self._sources}
        self._parts: deque[_Part] = deque()
        self._notes: dict[str, tuple[str, ...]] = {}  # What the user was told last, and need not be told again.
        self._memory = memory
        self._web = web
        self._take_in = take_in
        self._clock = clock
        self._chance = chance
        self._metrics = metrics
        self._when_idle = when_idle

    def run(self, is_stopped: Callable[[], bool], *, once: bool = False) -> None:
        """Go on until stopped, after the article in hand.

        `once`: look at every source that is not failing, take in what is due, and end.
        """
        if once:
            now = self._clock.now()
            healthy = {address: look for address, look in self._looks.items() if not look.failures}
            self._looks |= {address: replace(look, due=now) for address, look in healthy.items()}
        has_done = True
        while not is_stopped():
            try:
                if self.step():
                    has_done = True
                    continue
                if has_done:
                    self._metrics.waiting(self._memory.waiting())
                    self._when_idle()
                    has_done = False
                if once and not self._is_anything_due():
                    return
                self._clock.sleep(self._seconds_to_sleep())
            except LedgerError as problem:
                # The database may come back; what is not settled there is done again.
                log.error("%s", problem)
                if once:
                    raise
                self._clock.sleep(_PAUSE)

    def step(self) -> bool:
        """Do the next thing that is due; False where there is none. Raises `LedgerError`."""
        now, busy = self._clock.now(), self._web.busy()
        if due := self._due_look(now, busy):
            self._look_at(due)
            return True
        for part in self._parts:
            if host_of(part.address) not in busy:
                self._parts.remove(part)
                self._look_at_part(part)
                return True
        if waiting := self._memory.next(now, tuple(busy)):
            self._take(waiting)
            return True
        return False

    def _due_look(self, now: datetime, busy: dict[str, datetime]) -> Source | None:
        """The source that has been due longest and may be asked."""
        due = [
            (look.due.timestamp() if look.due else 0.0, address)
            for address, look in self._looks.items()
            if (look.due is None or look.due <= now) and self._hosts[address] not in busy
        ]
        return self._sources[min(due)[1]] if due else None

    # Looking

    def _look_at(self, source: Source) -> None:
        look = self._looks[source.address]
        try:
            seen = seen_at(source, source.address, look, self._web, self._clock.now)
        except (NotFetched, Unreadable) as problem:
            self._has_failed(source, look, problem)
            return
        except Exception as problem:  # One source must not end the watch over the others.
            log.exception("%s: an error of the program", source.address)
            self._has_failed(source, look, problem)
            return
        due = self._clock.now() + schedule.after_success(source.every, self._chance)
        self._keep(source, Look(source.address, due, self._clock.now()), look, seen)
        self._parts.extend(_Part(source, address) for address in seen.parts)

    def _look_at_part(self, part: _Part) -> None:
        look = self._memory.look(part.address)
        try:
            seen = seen_at(part.source, part.address, look, self._web, self._clock.now)
        except (NotFetched, Unreadable) as problem:
            # It is looked at again together with its index.
            log.warning("%s", problem)
            self._metrics.looked(part.source.address, "failed", 0, self._clock.now())
            return
        except Exception:
            log.exception("%s: an error of the program", part.address)
            return
        now = self._clock.now()
        self._keep(part.source, Look(part.address, now, now), look, seen)
        if seen.parts:
            log.warning("%s: an index within an index is not looked into; name its sitemaps", part.address)

    def _keep(self, source: Source, new: Look, before: Look, seen: Seen) -> None:
        validators, digest = (before.validators, before.digest) if seen.is_unchanged else (seen.validators, seen.digest)
        new = replace(new, validators=validators, digest=digest)
        count = self._memory.keep(new, seen.found, self._clock.now())
        if source.address == new.address:
            self._looks[source.address] = new
        for note in seen.notes:
            if note not in self._notes.get(new.address, ()):
                log.warning("%s: %s", new.address, note)
        if not seen.is_unchanged:
            self._notes[new.address] = seen.notes
        if count:
            log.info("%s: %d new", new.address, count)
        self._metrics.looked(source.address, "new" if count else "unchanged", count, self._clock.now())

    def _has_failed(self, source: Source, look: Look, problem: Exception) -> None:
        failures = look.failures + 1
        wait = schedule.after_failure(failures, max(schedule.LONGEST, source.every), self._chance)
        if isinstance(problem, NotFetched):
            # What the server says is not there will not be there in a minute.
            wait = max(wait, source.every) if problem.is_final else wait
            wait = max(wait, timedelta(seconds=problem.retry_after or 0))
        failed = replace(look, due=self._clock.now() + wait, failures=failures, why=str(problem))
        self._looks[source.address] = failed
        log.warning("%s (failure %d; again in %s)", problem, failures, _spoken(wait))
        self._metrics.looked(source.address, "failed", 0, self._clock.now())
        self._memory.keep(failed, (), self._clock.now())

    # Taking in

    def _take(self, waiting: Waiting) -> None:
        # Kept beforehand, so that an article that ends the process is not the first that the next one tries.
        self._put_off(waiting, _UNFINISHED, 0.0)
        try:
            called = self._take_in(self._original(waiting))
        except NotFetched as problem:
            self._not_taken(waiting, str(problem), problem.retry_after or 0.0, is_final=problem.is_final)
        except Unreadable as problem:
            self._settle(waiting, State.NOTHING, str(problem))
        except LedgerError as problem:
            self._not_taken(waiting, str(problem), 0.0)
        except Exception as problem:  # One article must not end the watch over all others.
            log.exception("%s: an error of the program", waiting.key)
            self._not_taken(waiting, repr(problem), 0.0)
        else:
            self._settle(waiting, State.NOTHING if called is None else State.TAKEN)

    def _original(self, waiting: Waiting) -> Original:
        entry = waiting.entry
        if entry.address is None or articles.has_whole_text(entry, self._full_text(waiting.source)):
            return articles.from_feed(entry, waiting.source, self._clock.now())
        page = self._web.get(entry.address)
        assert page is not None, "without validators nothing is unchanged"
        return articles.from_page(entry, page, self._clock.now())

    def _full_text(self, source: str) -> FullText:
        known = self._sources.get(source)
        return known.full_text if known else FullText.AUTO

    def _not_taken(self, waiting: Waiting, why: str, wait: float, *, is_final: bool = False) -> None:
        is_over = self._clock.now() - waiting.found > schedule.GIVEN_UP_AFTER
        if is_over or (is_final and waiting.failures + 1 >= schedule.FINAL_FAILURES):
            log.error("%s (given up; `quellenlage watch --again` tries once more)", why)
            self._settle(waiting, State.GIVEN_UP, why)
            return
        log.warning("%s", why)
        self._put_off(waiting, why, wait)

    def _put_off(self, waiting: Waiting, why: str, seconds: float) -> None:
        failures = waiting.failures + 1
        wait = max(schedule.after_failure(failures, schedule.LONGEST, self._chance), timedelta(seconds=seconds))
        self._memory.put_off(waiting.key, self._clock.now() + wait, failures, why)

    def _settle(self, waiting: Waiting, state: State, why: str = "") -> None:
        if state is State.NOTHING:
            log.info("%s", why or f"{waiting.key}: there is no article in it")
        self._memory.settle(waiting.key, state, why)
        self._metrics.settled(state.value)

    # Sleeping

    def _is_anything_due(self) -> bool:
        now, soonest = self._clock.now(), self._memory.soonest(())
        looks = any(look.due is None or look.due <= now for look in self._looks.values())
        return looks or bool(self._parts) or (soonest is not None and soonest <= now)

    def _seconds_to_sleep(self) -> float:
        now, busy = self._clock.now(), self._web.busy()
        moments = [max(look.due or now, busy.get(self._hosts[address], now)) for address, look in self._looks.items()]
        moments += [busy.get(host_of(part.address), now) for part in self._parts]
        moments += [moment for moment in (self._memory.soonest(tuple(busy)),) if moment]
        if self._memory.soonest(()) is not None:
            moments += busy.values()
        seconds = (min(moments, default=now) - now).total_seconds()
        return min(max(seconds, _SHORTEST_SLEEP), _LONGEST_SLEEP)


def _spoken(wait: timedelta) -> str:
    minutes = round(wait.total_seconds() / 60)
    return f"{minutes} min" if minutes < 120 else f"{minutes / 60:.1f} h"
