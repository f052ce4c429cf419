"""One article with its claims."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from quellenlage.domain import SpanType
from quellenlage.labels import labels
from quellenlage.ledger import ClaimFilter, Ledger
from quellenlage.web.asking import asked
from quellenlage.web.marking import anchor_of, marks_of, paragraphs
from quellenlage.web.rendering import language_of, page
from quellenlage.web.view import fields_of, words_for


def article_routes(ledger: Ledger) -> APIRouter:
    """The page of an article."""
    routes = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

    @routes.get("/article/{key:path}")
    def article_page(request: Request, key: str) -> Response:
        book = asked(ledger, request.query_params)
        article = book.article(key)
        reading = book.reading(article.id)
        claims = book.claims(ClaimFilter(article=article.id))
        marks = marks_of(reading, claims)
        words = labels(language_of(request))
        return page(
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

    return routes
