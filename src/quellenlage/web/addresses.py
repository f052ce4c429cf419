"""Addresses of these pages: the present one, those that a reader may be led back to, and that of the login."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from fastapi import Request

from quellenlage.labels import LANGUAGES


def here(request: Request) -> str:
    """The address that was asked for, with its parameters."""
    return f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path


def own(back: str) -> str:
    """The address if it is one of these pages, else the first page: nobody is led elsewhere."""
    try:
        parts = urlsplit(back)
    except ValueError:
        return "/"
    # Browsers take a backslash for a slash, and drop tabs and line ends.
    is_own = not (parts.scheme or parts.netloc) and back.startswith("/") and back[1:2] not in ("/", "\\")
    return back if is_own and back.isprintable() and not set(back) & set(" \\") else "/"


def login_for(request: Request, back: str) -> str:
    """The address of the login that leads back then, in the language that was asked for."""
    language = request.query_params.get("lang", "")
    kept = {"next": back} if back != "/" else {}
    query = {**kept, **({"lang": language} if language in LANGUAGES else {})}
    return f"/login?{urlencode(query)}" if query else "/login"
