"""Whether a reader wants the pages light or dark: a cookie, and the address that sets it."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

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
        response = RedirectResponse(_own(back), status_code=303)
        if name == SYSTEM:
            response.delete_cookie(COOKIE, path="/")
        else:
            response.set_cookie(
                COOKIE, name, max_age=int(_KEPT.total_seconds()), path="/", httponly=True, samesite="lax"
            )
        return response

    return routes


def _own(back: str) -> str:
    """The address if it is one of these pages, else the first page: nobody is led elsewhere."""
    try:
        parts = urlsplit(back)
    except ValueError:
        return "/"
    # Browsers take a backslash for a slash, and drop tabs and line ends.
    is_own = not (parts.scheme or parts.netloc) and back.startswith("/") and back[1:2] not in ("/", "\\")
    return back if is_own and back.isprintable() and not set(back) & set(" \\") else "/"
