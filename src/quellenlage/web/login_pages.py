"""The page where a reader signs in, and signing out."""

from __future__ import annotations

import math

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from quellenlage.accounts.audit import Action
from quellenlage.accounts.limits import TooOften
from quellenlage.accounts.signing_in import SigningIn
from quellenlage.web.addresses import login_for, own
from quellenlage.web.caller import account_of, caller_of, tell
from quellenlage.web.rendering import page
from quellenlage.web.same_origin import must_come_from_a_page_here
from quellenlage.web.sent_forms import SentForm
from quellenlage.web.session_cookie import forget_session, session_in, set_session


def login_routes(signing_in: SigningIn) -> APIRouter:
    """Signing in and out."""
    routes = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

    @routes.get("/login")
    def login_page(request: Request) -> Response:
        back = own(request.query_params.get("next", "/"))
        return RedirectResponse(back, 303) if account_of(request) else _form(request, back)

    # A form of another site could sign a reader in to an account that is not his.
    @routes.post("/login", dependencies=[Depends(must_come_from_a_page_here)])
    def login(request: Request, sent: SentForm) -> Response:
        caller, back, name = caller_of(request), own(sent.get("next", "/")), sent.get("name", "")
        try:
            secret = signing_in.sign_in(name, sent.get("password", ""), caller.address if caller else "")
        except TooOften as error:
            shown = _form(request, back, name, 429, "login_too_often", math.ceil(error.seconds / 60))
            shown.headers["Retry-After"] = str(error.seconds)
            return shown
        if secret is None:
            return _form(request, back, name, 403, "login_wrong")
        if before := session_in(request):
            signing_in.sign_out(before)
        answer = RedirectResponse(back, 303)
        set_session(request, answer, secret)
        return answer

    @routes.post("/logout")
    def logout(request: Request) -> Response:
        signing_in.sign_out(session_in(request))
        tell(request, Action.LOGOUT)
        answer = RedirectResponse(login_for(request, "/"), 303)
        forget_session(request, answer)
        return answer

    return routes


def _form(
    request: Request, back: str, name: str = "", status: int = 200, problem: str = "", minutes: int = 0
) -> Response:
    return page(request, "login.html", status=status, next=back, name=name, problem=problem, minutes=minutes)
