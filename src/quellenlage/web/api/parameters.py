"""What an address of the interface can ask for, as its OpenAPI document tells it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import Depends, Path, Query
from pydantic import BeforeValidator, StringConstraints

from quellenlage.domain import Stage
from quellenlage.ledger import ClaimFilter
from quellenlage.ledger.searching import DealFilter

_BEHIND = "Behind which place the part begins; follow `next`."
_MOMENT: dict[str, Any] = {"anyOf": [{"format": "date"}, {"format": "date-time"}, {"maxLength": 0}]}
_DAY = r"^([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?$"

AsOf = Annotated[
    str,
    Query(description="The day (its end) or the time as of which is asked; now without it.", json_schema_extra=_MOMENT),
]
After = Annotated[str | None, Query(description=_BEHIND, pattern=r"^[0-9]{1,18}$")]
AfterClaim = Annotated[str | None, Query(description=_BEHIND, max_length=100, pattern=r"^[^~]*~[0-9]{1,18}$")]
AfterDeal = Annotated[str | None, Query(description=_BEHIND, max_length=500, pattern=r"^[0-9-]{0,18}~")]
Limit = Annotated[int, Query(ge=1, le=500, description="How many entries the part has at most.")]
FewLimit = Annotated[int, Query(ge=1, le=100, description="How many entries the part has at most.")]
Key = Annotated[str, Path(description="The doc or the id of an article.")]
Name = Annotated[str, StringConstraints(strip_whitespace=True), Query(max_length=500)]
Day = Annotated[str, Query(pattern=_DAY, description="A day, a month or a year of articles, as ISO 8601 writes it.")]
StageName = Annotated[Stage | Literal[""], BeforeValidator(str.casefold)]
StanceName = Annotated[
    Literal["", "denied", "confirmed", "no_comment", "unverified", "hedged", "negated"], BeforeValidator(str.casefold)
]


def chosen_claims(
    supplier: Name = "",
    recipient: Name = "",
    item_class: Name = "",
    stage: StageName = "",
    source: Name = "",
    article: Name = "",
    origin: Name = "",
    outlet: Name = "",
    stance: StanceName = "",
    denied_by: Name = "",
    confirmed_by: Name = "",
    no_comment_by: Name = "",
    unverified_by: Name = "",
    since: Day = "",
    until: Day = "",
) -> ClaimFilter:
    """Which claims are wanted; what is empty does not matter."""
    return ClaimFilter(
        supplier=supplier or None,
        recipient=recipient or None,
        item_class=item_class or None,
        stage=stage or None,
        source=source or None,
        article=article or None,
        origin=origin or None,
        outlet=outlet or None,
        stance=stance or None,
        denied_by=denied_by or None,
        confirmed_by=confirmed_by or None,
        no_comment_by=no_comment_by or None,
        unverified_by=unverified_by or None,
        since=since or None,
        until=until or None,
    )


def chosen_deals(
    supplier: Name = "",
    recipient: Name = "",
    item_class: Name = "",
    stage: StageName = "",
    doubtful: Annotated[bool, Query(description="Those as well of which no claim was read surely.")] = True,
) -> DealFilter:
    """Which deals are wanted; what is empty does not matter."""
    return DealFilter(supplier or None, recipient or None, item_class or None, stage or None, doubtful)


ChosenClaims = Annotated[ClaimFilter, Depends(chosen_claims)]
ChosenDeals = Annotated[DealFilter, Depends(chosen_deals)]
