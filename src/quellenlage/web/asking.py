"""What the query string of an address asks for."""

from __future__ import annotations

from collections.abc import Mapping

from quellenlage.domain import Stage
from quellenlage.ledger import ClaimFilter, Ledger, Refused
from quellenlage.ledger.searching import DealFilter, DealOrder
from quellenlage.moments import moment_of

FILTERS = ("supplier", "recipient", "item_class", "stage", "source", "article")
"""The parameters that choose claims."""

LAST_PAGE = 1_000_000


def filter_of(query: Mapping[str, str]) -> ClaimFilter:
    """The filter that the parameters set; empty ones set nothing. Raises `Refused`."""
    given = {name: query.get(name, "").strip() or None for name in FILTERS}
    return ClaimFilter(
        supplier=given["supplier"],
        recipient=given["recipient"],
        item_class=given["item_class"],
        stage=stage_of(given["stage"]),
        source=given["source"],
        article=given["article"],
    )


def deal_filter_of(query: Mapping[str, str]) -> DealFilter:
    """The choice of deals that the parameters set; doubtful ones on demand. Raises `Refused`."""
    where = filter_of(query)
    return DealFilter(where.supplier, where.recipient, where.item_class, where.stage, bool(query.get("doubtful")))


def order_of(query: Mapping[str, str]) -> DealOrder:
    """The order of deals that is asked for; the largest first where there is no such order."""
    asked = query.get("order", "")
    return DealOrder(asked) if asked in list(DealOrder) else DealOrder.LARGEST


def number_in(written: str) -> int | None:
    """The number of a judgement or an entry that is written; None where that is none."""
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 10 else None


def page_of(query: Mapping[str, str]) -> int:
    """The page asked for, the first where that is none."""
    try:
        return min(max(1, int(query.get("page", "1"))), LAST_PAGE)
    except ValueError:
        return 1


def asked(ledger: Ledger, query: Mapping[str, str]) -> Ledger:
    """The ledger as it is, or as of the moment that the parameter `as_of` names, a day (its end) or a time.

    Raises `Refused` where it names none.
    """
    written = query.get("as_of", "").strip()
    return ledger.at(moment_of(written, "as_of") if written else None)


def stage_of(given: str | None) -> Stage | None:
    """The stage that is asked for, in whatever capitals. Raises `Refused`."""
    try:
        return None if given is None else Stage(given.lower())
    except ValueError:
        raise Refused("no_stage", written=given, stages=", ".join(Stage)) from None
