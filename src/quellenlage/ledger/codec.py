"""A reading as JSON and back, without loss.

Spans are kept once, in a table; everything else names them by their place in it, a link as [place, confidence].
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from quellenlage.domain import Link, Reading, Span, SpanType, Stage, Stance, Statement, Transfer

FORM = 1
"""The form of the JSON, so that a later one can tell this one apart."""

_TRANSFER_ROLES = ("supplier", "recipient", "item", "amount", "time", "place", "returns", "hedge")
_STATEMENT_ROLES = ("source", "reporter", "about")


class _SpanTable:
    """Gives every distinct span its place."""

    def __init__(self) -> None:
        self.places: dict[Span, int] = {}

    def place(self, span: Span) -> int:
        return self.places.setdefault(span, len(self.places))

    def group(self, spans: Iterable[Span]) -> list[int]:
        return [self.place(span) for span in spans]

    def link(self, link: Link) -> list[float]:
        return [self.place(link.span), link.confidence]

    def roles(self, bearer: Transfer | Statement, names: Iterable[str]) -> dict[str, list[list[float]]]:
        return {name: [self.link(link) for link in links] for name in names if (links := getattr(bearer, name))}

    def rows(self) -> list[list[object]]:
        return [[span.start, span.end, span.type.value, span.text, span.confidence] for span in self.places]


def reading_to_json(reading: Reading) -> dict[str, Any]:
    """The whole reading as an object that `json` can write."""
    table = _SpanTable()
    return {
        "form": FORM,
        "article_id": reading.article_id,
        "reader": reading.reader,
        "marked": table.group(reading.spans),
        "transfers": [
            {
                "trigger": table.place(transfer.trigger),
                "stage": transfer.stage.value,
                "stage_confidence": transfer.stage_confidence,
                "negated": transfer.negated,
                "roles": table.roles(transfer, _TRANSFER_ROLES),
            }
            for transfer in reading.transfers
        ],
        "statements": [
            {
                "cue": table.place(statement.cue),
                "stance": statement.stance.value,
                "stance_confidence": statement.stance_confidence,
                "roles": table.roles(statement, _STATEMENT_ROLES),
            }
            for statement in reading.statements
        ],
        "quantities": [[table.place(item), table.link(quantity)] for item, quantity in reading.quantities],
        "same": [table.group(group) for group in reading.same],
        "events": [table.group(group) for group in reading.events],
        "spans": table.rows(),
    }


def reading_from_json(body: dict[str, Any]) -> Reading:
    """The reading that `reading_to_json` wrote; `ValueError` for another form."""
    if body.get("form") != FORM:
        raise ValueError(f"a reading of form {body.get('form')!r}; this version knows form {FORM}")
    spans = [Span(start, end, SpanType(type), text, confidence) for start, end, type, text, confidence in body["spans"]]

    def link(pair: list[Any]) -> Link:
        return Link(spans[pair[0]], pair[1])

    def group(places: list[int]) -> tuple[Span, ...]:
        return tuple(spans[place] for place in places)

    return Reading(
        article_id=body["article_id"],
        reader=body["reader"],
        spans=group(body["marked"]),
        transfers=tuple(
            Transfer(
                trigger=spans[entry["trigger"]],
                stage=Stage(entry["stage"]),
                stage_confidence=entry["stage_confidence"],
                negated=entry["negated"],
                **_roles(entry, link),
            )
            for entry in body["transfers"]
        ),
        statements=tuple(
            Statement(
                cue=spans[entry["cue"]],
                stance=Stance(entry["stance"]),
                stance_confidence=entry["stance_confidence"],
                **_roles(entry, link),
            )
            for entry in body["statements"]
        ),
        quantities=tuple((spans[item], link(quantity)) for item, quantity in body["quantities"]),
        same=tuple(group(places) for places in body["same"]),
        events=tuple(group(places) for places in body["events"]),
    )


def _roles(entry: dict[str, Any], link: Callable[[list[Any]], Link]) -> dict[str, Any]:
    return {name: tuple(link(pair) for pair in pairs) for name, pairs in entry["roles"].items()}
