"""The page of the audit log."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from quellenlage.accounts.accounts import Accounts
from quellenlage.web.asking import number_in
from quellenlage.web.rendering import page

A_PAGE = 100
"""Entries that the page shows at once."""


def audit_routes(accounts: Accounts) -> APIRouter:
    """The audit log, a part at a time."""
    routes = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

    @routes.get("/audit")
    def audit(request: Request) -> Response:
        found, more = accounts.log_part(A_PAGE, number_in(request.query_params.get("before", "")))
        return page(request, "audit.html", entries=found, more=more)

    return routes
