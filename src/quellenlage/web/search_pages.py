"""Articles that were looked for."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from quellenlage.ledger import Ledger
from quellenlage.web.asking import asked, page_of
from quellenlage.web.marking import pieces_of
from quellenlage.web.rendering import page
from quellenlage.web.view import named_in

HITS_A_PAGE = 20


def search_routes(ledger: Ledger) -> APIRouter:
    """The page of the search."""
    routes = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

    @routes.get("/search")
    def search_page(request: Request) -> Response:
        written = request.query_params.get("q", "").strip()
        number = page_of(request.query_params)
        book = asked(ledger, request.query_params)
        found = book.search(written, HITS_A_PAGE * (number - 1), HITS_A_PAGE) if written else None
        return page(
            request,
            "search.html",
            names=book.names(named_in(claim for hit in found.hits for claim in hit.claims)) if found else None,
            written=written,
            found=found,
            page=number,
            pages=-(-found.count // HITS_A_PAGE) if found else 0,
            pieces=lambda snippet: pieces_of(snippet.text, snippet.marks),
        )

    return routes
