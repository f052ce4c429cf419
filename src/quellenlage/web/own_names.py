"""Answers without accounts only under this machine's own names; an ASGI layer.

A page of another site may read what its own name answers. Where it lets that name point at this machine once it is open
(DNS rebinding), browsers take the ledger for its own; only the Host that they ask for tells.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from fastapi import HTTPException, Request, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from quellenlage.web.loopback import is_loopback


class OwnNames:
    """Refuses what this machine is asked for under a name that is not its own."""

    def __init__(self, app: ASGIApp, problem: Callable[[Request, Exception], Response]) -> None:
        self._app = app
        self._problem = problem

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the application answer, or refuse."""
        answer: ASGIApp = self._app
        if scope["type"] == "http":
            request = Request(scope, receive)
            host = request.headers.get("host", "")
            if _is_of_this_machine(request) and not is_loopback(_name_of(host)):
                answer = self._problem(request, _foreign(host))
        await answer(scope, receive, send)


def _is_of_this_machine(request: Request) -> bool:
    return request.client is not None and is_loopback(request.client.host)


def _name_of(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _foreign(host: str) -> HTTPException:
    return HTTPException(
        403,
        f"{host or 'an empty Host'} is no name of this machine's own; ask for localhost or 127.0.0.1, or start "
        "`quellenlage serve --accounts`, which answers under every name",
    )
