"""What the judgements of people make of the claims that the program read from one article."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from quellenlage.claims.correcting import corrected, renamed
from quellenlage.domain import Claim, JudgedClaim, Judgement, JudgementKind, Verdict

_OF_CLAIMS = (JudgementKind.ACCEPT, JudgementKind.REJECT, JudgementKind.CORRECT)


def judged(claims: Iterable[Claim], judgements: Sequence[Judgement]) -> tuple[Claim, ...]:
    """The claims of an article as the judgements leave them, in their order; rejected ones are not among them.

    Later judgements go before earlier ones. A judgement on a claim of an older reading holds for the claim of this one
    that looks most like it. Claims on which nobody judged are returned as they are.
    """
    held = {claim.id: claim for claim in claims}
    read = dict(held)
    rejected: dict[str, bool] = {}
    for judgement in judgements:
        if judgement.kind is JudgementKind.IDENTIFY:
            held = {id: _identified(claim, judgement) for id, claim in held.items()}
        elif judgement.kind in _OF_CLAIMS:
            for id in sorted(found_again(judgement.claims, read)):
                rejected[id] = judgement.kind is JudgementKind.REJECT
                held[id] = _judged(held[id], judgement)
    return tuple(claim for id, claim in held.items() if not rejected.get(id))


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


def _judged(claim: Claim, judgement: Judgement) -> Claim:
    claim = _with_number(claim, judgement)
    if judgement.kind is JudgementKind.CORRECT:
        return replace(corrected(claim, judgement.corrections, rule_of(judgement)), verdict=Verdict.CORRECTED)
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
