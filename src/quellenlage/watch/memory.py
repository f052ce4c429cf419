"""What a watch has to remember, so that it can be ended at any moment and go on."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from quellenlage.ledger.watched import Found, Look, State, Waiting


class Memory(Protocol):
    """Keeps looks and entries; every call is all or nothing and outlives the process. Raises `LedgerError`."""

    def look(self, address: str) -> Look:
        """What is known of an address."""
        ...

    def keep(self, look: Look, found: Sequence[Found], now: datetime) -> int:
        """Keep a look, and those entries that it does not know yet; gives how many of them wait to be taken in."""
        ...

    def next(self, now: datetime, busy: Collection[str]) -> Waiting | None:
        """The entry that has waited longest of those that are due and not at a busy host."""
        ...

    def soonest(self, busy: Collection[str]) -> datetime | None:
        """When the next entry is due that is not at a busy host; None where none waits."""
        ...

    def put_off(self, key: str, due: datetime, failures: int, why: str) -> None:
        """Let an entry wait until then."""
        ...

    def settle(self, key: str, state: State, why: str = "") -> None:
        """Say what became of an entry; nothing more happens to it."""
        ...

    def again(self, now: datetime) -> int:
        """Let all entries wait again that were given up; gives how many."""
        ...

    def waiting(self) -> int:
        """How many entries wait."""
        ...
