"""What is different between two weighings, as they are exported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

TOLD = ("stage", "independent_origins", "credibility", "confirmed_by", "denied_by", "no_comment_by", "unverified_by")
"""The fields of a deal whose changes are told; that articles joined it shows in `docs`."""


class ChangeKind(StrEnum):
    """What became of a deal."""

    NEW = "new"
    GONE = "gone"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """A deal that is new, gone or changed, with the values that tell how."""

    kind: ChangeKind
    values: Mapping[str, Any]


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Change, ...]:
    """The deals that are new, gone, or tell something else, in the order of their names."""
    old, new = ({deal["id"]: deal for deal in weighing["deals"]} for weighing in (before, after))
    found = []
    for name in sorted(old | new):
        if name not in old:
            found.append(Change(ChangeKind.NEW, {"deal": name}))
        elif name not in new:
            found.append(Change(ChangeKind.GONE, {"deal": name}))
        else:
            values = [(field, old[name].get(field), new[name][field]) for field in TOLD]
            values.append(("articles", len(old[name]["docs"]), len(new[name]["docs"])))
            found += [
                Change(ChangeKind.CHANGED, {"deal": name, "field": field, "before": _told(b), "after": _told(a)})
                for field, b, a in values
                if b != a
            ]
    return tuple(found)


def _told(value: Any) -> str:
    return ", ".join(value) or "–" if isinstance(value, list) else str(value)
