"""The audit log: who did what, when and from where. Entries are only added; the database refuses all else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, insert, select

from quellenlage.ledger.tables import audit


class Action(StrEnum):
    """What is told of."""

    LOGIN = "login"
    LOGIN_FAILED = "login_failed"
    LOGOUT = "logout"
    JUDGED = "judged"
    UNDONE = "undone"
    WROTE = "wrote"
    REFUSED = "refused"
    ACCOUNT_ADDED = "account_added"
    ROLE_CHANGED = "role_changed"
    PASSWORD_CHANGED = "password_changed"
    ACCOUNT_REMOVED = "account_removed"
    TOKEN_MADE = "token_made"
    TOKENS_REVOKED = "tokens_revoked"


@dataclass(frozen=True, slots=True)
class Doer:
    """Who does something, and from which address; that is None on the command line."""

    person: str
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log; `about` is a judgement's number, an account's name, or a method and a path."""

    number: int
    at: datetime
    person: str
    address: str | None
    action: Action
    about: str


def enter(connection: Connection, at: datetime, doer: Doer, action: Action, about: str = "") -> None:
    """Add an entry."""
    row = {"at": at, "person": doer.person, "address": doer.address, "action": action.value, "about": about}
    connection.execute(insert(audit).values(row))


def entries(connection: Connection, most: int, before: int | None = None) -> Sequence[Entry]:
    """The newest entries, the newest first; those before a number where one is given."""
    wanted = select(audit).order_by(audit.c.id.desc()).limit(most)
    if before is not None:
        wanted = wanted.where(audit.c.id < before)
    return [
        Entry(row["id"], row["at"], row["person"], row["address"], Action(row["action"]), row["about"])
        for row in connection.execute(wanted).mappings()
    ]


def entry_document(entry: Entry) -> dict[str, Any]:
    """An entry as an object for other programs."""
    return {**asdict(entry), "at": entry.at.isoformat(), "action": entry.action.value}
