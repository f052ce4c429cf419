"""What hangs together: the connected parts of a graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable


def groups_of(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, ...], ...]:
    """The connected parts of a graph, each in order, and all in the order of their first members."""
    leader: dict[str, str] = {}

    def find(member: str) -> str:
        leader.setdefault(member, member)
        while leader[member] != member:
            leader[member] = leader[leader[member]]
            member = leader[member]
        return member

    for one, other in pairs:
        a, b = sorted((find(one), find(other)))
        leader[b] = a
    groups: dict[str, list[str]] = defaultdict(list)
    for member in sorted(leader):
        groups[find(member)].append(member)
    return tuple(sorted(tuple(group) for group in groups.values()))
