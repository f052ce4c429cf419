"""The ledger as a table of claims."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from quellenlage.domain import Stage
from quellenlage.ledger import Facet, Ledger
from quellenlage.web.asking import FILTERS, asked, filter_of, page_of
from quellenlage.web.rendering import page
from quellenlage.web.view import named_in

PAGE_SIZES = (100, 250, 500)
"""How many claims a page can have; without a word the first."""
CHOICES = (Facet.SUPPLIER, Facet.RECIPIENT, Facet.ITEM_CLASS, Facet.SOURCE)
"""The facets whose values the page of the ledger lists, to choose from."""


def ledger_routes(ledger: Ledger) -> APIRouter:
    """The page of the ledger."""
    routes = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

    @routes.get("/claims")
    def ledger_page(request: Request) -> Response:
        query = request.query_params
        book = asked(ledger, query)
        where = filter_of(query)
        number, size = page_of(query), size_of(query)
        found = book.page(where, size * (number - 1), size)
        pages = -(-found.count // size)
        if number > max(pages, 1):
            number = max(pages, 1)
            found = book.page(where, size * (number - 1), size)
        articles = book.articles(sorted({claim.article_id for claim in found.claims}))
        facets = book.facets()
        return page(
            request,
            "ledger.html",
            names=book.names(named_in(found.claims) | {one.value for one in facets[Facet.SOURCE]}),
            claims=found.claims,
            articles={article.id: article for article in articles},
            count=found.count,
            more=found.more,
            page=number,
            pages=pages,
            size=size,
            sizes=PAGE_SIZES,
            chosen={name: query.get(name, "").strip() for name in FILTERS},
            choices={facet.value: sorted(one.value for one in facets[facet]) for facet in CHOICES},
            stages=list(Stage),
        )

    return routes


def size_of(query: Mapping[str, str]) -> int:
    """How many claims the page is to have; the fewest where it can have no such number."""
    return next((size for size in PAGE_SIZES if str(size) == query.get("limit")), PAGE_SIZES[0])
