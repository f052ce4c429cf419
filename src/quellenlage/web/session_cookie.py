"""The cookie that holds the secret of a session."""

from __future__ import annotations

from fastapi import Request, Response

_NAME = "session"


def session_in(request: Request) -> str:
    """The secret that a request brings; empty where it brings none."""
    return request.cookies.get(_name(request), "")


def set_session(request: Request, response: Response, secret: str) -> None:
    """Let the browser keep a secret until it is closed.

    Scripts do not see it and other sites do not send it along with forms; a link from another site still finds its
    reader signed in.
    """
    response.set_cookie(_name(request), secret, path="/", httponly=True, samesite="lax", secure=_is_https(request))


def forget_session(request: Request, response: Response) -> None:
    """Let the browser forget it."""
    response.delete_cookie(_name(request), path="/", httponly=True, samesite="lax", secure=_is_https(request))


def _name(request: Request) -> str:
    # Browsers take a cookie of that name only over https, and from no other host (RFC 6265bis, 4.1.3).
    return f"__Host-{_NAME}" if _is_https(request) else _NAME


def _is_https(request: Request) -> bool:
    return request.url.scheme == "https"
