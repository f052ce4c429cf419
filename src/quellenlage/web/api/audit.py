"""The route by which the audit log is asked for."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request

from quellenlage.accounts.accounts import Accounts
from quellenlage.accounts.audit import Action, entry_document
from quellenlage.web.api import forms
from quellenlage.web.api.answering import next_of


class EntryForm(forms.Form):
    """Who did what, when and from where; `address` is null for what was done on the command line."""

    number: int
    at: str
    person: str
    address: str | None
    action: Action
    about: str


class AuditLog(forms.Listed):
    """Entries of the audit log, the newest first."""

    entries: list[EntryForm]


def audit_api_routes(accounts: Accounts) -> APIRouter:
    """The audit log, for the role admin."""
    routes = APIRouter(tags=["accounts"])

    @routes.get("/audit", response_model=AuditLog)
    def audit(
        request: Request,
        before: Annotated[int | None, Query(ge=1, le=2**31 - 1, description="Only older ones; follow `next`.")] = None,
        limit: Annotated[int, Query(ge=1, le=500)] = 100,
    ) -> dict[str, Any]:
        """The audit log, the newest entries first."""
        found, more = accounts.log_part(limit, before)
        return {"entries": list(map(entry_document, found)), "next": next_of(request, before=more)}

    return routes
