"""The first page: what is new, what is disputed, what few stand behind, what flows where, and how much is told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from quellenlage.labels import labels
from quellenlage.ledger import Ledger
from quellenlage.ledger import overview as glance
from quellenlage.ledger.searching import SURELY_READ, DealOrder
from quellenlage.moments import moment_of
from quellenlage.sentence import standing_sentence
from quellenlage.web.asking import asked
from quellenlage.web.deal_list_pages import actors_of
from quellenlage.web.drawing.flows import flow_map
from quellenlage.web.drawing.weeks import week_drawing
from quellenlage.web.drawing.world import world
from quellenlage.web.rendering import language_of, page
from quellenlage.web.visits import COOKIE, KEPT, visit_of

DEALS_A_LIST = 5
NEWS = 6
FLOWS = 200


def overview_routes(ledger: Ledger) -> APIRouter:
    """The first page."""
    routes = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

    @routes.get("/")
    def overview_page(request: Request) -> Response:
        query = request.query_params
        book = asked(ledger, query)
        now = datetime.now(UTC)
        visit = visit_of(request.cookies.get(COOKIE, ""), now)
        written = query.get("since", "").strip()
        since = moment_of(written, "since") if written else visit.before
        size = book.ask(glance.size)
        news = book.ask(partial(glance.news, since=since, most=NEWS)) if since else None
        latest = () if news else book.deals_page(SURELY_READ, DealOrder.LATEST, most=NEWS).deals
        most_disputed = book.deals_page(SURELY_READ, DealOrder.DISPUTED, most=DEALS_A_LIST).deals
        disputed = [deal for deal in most_disputed if deal.standing.denied_by]
        thin = book.ask(partial(glance.widely_told, most=DEALS_A_LIST))
        flows = book.ask(partial(glance.flows, most=FLOWS))
        today = (book.moment or now).astimezone().date()
        weeks = book.ask(partial(glance.weeks, today=today))
        deals = [*latest, *disputed, *thin, *(deal for deal, _ in (news.deals if news else ()))]
        parties = {party for flow in flows for party in (flow.supplier, flow.recipient)}
        names = book.names(parties.union(*map(actors_of, deals)))
        words = labels(language_of(request)).with_names(names)
        response = page(
            request,
            "overview.html",
            names=names,
            size=size,
            since=since.astimezone() if since else None,
            since_day=written[:10],
            news=news,
            latest=latest,
            disputed=disputed,
            thin=thin,
            sentence=lambda deal: standing_sentence(deal, words),
            world=world(),
            flows=flows,
            map=flow_map(flows, world(), words.actor),
            looked_at=min(size.deals, glance.LOOKED_AT),
            widely_told=glance.WIDELY_TOLD,
            weeks=weeks,
            chart=week_drawing(weeks),
            week_search=_search_of,
        )
        response.set_cookie(
            COOKIE, visit.cookie, max_age=int(KEPT.total_seconds()), path="/", httponly=True, samesite="lax"
        )
        return response

    return routes


def _search_of(week: glance.Week) -> str:
    """What is to be searched for to find the articles of a week."""
    return f"ab:{week.monday.isoformat()} bis:{(week.monday + timedelta(days=6)).isoformat()}"
