"""The interface for programs: the objects of the export contracts over HTTP."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from fastapi import APIRouter, Request

from quellenlage.export.articles import article_document
from quellenlage.export.claims import claims_document
from quellenlage.export.weighing import weighing_document
from quellenlage.ledger import ClaimFilter, Ledger
from quellenlage.steps import weighed
from quellenlage.web.asking import asked, filter_of


def api_routes(ledger: Ledger) -> APIRouter:
    """The routes under /api/v1; the parameter `as_of` asks all of them of a day (its end) or a time."""
    routes = APIRouter()

    @routes.get("/claims")
    def claims(request: Request) -> list[dict[str, Any]]:
        """One object an article with claims that the parameters (supplier, recipient, item_class, stage, source,
        article) choose, in the form of "claims as JSON Lines".
        """
        book = asked(ledger, request.query_params)
        found = book.claims(filter_of(request.query_params))
        return [
            claims_document(book.article(article_id), book.reading(article_id), list(group))
            for article_id, group in groupby(found, key=lambda claim: claim.article_id)
        ]

    @routes.get("/articles/{key:path}")
    def article(request: Request, key: str) -> dict[str, Any]:
        """An article in the form of "articles as JSON", by doc or id, with its claims."""
        book = asked(ledger, request.query_params)
        found = book.article(key)
        claims = book.claims(ClaimFilter(article=found.id))
        return {
            "article": article_document(found),
            "claims": claims_document(found, book.reading(found.id), claims),
        }

    @routes.get("/weighing")
    def weighing(request: Request) -> dict[str, Any]:
        """Copies, stories, deals and drift, in the form of "weighing as JSON"."""
        found = weighed(asked(ledger, request.query_params))
        return weighing_document(found.weighing, found.articles.values())

    return routes
