"""Whether a request that changes something comes from the pages themselves, or from a program of this machine.

On the loopback address there are no accounts: whoever reaches the server may judge. A page of another site must not, so
what browsers say of where a request comes from is looked at (Fetch Metadata, and Origin of RFC 6454); a program says
nothing of that.

Where there are accounts, only browsers send the cookie that opens one, and all of them say where a form comes from, so
whoever says nothing is refused (OWASP, Cross-Site Request Forgery Prevention, "Fetch Metadata headers"). No site can
let its name lead to somebody's account: the cookie is bound to the name that he signed in under.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from fastapi import HTTPException, Request


def must_come_from_here(request: Request) -> None:
    """Raise 403 where another site sent the request."""
    host = request.headers.get("host", "")
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site is not None and site not in ("same-origin", "none"):
        raise _elsewhere(f"it was sent by a page of another site ({site})")
    # Where a browser tells the site, it tells it surely; the origin is for those that do not.
    if site is None and origin is not None and urlsplit(origin).netloc.casefold() != host.casefold():
        raise _elsewhere(f"it was sent by a page of {origin}, which is not {host}")


def must_come_from_a_page_here(request: Request) -> None:
    """Raise 403 unless a browser says that one of these pages sent the request."""
    if not ("sec-fetch-site" in request.headers or "origin" in request.headers):
        raise _elsewhere("it does not say which page sent it, as browsers do; programs send a token")
    must_come_from_here(request)


def must_be_json(request: Request) -> None:
    """Raise 415 unless the body is said to be JSON: a page of another site cannot send that unasked."""
    written = request.headers.get("content-type", "").partition(";")[0].strip().casefold()
    if written != "application/json":
        raise HTTPException(415, f"a judgement is sent as application/json, not as {written or 'nothing'}")


def _elsewhere(why: str) -> HTTPException:
    return HTTPException(403, f"nothing was changed: {why}. Judge on the pages themselves.")
