"""The pages: the ledger as a table, one article with its claims, and the page for what is not there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from quellenlage.domain import SpanType, Stage
from quellenlage.labels import LANGUAGES, labels
from quellenlage.ledger import Ambiguous, ClaimFilter, Facet, Ledger, NotFound
from quellenlage.ledger.asked import DEALS_A_PAGE
from quellenlage.ledger.searching import DealOrder
from quellenlage.steps import weighed_around
from quellenlage.web.asking import FILTERS, UnknownStage, asked, deal_filter_of, filter_of, order_of, page_of
from quellenlage.web.language import preferred, texts
from quellenlage.web.marking import anchor_of, marks_of, paragraphs, pieces_of
from quellenlage.web.view import fields_of, headline, words_for
from quellenlage.weigh.origins import lines_of
from quellenlage.weigh.standing import ANSWERS
from quellenlage.weigh.tree import trees_of

CLAIMS_A_PAGE = 100
HITS_A_PAGE = 20
CHOICES = (Facet.SUPPLIER, Facet.RECIPIENT, Facet.ITEM_CLASS, Facet.SOURCE)
"""The facets whose values the page of the ledger lists, to choose from."""

_TEMPLATES = Environment(
    loader=PackageLoader("quellenlage.web"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_TEMPLATES.filters["as_stage"] = Stage


def page_routes(ledger: Ledger) -> APIRouter:
    """The routes of the pages."""
    routes = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

    @routes.get("/")
    def ledger_page(request: Request) -> Response:
        query = request.query_params
        book = asked(ledger, query)
        where = filter_of(query)
        page = page_of(query)
        found = book.page(where, CLAIMS_A_PAGE * (page - 1), CLAIMS_A_PAGE)
        pages = -(-found.count // CLAIMS_A_PAGE)
        if page > max(pages, 1):
            page = max(pages, 1)
            found = book.page(where, CLAIMS_A_PAGE * (page - 1), CLAIMS_A_PAGE)
        articles = book.articles(sorted({claim.article_id for claim in found.claims}))
        facets = book.facets()
        return _page(
            request,
            "ledger.html",
            claims=found.claims,
            articles={article.id: article for article in articles},
            count=found.count,
            more=found.more,
            page=page,
            pages=pages,
            chosen={name: query.get(name, "").strip() for name in FILTERS},
            choices={facet.value: sorted(one.value for one in facets[facet]) for facet in CHOICES},
            stages=list(Stage),
        )

    @routes.get("/article/{key:path}")
    def article_page(request: Request, key: str) -> Response:
        book = asked(ledger, request.query_params)
        article = book.article(key)
        reading = book.reading(article.id)
        claims = book.claims(ClaimFilter(article=article.id))
        marks = marks_of(reading, claims)
        words = labels(_language(request))
        return _page(
            request,
            "article.html",
            article=article,
            reading=reading,
            lines=paragraphs(article.text, marks),
            claims=[(claim, fields_of(claim, words, marks)) for claim in claims],
            words_for=lambda claim, field: words_for(claim, field, marks),
            anchor=lambda span: anchor_of(span.start, span.end, marks),
            legend=[type for type in SpanType if any(mark.type is type for mark in marks)],
        )

    @routes.get("/deals")
    def deals_page(request: Request) -> Response:
        query = request.query_params
        book = asked(ledger, query)
        order = order_of(query)
        page = page_of(query)
        found = book.deals_page(deal_filter_of(query), order, DEALS_A_PAGE * (page - 1), DEALS_A_PAGE)
        return _page(
            request,
            "deals.html",
            names=book.names(one.actor for deal in found.deals for one in deal.standing.answers),
            deals=found.deals,
            count=found.count,
            more=found.more,
            page=page,
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
        return _page(
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

    @routes.get("/search")
    def search_page(request: Request) -> Response:
        written = request.query_params.get("q", "").strip()
        page = page_of(request.query_params)
        book = asked(ledger, request.query_params)
        found = book.search(written, HITS_A_PAGE * (page - 1), HITS_A_PAGE) if written else None
        return _page(
            request,
            "search.html",
            written=written,
            found=found,
            page=page,
            pages=-(-found.count // HITS_A_PAGE) if found else 0,
            pieces=lambda snippet: pieces_of(snippet.text, snippet.marks),
        )

    return routes


def problem_page(request: Request, error: Exception, status: int) -> Response:
    """The page that says what is not there and what to do."""
    language = _language(request)
    text, words = texts(language), labels(language)
    message, hint, ways = text["not_found"], text["not_found_help"], []
    match error:
        case NotFound():
            message = text["no_article"].format(error.key)
            hint, ways = text["near" if error.near else "not_found_help"], [(doc, doc) for doc in error.near]
        case Ambiguous():
            message, hint = text["several"].format(error.key), ""
            ways = [(id, f"{doc} ({id})") for id, doc in error.candidates]
        case UnknownStage():
            message = text["bad_stage"].format(error.given)
            hint = f"{text['bad_stage_help']} {', '.join(words.stage(stage) for stage in Stage)}"
        case _ if status != 404:
            message, hint = str(error), ""
    return _page(request, "problem.html", status=status, message=message, hint=hint, ways=ways)


def _page(
    request: Request, template: str, status: int = 200, names: Mapping[str, str] | None = None, **content: Any
) -> Response:
    language = _language(request)
    page = _TEMPLATES.get_template(template).render(
        language=language,
        languages=LANGUAGES,
        labels=labels(language).with_names(names or {}),
        text=texts(language),
        headline=headline,
        as_of=request.query_params.get("as_of", "").strip(),
        to=_addresses(request),
        here=lambda **changed: _changed(request, **changed),
        **content,
    )
    return HTMLResponse(page, status_code=status)


def _language(request: Request) -> str:
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
