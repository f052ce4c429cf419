"""What the judgements of people make of the claims that the program read from one article."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from quellenlage.claims.adding import added_claim, is_same_transfer
from quellenlage.claims.correcting import corrected, renamed
from quellenlage.claims.marking import standing
from quellenlage.domain import Article, Claim, JudgedClaim, Judgement, JudgementKind, Verdict

_OF_CLAIMS = (JudgementKind.ACCEPT, JudgementKind.REJECT, JudgementKind.CORRECT)


def judged(article: Article, claims: Iterable[Claim], judgements: Sequence[Judgement]) -> tuple[Claim, ...]:
    """The claims of an article as the judgements leave them, in their order; rejected ones are not among them.

    Later judgements go before earlier ones. A judgement on a claim of an older reading holds for the claim of this one
    that looks most like it. Added claims come last; one of the same transfer that a newer reading has found gives way
    to them. Claims on which nobody judged are returned as they are.
    """
    held = {claim.id: claim for claim in claims}
    read = dict(held)
    gone: dict[str, bool] = {}
    for judgement in judgements:
        if judgement.kind is JudgementKind.IDENTIFY:
            held = {id: _identified(claim, judgement) for id, claim in held.items()}
        elif judgement.kind is JudgementKind.ADD:
            if (new := _added(article, judgement)) is not None:
                gone |= {id: True for id, claim in held.items() if is_same_transfer(new, claim)}
                held[new.id] = read[new.id] = new
                gone[new.id] = False
        elif judgement.kind in _OF_CLAIMS:
            for id in sorted(found_again(judgement.claims, read)):
                gone[id] = judgement.kind is JudgementKind.REJECT
                held[id] = _judged(article, held[id], judgement)
    return tuple(claim for id, claim in held.items() if not gone.get(id))


def found_again(remembered: Iterable[JudgedClaim], claims: Mapping[str, Claim]) -> frozenset[str]:
    """The claims that a judgement is on, among those that there are now, which may have other ids.

    A claim that is still there is itself; else it is the claim of its article that looks most like it, if one does.
    """
    taken: set[str] = set()
    for one in remembered:
        if one.id in claims:
            taken.add(one.id)
            continue
        free = [claim for id, claim in sorted(claims.items()) if id not in taken and one.likeness(claim)]
        if free:
            taken.add(max(free, key=one.likeness).id)
    return frozenset(taken)


def rule_of(judgement: Judgement) -> str:
    """What stands beside the words of a field that a person corrected."""
    note = f": {judgement.note}" if judgement.note else ""
    return f"judgement {judgement.number} by {judgement.person}{note}"


def _added(article: Article, judgement: Judgement) -> Claim | None:
    """The claim that a judgement adds; None where it is of another article, or its words do not stand in this one."""
    (remembered,) = judgement.claims
    if remembered.article_id != article.id:
        return None
    corrections = [standing(one, article.text) for one in judgement.corrections]
    if not any(one.field == "stage" and one.spans for one in corrections):
        return None
    claim = added_claim(article, corrections, rule_of(judgement))
    return _with_number(replace(claim, id=remembered.id), judgement)


def _judged(article: Article, claim: Claim, judgement: Judgement) -> Claim:
    claim = _with_number(claim, judgement)
    if judgement.kind is JudgementKind.CORRECT:
        corrections = [standing(one, article.text) for one in judgement.corrections]
        claim = corrected(claim, corrections, rule_of(judgement))
        return claim if claim.verdict is Verdict.ADDED else replace(claim, verdict=Verdict.CORRECTED)
    return replace(claim, verdict=claim.verdict or Verdict.ACCEPTED)


def _identified(claim: Claim, judgement: Judgement) -> Claim:
    for one in judgement.corrections:
        other = renamed(claim, one.field, one.value)
        if other != claim:
            claim = _with_number(other, judgement)
    return claim


def _with_number(claim: Claim, judgement: Judgement) -> Claim:
    """The claim with a judgement among those that made it; their numbers need not come in the order of their making."""
    return replace(claim, judgements=tuple(sorted({*claim.judgements, judgement.number})))
