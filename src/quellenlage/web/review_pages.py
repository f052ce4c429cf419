"""The review: one claim after the other, the most doubtful of the largest deals first, for a person to judge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote, unquote, urlencode

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from quellenlage.accounts.audit import Action
from quellenlage.claims.correcting import NOTATION
from quellenlage.claims.notation import corrections_of, written
from quellenlage.claims.version import version_of
from quellenlage.deciding import deal_version, decide_on_claims, identify, merge, split
from quellenlage.domain import Claim, Correction, Judgement, JudgementKind, Reading, Stage
from quellenlage.labels import LANGUAGES, labels
from quellenlage.ledger import Ledger, LedgerError
from quellenlage.ledger.lists import judgement_of_number, last_judgement_by
from quellenlage.ledger.overtaking import TOLD, Overtaken, judgements_on
from quellenlage.ledger.searching import COUNTED, DealFilter
from quellenlage.ledger.waiting import deal_of_claim, unjudged, waiting
from quellenlage.names.items import classes
from quellenlage.web.caller import account_of, tell
from quellenlage.web.marking import marks_of, paragraphs
from quellenlage.web.rendering import language_of, page
from quellenlage.web.sent_forms import SentForm
from quellenlage.web.view import fields_of, words_for
from quellenlage.web.weighing_later import WeighingLater

COOKIE = "reviewer"
_A_YEAR = 365 * 24 * 3600
LONGEST_NAME = 100
NEIGHBOURS = 50
"""How many deals of the same parties are offered to be merged with."""


def review_routes(ledger: Ledger, later: WeighingLater) -> APIRouter:
    """The page of the review, and what its forms do."""
    routes = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

    @routes.get("/review")
    def review_page(request: Request) -> Response:
        return _page(request, ledger)

    @routes.post("/review/name")
    def name(request: Request, sent: SentForm) -> Response:
        called = "".join(letter for letter in sent.get("person", "") if letter.isprintable()).strip()[:LONGEST_NAME]
        answer = _to_review(request, **_kept(sent, "claim", "deal"))
        if called:
            answer.set_cookie(COOKIE, quote(called), max_age=_A_YEAR, httponly=True, samesite="strict")
        else:
            answer.delete_cookie(COOKIE)
        return answer

    @routes.post("/review/claim")
    def judge(request: Request, sent: SentForm) -> Response:
        person, id = _person(request), sent.get("claim", "")
        kind = _kind(sent)
        corrections: tuple[Correction, ...] = ()
        try:
            if kind is JudgementKind.CORRECT:
                held = next(iter(ledger.claims(ids=[id])), None)
                corrections = corrections_of(held, sent) if held else ()
                if held and not corrections:
                    return _page(request, ledger, id, problem="review_nothing_changed", status=400)
            seen = {id: sent.get("seen", "")}
            number = decide_on_claims(ledger, kind, [id], person, _note(sent), corrections, seen)
        except LedgerError as error:
            return _refused(request, ledger, id, error, sent)
        tell(request, Action.JUDGED, number)
        later.ask()
        following = {"claim": sent["next"]} if sent.get("next") else {}
        return _to_review(request, done=str(number), **following, **_kept(sent, "deal"))

    @routes.post("/review/deal")
    def judge_deal(request: Request, sent: SentForm) -> Response:
        person, id, name, other = _person(request), *(sent.get(field, "") for field in ("claim", "of_deal", "other"))
        seen = {name: sent.get("seen", "")}
        try:
            if sent.get("action") == "split":
                number = split(ledger, name, [sent.get("article", "")], person, _note(sent), seen)
            else:
                beside = ledger.deal(other.strip())
                seen |= {other.strip(): deal_version(beside)} if beside else {}
                number = merge(ledger, [name, other.strip()], person, _note(sent), seen)
        except LedgerError as error:
            return _refused(request, ledger, id, error, {})
        tell(request, Action.JUDGED, number)
        later.ask()
        return _to_review(request, done=str(number), **_kept(sent, "claim", "deal"))

    @routes.post("/review/identify")
    def judge_identity(request: Request, sent: SentForm) -> Response:
        person, id = _person(request), sent.get("claim", "")
        try:
            number = identify(ledger, sent.get("name", "").strip(), sent.get("actor", "").strip(), person, _note(sent))
        except LedgerError as error:
            return _refused(request, ledger, id, error, {})
        tell(request, Action.JUDGED, number)
        later.ask()
        return _to_review(request, done=str(number), **_kept(sent, "claim", "deal"))

    @routes.post("/review/undo")
    def undo(request: Request, sent: SentForm) -> Response:
        _person(request)
        number = int(sent["number"]) if sent.get("number", "").isdecimal() and len(sent["number"]) < 10 else 0
        found = ledger.ask(judgement_of_number(number))
        try:
            ledger.undo(number)
        except LedgerError as error:
            return _refused(request, ledger, sent.get("claim", ""), error, {})
        tell(request, Action.UNDONE, number)
        later.ask()
        of_claims = [one.id for one in found.judgement.claims] if found and not found.judgement.is_of_deals else []
        back = of_claims[:1] or [sent.get("claim", "")]
        return _to_review(request, undone=str(number), claim=back[0], **_kept(sent, "deal"))

    @routes.get("/review/{_form}")
    def back(request: Request, _form: str) -> Response:
        """A page that answered a form has the form's address; whoever asks for it again wants the review."""
        return _to_review(request)

    return routes


def _page(
    request: Request,
    ledger: Ledger,
    wanted: str | None = None,
    problem: str = "",
    status: int = 200,
    overtaken: Sequence[Judgement] = (),
    typed: Mapping[str, str] | None = None,
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
    return page(
        request,
        "review.html",
        status=status,
        person=person,
        problem=problem,
        overtaken=overtaken,
        typed=typed or {},
        mine=[(one.field, one.value) for one in corrections_of(claim, typed)] if claim and typed else [],
        is_gone=bool(id) and (claim is None or claim.id != id),
        of_deal=of_deal,
        waiting=min(ledger.ask(unjudged(COUNTED + 1)), COUNTED),
        done=_number(query.get("done", "")) if not problem else None,
        undone=_number(query.get("undone", "")) if not problem else None,
        last=ledger.ask(last_judgement_by(person)) if person else None,
        notation=NOTATION,
        **(_shown(request, ledger, claim, queue) if claim else {"claim": None}),
    )


def _shown(request: Request, ledger: Ledger, claim: Claim, queue: Sequence[str]) -> dict[str, Any]:
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
    words = labels(language_of(request))
    fields = {field.name: field for field in fields_of(claim, words, marks)}
    return {
        "claim": claim,
        "article": article,
        "seen": version_of(claim),
        "written": written(claim),
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
    typed = {field: sent[field] for field in NOTATION if field in sent}
    if isinstance(error, Overtaken):
        return _page(request, ledger, id, "review_overtaken", 412, error.judgements, typed)
    return _page(request, ledger, id, str(error), 400, typed=typed)


def person_of(request: Request) -> str:
    """Whoever judges: his account, else by the name that he gave; empty where he gave none."""
    if account := account_of(request):
        return account.name
    return unquote(request.cookies.get(COOKIE, "")).strip()[:LONGEST_NAME]


def _person(request: Request) -> str:
    person = person_of(request)
    if not person:
        raise HTTPException(403, "nothing was changed: a judgement needs a name; give yours on /review")
    return person


def _kind(sent: Mapping[str, str]) -> JudgementKind:
    try:
        return {kind.value: kind for kind in (JudgementKind.ACCEPT, JudgementKind.REJECT, JudgementKind.CORRECT)}[
            sent.get("action", "")
        ]
    except KeyError:
        raise HTTPException(400, "nothing was changed: accept, reject or correct a claim") from None


def _note(sent: Mapping[str, str]) -> str:
    return sent.get("note", "").strip()[:2000]


def _number(written_number: str) -> int | None:
    return int(written_number) if written_number.isdecimal() and len(written_number) < 10 else None


def _kept(sent: Mapping[str, str], *names: str) -> dict[str, str]:
    return {name: sent[name] for name in names if sent.get(name)}


def _to_review(request: Request, **query: str) -> Response:
    language = request.query_params.get("lang", "")
    kept = {**query, **({"lang": language} if language in LANGUAGES else {})}
    return RedirectResponse(f"/review?{urlencode(kept)}" if kept else "/review", 303)
