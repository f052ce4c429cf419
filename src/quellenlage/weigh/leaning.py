"""Which lines add nothing, and on which others they lean.

A line whose end only passes on is no origin of its own but leans on others, on all of those

- whose text its article took over, where it names no source of its own or its source stands in the text that was taken,
- whose chains run on behind its end: whoever cites a newspaper leans on those whom the newspaper cites,
- whose organs speak in the same story, where its end is a state as a whole or its government.

Where an article was not read surely, its shorter lines lean on its longest: they are mostly those of others who speak
about the deal.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from quellenlage.weigh.copies import Shares
from quellenlage.weigh.lines import SURELY_READ, Line
from quellenlage.weigh.parties import state_as_a_whole, state_of_organ


class TieReason(StrEnum):
    """Why two chains rest on the same origin (all but the last) or not."""

    COPIED = "copied"
    SAME_ARTICLE = "same_article"
    SAME_HOP = "same_hop"
    SAME_STATE = "same_state"
    RUNS_THROUGH = "runs_through"
    SHARED = "shared"
    DIFFERENT = "different"


Leaning = tuple[TieReason, frozenset[str]]
"""Why a line leans, and the keys of the lines on which it does."""


def leanings_of(lines: Sequence[Line], shares: Shares) -> dict[str, Leaning]:
    """For each line that adds nothing, the lines that it leans on and why."""
    found = {}
    around = _Around.of(lines)
    main = _main_lines(around.of_article)
    for line in lines:
        foremost = main.get(line.setting.article, line)
        leaning = _copied(line, shares, around)
        if leaning is None and foremost.end != line.end:
            leaning = TieReason.SAME_ARTICLE, frozenset({foremost.key})
        leaning = leaning or _repeated(line, around)
        if leaning:
            found[line.key] = leaning
    return found


@dataclass(frozen=True)
class _Around:
    """The lines of a deal by their article, by the actors that they run through, and by the state whose organ tells."""

    of_article: Mapping[str, Sequence[Line]]
    through: Mapping[str, Sequence[Line]]
    of_state: Mapping[tuple[str, int], Sequence[Line]]

    @classmethod
    def of(cls, lines: Sequence[Line]) -> _Around:
        of_article: dict[str, list[Line]] = defaultdict(list)
        through: dict[str, list[Line]] = defaultdict(list)
        of_state: dict[tuple[str, int], list[Line]] = defaultdict(list)
        for line in lines:
            of_article[line.setting.article].append(line)
            for hop in line.chain.hops[:-1]:
                through[hop.actor].append(line)
            if state := state_of_organ(line.chain.origin.actor):
                of_state[state, line.setting.story].append(line)
        return cls(of_article, through, of_state)


def _main_lines(of_article: Mapping[str, Sequence[Line]]) -> dict[str, Line]:
    """The longest line of each article of which no claim was read surely; of equals the surest."""
    return {
        article: max(told, key=lambda line: (len(line.chain.hops), line.confidence))
        for article, told in of_article.items()
        if all(line.confidence < SURELY_READ for line in told)
    }


def _copied(line: Line, shares: Shares, around: _Around) -> Leaning | None:
    """The lines of the articles from which the words for the origin were taken, unless one of them has the same end."""
    taken = [
        other
        for original, part in shares.get(line.setting.article, {}).items()
        if line.is_bare or line.stands_in(part)
        for other in around.of_article.get(original, ())
    ]
    if not taken or any(other.end == line.end for other in taken):
        return None
    return TieReason.COPIED, frozenset(other.key for other in taken)


def _repeated(line: Line, around: _Around) -> Leaning | None:
    """The lines that go on behind the end of this one, or those of the organs of the state that ends it."""
    end = line.chain.origin
    # By itself an outlet may tell of it anew, in another story than that in which others cite it.
    same_story = [o for o in around.through.get(end.actor, ()) if o.setting.story == line.setting.story]
    behind = same_story if line.is_bare else around.through.get(end.actor, ())
    if end.kind.relays and behind:
        return TieReason.RUNS_THROUGH, frozenset(other.key for other in behind)
    state = state_as_a_whole(end.actor)
    organs = around.of_state.get((state, line.setting.story), ()) if state else ()
    told = [o for o in organs if end.actor == state or not state_as_a_whole(o.chain.origin.actor)]
    return (TieReason.SAME_STATE, frozenset(other.key for other in told)) if told else None
