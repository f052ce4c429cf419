"""How often something may be tried: so many times within so many seconds, for each key."""

from __future__ import annotations

import math
from collections import OrderedDict, deque
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, ip_address
from threading import Lock
from time import monotonic

_MOST_KEYS = 10_000


class TooOften(Exception):
    """Something was tried too often; it may be tried again after so many seconds."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(f"tried too often; try again in {seconds} seconds")


class Limit:
    """Counts tries over a sliding window, for the keys that were seen last; safe for threads."""

    def __init__(self, most: int, seconds: float, clock: Callable[[], float] = monotonic) -> None:
        self._most = most
        self._seconds = seconds
        self._clock = clock
        self._tries: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = Lock()

    def take(self, key: str) -> None:
        """Count a try; raises `TooOften`, and does not count it, where it may not be made now."""
        now = self._clock()
        with self._lock:
            tries = self._tries.setdefault(key, deque())
            self._tries.move_to_end(key)
            while tries and tries[0] <= now - self._seconds:
                tries.popleft()
            if len(tries) >= self._most:
                raise TooOften(max(1, math.ceil(tries[0] + self._seconds - now)))
            tries.append(now)
            while len(self._tries) > _MOST_KEYS:
                self._tries.popitem(last=False)

    def give_back(self, key: str) -> None:
        """Let the last try count no more."""
        with self._lock:
            if tries := self._tries.get(key):
                tries.pop()


def network_of(address: str) -> str:
    """What tries from an address are counted by: of IPv6 its /64, all of which one subscriber has."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, IPv4Address):
        return str(found)
    return str(found.ipv4_mapped or IPv6Address(int(found) >> 64 << 64))
