"""A person who may use the pages, and what he may do there."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from quellenlage.ledger import LedgerError

LONGEST_NAME = 60
_MARKS = frozenset(" .-_'@")


class AccountError(LedgerError):
    """An account cannot be what was asked for; the message says what and the next step."""


class Role(StrEnum):
    """What somebody is there for."""

    READER = "reader"
    ANALYST = "analyst"
    ADMIN = "admin"


class Right(StrEnum):
    """What somebody may do."""

    READ = "read"
    JUDGE = "judge"
    AUDIT = "audit"


RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.READER: frozenset({Right.READ}),
    Role.ANALYST: frozenset({Right.READ, Right.JUDGE}),
    Role.ADMIN: frozenset(Right),
}


@dataclass(frozen=True, slots=True)
class Account:
    """An account; judgements bear its name."""

    id: int
    name: str
    role: Role
    made: datetime

    def may(self, right: Right) -> bool:
        """Whether its role gives it a right."""
        return right in RIGHTS[self.role]


def name_of(written: str) -> str:
    """The name of an account as it is kept; raises `AccountError` where it can be none."""
    name = " ".join(unicodedata.normalize("NFC", written).split())
    if not 0 < len(name) <= LONGEST_NAME or not all(letter.isalnum() or letter in _MARKS for letter in name):
        raise AccountError(
            f"{written!r} can be no name of an account: write 1 to {LONGEST_NAME} letters, digits, blanks and "
            "any of . - _ ' @"
        )
    return name


def folded(name: str) -> str:
    """A name without case and without what letters merely look like: two accounts may not share it."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", " ".join(name.split())).casefold())
