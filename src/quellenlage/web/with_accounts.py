"""What an application has more where there are accounts: the login, the audit log, and the guard before all of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import Depends, FastAPI, Request, Response
from fastapi.security import HTTPBearer

from quellenlage.accounts.account import AccountError
from quellenlage.accounts.accounts import Accounts
from quellenlage.accounts.passwords import Passwords
from quellenlage.accounts.signing_in import SigningIn
from quellenlage.ledger import Ledger
from quellenlage.web.api.audit import audit_api_routes
from quellenlage.web.api.forms import Problem
from quellenlage.web.audit_pages import audit_routes
from quellenlage.web.guard import Guard
from quellenlage.web.login_pages import login_routes

SENDS_TOKEN = Depends(HTTPBearer(auto_error=False, description="A token that `quellenlage accounts token` made."))
"""Tells the OpenAPI document of tokens; it is the guard that looks at them."""
REFUSALS: dict[int | str, dict[str, Any]] = {
    401: {"model": Problem, "description": "It bears no token, or one that opens nothing."},
    403: {"model": Problem, "description": "The role of the account does not allow it, or another site sent it."},
    429: {"model": Problem, "description": "The account writes too often; Retry-After says for how many seconds."},
}
"""What programs may be told where there are accounts."""


def must_have_accounts(ledger: Ledger) -> None:
    """Raise `AccountError` where nobody could sign in."""
    if not Accounts(ledger).are_there():
        raise AccountError(
            "whoever reaches this server would need an account, and the ledger has none. Make one with "
            "`quellenlage accounts add NAME --role admin`, or listen on 127.0.0.1 without --accounts."
        )


def add_accounts(
    app: FastAPI, ledger: Ledger, api_prefix: str, problem: Callable[[Request, Exception], Response]
) -> None:
    """Let nobody ask the application for anything before he has signed in."""
    accounts = Accounts(ledger)
    app.include_router(login_routes(SigningIn(ledger, Passwords())))
    app.include_router(audit_routes(accounts))
    app.include_router(audit_api_routes(accounts), prefix=api_prefix, dependencies=[SENDS_TOKEN], responses=REFUSALS)
    app.add_middleware(Guard, accounts=accounts, problem=problem)
