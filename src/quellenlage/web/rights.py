"""Which right a request needs, where there are accounts. What is not named here nobody may do."""

from __future__ import annotations

from collections.abc import Iterable

from fastapi import HTTPException

from quellenlage.accounts.account import Right

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
"""The methods that change nothing (RFC 9110, 9.2.1)."""
_OPEN = ("/login", "/static", "/theme")
"""What is there for whoever has not signed in."""
_READING = {"/audit": Right.AUDIT, "/api/v1/audit": Right.AUDIT, "/review": Right.JUDGE}
_WRITING = {"/logout": Right.READ, "/review": Right.JUDGE, "/api/v1/judgements": Right.JUDGE}


class NotAllowed(HTTPException):
    """The account may not do what it asks for."""

    def __init__(self, path: str) -> None:
        super().__init__(
            403, f"the role of your account does not allow this ({path}); `quellenlage accounts role` changes it"
        )


def is_open(path: str) -> bool:
    """Whether nobody needs to have signed in for a path."""
    return _within(path, _OPEN) is not None


def right_for(method: str, path: str) -> Right | None:
    """The right that a request needs; None where no right is enough."""
    if method in SAFE:
        return _READING.get(_within(path, _READING) or "", Right.READ)
    return _WRITING.get(_within(path, _WRITING) or "")


def _within(path: str, folders: Iterable[str]) -> str | None:
    """The folder that a path is or lies in."""
    return next((folder for folder in folders if path == folder or path.startswith(f"{folder}/")), None)
