"""A claim that was missed: its article's text beside a form of empty fields, for a person to add it."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from quellenlage.claims.correcting import NOTATION
from quellenlage.deciding import add
from quellenlage.domain import Stage
from quellenlage.ledger import Ledger, LedgerError
from quellenlage.names.items import classes
from quellenlage.web.claim_forms import asked_for, quotes_of, spans_sent, typed_in
from quellenlage.web.judged import judged
from quellenlage.web.marking import marks_of, paragraphs
from quellenlage.web.rendering import page, why
from quellenlage.web.reviewer import note_of, person_judging, person_of, to_review
from quellenlage.web.sent_forms import SentForm
from quellenlage.web.weighing_later import WeighingLater


def adding_routes(ledger: Ledger, later: WeighingLater) -> APIRouter:
    """The page on which a claim is added, and what its form does."""
    routes = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

    @routes.get("/review/add")
    def adding_page(request: Request, article: str = "") -> Response:
        if not article:
            return to_review(request)
        return _page(request, ledger, article, asked_for(request.query_params))

    @routes.post("/review/add")
    def add_claim(request: Request, sent: SentForm) -> Response:
        person, key = person_judging(request), sent.get("article", "")
        values = {field: sent[field] for field in NOTATION if field in sent}
        try:
            spans = spans_sent(ledger.article(key), sent)
            number, id = add(ledger, key, values, spans, person, note_of(sent))
        except LedgerError as error:
            return _page(request, ledger, key, typed_in(sent), why(request, error), 400)
        judged(request, later, number)
        return to_review(request, claim=id, done=str(number))

    return routes


def _page(
    request: Request, ledger: Ledger, key: str, typed: Mapping[str, str], problem: str = "", status: int = 200
) -> Response:
    article = ledger.article(key)
    return page(
        request,
        "add.html",
        status=status,
        person=person_of(request),
        problem=problem,
        article=article,
        lines=paragraphs(article.text, marks_of(ledger.reading(article.id), [])),
        notation=NOTATION,
        values=typed,
        quotes=quotes_of(article, typed),
        stages=list(Stage),
        item_classes=sorted(classes()),
    )
