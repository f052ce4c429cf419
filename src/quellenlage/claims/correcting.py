"""What a person writes to correct a claim → the claim with these values."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from quellenlage.claims.mentions import called
from quellenlage.domain import (
    Chain,
    Claim,
    Correction,
    Evidence,
    Hop,
    HopKind,
    Money,
    Quantity,
    Span,
    SpanType,
    Stage,
)
from quellenlage.names import actors
from quellenlage.names.source_kinds import source_kind
from quellenlage.refusal import Refusal

NOTATION = {
    "supplier": "KP,RU",
    "recipient": "KP,RU",
    "item_classes": "ammunition,missiles",
    "models": "KN-23",
    "quantity": "500 | 100..500 | 100.. | ..500 | ~40",
    "quantity_item": "ammunition",
    "amount": "5000000 USD | 1000000..2000000 EUR",
    "stage": "delivered",
    "negated": "yes | no",
    "return": "food",
    "sources": "us-intelligence,new-york-times",
    "hedged": "yes | no",
    "denied_by": "KP",
    "confirmed_by": "KP",
    "no_comment_by": "KP",
    "unverified_by": "reuters",
    "time": "2023-11",
}
"""The fields that can be corrected, as the export of claims calls them, each with examples of what can be written."""

SPANS_OF = {
    "supplier": SpanType.ACTOR,
    "recipient": SpanType.ACTOR,
    "item_classes": SpanType.ITEM,
    "models": SpanType.ITEM,
    "quantity": SpanType.QUANTITY,
    "quantity_item": SpanType.ITEM,
    "amount": SpanType.AMOUNT,
    "stage": SpanType.TRIGGER,
    "negated": SpanType.TRIGGER,
    "return": SpanType.RETURN,
    "sources": SpanType.ACTOR,
    "hedged": SpanType.HEDGE,
    "denied_by": SpanType.ACTOR,
    "confirmed_by": SpanType.ACTOR,
    "no_comment_by": SpanType.ACTOR,
    "unverified_by": SpanType.ACTOR,
    "time": SpanType.TIME,
}
"""The fields, and the type of the words that a person marks for each."""

_LISTS = {
    "supplier": "supplier",
    "recipient": "recipient",
    "item_classes": "item_classes",
    "models": "models",
    "return": "returns",
    "denied_by": "denied_by",
    "confirmed_by": "confirmed_by",
    "no_comment_by": "no_comment_by",
    "unverified_by": "unverified_by",
}
LISTS = frozenset({*_LISTS, "sources"})
"""The fields that hold several values."""
_ACTORS = ("supplier", "recipient", "denied_by", "confirmed_by", "no_comment_by", "unverified_by")
_YES = {"yes", "true", "ja", "1"}
_NO = {"no", "false", "nein", "0", ""}
_NUMBER = r"\d{1,18}(?:\.\d{1,18})?"
_INTERVAL = re.compile(rf"(?P<about>~)?(?P<low>{_NUMBER})?(?P<dots>\.\.)?(?P<high>{_NUMBER})?")
_DATE = re.compile(r"(\.\.|\d{4}(-\d\d(-\d\d)?)?[?~%]?)(/(\.\.|\d{4}(-\d\d(-\d\d)?)?[?~%]?))?")
"""The dates of EDTF (ISO 8601-2) that a correction can have: years, months, days, doubtful ones, and intervals."""


class NoCorrection(Refusal):
    """A correction that cannot be read; says what could be written."""


def corrected(claim: Claim, corrections: Sequence[Correction], rule: str) -> Claim:
    """The claim with other values; `rule` stands beside the words of each corrected field.

    Raises `NoCorrection` where a value cannot be read.
    """
    for one in corrections:
        claim = _with_field(claim, one, rule)
    return claim


def renamed(claim: Claim, name: str, actor: str) -> Claim:
    """The claim with one actor in the place of another, wherever it names him."""

    def other(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(actor if one == name else one for one in names))

    def hops(chain: Chain) -> Chain:
        return Chain(tuple(replace(hop, actor=actor) if hop.actor == name else hop for hop in chain.hops))

    changed: dict[str, Any] = {field: other(getattr(claim, field)) for field in _ACTORS}
    return replace(claim, chains=tuple(map(hops, claim.chains)), **changed)


def _with_field(claim: Claim, correction: Correction, rule: str) -> Claim:
    field, written = correction.field, correction.value.strip()
    if field in _LISTS:
        changed: dict[str, Any] = {_LISTS[field]: _listed(written)}
    elif field == "sources":
        changed = {"chains": _chain(claim, _listed(written), correction.spans)}
    elif field in _PARSERS:
        changed = {field: _PARSERS[field](written)}
    else:
        raise NoCorrection("no_field", field=field, fields=", ".join(NOTATION))
    other = replace(claim, **changed)
    is_silent = not written or next(iter(changed.values())) is False
    return replace(other, evidence=_evidence(claim, other, correction, is_silent, rule))


def _evidence(before: Claim, after: Claim, correction: Correction, is_silent: bool, rule: str) -> tuple[Evidence, ...]:
    """The evidence of the corrected claim.

    A corrected field rests on the words that were marked for it, beside its old ones where it still says what it said
    by them; without any marked it rests on its old words, else on those of the transfer.
    """
    field = correction.field
    kept = [entry for entry in before.evidence if entry.field != field]
    old = [entry for entry in before.evidence if entry.field == field]
    if is_silent:
        return tuple(kept)
    if correction.spans:
        still = old if _said(before, field) <= _said(after, field) else []
        marked = [Evidence(field, span.start, span.end, span.text, rule) for span in correction.spans]
        return (*kept, *still, *marked)
    words = old or [entry for entry in before.evidence if entry.field == "stage"] or list(before.evidence[:1])
    return tuple(kept + [Evidence(field, entry.start, entry.end, entry.text, rule) for entry in words])


def _said(claim: Claim, field: str) -> frozenset[Any]:
    value = getattr(claim, _LISTS.get(field, field))
    return frozenset(value) if isinstance(value, tuple) else frozenset([value])


def _chain(claim: Claim, sources: Sequence[str], spans: Sequence[Span]) -> tuple[Chain, ...]:
    own = claim.chains[0].hops[0] if claim.chains else Hop("unknown", HopKind.OUTLET, "unknown")
    known = {hop.actor: hop for chain in claim.chains for hop in chain.hops[1:]}
    for span in spans:
        actor = called(span.text, actors.identify(span.text))
        known[actor.source] = Hop(actor.source, source_kind(actor, ""), actor.name, span)
    hops = (known.get(actor, Hop(actor, HopKind.SOURCE, actor)) for actor in reversed(sources))
    return (Chain((own, *hops)),)


def _listed(written: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for part in map(str.strip, written.split(",")) if part))


def _quantity(written: str) -> Quantity | None:
    if not written:
        return None
    low, high, about = _interval("quantity", written)
    return Quantity(low, high, written, approximate=about)


def _amount(written: str) -> Money | None:
    if not written:
        return None
    number, _, currency = written.partition(" ")
    if currency and not re.fullmatch("[A-Z]{3}", currency):
        raise NoCorrection("no_currency", written=currency, example=NOTATION["amount"])
    low, high, about = _interval("amount", number)
    return Money(low, high, written, currency or None, about)


def _interval(field: str, written: str) -> tuple[float | None, float | None, bool]:
    match = _INTERVAL.fullmatch(written)
    if match is None or not (match["low"] or match["high"]):
        raise NoCorrection(f"no_{field}", written=written, example=NOTATION[field])
    low, high = (None if match[end] is None else float(match[end]) for end in ("low", "high"))
    if match["dots"] is None:
        high = low
    if low is not None and high is not None and low > high:
        raise NoCorrection("begins_higher", written=written, example=NOTATION[field])
    return low, high, match["about"] is not None


def _stage(written: str) -> Stage:
    try:
        return Stage(written)
    except ValueError:
        raise NoCorrection("no_stage", written=written, stages=", ".join(Stage)) from None


def _truth(written: str) -> bool:
    if written.casefold() not in _YES | _NO:
        raise NoCorrection("no_truth", written=written)
    return written.casefold() in _YES


def _time(written: str) -> str | None:
    if written and not _DATE.fullmatch(written):
        raise NoCorrection("no_date", written=written, example=NOTATION["time"])
    return written or None


_PARSERS: dict[str, Callable[[str], Any]] = {
    "quantity": _quantity,
    "quantity_item": lambda written: written or None,
    "amount": _amount,
    "stage": _stage,
    "negated": _truth,
    "hedged": _truth,
    "time": _time,
}
