"""Whether the lists are sound: no name of two actors, no noun of two classes, no class that there is not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files

from quellenlage.names import items, knowledge
from quellenlage.names.knowledge import fold
from quellenlage.names.known_actors import Actor, listed_actors
from quellenlage.names.own import OwnNames
from quellenlage.names.text import key

PACKAGED = ("states", "organisations", "persons", "outlets", "weapons", "item_words", "item_classes")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and in which line of which list (0 where the line is not known)."""

    file: str
    line: int
    what: str


def problems_of(own: OwnNames, own_file: str) -> list[Problem]:
    """All that is wrong with the packaged lists, and with the user's own beside one another."""
    texts = {name: _packaged_text(name) for name in PACKAGED}
    return [*_clashing_actors(texts), *_wrong_weapons(texts), *_clashing_words(texts), *_own_twice(own, own_file)]


def _clashing_actors(texts: dict[str, str]) -> Iterator[Problem]:
    first: dict[str, Actor] = {}
    for list_name, name, known in listed_actors():
        actor = first.setdefault(key(name), known.actor)
        if (actor.source, actor.party) != (known.actor.source, known.actor.party):
            what = f"{name!r} is {actor.source} and {known.actor.source}; keep it with one of them"
            yield Problem(f"{list_name}.yaml", _line_of(texts[list_name], name), what)


def _wrong_weapons(texts: dict[str, str]) -> Iterator[Problem]:
    classes = items.classes()
    seen: dict[str, str] = {}
    for item_class, systems in knowledge.load("weapons").items():
        if item_class not in classes:
            yield Problem("weapons.yaml", _line_of(texts["weapons"], item_class), f"there is no class {item_class!r}")
        for system, entry in systems.items():
            if not re.fullmatch("[A-Z]{2}", str(entry.get("from", ""))):
                what = f"{system!r} needs the country of design, as in `from: DE`"
                yield Problem("weapons.yaml", _line_of(texts["weapons"], system), what)
            for name in (system, *entry.get("also", ())):
                other = seen.setdefault(re.sub(r"\W", "", fold(name)), system)
                if other != system:
                    what = f"{name!r} is {other} and {system}; keep it with one of them"
                    yield Problem("weapons.yaml", _line_of(texts["weapons"], name), what)


def _clashing_words(texts: dict[str, str]) -> Iterator[Problem]:
    content = knowledge.load("item_words")
    classes = {*items.classes(), items.GENERIC}
    seen: dict[str, str] = {}
    for groups in (content["heads"], content["loose"]):
        for item_class, words in groups.items():
            if item_class not in classes:
                line = _line_of(texts["item_words"], item_class)
                yield Problem("item_words.yaml", line, f"there is no class {item_class!r}")
            for word in words:
                other = seen.setdefault(fold(word), item_class)
                if other != item_class:
                    what = f"{word!r} is {other} and {item_class}; keep it with one of them"
                    yield Problem("item_words.yaml", _line_of(texts["item_words"], word), what)


def _own_twice(own: OwnNames, file: str) -> Iterator[Problem]:
    groups: tuple[Iterable[tuple[str, str]], ...] = (
        ((name, entry.names[0]) for entry in own.actors for name in entry.names),
        ((name, entry.names[0]) for entry in own.models for name in entry.names),
        ((entry.word, entry.item_class) for entry in own.words),
    )
    for names in groups:
        seen: dict[str, str] = {}
        for name, whose in names:
            other = seen.setdefault(fold(name), whose)
            if other != whose:
                yield Problem(file, 0, f"{name!r} is {other} and {whose}; keep it with one of them")


def _packaged_text(name: str) -> str:
    return (files("quellenlage.names") / "data" / f"{name}.yaml").read_text(encoding="utf-8")


def _line_of(text: str, name: str) -> int:
    found = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)
    return text.count("\n", 0, found.start()) + 1 if found else 0
