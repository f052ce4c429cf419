"""A claim → what a person would write to make it say what it says: the notation of corrections, the other way round."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from quellenlage.claims.correcting import NOTATION
from quellenlage.domain import Claim, Correction, Money, Quantity


def written(claim: Claim) -> dict[str, str]:
    """The value of every field of `NOTATION`; empty where the claim says nothing."""
    values = {
        "supplier": _listed(claim.supplier),
        "recipient": _listed(claim.recipient),
        "item_classes": _listed(claim.item_classes),
        "models": _listed(claim.models),
        "quantity": _interval(claim.quantity),
        "quantity_item": claim.quantity_item or "",
        "amount": _money(claim.amount),
        "stage": claim.stage.value,
        "negated": _truth(claim.negated),
        "return": _listed(claim.returns),
        "sources": _listed(claim.sources),
        "hedged": _truth(claim.hedged),
        "denied_by": _listed(claim.denied_by),
        "confirmed_by": _listed(claim.confirmed_by),
        "no_comment_by": _listed(claim.no_comment_by),
        "unverified_by": _listed(claim.unverified_by),
        "time": claim.time or "",
    }
    return {field: values[field] for field in NOTATION}


def corrections_of(claim: Claim, values: Mapping[str, str]) -> tuple[Correction, ...]:
    """What `values` say otherwise than the claim does; a field that they leave out stays as it is."""
    before = written(claim)
    return tuple(
        Correction(field, values[field].strip())
        for field in NOTATION
        if field in values and values[field].strip() != before[field]
    )


def _listed(values: Iterable[str]) -> str:
    return ",".join(values)


def _truth(value: bool) -> str:
    return "yes" if value else "no"


def _interval(value: Quantity | Money | None) -> str:
    if value is None:
        return ""
    low, high = _number(value.low), _number(value.high)
    text = low if low == high else f"{low}..{high}"
    return f"~{text}" if value.approximate else text


def _money(amount: Money | None) -> str:
    number = _interval(amount)
    return f"{number} {amount.currency}" if amount is not None and amount.currency else number


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return str(int(value)) if float(value).is_integer() else format(value, "f").rstrip("0")
