"""The deals as a table, and the same table to take along."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, StreamingResponse

from quellenlage.domain import Stage
from quellenlage.export.chosen_deals import chosen_deal_rows
from quellenlage.export.csv_table import csv_lines
from quellenlage.export.table import DEALS
from quellenlage.export.weighing import deal_document
from quellenlage.labels import labels
from quellenlage.ledger import Facet, Ledger
from quellenlage.ledger.asked import DEALS_A_PAGE
from quellenlage.ledger.lists import docs_of
from quellenlage.ledger.searching import DealOrder
from quellenlage.web.asking import FILTERS, asked, deal_filter_of, order_of, page_of
from quellenlage.web.rendering import language_of, page
from quellenlage.weigh.standing import ANSWERS
from quellenlage.weigh.weighing import Deal

CHOICES = (Facet.SUPPLIER, Facet.RECIPIENT, Facet.ITEM_CLASS)
"""The facets whose values the page of the deals lists, to choose from."""
TAKEN_ALONG = 1_000
"""How many deals a file has at most; `quellenlage export` writes all of them."""


def deal_list_routes(ledger: Ledger) -> APIRouter:
    """The page of the deals, and its files."""
    routes = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

    @routes.get("/deals")
    def deals_page(request: Request) -> Response:
        query = request.query_params
        book = asked(ledger, query)
        order = order_of(query)
        number = page_of(query)
        where = deal_filter_of(query)
        found = book.deals_page(where, order, DEALS_A_PAGE * (number - 1), DEALS_A_PAGE)
        facets = book.facets()
        return page(
            request,
            "deals.html",
            names=book.names(frozenset().union(*map(actors_of, found.deals))),
            deals=found.deals,
            count=found.count,
            more=found.more,
            with_doubtful=where.doubtful,
            page=number,
            pages=-(-found.count // DEALS_A_PAGE),
            order=order,
            chosen={name: query.get(name, "").strip() for name in FILTERS},
            choices={facet.value: sorted(one.value for one in facets[facet]) for facet in CHOICES},
            stages=list(Stage),
            answers=ANSWERS,
            columns={
                "origins": DealOrder.UNSUPPORTED,
                "articles": DealOrder.LARGEST,
                "answers": DealOrder.DISPUTED,
                "latest": DealOrder.LATEST,
            },
            last_told=_last_told,
            taken_along=TAKEN_ALONG,
        )

    @routes.get("/deals.csv")
    def deals_csv(request: Request) -> Response:
        book, deals = _chosen(ledger, request)
        rows = chosen_deal_rows(book, deals, labels(language_of(request)))
        return StreamingResponse(csv_lines(DEALS, rows), media_type="text/csv; charset=utf-8", headers=_named("csv"))

    @routes.get("/deals.json")
    def deals_json(request: Request) -> Response:
        book, deals = _chosen(ledger, request)
        docs = book.ask(docs_of(id for deal in deals for id in deal.articles))
        return JSONResponse({"deals": [deal_document(deal, docs) for deal in deals]}, headers=_named("json"))

    return routes


def actors_of(deal: Deal) -> frozenset[str]:
    """All whom a list names with a deal: its parties, and who answers."""
    return frozenset((*deal.supplier, *deal.recipient, *(answer.actor for answer in deal.standing.answers)))


def _last_told(deal: Deal) -> str:
    """The day by which deals are listed, the latest first; nothing where no article is dated."""
    standing = deal.standing
    days = [told.since for told in standing.stages if told.since] + [change.day for change in standing.history]
    return max(days, default="")


def _chosen(ledger: Ledger, request: Request) -> tuple[Ledger, Sequence[Deal]]:
    """The deals that an address chooses, in its order, and the ledger as it was when they were weighed."""
    query = request.query_params
    book = asked(ledger, query).when_weighed()
    return book, book.deals_page(deal_filter_of(query), order_of(query), most=TAKEN_ALONG).deals


def _named(ending: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="quellenlage-deals.{ending}"'}
