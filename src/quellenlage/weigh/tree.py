"""Who told whom: the origins of a deal as trees, down to the articles, with the words for every telling."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from quellenlage.domain import Hop
from quellenlage.weigh.lines import Line
from quellenlage.weigh.origins import Origin


@dataclass(frozen=True, slots=True)
class Telling:
    """The words of an article for whoever tells and for his saying it; the place of the first, if there are any."""

    article: str
    name: str
    cue: str
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """An origin by all its names, or an outlet that passes on; those that have it from there, and the articles.

    `words` are what the articles call it and its telling, each once.
    """

    actors: tuple[str, ...]
    takers: tuple[Node, ...]
    articles: tuple[str, ...]
    possibly_more: bool = False
    words: tuple[Telling, ...] = ()


@dataclass(frozen=True, slots=True)
class _Way:
    """How a claim came to an article: the hops that the teller here goes by, and those that passed it on."""

    article: str
    here: tuple[Hop, ...]
    on: tuple[Hop, ...]

    def further(self) -> _Way:
        return _Way(self.article, self.on[:1], self.on[1:])


def trees_of(origins: Iterable[Origin], lines: Sequence[Line]) -> tuple[Node, ...]:
    """One tree for each origin, in the order of the origins; `lines` are those of the deal."""
    return tuple(_node(origin.names, _ways(origin, lines), origin.possibly_more) for origin in origins)


def _ways(origin: Origin, lines: Sequence[Line]) -> list[_Way]:
    """The ways of the articles that name the origin; whoever rests on it without has it from nobody in particular."""
    resting = [line for line in lines if line.claim in origin.claims]
    naming = [line for line in resting if line.chain.origin.actor in origin.names]
    told = {line.setting.article for line in naming}
    others = dict.fromkeys(line.setting.article for line in resting if line.setting.article not in told)
    return [_way(line, origin) for line in naming] + [_Way(article, (), ()) for article in others]


def _way(line: Line, origin: Origin) -> _Way:
    """The hops from the origin to the article's own outlet, which is left out."""
    hops = tuple(reversed(line.chain.hops[1:]))
    here = tuple(takewhile(lambda hop: hop.actor in origin.names, hops))
    return _Way(line.setting.article, here, hops[len(here) :])


def _node(actors: tuple[str, ...], ways: Sequence[_Way], possibly_more: bool = False) -> Node:
    here = dict.fromkeys(way.article for way in ways if not way.on)
    first = dict.fromkeys(way.on[0].actor for way in ways if way.on)
    takers = (
        _node((actor,), [way.further() for way in ways if way.on and way.on[0].actor == actor]) for actor in first
    )
    words = dict.fromkeys(_telling(hop, way.article) for way in ways for hop in way.here if hop.span or hop.cue)
    return Node(actors, tuple(takers), tuple(here), possibly_more, tuple(words))


def _telling(hop: Hop, article: str) -> Telling:
    places = [span.start for span in (hop.span, hop.cue) if span]
    return Telling(
        article, hop.span.text if hop.span else "", hop.cue.text if hop.cue else "", min(places, default=None)
    )
