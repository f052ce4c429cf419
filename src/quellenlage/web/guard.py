"""Lets a request through only where it was sent by an account that may do what it asks for; an ASGI layer."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from time import monotonic

from fastapi import HTTPException, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from quellenlage.accounts.accounts import Accounts
from quellenlage.accounts.audit import Action
from quellenlage.accounts.credentials import Kind, Opened
from quellenlage.accounts.limits import Limit, TooOften
from quellenlage.ledger import LedgerError
from quellenlage.web.addresses import here, login_for
from quellenlage.web.caller import Caller, asked_for, set_caller, told_by
from quellenlage.web.rights import SAFE, NotAllowed, is_open, right_for
from quellenlage.web.same_origin import must_come_from_a_page_here
from quellenlage.web.session_cookie import session_in

WRITES = 120
"""Writes of one account within `SECONDS`."""
SECONDS = 60
_BEARER = "bearer "


class Guard:
    """Asks who sent a request, and enters what he changes in the audit log."""

    def __init__(
        self,
        app: ASGIApp,
        accounts: Accounts,
        problem: Callable[[Request, Exception], Response],
        ticks: Callable[[], float] = monotonic,
    ) -> None:
        self._app = app
        self._accounts = accounts
        self._problem = problem
        self._writes = Limit(WRITES, SECONDS, ticks)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the application answer, or refuse."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await self._answer(Request(scope, receive), send)

    async def _answer(self, request: Request, send: Send) -> None:
        scope, receive = request.scope, request.receive
        try:
            opened = await run_in_threadpool(self._opened, request)
            caller = Caller(opened.account if opened else None, _address_of(request))
            set_caller(request, caller)
            if not is_open(scope["path"]):
                if opened is None:
                    await _unknown(request, self._problem)(scope, receive, send)
                    return
                await run_in_threadpool(self._must_be_allowed, request, opened, caller)
        except (HTTPException, LedgerError) as error:
            await self._problem(request, error)(scope, receive, send)
            return

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start" and not is_open(scope["path"]):
                if request.method not in SAFE and message["status"] < 400:
                    await run_in_threadpool(self._accounts.enter, caller.doer, *told_by(request))
                MutableHeaders(scope=message).setdefault("Cache-Control", "no-store")
            await send(message)

        await self._app(scope, receive, sent)
        if opened and opened.is_to_be_noted:
            # The answer is given; a session that could not be noted only counts as idle for longer.
            with suppress(LedgerError):
                await run_in_threadpool(self._accounts.note_use, opened)

    def _opened(self, request: Request) -> Opened | None:
        authorization = request.headers.get("authorization", "")
        if authorization[: len(_BEARER)].casefold() == _BEARER:
            return self._accounts.opened_by(authorization[len(_BEARER) :].strip(), Kind.TOKEN)
        secret = session_in(request)
        return self._accounts.opened_by(secret, Kind.SESSION) if secret else None

    def _must_be_allowed(self, request: Request, opened: Opened, caller: Caller) -> None:
        """Raise `HTTPException` where an account may not do what it asks for, or asks too often."""
        method, path = request.method, request.scope["path"]
        # No other site can make a browser send a token.
        if method not in SAFE and opened.kind is Kind.SESSION:
            must_come_from_a_page_here(request)
        right = right_for(method, path)
        is_allowed = right is not None and opened.account.may(right)
        if method in SAFE and is_allowed:
            return
        try:
            self._writes.take(opened.account.name)
        except TooOften as error:
            raise HTTPException(429, str(error), headers={"Retry-After": str(error.seconds)}) from None
        if not is_allowed:
            self._accounts.enter(caller.doer, Action.REFUSED, asked_for(request))
            raise NotAllowed(path)


def _address_of(request: Request) -> str:
    """Where a request comes from; what a proxy says of it may be anything."""
    told = request.client.host if request.client else ""
    return "".join(letter for letter in told if letter.isprintable())[:100]


def _unknown(request: Request, problem: Callable[[Request, Exception], Response]) -> Response:
    """The answer to whoever has not signed in: readers are led to the page where they can."""
    if request.url.path.startswith("/api/"):
        told = "send a token of your account (Authorization: Bearer …); `quellenlage accounts token` makes one"
        return problem(request, HTTPException(401, told, headers={"WWW-Authenticate": "Bearer"}))
    return RedirectResponse(login_for(request, here(request) if request.method in SAFE else "/"), 303)
