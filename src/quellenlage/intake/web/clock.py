"""What time it is, and waiting: handed in, so that a test can run an hour in seconds."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol

_NAP = 0.25


class Clock(Protocol):
    """Tells the time and waits."""

    def now(self) -> datetime:
        """The moment, in UTC."""
        ...

    def sleep(self, seconds: float) -> None:
        """Wait so long, or until whoever waits is to stop."""
        ...


class SystemClock:
    """The clock of the system, on which nobody sleeps who is to stop."""

    def __init__(self, is_stopped: Callable[[], bool] = lambda: False) -> None:
        self._is_stopped = is_stopped

    def now(self) -> datetime:
        """The moment, in UTC."""
        return datetime.now(UTC)

    def sleep(self, seconds: float) -> None:
        """Wait so long, or until the stop."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0 and not self._is_stopped():
            # No event is waited for: a signal that sets one while it is locked would wait for itself.
            time.sleep(min(left, _NAP))
