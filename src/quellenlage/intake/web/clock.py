"""What time it is, and waiting: handed in, so that a test can run an hour in seconds."""

from __future__ import annotations

from datetime import UTC, datetime
from threading import Event
from typing import Protocol


class Clock(Protocol):
    """Tells the time and waits."""

    def now(self) -> datetime:
        """The moment, in UTC."""
        ...

    def sleep(self, seconds: float) -> None:
        """Wait so long, or until whoever waits is to stop."""
        ...


class SystemClock:
    """The clock of the system; `stop` wakes whoever sleeps."""

    def __init__(self, stop: Event | None = None) -> None:
        self._stop = stop or Event()

    def now(self) -> datetime:
        """The moment, in UTC."""
        return datetime.now(UTC)

    def sleep(self, seconds: float) -> None:
        """Wait so long, or until the stop."""
        self._stop.wait(seconds)
