"""What is different between two weighings, as they are exported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

TOLD = ("stage", "independent_origins", "credibility", "confirmed_by", "denied_by", "no_comment_by", "unverified_by")
"""The fields of a deal whose changes are told, beside the number of its articles."""


class ChangeKind(StrEnum):
    """What became of a deal."""

    NEW = "new"
    GONE = "gone"
    MERGED = "merged"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """A deal that is new, gone, has become a part of another (`after`), or has another value in a field."""

    kind: ChangeKind
    deal: str
    field: str = ""
    before: Any = None
    after: Any = None


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Change, ...]:
    """The deals that are new, gone, or tell something else.

    A deal is the earlier one with which it shares parties and most articles, whatever the two are called: a deal's name
    changes when an older article turns up.
    """
    old = {deal["id"]: deal for deal in before["deals"]}
    found = []
    for deal in after["deals"]:
        like = max(old.values(), key=lambda one: (_shared(one, deal), one["id"] == deal["id"]), default=None)
        if like is None or not _shared(like, deal):
            found.append(Change(ChangeKind.NEW, deal["id"]))
        else:
            del old[like["id"]]
            found += _changed(like, deal)
    return tuple(found + [_left(deal, after["deals"]) for deal in old.values()])


def _left(deal: Mapping[str, Any], others: Sequence[Mapping[str, Any]]) -> Change:
    """What became of a deal that no other goes on: most of its articles may tell of one deal now."""
    docs = set(deal["docs"])
    taker = max(others, key=lambda one: (_shared(deal, one) > 0, len(docs & set(one["docs"]))), default=None)
    if taker is None or not _shared(deal, taker) or 2 * len(docs & set(taker["docs"])) < len(docs):
        return Change(ChangeKind.GONE, deal["id"])
    return Change(ChangeKind.MERGED, deal["id"], after=taker["id"])


def _shared(one: Mapping[str, Any], other: Mapping[str, Any]) -> float:
    """The share of the articles of either that are in both; none where they have no party in a role in common."""
    alike = all(set(one[role]) & set(other[role]) for role in ("supplier", "recipient"))
    docs, others = set(one["docs"]), set(other["docs"])
    return len(docs & others) / len(docs | others) if alike else 0.0


def _changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    values = [(field, before.get(field), after[field]) for field in TOLD]
    values.append(("articles", len(before["docs"]), len(after["docs"])))
    for field, old, new in values:
        if old != new:
            yield Change(ChangeKind.CHANGED, after["id"], field, old, new)
