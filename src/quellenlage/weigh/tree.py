"""Who told whom: the origins of a deal as trees, down to the articles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quellenlage.weigh.origins import Line, Origin


@dataclass(frozen=True, slots=True)
class Node:
    """An origin by all its names, or an outlet that passes on; those that have it from there, and the articles."""

    actors: tuple[str, ...]
    takers: tuple[Node, ...]
    articles: tuple[str, ...]
    possibly_more: bool = False


def trees_of(origins: Iterable[Origin], lines: Sequence[Line]) -> tuple[Node, ...]:
    """One tree for each origin, in the order of the origins; `lines` are those of the deal."""
    return tuple(
        _node(
            origin.names,
            [
                (_way_on(line, origin), line.setting.article)
                for line in lines
                if line.claim in origin.claims and (line.is_bare or line.chain.origin.actor in origin.names)
            ],
            origin.possibly_more,
        )
        for origin in origins
    )


def _way_on(line: Line, origin: Origin) -> tuple[str, ...]:
    """The outlets that passed a claim on, from the origin to the article's own, which is left out."""
    hops = [hop.actor for hop in reversed(line.chain.hops[1:])]
    while hops and hops[0] in origin.names:
        del hops[0]
    return tuple(hops)


def _node(actors: tuple[str, ...], ways: Sequence[tuple[tuple[str, ...], str]], possibly_more: bool = False) -> Node:
    here = dict.fromkeys(article for way, article in ways if not way)
    first = dict.fromkeys(way[0] for way, _ in ways if way)
    takers = tuple(_node((actor,), [(way[1:], a) for way, a in ways if way and way[0] == actor]) for actor in first)
    return Node(actors, takers, tuple(here), possibly_more)
