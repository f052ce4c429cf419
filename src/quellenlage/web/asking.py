"""What the query string of an address asks for."""

from __future__ import annotations

from collections.abc import Mapping

from quellenlage.domain import Stage
from quellenlage.ledger import ClaimFilter

FILTERS = ("supplier", "recipient", "item_class", "stage", "source", "article")
"""The parameters that choose claims."""


class UnknownStage(ValueError):
    """A stage that there is none of; `given` is what was asked for."""

    def __init__(self, given: str) -> None:
        self.given = given
        super().__init__(f"{given!r} is no stage; choose one of {', '.join(Stage)}")


def filter_of(query: Mapping[str, str]) -> ClaimFilter:
    """The filter that the parameters set; empty ones set nothing. Raises `UnknownStage`."""
    given = {name: query.get(name, "").strip() or None for name in FILTERS}
    return ClaimFilter(
        supplier=given["supplier"],
        recipient=given["recipient"],
        item_class=given["item_class"],
        stage=_stage_of(given["stage"]),
        source=given["source"],
        article=given["article"],
    )


def page_of(query: Mapping[str, str], pages: int) -> int:
    """The page asked for, from 1 to `pages`; the nearest one where there is no such page."""
    try:
        asked = int(query.get("page", "1"))
    except ValueError:
        asked = 1
    return min(max(asked, 1), max(pages, 1))


def _stage_of(given: str | None) -> Stage | None:
    try:
        return None if given is None else Stage(given.lower())
    except ValueError:
        raise UnknownStage(given or "") from None
