"""Signing in and out: the right password opens a session, and guessing it is slow."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import BoundedSemaphore
from time import monotonic

from sqlalchemy import Connection, update

from quellenlage.accounts import credentials
from quellenlage.accounts.account import LONGEST_NAME, folded
from quellenlage.accounts.accounts import row_of, utc_now
from quellenlage.accounts.audit import Action, Doer, enter
from quellenlage.accounts.limits import Limit, TooOften, network_of
from quellenlage.accounts.passwords import Passwords
from quellenlage.ledger import Ledger
from quellenlage.ledger.tables import account

WINDOW = 15 * 60
"""Seconds within which failed logins are counted."""
A_NAME = 10
"""Failed logins of one name within the window."""
AN_ADDRESS = 30
"""Failed logins from one address within the window: an office may share one."""
AT_ONCE = 2
"""Passwords that are checked at once: each check takes 64 MB and a processor."""
LONGEST_WAIT = 2
"""Seconds that somebody waits for his turn."""


class SigningIn:
    """Opens and closes the sessions of a ledger's accounts."""

    def __init__(
        self,
        ledger: Ledger,
        passwords: Passwords,
        clock: Callable[[], datetime] = utc_now,
        ticks: Callable[[], float] = monotonic,
    ) -> None:
        self._ledger = ledger
        self._passwords = passwords
        self._clock = clock
        self._names = Limit(A_NAME, WINDOW, ticks)
        self._addresses = Limit(AN_ADDRESS, WINDOW, ticks)
        self._at_once = BoundedSemaphore(AT_ONCE)

    def sign_in(self, name: str, password: str, address: str) -> str | None:
        """The secret of a new session; None for a wrong password and, after as long, for a name that there is not.

        Raises `TooOften` after too many failed logins of the name or from the address, and where too many passwords are
        being checked.
        """
        name = name[: LONGEST_NAME + 1]
        row = self._ledger.ask(lambda connection, _: row_of(connection, name))
        kept = None if row is None else row["password"]
        network, called = network_of(address), folded(name)
        with self._turn():
            self._addresses.take(network)
            self._names.take(called)
            if not self._passwords.is_right(kept, password):
                # What was typed as a name may be a password, so the log tells only names that there are.
                self._enter(Doer("" if row is None else row["name"], address), Action.LOGIN_FAILED)
                return None
        self._addresses.give_back(network)
        self._names.give_back(called)
        assert kept is not None
        return self._opened(name, kept, self._passwords.rehashed(kept, password), address)

    def sign_out(self, secret: str) -> None:
        """End a session."""
        self._ledger.change(lambda connection: credentials.close(connection, secret))

    def _opened(self, name: str, kept: str, anew: str | None, address: str) -> str | None:
        """A new session, unless the password has become another one meanwhile."""

        def change(connection: Connection) -> str | None:
            row = row_of(connection, name)
            if row is None or row["password"] != kept:
                return None
            if anew is not None:
                connection.execute(update(account).where(account.c.id == row["id"]).values(password=anew))
            enter(connection, self._clock(), Doer(row["name"], address), Action.LOGIN)
            return credentials.open_session(connection, row["id"], self._clock())

        return self._ledger.change(change)

    def _enter(self, doer: Doer, action: Action) -> None:
        self._ledger.change(lambda connection: enter(connection, self._clock(), doer, action))

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._at_once.acquire(timeout=LONGEST_WAIT):
            raise TooOften(LONGEST_WAIT)
        try:
            yield
        finally:
            self._at_once.release()
