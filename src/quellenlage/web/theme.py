"""Whether a reader wants the pages light or dark: a cookie, and the address that sets it."""

from __future__ import annotations

from datetime import timedelta

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from quellenlage.web.addresses import own

COOKIE = "theme"
THEMES = ("light", "dark")
SYSTEM = "system"
"""As the reader's system wants it, which needs no cookie."""
_KEPT = timedelta(days=400)


def theme_of(request: Request) -> str:
    """The theme that the reader has chosen."""
    chosen = request.cookies.get(COOKIE, "")
    return chosen if chosen in THEMES else SYSTEM


def theme_routes() -> APIRouter:
    """The address that sets the theme and leads back."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/theme/{name}")
    def choose_theme(name: str, back: str = "/") -> Response:
        if name not in (*THEMES, SYSTEM):
            raise HTTPException(404)
        response = RedirectResponse(own(back), status_code=303)
        if name == SYSTEM:
            response.delete_cookie(COOKIE, path="/")
        else:
            response.set_cookie(
                COOKIE, name, max_age=int(_KEPT.total_seconds()), path="/", httponly=True, samesite="lax"
            )
        return response

    return routes
