"""Whoever reviews: the name under which he judges, what he notes, and his way back to the review."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, unquote, urlencode

from fastapi import HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from quellenlage.labels import LANGUAGES
from quellenlage.web.caller import account_of

COOKIE = "reviewer"
_A_YEAR = 365 * 24 * 3600
LONGEST_NAME = 100


def person_of(request: Request) -> str:
    """Whoever judges: his account, else by the name that he gave; empty where he gave none."""
    if account := account_of(request):
        return account.name
    return unquote(request.cookies.get(COOKIE, "")).strip()[:LONGEST_NAME]


def person_judging(request: Request) -> str:
    """Whoever judges; raises 403 where he gave no name."""
    person = person_of(request)
    if not person:
        raise HTTPException(403, "nothing was changed: a judgement needs a name; give yours on /review")
    return person


def keep_name(answer: Response, given: str) -> None:
    """Let a browser keep the name that somebody gave, or forget it where he gave none."""
    called = "".join(letter for letter in given if letter.isprintable()).strip()[:LONGEST_NAME]
    if called:
        answer.set_cookie(COOKIE, quote(called), max_age=_A_YEAR, httponly=True, samesite="strict")
    else:
        answer.delete_cookie(COOKIE)


def note_of(sent: Mapping[str, str]) -> str:
    """Why he judges so."""
    return sent.get("note", "").strip()[:2000]


def to_review(request: Request, **query: str) -> RedirectResponse:
    """The way to the review, in the language that was chosen."""
    return to_page(request, "/review", **query)


def to_page(request: Request, path: str, fragment: str = "", **query: str) -> RedirectResponse:
    """The way to a page, in the language that was chosen."""
    language = request.query_params.get("lang", "")
    kept = {**query, **({"lang": language} if language in LANGUAGES else {})}
    return RedirectResponse(f"{path}{f'?{urlencode(kept)}' if kept else ''}{f'#{fragment}' if fragment else ''}", 303)


def kept_of(sent: Mapping[str, str], *names: str) -> dict[str, str]:
    """Of what was sent, the parts of some names that say something."""
    return {name: sent[name] for name in names if sent.get(name)}
