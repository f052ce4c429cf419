"""Who sent a request, where there are accounts, and what he has done with it, for the audit log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from fastapi import Request
from fastapi.exceptions import RequestValidationError

from quellenlage.accounts.account import Account, Right
from quellenlage.accounts.audit import Action, Doer

_WITHOUT_ACCOUNTS = frozenset({Right.READ, Right.JUDGE})
"""Whoever reaches a server without accounts sits at this machine."""


@dataclass(frozen=True, slots=True)
class Caller:
    """The account that sent a request, None before it has signed in, and the address that it came from."""

    account: Account | None
    address: str

    @property
    def doer(self) -> Doer:
        """This caller as the audit log names him."""
        return Doer(self.account.name if self.account else "", self.address)


def set_caller(request: Request, caller: Caller) -> None:
    """Let the routes know who sent a request."""
    request.state.caller = caller


def caller_of(request: Request) -> Caller | None:
    """Who sent a request; None where there are no accounts."""
    found: Caller | None = getattr(request.state, "caller", None)
    return found


def account_of(request: Request) -> Account | None:
    """The account that sent a request; None where it has not signed in, or there are no accounts."""
    caller = caller_of(request)
    return caller.account if caller else None


def rights_of(request: Request) -> frozenset[Right]:
    """What whoever sent a request may do."""
    caller = caller_of(request)
    if caller is None:
        return _WITHOUT_ACCOUNTS
    return frozenset(right for right in Right if caller.account and caller.account.may(right))


def person_named(request: Request, named: str | None) -> str:
    """Who judges: the account, else whoever the request names.

    Raises `RequestValidationError` where it names nobody, or somebody else than the account.
    """
    account = account_of(request)
    if account is None and named:
        return named
    if account is None or named not in (None, account.name):
        what = f"judgements bear the name of the account, {account.name}; leave it out" if account else "Field required"
        raise RequestValidationError([{"loc": ("body", "person"), "msg": what, "type": "person"}])
    return account.name


def tell(request: Request, action: Action, about: object = "") -> None:
    """Say for the audit log what a request has done."""
    request.state.told = (action, str(about))


def told_by(request: Request) -> tuple[Action, str]:
    """What a request that changed something has done, in the words of its route, else by method and path."""
    told: Any = getattr(request.state, "told", None)
    return told or (Action.WROTE, asked_for(request))


def asked_for(request: Request) -> str:
    """Method and path of a request, as a log can bear them: short, and encoded where they are not printable."""
    return f"{request.method} {quote(request.scope['path'])[:200]}"
