"""A reading with the words that people marked when they corrected and added claims: annotators go on from these."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from quellenlage.domain import Claim, Correction, Judgement, Link, Reading, Span, Transfer

_ROLES = {
    "supplier": "supplier",
    "recipient": "recipient",
    "item_classes": "item",
    "models": "item",
    "quantity_item": "item",
    "amount": "amount",
    "time": "time",
    "return": "return",
    "hedged": "hedge",
}
"""The fields of a claim, and the role of a transfer that their words play."""


def with_judged_words(reading: Reading, claims: Iterable[Claim], judgements: Sequence[Judgement]) -> Reading:
    """The reading with the words that judgements marked for the claims that are held of its article.

    They become links of the mentions of the transfer on whose words a claim rests; words that tell of a transfer become
    a mention of their own. Words for who says so are marked, and linked to nothing: no word of saying goes with them.
    A mention may come twice, and spans may overlap, until the reading is flattened (`annotation.flat`).
    """
    marked = [(claim, corrections) for claim in claims if (corrections := _marked(claim, judgements))]
    spans = tuple(span for _, corrections in marked for one in corrections for span in one.spans)
    transfers = tuple(one for claim, corrections in marked for one in _transfers(reading, claim, corrections))
    quantities = tuple(pair for _, corrections in marked for pair in _quantities(corrections))
    return replace(
        reading,
        spans=(*reading.spans, *spans),
        transfers=(*reading.transfers, *transfers),
        quantities=(*reading.quantities, *quantities),
    )


def _marked(claim: Claim, judgements: Sequence[Judgement]) -> list[Correction]:
    of_it = (one for one in judgements if one.number in claim.judgements)
    return [correction for one in of_it for correction in one.corrections if correction.spans]


def _transfers(reading: Reading, claim: Claim, corrections: Sequence[Correction]) -> list[Transfer]:
    """A mention of the transfer for all the words on which a claim rests that tell of it, with the marked words."""
    places = {(entry.start, entry.end) for entry in claim.evidence if entry.field == "stage"}
    known = [one for one in reading.transfers if (one.trigger.start, one.trigger.end) in places]
    roles = {
        role: tuple(Link(span) for one in corrections if _ROLES.get(one.field) == role for span in one.spans)
        for role in dict.fromkeys(_ROLES.values())
    }
    triggers = [span for one in corrections if one.field == "stage" for span in one.spans]
    new = [Transfer(trigger, claim.stage, negated=claim.negated) for trigger in triggers]
    return [one.with_roles(lambda role: roles.get(role, ())) for one in (*known, *new)]


def _quantities(corrections: Sequence[Correction]) -> list[tuple[Span, Link]]:
    """The marked goods with the marked words for how many: those of `quantity_item`, else the first goods."""
    spans = {one.field: one.spans for one in corrections}
    goods = spans.get("quantity_item") or spans.get("item_classes") or spans.get("models") or ()
    return [(goods[0], Link(span)) for span in spans.get("quantity", ())] if goods else []
