"""The routes by which a person judges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Header, HTTPException, Path, Query, Request, Response
from fastapi.responses import JSONResponse

from quellenlage.claims.correcting import NOTATION
from quellenlage.claims.marking import span_at
from quellenlage.claims.values import marked_corrections
from quellenlage.claims.version import version_of
from quellenlage.deciding import (
    Missing,
    Seen,
    Unread,
    add,
    deal_version,
    decide_on_claims,
    identify,
    merge,
    readable,
    split,
)
from quellenlage.domain import Article, Correction, JudgementKind, Span
from quellenlage.ledger import Ledger
from quellenlage.ledger.lists import judgement_of_number, judgements_after
from quellenlage.web.api import asked_forms, forms
from quellenlage.web.api.answering import Answers, known_tags, next_of
from quellenlage.web.api.documents import claims_with_articles, judgement_document
from quellenlage.web.api.parameters import After, AsOf, Limit
from quellenlage.web.asking import asked
from quellenlage.web.caller import person_named
from quellenlage.web.judged import judged, undone
from quellenlage.web.same_origin import must_be_json, must_come_from_here
from quellenlage.web.weighing_later import WeighingLater

ANYTHING = "*"
_LARGEST_NUMBER = 2**31 - 1
_REFUSALS: dict[int | str, dict[str, Any]] = {
    403: {"model": forms.Problem, "description": "A page of another site sent it."},
    412: {"model": forms.Problem, "description": "It is not what you saw any more; says who did what."},
    415: {"model": forms.Problem, "description": "It is not JSON."},
    428: {"model": forms.Problem, "description": "If-Match is missing."},
}
Number = Annotated[int, Path(ge=1, le=_LARGEST_NUMBER, description="The judgement's number.")]


def judging_routes(ledger: Ledger, answers: Answers, later: WeighingLater) -> APIRouter:
    """The judgements, and making and undoing them."""
    routes = APIRouter(tags=["judgements"])

    @routes.get("/judgements", response_model=forms.Judgements)
    def judgements(
        request: Request,
        in_force: Annotated[bool, Query(description="Only those that were not taken back.")] = False,
        after: After = None,
        limit: Limit = 100,
        as_of: AsOf = "",
    ) -> Response:
        """The judgements, the newest first."""
        book = asked(ledger, request.query_params)

        def make() -> dict[str, Any]:
            part = book.ask(judgements_after(in_force, after, limit))
            listed = list(map(judgement_document, part.entries))
            return {"judgements": listed, "next": next_of(request, after=part.after)}

        return answers.to(request, book, make)

    @routes.get("/judgements/{number}", response_model=forms.JudgementForm)
    def judgement(request: Request, number: Number) -> Response:
        """A judgement, by its number."""
        found = ledger.ask(judgement_of_number(number))
        if found is None:
            raise Missing("no_judgement", number=number)
        return answers.to(request, ledger, lambda: judgement_document(found))

    @routes.post(
        "/judgements",
        status_code=201,
        response_model=forms.Decided,
        responses=_REFUSALS,
        dependencies=[Depends(must_come_from_here), Depends(must_be_json)],
    )
    def judge(
        request: Request,
        judgement: Annotated[asked_forms.Asked, Body()],
        if_match: Annotated[
            str | None,
            Header(
                description="The ETags of what is judged, as it was seen, separated by commas; * for whatever it is."
            ),
        ] = None,
    ) -> Response:
        """Accept, reject, correct or add claims, say whom a name stands for, split or merge deals.

        What is judged must be what was seen: 412 says what somebody else has done to it since. A claim that is added
        and an identity need no If-Match.
        """
        person = person_named(request, judgement.person)
        number, claims = _judged(ledger, judgement, person, known_tags(request, "if-match"))
        judged(request, later, number)
        held = ledger.claims(ids=claims) if claims else []
        headers = {"Location": f"/api/v1/judgements/{number}"}
        if len(held) == 1:
            headers["ETag"] = f'"{version_of(held[0])}"'
        told = {"number": number, "claims": claims_with_articles(ledger, held)}
        return JSONResponse(told, status_code=201, headers=headers)

    @routes.delete(
        "/judgements/{number}",
        status_code=204,
        responses={403: _REFUSALS[403], 204: {"description": "It was taken back, and stays in the log."}},
        dependencies=[Depends(must_come_from_here)],
    )
    def undo(request: Request, number: Number) -> Response:
        """Take a judgement back."""
        found = ledger.ask(judgement_of_number(number))
        if found is None or found.undone is not None:
            raise Missing("not_in_force", number=number)
        ledger.undo(number)
        undone(request, later, number)
        return Response(status_code=204)

    return routes


def _judged(ledger: Ledger, asked_for: asked_forms.Asked, person: str, tags: frozenset[str]) -> tuple[int, list[str]]:
    """The number of the judgement, and the claims that it is on."""
    note = asked_for.note
    match asked_for:
        case asked_forms.Accept() | asked_forms.Reject():
            kind, ids = JudgementKind(asked_for.kind), list(dict.fromkeys(asked_for.claims))
            seen = _seen_claims(ledger, ids, tags)
            return decide_on_claims(ledger, kind, ids, person, note, seen=seen), ids
        case asked_forms.Correct():
            ids = [asked_for.claim]
            corrections = _corrections(ledger, asked_for)
            seen = _seen_claims(ledger, ids, tags)
            return decide_on_claims(ledger, JudgementKind.CORRECT, ids, person, note, corrections, seen), ids
        case asked_forms.Add():
            _must_be_fields(asked_for.values)
            article = ledger.article(asked_for.article)
            number, id = add(ledger, article.id, asked_for.values, _spans(article, asked_for.spans), person, note)
            return number, [id]
        case asked_forms.Identify():
            return identify(ledger, asked_for.name, asked_for.actor, person, note), []
        case asked_forms.Split():
            seen = _seen_deals(ledger, [asked_for.deal], tags)
            return split(ledger, asked_for.deal, asked_for.articles, person, note, seen), []
        case asked_forms.Merge():
            seen = _seen_deals(ledger, asked_for.deals, tags)
            return merge(ledger, asked_for.deals, person, note, seen), []


def _corrections(ledger: Ledger, asked_for: asked_forms.Correct) -> tuple[Correction, ...]:
    """What a claim is to say; as it is written where the claim is not held, which is told elsewhere."""
    _must_be_fields(asked_for.values)
    held = next(iter(ledger.claims(ids=[asked_for.claim])), None)
    if held is None:
        return tuple(Correction(*one) for one in asked_for.values.items())
    article = ledger.article(held.article_id)
    return marked_corrections(article, held, asked_for.values, _spans(article, asked_for.spans))


def _must_be_fields(values: Mapping[str, str]) -> None:
    if unknown := [field for field in values if field not in NOTATION]:
        raise Unread("no_field", field=unknown[0], fields=", ".join(NOTATION))


def _spans(article: Article, marked: Mapping[str, Sequence[forms.Marked]]) -> dict[str, tuple[Span, ...]]:
    return {field: tuple(_span(article, field, one) for one in some) for field, some in marked.items()}


def _span(article: Article, field: str, marked: forms.Marked) -> Span:
    there = article.text[marked.start : marked.end]
    if there != marked.text:
        raise Unread(
            "other_words_there", field=field, words=marked.text, start=marked.start, end=marked.end, there=there[:100]
        )
    with readable():
        return span_at(article.text, field, marked.start, marked.end)


def _seen_claims(ledger: Ledger, ids: list[str], tags: frozenset[str]) -> Seen | None:
    return _seen(tags, {claim.id: version_of(claim) for claim in ledger.claims(ids=ids)}, ids)


def _seen_deals(ledger: Ledger, names: list[str], tags: frozenset[str]) -> Seen | None:
    deals = {name: ledger.deal(name) for name in names}
    return _seen(tags, {name: deal_version(deal) for name, deal in deals.items() if deal}, names)


def _seen(tags: frozenset[str], now: Seen, named: list[str]) -> Seen | None:
    """What was seen of what is judged: its present version where that is among the tags, else one that it has not."""
    if ANYTHING in tags:
        return None
    if not tags:
        raise HTTPException(
            428, "If-Match is missing: send the ETags of what you judge, as you saw it, or * for whatever it is now"
        )
    return {name: version if (version := now.get(name)) in tags and version else "" for name in named}
