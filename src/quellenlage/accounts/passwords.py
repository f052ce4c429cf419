"""Passwords: which will do, and their hashes, by Argon2id with the parameters of RFC 9106 for little memory."""

from __future__ import annotations

import unicodedata
from secrets import token_urlsafe

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from quellenlage.accounts.account import AccountError, folded

SHORTEST = 12
"""Characters; length is what makes a password hard to guess (NIST SP 800-63B, 5.1.1.2), so nothing else is asked of it
but that it is not the name."""
LONGEST = 1000


class Passwords:
    """Hashes passwords and checks them."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        # Of a password that nobody has: to check one takes as long for a name that there is not.
        self._nobodys = self._hasher.hash(token_urlsafe())

    def hashed(self, password: str, name: str) -> str:
        """The hash of a new password of an account; raises `AccountError` where it will not do."""
        if not SHORTEST <= len(password) <= LONGEST:
            raise AccountError(f"a password has {SHORTEST} to {LONGEST} characters, this one {len(password)}")
        if folded(password) == folded(name):
            raise AccountError("the name of the account is no password; choose another")
        return self._hasher.hash(_normal(password))

    def is_right(self, kept: str | None, password: str) -> bool:
        """Whether a password is the one of a hash; without a hash it takes as long and is not."""
        try:
            self._hasher.verify(kept or self._nobodys, _normal(password[:LONGEST]))
        except (VerificationError, InvalidHashError):
            return False
        return kept is not None

    def rehashed(self, kept: str, password: str) -> str | None:
        """The hash anew of a password that is right, where the kept one was made with other parameters."""
        return self._hasher.hash(_normal(password)) if self._hasher.check_needs_rehash(kept) else None


def _normal(password: str) -> bytes:
    """One form for whatever keyboard typed it."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")
