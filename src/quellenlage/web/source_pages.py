"""Sources and outlets, and actors: what the ledger holds of each, with the list behind every number."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import HTMLResponse

from quellenlage.domain import Article, Claim
from quellenlage.ledger import Ledger
from quellenlage.ledger.asking import KEYS
from quellenlage.ledger.facets import STANCES
from quellenlage.ledger.record import LOOKED_AT, LOOKED_THROUGH, Answered
from quellenlage.portraits import DEALS_SHOWN, Part, actor_portrait, part_filter, source_portrait
from quellenlage.web.asking import asked, page_of
from quellenlage.web.marking import pieces_of
from quellenlage.web.rendering import page
from quellenlage.weigh.parties import party_of
from quellenlage.weigh.quotes import Quote, quote_of

CLAIMS_A_PAGE = 50
DEALS_A_PAGE = 20
ANSWERS_SHOWN = 50
"""How many answers of each kind an actor's page lists."""
LISTED = 12
"""How many of those that a source relays, or that relay it, are listed."""


def source_routes(ledger: Ledger) -> APIRouter:
    """The pages of sources and actors."""
    routes = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

    # A name may hold a slash, so the longer address is tried first.
    @routes.get("/source/{slug:path}/claims")
    def source_claims_page(request: Request, slug: str) -> Response:
        query = request.query_params
        book = asked(ledger, query)
        part = _part(query.get("as", "")) or Part.ORIGIN
        other = query.get("other", "").strip() or None
        number = page_of(query)
        where = part_filter(slug, part, other)
        claims, more = book.some_claims(where, CLAIMS_A_PAGE * (number - 1), CLAIMS_A_PAGE)
        articles = book.articles(sorted({claim.article_id for claim in claims}))
        actors = {actor for claim in claims for actor in claim.sources}
        return page(
            request,
            "source_claims.html",
            names=book.names({slug, *actors, *([other] if other else [])}),
            slug=slug,
            part=part,
            other=other,
            claims=claims,
            articles={article.id: article for article in articles},
            more=more,
            page=number,
            stances=STANCES,
        )

    @routes.get("/source/{slug:path}")
    def source_page(request: Request, slug: str) -> Response:
        query = request.query_params
        book = asked(ledger, query)
        found = source_portrait(book, slug, _part(query.get("as", "")))
        field = query.get("answer", "") if query.get("answer", "") in STANCES else ""
        told = [one for one in found.record.deals if not field or one.answered(field)]
        number = page_of(query)
        shown = told[DEALS_A_PAGE * (number - 1) : DEALS_A_PAGE * number]
        deals = {deal.id: deal for one in shown if (deal := book.deal(one.deal)) is not None}
        cited = sorted({answer.article for one in shown for answer in one.answers})
        actors = {answer.actor for one in shown for answer in one.answers}
        relayed = {one.value for way in (found.from_whom, found.passed_on) for one in way.by}
        return page(
            request,
            "source.html",
            names=book.names({slug, *actors, *relayed}),
            found=found,
            parts=list(Part),
            party=party_of(slug),
            told=[one for one in shown if one.deal in deals],
            count=len(told),
            deals=deals,
            articles={article.id: article for article in book.articles(cited)},
            field=field,
            stances=STANCES,
            page=number,
            pages=-(-len(told) // DEALS_A_PAGE),
            looked_at=LOOKED_AT,
            listed=LISTED,
        )

    @routes.get("/actor/{code:path}")
    def actor_page(request: Request, code: str) -> Response:
        book = asked(ledger, request.query_params)
        found = actor_portrait(book, code)
        if not found.is_known:
            raise HTTPException(404)
        shown = {field: found.answered(field)[:ANSWERS_SHOWN] for field in STANCES}
        answers = [one for those in shown.values() for one in those]
        articles = {article.id: article for article in book.articles(sorted({one.article for one in answers}))}
        claims = {claim.id: claim for claim in book.claims(ids=sorted({one.claim for one in answers}))}
        return page(
            request,
            "actor.html",
            names=book.names({code, *found.voices, *(one.actor for one in answers)}),
            found=found,
            shown=shown,
            articles=articles,
            claims=claims,
            quote=lambda one: _quote(one, claims, articles),
            pieces=lambda quote: pieces_of(quote.text, quote.marks),
            stances=STANCES,
            search_keys={field: KEYS[field][0] for field in STANCES},
            looked_through=LOOKED_THROUGH,
            most_deals=DEALS_SHOWN,
        )

    return routes


def _quote(answer: Answered, claims: Mapping[str, Claim], articles: Mapping[str, Article]) -> Quote | None:
    """The sentence in which somebody answers."""
    evidence = (entry for entry in claims[answer.claim].evidence if entry.field == answer.field)
    return quote_of(articles[answer.article].text, evidence)


def _part(written: str) -> Part | None:
    return Part(written) if written in list(Part) else None
