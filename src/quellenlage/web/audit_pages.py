"""The page of the audit log."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from quellenlage.accounts.accounts import Accounts
from quellenlage.web.rendering import page

A_PAGE = 100
"""Entries that the page shows at once."""


def audit_routes(accounts: Accounts) -> APIRouter:
    """The audit log, a part at a time."""
    routes = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

    @routes.get("/audit")
    def audit(request: Request) -> Response:
        before = request.query_params.get("before", "")
        is_number = before.isascii() and before.isdecimal() and len(before) < 10
        found = accounts.log(A_PAGE + 1, int(before) if is_number else None)
        more = found[A_PAGE - 1].number if len(found) > A_PAGE else None
        return page(request, "audit.html", entries=found[:A_PAGE], more=more)

    return routes
