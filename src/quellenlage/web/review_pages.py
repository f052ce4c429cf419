"""The review: one claim after the other, the most doubtful of the largest deals first, for a person to judge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import HTMLResponse

from quellenlage.claims.correcting import NOTATION
from quellenlage.claims.notation import corrections_of, written
from quellenlage.claims.version import version_of
from quellenlage.deciding import deal_version, decide_on_claims, identify, merge, split
from quellenlage.domain import Claim, Correction, Judgement, JudgementKind, Reading, Stage
from quellenlage.labels import labels
from quellenlage.ledger import Ledger, LedgerError
from quellenlage.ledger.lists import judgement_of_number, last_judgement_by
from quellenlage.ledger.overtaking import TOLD, Overtaken, judgements_on
from quellenlage.ledger.searching import COUNTED, DealFilter
from quellenlage.ledger.waiting import deal_of_claim, unjudged, waiting
from quellenlage.names.items import classes
from quellenlage.web.asking import number_in
from quellenlage.web.claim_forms import asked_for, corrections_sent, quotes_of, typed_in
from quellenlage.web.judged import judged, undone
from quellenlage.web.marking import marks_of, paragraphs
from quellenlage.web.rendering import language_of, page, why
from quellenlage.web.reviewer import keep_name, kept_of, note_of, person_judging, person_of, to_page, to_review
from quellenlage.web.sent_forms import SentForm
from quellenlage.web.view import fields_of, named_in, words_for
from quellenlage.web.weighing_later import WeighingLater

NOTHING: Mapping[str, str] = MappingProxyType({})
NEIGHBOURS = 50
"""How many deals of the same parties are offered to be merged with."""


def review_routes(ledger: Ledger, later: WeighingLater) -> APIRouter:
    """The page of the review, and what its forms do."""
    routes = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

    @routes.get("/review")
    def review_page(request: Request) -> Response:
        query = request.query_params
        if query.get("article") and not query.get("claim"):
            return to_page(request, "/review/add", **kept_of(query, "article", "field", "words"))
        return _page(request, ledger)

    @routes.post("/review/name")
    def name(request: Request, sent: SentForm) -> Response:
        answer = to_review(request, **kept_of(sent, "claim", "deal", "article", "field", "words", "back"))
        keep_name(answer, sent.get("person", ""))
        return answer

    @routes.post("/review/claim")
    def judge(request: Request, sent: SentForm) -> Response:
        person, id = person_judging(request), sent.get("claim", "")
        kind, held = _kind(sent), next(iter(ledger.claims(ids=[id])), None)
        corrections: tuple[Correction, ...] = ()
        try:
            if kind is JudgementKind.CORRECT and held:
                corrections = corrections_sent(ledger.article(held.article_id), held, sent)
                if not corrections:
                    return _page(request, ledger, id, problem="review_nothing_changed", status=400)
            seen = {id: sent.get("seen", "")}
            number = decide_on_claims(ledger, kind, [id], person, note_of(sent), corrections, seen)
        except LedgerError as error:
            return _refused(request, ledger, id, error, sent)
        judged(request, later, number)
        if held and sent.get("back") == "article":
            return to_page(request, f"/article/{quote(held.article_id)}", f"c-{id}")
        following = {"claim": sent["next"]} if sent.get("next") else {}
        return to_review(request, done=str(number), **following, **kept_of(sent, "deal"))

    @routes.post("/review/deal")
    def judge_deal(request: Request, sent: SentForm) -> Response:
        person = person_judging(request)
        id, name, other = (sent.get(field, "") for field in ("claim", "of_deal", "other"))
        seen = {name: sent.get("seen", "")}
        try:
            if sent.get("action") == "split":
                number = split(ledger, name, [sent.get("article", "")], person, note_of(sent), seen)
            else:
                beside = ledger.deal(other.strip())
                seen |= {other.strip(): deal_version(beside)} if beside else {}
                number = merge(ledger, [name, other.strip()], person, note_of(sent), seen)
        except LedgerError as error:
            return _refused(request, ledger, id, error, {})
        judged(request, later, number)
        return to_review(request, done=str(number), **kept_of(sent, "claim", "deal"))

    @routes.post("/review/identify")
    def judge_identity(request: Request, sent: SentForm) -> Response:
        person, id = person_judging(request), sent.get("claim", "")
        try:
            name, actor = (sent.get(field, "").strip() for field in ("name", "actor"))
            number = identify(ledger, name, actor, person, note_of(sent))
        except LedgerError as error:
            return _refused(request, ledger, id, error, {})
        judged(request, later, number)
        return to_review(request, done=str(number), **kept_of(sent, "claim", "deal"))

    @routes.post("/review/undo")
    def undo(request: Request, sent: SentForm) -> Response:
        person_judging(request)
        number = number_in(sent.get("number", "")) or 0
        found = ledger.ask(judgement_of_number(number))
        try:
            ledger.undo(number)
        except LedgerError as error:
            return _refused(request, ledger, sent.get("claim", ""), error, {})
        undone(request, later, number)
        of_claims = [one.id for one in found.judgement.claims] if found and not found.judgement.is_of_deals else []
        back = of_claims[:1] or [sent.get("claim", "")]
        return to_review(request, undone=str(number), claim=back[0], **kept_of(sent, "deal"))

    @routes.get("/review/{_form}")
    def back(request: Request, _form: str) -> Response:
        """A page that answered a form has the form's address; whoever asks for it again wants the review."""
        return to_review(request)

    return routes


def _page(
    request: Request,
    ledger: Ledger,
    wanted: str | None = None,
    problem: str = "",
    status: int = 200,
    overtaken: Sequence[Judgement] = (),
    sent: Mapping[str, str] = NOTHING,
) -> Response:
    """The review of a claim; of the one that waits most urgently where there is no such claim."""
    query = request.query_params
    id = wanted if wanted is not None else query.get("claim", "")
    of_deal = query.get("deal", "")
    queue = [one.claim for one in ledger.ask(waiting(deal=of_deal or None))]
    claim = next(iter(ledger.claims(ids=[id])), None) if id else None
    if claim is None and queue:
        claim = next(iter(ledger.claims(ids=queue[:1])), None)
    person = person_of(request)
    typed = typed_in(sent) or asked_for(query)
    shown_again = {} if problem == "review_overtaken" else typed
    return page(
        request,
        "review.html",
        status=status,
        person=person,
        problem=problem,
        overtaken=overtaken,
        back=sent.get("back", "") or query.get("back", ""),
        mine=[(one.field, one.value) for one in corrections_of(claim, typed)] if claim and typed else [],
        is_gone=bool(id) and (claim is None or claim.id != id),
        of_deal=of_deal,
        waiting=min(ledger.ask(unjudged(COUNTED + 1)), COUNTED),
        done=number_in(query.get("done", "")) if not problem else None,
        undone=number_in(query.get("undone", "")) if not problem else None,
        last=ledger.ask(last_judgement_by(person)) if person else None,
        notation=NOTATION,
        **(_shown(request, ledger, claim, queue, shown_again) if claim else {"claim": None}),
    )


def _shown(
    request: Request, ledger: Ledger, claim: Claim, queue: Sequence[str], typed: Mapping[str, str]
) -> dict[str, Any]:
    """What the page shows of one claim."""
    article = ledger.article(claim.article_id)
    reading = ledger.reading(article.id)
    touched = [(entry.start, entry.end) for entry in claim.evidence]
    spans = [s for s in reading.spans if any(s.start < b and a < s.end for a, b in touched)] if reading else []
    marks = marks_of(Reading(article.id, "", tuple(spans)), [claim])
    name = ledger.ask(deal_of_claim(claim.id))
    deal = ledger.deal(name) if name else None
    like = DealFilter(next(iter(claim.supplier), None), next(iter(claim.recipient), None))
    neighbours = [one.id for one in ledger.deals_page(like, most=NEIGHBOURS).deals if one.id != name] if deal else []
    named = {*claim.supplier, *claim.recipient, *claim.sources, *claim.denied_by, *claim.confirmed_by}
    place = queue.index(claim.id) if claim.id in queue else -1
    names = ledger.names(named_in([claim]))
    words = labels(language_of(request)).with_names(names)
    fields = {field.name: field for field in fields_of(claim, words, marks)}
    return {
        "names": names,
        "claim": claim,
        "article": article,
        "seen": version_of(claim),
        "values": {**written(claim), **typed},
        "quotes": quotes_of(article, typed),
        "fields": fields,
        "words_for": lambda field: fields[field].words if field in fields else words_for(claim, field, marks),
        "lines": paragraphs(article.text, marks),
        "log": ledger.ask(lambda connection, _: judgements_on(connection, [claim.id], TOLD)),
        "deal": deal,
        "deal_seen": deal_version(deal) if deal else "",
        "neighbours": neighbours,
        "actors_named": sorted(named),
        "before": queue[place - 1] if place > 0 else None,
        "after": queue[place + 1] if place + 1 < len(queue) else None,
        "place": place + 1,
        "queued": len(queue),
        "stages": list(Stage),
        "item_classes": sorted(classes()),
    }


def _refused(request: Request, ledger: Ledger, id: str, error: LedgerError, sent: Mapping[str, str]) -> Response:
    """The page again, with what was wrong; nothing was changed."""
    if isinstance(error, Overtaken):
        return _page(request, ledger, id, "review_overtaken", 412, error.judgements, sent)
    return _page(request, ledger, id, why(request, error), 400, sent=sent)


def _kind(sent: Mapping[str, str]) -> JudgementKind:
    try:
        return {kind.value: kind for kind in (JudgementKind.ACCEPT, JudgementKind.REJECT, JudgementKind.CORRECT)}[
            sent.get("action", "")
        ]
    except KeyError:
        raise HTTPException(400, "nothing was changed: accept, reject or correct a claim") from None
