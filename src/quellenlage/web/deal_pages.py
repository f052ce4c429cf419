"""The deals, and one deal with all that its claims add up to."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import HTMLResponse

from quellenlage.domain import Stage
from quellenlage.ledger import Ledger
from quellenlage.ledger.asked import DEALS_A_PAGE
from quellenlage.ledger.searching import DealOrder
from quellenlage.steps import weighed_around
from quellenlage.web.asking import asked, deal_filter_of, order_of, page_of
from quellenlage.web.rendering import page
from quellenlage.weigh.origins import lines_of
from quellenlage.weigh.standing import ANSWERS
from quellenlage.weigh.tree import trees_of


def deal_routes(ledger: Ledger) -> APIRouter:
    """The pages of the deals."""
    routes = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

    @routes.get("/deals")
    def deals_page(request: Request) -> Response:
        query = request.query_params
        book = asked(ledger, query)
        order = order_of(query)
        number = page_of(query)
        found = book.deals_page(deal_filter_of(query), order, DEALS_A_PAGE * (number - 1), DEALS_A_PAGE)
        return page(
            request,
            "deals.html",
            names=book.names(one.actor for deal in found.deals for one in deal.standing.answers),
            deals=found.deals,
            count=found.count,
            more=found.more,
            page=number,
            pages=-(-found.count // DEALS_A_PAGE),
            order=order,
            orders=list(DealOrder),
            answers=ANSWERS,
        )

    @routes.get("/deal/{name:path}")
    def deal_page(request: Request, name: str) -> Response:
        book = asked(ledger, request.query_params)
        deal = book.deal(name)
        if deal is None:
            raise HTTPException(404)
        found = weighed_around(book, deal)
        timeline = found.timeline(deal)
        return page(
            request,
            "deal.html",
            names=found.names,
            deal=deal,
            answers=ANSWERS,
            articles=found.articles,
            all_claims=found.claims,
            stages={stage.value for stage in Stage},
            timeline=timeline,
            trees=trees_of(deal.standing.origins, lines_of(timeline, found.weighing.settings)),
        )

    return routes
