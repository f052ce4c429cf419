"""The routes by which the interface is asked; those by which it is told something are in `judging`."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Request, Response

from quellenlage.claims.version import version_of
from quellenlage.deciding import Missing, deal_version
from quellenlage.export.articles import article_document
from quellenlage.export.claims import claims_document
from quellenlage.export.weighing import weighing_document
from quellenlage.ledger import ClaimFilter, Ledger
from quellenlage.ledger.lists import (
    articles_after,
    claims_after,
    copies_after,
    deals_after,
    docs_of,
    stories_after,
)
from quellenlage.ledger.searching import COUNTED, LOOKED_THROUGH, DealOrder
from quellenlage.steps import weighed
from quellenlage.web.api import forms
from quellenlage.web.api.answering import Answers, next_of
from quellenlage.web.api.documents import (
    article_entry,
    claim_document,
    claims_with_articles,
    copy_document,
    deal_entry,
    deal_told,
)
from quellenlage.web.api.judging import judging_routes
from quellenlage.web.api.parameters import (
    After,
    AfterClaim,
    AfterDeal,
    AsOf,
    ChosenClaims,
    ChosenDeals,
    FewLimit,
    Key,
    Limit,
    Name,
)
from quellenlage.web.asking import asked
from quellenlage.web.weighing_later import WeighingLater

PROBLEMS: dict[int | str, dict[str, Any]] = {
    400: {"model": forms.Problem, "description": "What is asked for cannot be read."},
    404: {"model": forms.Problem, "description": "What is asked for is not there."},
    422: {"model": forms.Problem, "description": "A parameter or a field cannot be what it is."},
}


def api_routes(ledger: Ledger, answers: Answers, later: WeighingLater) -> APIRouter:
    """The routes under /api/v1; the parameter `as_of` asks all of them of a day (its end) or a time."""
    routes = APIRouter(responses=PROBLEMS)
    for some in (_claims, _articles, _deals, _others):
        some(routes, ledger, answers)
    routes.include_router(judging_routes(ledger, answers, later))
    return routes


def _claims(routes: APIRouter, ledger: Ledger, answers: Answers) -> None:
    @routes.get("/claims", response_model=forms.Claims, tags=["claims"])
    def claims(
        request: Request, where: ChosenClaims, after: AfterClaim = None, limit: Limit = 100, as_of: AsOf = ""
    ) -> Response:
        """The claims that are chosen, those of the latest articles first."""
        book = asked(ledger, request.query_params)

        def make() -> dict[str, Any]:
            part = book.ask(claims_after(where, after, limit))
            return {"claims": claims_with_articles(book, part.entries), "next": next_of(request, after=part.after)}

        return answers.to(request, book, make)

    @routes.get("/claims/{id}", response_model=forms.ClaimForm, tags=["claims"])
    def claim(request: Request, id: str, as_of: AsOf = "") -> Response:
        """A claim, by its whole id. Its ETag is what If-Match needs where somebody judges on it."""
        book = asked(ledger, request.query_params)
        found = next(iter(book.claims(ids=[id])), None)
        if found is None:
            raise Missing("no_claim", claim=id)
        document = claim_document(found, book.article(found.article_id))
        return answers.to(request, book, lambda: document, version_of(found))

    @routes.get("/facets", response_model=forms.Facets, tags=["claims"])
    def facets(request: Request, where: ChosenClaims, limit: Limit = 100, as_of: AsOf = "") -> Response:
        """The values by which claims can be chosen, at most `limit` of each field."""
        book = asked(ledger, request.query_params)

        def make() -> dict[str, Any]:
            found = book.facets(where, limit)
            counts = {
                field.value: [{"value": one.value, "claims": one.claims} for one in values]
                for field, values in found.items()
            }
            return {"facets": counts}

        return answers.to(request, book, make)

    @routes.get("/search", response_model=forms.Hits, tags=["articles"])
    def search(
        request: Request,
        q: Annotated[str, Query(min_length=1, max_length=500, description="Words, and fields as von:Nordkorea.")],
        offset: Annotated[int, Query(ge=0, le=LOOKED_THROUGH)] = 0,
        limit: FewLimit = 20,
        as_of: AsOf = "",
    ) -> Response:
        """The articles in which words stand, or which make certain claims, the latest first."""
        book = asked(ledger, request.query_params)

        def make() -> dict[str, Any]:
            found = book.search(q, offset, limit)
            hits = [
                {
                    "article": article_entry(hit.article),
                    "snippet": {"text": hit.snippet.text, "marks": [list(mark) for mark in hit.snippet.marks]},
                    "claims": [claim_document(claim, hit.article) for claim in hit.claims],
                }
                for hit in found.hits
            ]
            more = offset + limit if offset + limit < found.count else None
            return {"hits": hits, "count": found.count, "more": found.more, "next": next_of(request, offset=more)}

        return answers.to(request, book, make)


def _articles(routes: APIRouter, ledger: Ledger, answers: Answers) -> None:
    @routes.get("/articles", response_model=forms.Articles, tags=["articles"])
    def articles(request: Request, after: After = None, limit: Limit = 100, as_of: AsOf = "") -> Response:
        """The articles without their texts, those that came into the ledger last first."""
        book = asked(ledger, request.query_params)

        def make() -> dict[str, Any]:
            part = book.ask(articles_after(after, limit))
            return {"articles": list(map(article_entry, part.entries)), "next": next_of(request, after=part.after)}

        return answers.to(request, book, make)

    @routes.get("/articles/{key:path}", response_model=forms.ArticleForm, tags=["articles"])
    def article(request: Request, key: Key, as_of: AsOf = "") -> Response:
        """An article in the form of "articles as JSON", by doc or id, with its claims."""
        book = asked(ledger, request.query_params)

        def make() -> dict[str, Any]:
            found = book.article(key)
            claims = book.claims(ClaimFilter(article=found.id))
            return {
                "article": article_document(found),
                "claims": claims_document(found, book.reading(found.id), claims),
                "ids": [claim.id for claim in claims],
            }

        return answers.to(request, book, make)

    @routes.get("/stories", response_model=forms.Stories, tags=["articles"])
    def stories(
        request: Request, article: Name = "", after: After = None, limit: Limit = 100, as_of: AsOf = ""
    ) -> Response:
        """The stories of an article, by its id, or all, those that were told last first."""
        book = asked(ledger, request.query_params)

        def make() -> dict[str, Any]:
            part = book.ask(stories_after(article or None, after, limit))
            listed = [{"articles": list(story.articles)} for story in part.entries]
            return {"stories": listed, "next": next_of(request, after=part.after)}

        return answers.to(request, book, make)

    @routes.get("/copies", response_model=forms.Copies, tags=["articles"])
    def copies(
        request: Request, article: Name = "", after: After = None, limit: Limit = 100, as_of: AsOf = ""
    ) -> Response:
        """The text that an article, by its id, shares with others, or that any articles share."""
        book = asked(ledger, request.query_params)

        def make() -> dict[str, Any]:
            part = book.ask(copies_after(article or None, after, limit))
            return {"copies": list(map(copy_document, part.entries)), "next": next_of(request, after=part.after)}

        return answers.to(request, book, make)


def _deals(routes: APIRouter, ledger: Ledger, answers: Answers) -> None:
    @routes.get("/deals", response_model=forms.Deals, tags=["deals"])
    def deals(
        request: Request,
        where: ChosenDeals,
        order: DealOrder = DealOrder.LARGEST,
        after: AfterDeal = None,
        limit: FewLimit = 20,
        as_of: AsOf = "",
    ) -> Response:
        """The deals that are chosen, in an order."""
        book = asked(ledger, request.query_params)

        def make() -> dict[str, Any]:
            part = book.ask(deals_after(where, order, after, limit))
            return {"deals": list(map(deal_entry, part.entries)), "next": next_of(request, after=part.after)}

        return answers.to(request, book, make)

    @routes.get("/deals/{name:path}", response_model=forms.WholeDeal, tags=["deals"])
    def deal(request: Request, name: str, as_of: AsOf = "") -> Response:
        """A deal, by its name. Its ETag is what If-Match needs where somebody splits or merges it."""
        book = asked(ledger, request.query_params)
        found = book.deal(name)
        if found is None:
            raise Missing("no_deal", deal=name)
        document = deal_told(found, book.ask(docs_of(found.articles)))
        return answers.to(request, book, lambda: document, deal_version(found))


def _others(routes: APIRouter, ledger: Ledger, answers: Answers) -> None:
    @routes.get("/weighing", tags=["deals"])
    def weighing(request: Request, as_of: AsOf = "") -> dict[str, Any]:
        """Copies, stories, deals and drift at once, in the form of "weighing as JSON".

        Refused for more than 10,000 claims: ask for /deals, /stories and /copies then, which come in parts.
        """
        book = asked(ledger, request.query_params)
        if book.page(most=1).more:
            raise HTTPException(
                413,
                f"more than {COUNTED} claims are too many to be weighed in one answer; ask for /api/v1/deals, "
                "/api/v1/stories and /api/v1/copies, or use `quellenlage export weighing`",
            )
        found = weighed(book)
        return weighing_document(found.weighing, found.articles.values())
