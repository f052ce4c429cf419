"""Names whose meaning hangs on the other parties of an article: "der Norden", Korea, Congo, Guinea, Georgia."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from functools import cache

from quellenlage.names.knowledge import load
from quellenlage.names.known_actors import Actor, known_actors
from quellenlage.names.text import key, without_article


@dataclass(frozen=True, slots=True)
class _Context:
    party: str
    beside: frozenset[str]
    without: frozenset[str]


def meant_beside(words: str, parties: Set[str]) -> Actor | None:
    """Who `words` mean in an article that names these parties by other words; None where the lists decide."""
    for context in _contexts().get(key(without_article(words)), ()):
        if context.beside & parties and not context.without & parties:
            return known_actors().plain[context.party]
    return None


def hangs_on_others(words: str) -> bool:
    """Whether it may depend on the other parties of an article who `words` mean."""
    return key(without_article(words)) in _contexts()


@cache
def _contexts() -> dict[str, tuple[_Context, ...]]:
    """The packaged contexts by the names that they are about."""
    found: dict[str, tuple[_Context, ...]] = {}
    for entry in load("contexts")["contexts"]:
        context = _Context(entry["party"], frozenset(entry["beside"]), frozenset(entry.get("without", ())))
        for name in entry["words"]:
            found[key(name)] = (*found.get(key(name), ()), context)
    return found
