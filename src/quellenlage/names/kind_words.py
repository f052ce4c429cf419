"""Nouns that name only a kind of actor ("Regierungssprecher", "Geheimdienstkreise"), from `data/unnamed.yaml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from quellenlage.names.knowledge import load
from quellenlage.names.known_actors import ActorKind
from quellenlage.names.offices import Office
from quellenlage.names.text import stem, to_ascii

_COMMA = re.compile(r"\s*,\s*")
_SHORTEST_FIRST_PART = 3


class Sort(StrEnum):
    """How a noun of a kind relates to a state and to a name beside it; explained at the head of unnamed.yaml."""

    PERSONS = "persons"
    ORGAN = "organ"
    OFFICE = "office"
    TITLE = "title"
    STAND_IN = "stand_in"
    RELATION = "relation"
    FIGHTERS = "fighters"


@dataclass(frozen=True, slots=True)
class Head:
    """A noun of a kind: its sort, the kind of source it makes, and what it stands in for.

    `weak`: another word may say the kind instead. `ends_compounds`: it is also found at the end of longer words.
    `office`: that of which the holders are known.
    """

    sort: Sort
    kind: str = ""
    weak: bool = False
    stands_for: ActorKind | None = None
    ends_compounds: bool = False
    office: Office | None = None


@dataclass(frozen=True, slots=True)
class KindWords:
    """The lists of unnamed.yaml, keyed by folded words and by their stems."""

    heads: Mapping[str, Head]
    modifiers: Mapping[str, str]
    former: frozenset[str]
    fillers: frozenset[str]
    particles: frozenset[str]
    given_names: frozenset[str]
    company_words: frozenset[str]
    outlet_words: frozenset[str]
    pointing: frozenset[str]
    owning: frozenset[str]
    own_outlets: frozenset[str]

    def head_of(self, folded: str) -> tuple[Head, str] | None:
        """The head of a German noun and the part of the compound before it, or None.

        The longest known ending decides: `Regierungsvertreter` is not just any `Vertreter`.
        """
        whole = stem(folded)
        for cut in range(max(1, len(whole) - 2)):
            head = self.heads.get(folded[cut:]) or self.heads.get(whole[cut:])
            if head and (cut == 0 or (head.ends_compounds and cut >= _SHORTEST_FIRST_PART)):
                return head, whole[:cut]
        return None

    def is_former(self, folded: str) -> bool:
        """Whether the word says that an office is one of the past."""
        return stem(folded) in self.former

    def modifier(self, first_part: str) -> str:
        """The kind of source that the first part of a compound says, or nothing."""
        return self.modifiers.get(stem(first_part)) or self.modifiers.get(stem(first_part.removesuffix("s")), "")


@cache
def kind_words() -> KindWords:
    """The packaged lists, read once."""
    listed = load("unnamed")
    heads: dict[str, Head] = {}
    for group in listed["heads"]:
        stands_for = ActorKind(group["for"]) if "for" in group else None
        office = Office(group["office"]) if "office" in group else None
        for word in _COMMA.split(group["words"]):
            head = Head(
                Sort(group["sort"]), group.get("kind", ""), group.get("weak", False), stands_for, word[0] == "-", office
            )
            folded = to_ascii(word.removeprefix("-"))
            heads[folded] = head
            heads.setdefault(stem(folded), head)
    return KindWords(
        heads=heads,
        modifiers={stem(word): kind for kind, words in listed["modifiers"].items() for word in _folded(words)},
        former=frozenset(map(stem, _folded(listed["former"]))),
        fillers=frozenset(_folded(listed["fillers"])),
        particles=frozenset(_folded(listed["particles"])),
        given_names=frozenset(_folded(listed["given_names"])),
        company_words=frozenset(_folded(listed["company_words"])),
        outlet_words=frozenset(_folded(listed["outlet_words"])),
        pointing=frozenset(_folded(listed["own_outlet"]["pointing"])),
        owning=frozenset(_folded(listed["own_outlet"]["owning"])),
        own_outlets=frozenset(map(stem, _folded(listed["own_outlet"]["nouns"]))),
    )


def _folded(words: str) -> list[str]:
    return [to_ascii(word).replace(".", "") for word in _COMMA.split(words)]
