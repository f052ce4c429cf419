"""The weighing that the pages show: made anew when the ledger has changed, and only then."""

from __future__ import annotations

from threading import Lock

from quellenlage.ledger import Ledger
from quellenlage.steps import Weighed, weighed


class Latest:
    """What a ledger adds up to at present; pages asked for at once wait for one weighing."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._lock = Lock()
        self._state: tuple[int, ...] | None = None
        self._weighed: Weighed | None = None

    def weighed(self, book: Ledger) -> Weighed:
        """The weighing of what the ledger holds now, or of what it held where `book` asks of a moment."""
        if book.moment is not None:
            return weighed(book)
        with self._lock:
            state = self._ledger.state()
            if self._weighed is None or state != self._state:
                self._weighed, self._state = weighed(self._ledger), state
            return self._weighed
