"""The application: its pages, its interface for programs, and what both answer when something is not there."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
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
from quellenlage.web.api import api_routes
from quellenlage.web.api.problems import problem_document, status_of
from quellenlage.web.article_pages import article_routes
from quellenlage.web.asking import UnknownStage
from quellenlage.web.deal_pages import deal_routes
from quellenlage.web.ledger_pages import ledger_routes
from quellenlage.web.rendering import problem_page
from quellenlage.web.search_pages import search_routes
from quellenlage.web.weighing_later import WeighingLater

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_API = "/api/"


def create_app(ledger_target: str | Path) -> FastAPI:
    """Pages and interface over an existing ledger, which is weighed first where something came since it was.

    Raises `LedgerError` where there is none.
    """
    ledger = Ledger.open(ledger_target, create=False)
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
    for routes in (ledger_routes, deal_routes, article_routes, search_routes):
        app.include_router(routes(ledger))
    app.include_router(api_routes(ledger, later), prefix=f"{_API}v1")
    app.state.weighing = later
    app.mount("/static", StaticFiles(directory=str(files("quellenlage.web") / "static")), name="static")

    @app.middleware("http")
    async def with_headers(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        response = await call_next(request)
        response.headers.update(_HEADERS)
        response.headers["Vary"] = "Accept-Language"
        return response

    @app.exception_handler(LedgerError)
    @app.exception_handler(UnknownStage)
    @app.exception_handler(HTTPException)
    @app.exception_handler(RequestValidationError)
    async def problem(request: Request, error: Exception) -> Response:
        if request.url.path.startswith(_API):
            return JSONResponse(problem_document(error), status_code=status_of(error))
        return problem_page(request, error, status_of(error))

    return app
