"""A template and what it shows → a page in the reader's language; the page for what is not there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.exceptions import HTTPException

from quellenlage.domain import Stage
from quellenlage.labels import LANGUAGES, labels
from quellenlage.ledger import Ambiguous, LedgerError, NotFound
from quellenlage.refusal import Refusal
from quellenlage.web.addresses import here
from quellenlage.web.caller import account_of, rights_of
from quellenlage.web.language import preferred, texts
from quellenlage.web.rights import NotAllowed
from quellenlage.web.theme import SYSTEM, THEMES, theme_of
from quellenlage.web.view import headline

_TEMPLATES = Environment(
    loader=PackageLoader("quellenlage.web"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_TEMPLATES.filters["as_stage"] = Stage


def problem_page(request: Request, error: Exception, status: int) -> Response:
    """The page that says what is not there and what to do."""
    language = language_of(request)
    text = texts(language)
    message, hint, ways = text["not_found"], text["not_found_help"], []
    match error:
        case NotFound():
            message = text["no_article"].format(error.key)
            hint, ways = text["near" if error.near else "not_found_help"], [(doc, doc) for doc in error.near]
        case Ambiguous():
            message, hint = text["several"].format(error.key), ""
            ways = [(id, f"{doc} ({id})") for id, doc in error.candidates]
        case NotAllowed():
            message, hint = text["not_allowed"], text["not_allowed_help"]
        case Refusal():
            message, hint = error.said(language), ""
        case HTTPException() if f"problem_{status}" in text:
            message, hint = text[f"problem_{status}"], error.detail
        case RequestValidationError():
            message, hint = text["problem_422"], ""
        case _ if status != 404:
            message, hint = str(error), ""
    return page(request, "problem.html", status=status, message=message, hint=hint, ways=ways)


def page(
    request: Request, template: str, status: int = 200, names: Mapping[str, str] | None = None, **content: Any
) -> Response:
    """The page that a template makes of its content.

    Every template knows the texts and labels of the reader's language, `to` for the address of another page, `here` for
    that of this one with other parameters, its `path`, the `theme`, with `theme_to` for the address that sets one, the
    `account` that is signed in, if any, and what its reader `may` do; `names` are what articles call actors that no
    list knows.
    """
    language = language_of(request)
    shown = _TEMPLATES.get_template(template).render(
        language=language,
        languages=LANGUAGES,
        labels=labels(language).with_names(names or {}),
        text=texts(language),
        headline=headline,
        as_of=request.query_params.get("as_of", "").strip(),
        path=request.url.path,
        account=account_of(request),
        may=rights_of(request),
        theme=theme_of(request),
        themes=(SYSTEM, *THEMES),
        theme_to=lambda theme: f"/theme/{theme}?{urlencode({'back': here(request)})}",
        to=_addresses(request),
        here=lambda **changed: _changed(request, **changed),
        **content,
    )
    return HTMLResponse(shown, status_code=status)


def why(request: Request, error: LedgerError) -> str:
    """Why something cannot be done, in the reader's language where there are words for it."""
    return error.said(language_of(request)) if isinstance(error, Refusal) else str(error)


def language_of(request: Request) -> str:
    """The language that the address asks for, else the browser."""
    asked = request.query_params.get("lang", "")
    return asked if asked in LANGUAGES else preferred(request.headers.get("accept-language", ""))


def _addresses(request: Request) -> Callable[..., str]:
    """Makes addresses of pages that keep the language a reader has chosen, and the moment as of which he asks."""
    language, as_of = (request.query_params.get(name, "").strip() for name in ("lang", "as_of"))
    kept = {**({"as_of": as_of} if as_of else {}), **({"lang": language} if language in LANGUAGES else {})}

    def to(path: str, **query: str) -> str:
        return f"{path}?{urlencode({**query, **kept})}" if query or kept else path

    return to


def _changed(request: Request, **changed: str | int) -> str:
    query = {name: value for name, value in request.query_params.items() if value}
    return f"?{urlencode({**query, **changed})}"
