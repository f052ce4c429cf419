"""Weighs the ledger anew behind the pages' backs, after somebody has judged."""

from __future__ import annotations

import logging
from threading import Condition, Thread

from quellenlage.ledger import Ledger, LedgerError
from quellenlage.steps import keep_weighed

_LOG = logging.getLogger(__name__)


class WeighingLater:
    """One thread that weighs when asked; what is asked for while it weighs is one weighing more.

    A ledger of more claims than are counted (10,000) is not weighed here: that is minutes of work for
    `quellenlage weigh`.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._changed = Condition()
        self._is_asked = self._is_weighing = self._is_closed = False
        self._thread: Thread | None = None

    def ask(self) -> None:
        """Weigh as soon as can be."""
        with self._changed:
            self._is_asked = True
            if self._thread is None:
                self._thread = Thread(target=self._run, name="weighing", daemon=True)
                self._thread.start()
            self._changed.notify_all()

    def settle(self, seconds: float = 60) -> None:
        """Wait until there is nothing left to weigh."""
        with self._changed:
            self._changed.wait_for(lambda: not (self._is_asked or self._is_weighing), seconds)

    def close(self) -> None:
        """Weigh no more; what is being weighed is finished first."""
        with self._changed:
            self._is_closed, self._is_asked = True, False
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        while True:
            with self._changed:
                self._is_weighing = False
                self._changed.notify_all()
                self._changed.wait_for(lambda: self._is_asked or self._is_closed)
                if self._is_closed:
                    return
                self._is_asked, self._is_weighing = False, True
            try:
                if not self._ledger.page(most=1).more and not self._ledger.is_weighed():
                    keep_weighed(self._ledger)
            except LedgerError as error:
                _LOG.warning("the ledger could not be weighed after a judgement: %s", error)
