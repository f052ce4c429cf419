"""The application: its pages, its interface for programs, and what both answer when something is not there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import files
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from quellenlage.ledger import Ledger, LedgerError
from quellenlage.steps import keep_weighed
from quellenlage.web.adding_pages import adding_routes
from quellenlage.web.api import api_routes
from quellenlage.web.api.answering import Answers, KeptAnswers
from quellenlage.web.api.problems import problem_document, status_of
from quellenlage.web.article_pages import article_routes
from quellenlage.web.deal_list_pages import deal_list_routes
from quellenlage.web.deal_pages import deal_routes
from quellenlage.web.headers import WithHeaders
from quellenlage.web.ledger_pages import ledger_routes
from quellenlage.web.overview_pages import overview_routes
from quellenlage.web.own_names import OwnNames
from quellenlage.web.rendering import problem_page
from quellenlage.web.review_pages import review_routes
from quellenlage.web.search_pages import search_routes
from quellenlage.web.source_pages import source_routes
from quellenlage.web.story_pages import story_routes
from quellenlage.web.theme import theme_routes
from quellenlage.web.weighing_later import WeighingLater
from quellenlage.web.with_accounts import REFUSALS, SENDS_TOKEN, add_accounts, must_have_accounts

_API = "/api/"


def create_app(ledger_target: str | Path, with_accounts: bool = False) -> FastAPI:
    """Pages and interface over an existing ledger, which is weighed first where something came since it was.

    With accounts, whoever asks for anything must have signed in. Raises `LedgerError` where there is no ledger, or no
    account in it with which to sign in.
    """
    ledger = Ledger.open(ledger_target, create=False)
    if with_accounts:
        must_have_accounts(ledger)
    if not ledger.is_weighed():
        keep_weighed(ledger)
    later = WeighingLater(ledger)

    @asynccontextmanager
    async def until_closed(_app: FastAPI) -> AsyncIterator[None]:
        yield
        later.close()
        ledger.close()

    # The interactive documentation that FastAPI brings loads scripts from the network, so it is off.
    app = FastAPI(
        title="Quellenlage", lifespan=until_closed, docs_url=None, redoc_url=None, openapi_url=f"{_API}v1/openapi.json"
    )
    for routes in (
        overview_routes,
        ledger_routes,
        deal_list_routes,
        deal_routes,
        story_routes,
        source_routes,
        article_routes,
        search_routes,
    ):
        app.include_router(routes(ledger))
    app.include_router(theme_routes())
    app.include_router(adding_routes(ledger, later))
    app.include_router(review_routes(ledger, later))
    answers = Answers(ledger)
    app.include_router(
        api_routes(ledger, answers, later),
        prefix=f"{_API}v1",
        dependencies=[SENDS_TOKEN] if with_accounts else [],
        responses=REFUSALS if with_accounts else {},
    )
    app.state.weighing = later
    app.mount("/static", StaticFiles(directory=str(files("quellenlage.web") / "static")), name="static")

    # What is added last is asked first.
    app.add_middleware(KeptAnswers, answers=answers)
    if with_accounts:
        add_accounts(app, ledger, f"{_API}v1", _problem)
    else:
        app.add_middleware(OwnNames, problem=_problem)
    app.add_middleware(WithHeaders)
    for kind in (LedgerError, HTTPException, RequestValidationError):
        app.add_exception_handler(kind, _problem)
    return app


def _problem(request: Request, error: Exception) -> Response:
    """The answer that says what went wrong, to programs and to readers."""
    status, headers = status_of(error), getattr(error, "headers", None)
    if request.url.path.startswith(_API):
        return JSONResponse(problem_document(error), status_code=status, headers=headers)
    page = problem_page(request, error, status)
    page.headers.update(headers or {})
    return page
