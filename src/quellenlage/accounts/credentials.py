"""What opens an account: a session of a browser, or a token of a program. Only digests of both are kept.

A session ends when it is not used for `IDLE`, and in any case after `LONGEST`; a token after as many days as it was
given. Both are of 256 random bits, so that a plain digest of them will do (OWASP Session Management Cheat Sheet).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from secrets import token_urlsafe

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, delete, insert, not_, or_, select, update

from quellenlage.accounts.account import Account, Role
from quellenlage.ledger.tables import account, credential

IDLE = timedelta(hours=2)
LONGEST = timedelta(hours=12)
NOTED = timedelta(minutes=5)
"""How exactly it is kept when a session was used last."""
_TOKEN = "ql_"
"""How tokens begin, so that they are known for what they are where they should not lie."""


class Kind(StrEnum):
    """The kinds of credentials."""

    SESSION = "session"
    TOKEN = "token"


@dataclass(frozen=True, slots=True)
class Opened:
    """An account that a credential opened, and whether it is to be noted that it was used."""

    account: Account
    kind: Kind
    digest: str
    is_to_be_noted: bool


def open_session(connection: Connection, account_id: int, now: datetime) -> str:
    """Begin a session; gives the secret of its cookie. What has ended is thrown away."""
    connection.execute(delete(credential).where(not_(in_force(now))))
    return _made(connection, account_id, Kind.SESSION, token_urlsafe(32), now, now + LONGEST)


def make_token(connection: Connection, account_id: int, now: datetime, kept: timedelta) -> str:
    """Make a token that holds for some time; it is not told again."""
    return _made(connection, account_id, Kind.TOKEN, _TOKEN + token_urlsafe(32), now, now + kept)


def opened_by(connection: Connection, secret: str, kind: Kind, now: datetime) -> Opened | None:
    """What a secret of a kind opens now; None where it opens nothing."""
    wanted = (
        select(account, credential.c.digest, credential.c.used)
        .join(credential, credential.c.account_id == account.c.id)
        .where(credential.c.digest == digest_of(secret), credential.c.kind == kind.value, in_force(now))
    )
    row = connection.execute(wanted).mappings().one_or_none()
    if row is None:
        return None
    return Opened(account_of(row), kind, row["digest"], now - row["used"] > NOTED)


def account_of(row: RowMapping) -> Account:
    """The account of its row."""
    return Account(row["id"], row["name"], Role(row["role"]), row["made"])


def note_use(connection: Connection, digest: str, now: datetime) -> None:
    """Keep that a credential was used now."""
    connection.execute(update(credential).where(credential.c.digest == digest).values(used=now))


def close(connection: Connection, secret: str) -> None:
    """Let a secret open nothing any more."""
    connection.execute(delete(credential).where(credential.c.digest == digest_of(secret)))


def close_all(connection: Connection, account_id: int, kind: Kind | None = None) -> int:
    """Let nothing open an account any more, or nothing of a kind; gives how many credentials that were."""
    closed = delete(credential).where(credential.c.account_id == account_id)
    return connection.execute(closed.where(credential.c.kind == kind.value) if kind else closed).rowcount


def digest_of(secret: str) -> str:
    """The SHA-256 of a secret, which is what is kept of it."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def in_force(now: datetime) -> ColumnElement[bool]:
    """Whether a credential opens its account now."""
    is_used = or_(credential.c.kind != Kind.SESSION.value, credential.c.used > now - IDLE)
    return and_(credential.c.expires > now, is_used)


def _made(connection: Connection, account_id: int, kind: Kind, secret: str, now: datetime, expires: datetime) -> str:
    row = {"digest": digest_of(secret), "account_id": account_id, "kind": kind.value}
    connection.execute(insert(credential).values(**row, made=now, used=now, expires=expires))
    return secret
