"""An article with what stands in its text: the names of known actors, and where words can be exchanged at all."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain

from quellenlage.domain import Span, SpanType
from quellenlage.names.actors import Actor, ActorKind, identify
from quellenlage.names.kind_words import kind_words
from quellenlage.names.known_actors import known_actors
from quellenlage.names.text import Word, stem, words_of
from training.augment.edits import Place
from training.corpus import Annotated

_SHORTEST_STATE, _SHORTEST_ADJECTIVE = 4, 6
_GLUE = re.compile(r"[\w\-‑'’@]")


@dataclass(frozen=True, slots=True)
class Named:
    """Words of a text that name a known actor."""

    start: int
    end: int
    actor: Actor


class Scene:
    """An article, who its actor spans mean (`actors`, by the index of the span), and what its text names.

    `named`: the names of known actors, in order; `hinted`: the states that only a part of a longer word speaks of.
    """

    def __init__(self, article: Annotated) -> None:
        self.article, self.text, self.spans = article, article.text, article.spans
        self.actors = {n: identify(span.text) for n, span in enumerate(self.spans) if span.type is SpanType.ACTOR}
        self.named: list[Named] = []
        self.hinted: set[str] = set()
        words, at = words_of(self.text), 0
        while at < len(words):
            length, actor = _longest_name(words, at)
            if actor:
                self.named.append(Named(words[at].start, words[at + length - 1].end, actor))
            else:
                self.hinted |= _states_in(words[at].folded)
            at += max(length, 1)

    @cached_property
    def present(self) -> frozenset[str]:
        """Every party that the text speaks of."""
        actors = chain((named.actor for named in self.named), self.actors.values())
        return frozenset(actor.party for actor in actors) | self.hinted

    def spans_at(self, start: int, end: int) -> list[Span]:
        """The spans that share characters with the words."""
        return [span for span in self.spans if span.start < end and start < span.end]

    def has_span_around(self, start: int, end: int, types: Iterable[SpanType]) -> bool:
        """Whether a span of one of the types covers the words."""
        return any(s.start <= start and end <= s.end and s.type in types for s in self.spans)

    def is_whole(self, start: int, end: int) -> bool:
        """Whether the words are whole, part of no compound, and not cut by the edge of a span."""
        if _GLUE.match(self.text[start - 1 : start]) or _GLUE.match(self.text[end : end + 1]):
            return False
        return all(span.start <= start and end <= span.end for span in self.spans_at(start, end))

    def names(self, party: str) -> list[Named]:
        """The names of a party in the text."""
        return [named for named in self.named if named.actor.party == party]

    def every_mention_has_a_name(self, party: str) -> bool:
        """Whether each span that means the party holds one of its names, or only points back to one."""
        meant = [n for n, actor in self.actors.items() if actor.party == party]
        equals = [
            n
            for group in self.article.groups
            if any(self.actors[n].source == party for n in group.intersection(meant))
            for n in group
            if self.actors[n].kind is not ActorKind.ANAPHOR
        ]
        return all(self._has_name(self.spans[n], party) for n in (*meant, *equals))

    def _has_name(self, span: Span, party: str) -> bool:
        return any(span.start <= n.start and n.end <= span.end for n in self.names(party))


def by_words(text: str, places: Iterable[Place]) -> dict[str, list[Place]]:
    """The places in a text by the words that stand there."""
    found: dict[str, list[Place]] = {}
    for start, end in places:
        found.setdefault(text[start:end], []).append((start, end))
    return found


def _longest_name(words: list[Word], at: int) -> tuple[int, Actor | None]:
    """The longest known name that starts here: how many words it has, and whose it is."""
    known = known_actors()
    for length in range(min(known.longest, len(words) - at), 0, -1):
        chosen = words[at : at + length]
        folded = [word.folded for word in chosen]
        if length == 1 and folded[0] in kind_words().heads and folded[0] not in known.exact:
            break
        found = known.find(folded, list(map(stem, folded)))
        if found and found.may_be(" ".join(word.text for word in chosen)):
            return length, found.actor
    return 0, None


@cache
def _states_in(folded: str) -> frozenset[str]:
    """The states that a longer word speaks of: "Russlandpolitik", "prorussisch"."""
    exact = known_actors().exact
    found = set()
    for start in range(len(folded)):
        for end in range(start + _SHORTEST_STATE, len(folded) + 1):
            known = exact.get(folded[start:end])
            if not known or known.actor.kind is not ActorKind.STATE or known.actor.source != known.actor.party:
                continue
            if start == 0 or (known.small and end - start >= _SHORTEST_ADJECTIVE):
                found.add(known.actor.party)
    return frozenset(found)
