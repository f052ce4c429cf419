"""The accounts of a ledger: what is done with them, each time with its entry in the audit log."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, RowMapping, ScalarSelect, delete, exists, func, insert, select, update

from quellenlage.accounts import credentials
from quellenlage.accounts.account import Account, AccountError, Role, folded, name_of
from quellenlage.accounts.audit import Action, Doer, Entry, enter, entries
from quellenlage.accounts.credentials import Kind, Opened, account_of
from quellenlage.ledger import Ledger
from quellenlage.ledger.asked import Answer
from quellenlage.ledger.tables import account, credential


@dataclass(frozen=True, slots=True)
class Listed:
    """An account, and how many sessions and tokens open it now."""

    account: Account
    sessions: int
    tokens: int


def utc_now() -> datetime:
    """The present moment."""
    return datetime.now(UTC)


class Accounts:
    """The accounts of a ledger, by their names; `AccountError` says where there is none of a name."""

    def __init__(self, ledger: Ledger, clock: Callable[[], datetime] = utc_now) -> None:
        self._ledger = ledger
        self._clock = clock

    def are_there(self) -> bool:
        """Whether there is any account."""
        wanted = select(exists().select_from(account))
        return bool(self._ledger.ask(lambda connection, _: connection.execute(wanted).scalar_one()))

    def listed(self) -> Sequence[Listed]:
        """All accounts, in the order of their names."""
        now = self._clock()
        counts = (_count(Kind.SESSION, now).label("sessions"), _count(Kind.TOKEN, now).label("tokens"))
        wanted = select(account, *counts).order_by(account.c.folded)
        rows = self._ledger.ask(lambda connection, _: connection.execute(wanted).mappings().all())
        return [Listed(account_of(row), row["sessions"], row["tokens"]) for row in rows]

    def add(self, name: str, role: Role, password_hash: str, doer: Doer) -> Account:
        """Make an account."""
        called, now = name_of(name), self._clock()

        def change(connection: Connection) -> Account:
            if (found := row_of(connection, called)) is not None:
                raise AccountError(
                    f"there is an account {found['name']} already; choose another name, or change that one with "
                    "`quellenlage accounts role` or `quellenlage accounts password`"
                )
            row = {"name": called, "folded": folded(called), "role": role.value, "password": password_hash, "made": now}
            number = connection.execute(insert(account).values(row).returning(account.c.id)).scalar_one()
            enter(connection, now, doer, Action.ACCOUNT_ADDED, f"{called} ({role})")
            return Account(number, called, role, now)

        return self._ledger.change(change)

    def change_role(self, name: str, role: Role, doer: Doer) -> None:
        """Give an account another role, which holds at once."""

        def change(connection: Connection, found: Account) -> None:
            connection.execute(update(account).where(account.c.id == found.id).values(role=role.value))

        self._on(name, doer, Action.ROLE_CHANGED, change, f" ({role})")

    def change_password(self, name: str, password_hash: str, doer: Doer) -> None:
        """Give an account another password; what opened it before opens it no more."""

        def change(connection: Connection, found: Account) -> None:
            credentials.close_all(connection, found.id)
            connection.execute(update(account).where(account.c.id == found.id).values(password=password_hash))

        self._on(name, doer, Action.PASSWORD_CHANGED, change)

    def remove(self, name: str, doer: Doer) -> None:
        """Remove an account with its sessions and tokens; its judgements and its lines in the log stay."""

        def change(connection: Connection, found: Account) -> None:
            credentials.close_all(connection, found.id)
            connection.execute(delete(account).where(account.c.id == found.id))

        self._on(name, doer, Action.ACCOUNT_REMOVED, change)

    def make_token(self, name: str, kept: timedelta, doer: Doer) -> str:
        """Make a token that opens an account for some time; gives it, this once."""

        def change(connection: Connection, found: Account) -> str:
            return credentials.make_token(connection, found.id, self._clock(), kept)

        return self._on(name, doer, Action.TOKEN_MADE, change, f" ({kept.days} d)")

    def revoke_tokens(self, name: str, doer: Doer) -> int:
        """Let no token open an account any more; gives how many did."""

        def change(connection: Connection, found: Account) -> int:
            return credentials.close_all(connection, found.id, Kind.TOKEN)

        return self._on(name, doer, Action.TOKENS_REVOKED, change)

    def opened_by(self, secret: str, kind: Kind) -> Opened | None:
        """What a secret of a kind opens; None where it opens nothing."""
        return self._ledger.ask(lambda connection, _: credentials.opened_by(connection, secret, kind, self._clock()))

    def note_use(self, opened: Opened) -> None:
        """Keep that a credential was used now."""
        self._ledger.change(lambda connection: credentials.note_use(connection, opened.digest, self._clock()))

    def enter(self, doer: Doer, action: Action, about: str = "") -> None:
        """Add an entry to the log."""
        self._ledger.change(lambda connection: enter(connection, self._clock(), doer, action, about))

    def log(self, most: int, before: int | None = None) -> Sequence[Entry]:
        """The newest entries of the log, the newest first; those before a number where one is given."""
        return self._ledger.ask(lambda connection, _: entries(connection, most, before))

    def log_part(self, most: int, before: int | None = None) -> tuple[Sequence[Entry], int | None]:
        """The same, and the number before which there are more; None where there are none."""
        found = self.log(most + 1, before)
        return found[:most], found[most - 1].number if len(found) > most else None

    def _on(
        self,
        name: str,
        doer: Doer,
        action: Action,
        change: Callable[[Connection, Account], Answer],
        about: str = "",
    ) -> Answer:
        """Change something of an account and enter it in the log, both or neither."""

        def changed(connection: Connection) -> Answer:
            row = row_of(connection, name)
            if row is None:
                raise AccountError(
                    f"there is no account {name!r}; `quellenlage accounts list` prints those that there are"
                )
            found = account_of(row)
            answer = change(connection, found)
            enter(connection, self._clock(), doer, action, f"{found.name}{about}")
            return answer

        return self._ledger.change(changed)


def row_of(connection: Connection, name: str) -> RowMapping | None:
    """What is kept of the account of a name, however that is written; None where there is none."""
    return connection.execute(select(account).where(account.c.folded == folded(name))).mappings().one_or_none()


def _count(kind: Kind, now: datetime) -> ScalarSelect[int]:
    of_it = credential.c.account_id == account.c.id, credential.c.kind == kind.value
    return select(func.count()).where(*of_it, credentials.in_force(now)).scalar_subquery()
