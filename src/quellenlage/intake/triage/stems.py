"""The stems that a text about an arms transfer holds, and how they are written in bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from quellenlage.intake import knowledge
from quellenlage.names.knowledge import load as list_of_names

BEGINNING = "|"
"""What stands before a stem that counts only where a word begins."""

_GAPS = (b"-", b" ", b"")
_ENTITIES = {"ä": "auml", "ö": "ouml", "ü": "uuml", "ß": "szlig"}
_SPELT_OUT = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}
_PART_OF_NAME = re.compile(r"[a-zäöüß]+|\d+[a-zäöüß]*")
_SHORTEST_DESIGNATION = 3
_SHORTEST_ENGLISH = 3
# "a10" or "t 72" stand in too many addresses and style sheets; with a hyphen they are names.
_SHORTEST_WITHOUT_HYPHEN = 4


@dataclass(frozen=True, slots=True)
class Stems:
    """Stems of weapons and of transfers, in lower case, and words that hold a stem by chance.

    A bar stands where only the beginning of a word counts.
    """

    weapons: tuple[str, ...]
    transfers: tuple[str, ...]
    traps: tuple[str, ...]


def load() -> Stems:
    """The stems of `intake/data/triage.yaml`, with those that it takes from the lists of `names`."""
    listed = knowledge.load("triage")
    weapons = {*_heads(listed["weapons"]), *_models(listed["weapons"]), *_words(listed["weapons"]["also"])}
    return Stems(_fewest(weapons), _fewest({*_transfers(listed["transfers"])}), tuple(listed["traps"]))


def spellings(stem: str) -> tuple[bytes, ...]:
    r"""Every way in which a stem is written in the bytes of a page, in any encoding, capital letters aside.

    Umlauts stand in UTF-8 (composed or not, or read as Latin-1 by mistake), in Latin-1, as entities (by name or
    number), as escapes of JSON (`\u00fc`), or are spelt out ("ue"). A space is a space, a hyphen or nothing.
    """
    bare = stem.removeprefix(BEGINNING)
    letters = sum(char.isalnum() for char in bare)
    gaps = _GAPS if letters >= _SHORTEST_WITHOUT_HYPHEN else _GAPS[:1]
    written = product(*(gaps if char in " -" else _letter(char) for char in bare))
    return tuple(sorted({b"".join(parts) for parts in written}))


def _letter(char: str) -> tuple[bytes, ...]:
    if char not in _ENTITIES:
        return (char.encode(),)
    forms = {_SPELT_OUT[char].encode(), b"&%s;" % _ENTITIES[char].encode()}
    for form in {char, char.upper()} - {"SS"}:
        utf8 = form.encode()
        forms |= {utf8, form.encode("latin-1"), utf8.decode("cp1252").encode(), b"\\u%04x" % ord(form)}
        forms |= {b"&#%d;" % ord(form), b"&#x%x;" % ord(form)}
    if char != "ß":
        forms.add(_SPELT_OUT[char][:1].encode() + "\u0308".encode())
    return tuple(sorted(forms))


def _heads(listed: Mapping[str, Any]) -> Iterator[str]:
    words = list_of_names("item_words")
    left_out = {word.lower() for word in listed["ambiguous"]}
    heads = (word for item_class in listed["classes"] for word in words["heads"][item_class])
    yield from (word.lower() for word in (*heads, *listed["loose"]) if word.lower() not in left_out)


def _models(listed: Mapping[str, Any]) -> Iterator[str]:
    left_out = {_spaced(name) for name in listed["ambiguous_names"]}
    for systems in list_of_names("weapons").values():
        for name in (spelling for system, entry in systems.items() for spelling in (system, *entry.get("also", ()))):
            spaced = _spaced(name)
            shortest = _SHORTEST_DESIGNATION if any(map(str.isdigit, name)) else listed["shortest"]
            if len(spaced.replace(" ", "")) >= shortest and spaced not in left_out:
                yield BEGINNING + spaced


def _transfers(listed: Mapping[str, Any]) -> Iterator[str]:
    yield from (*listed["german"], *listed["english"])
    classes = list_of_names("transfer_words")["classes"]
    for word in ", ".join(classes[name]["english"] for name in listed["english_classes"]).split(","):
        stem = word.strip().removesuffix("e").removesuffix("y")  # "giving", "supplies"
        if len(stem) >= _SHORTEST_ENGLISH:
            yield BEGINNING + stem


def _spaced(name: str) -> str:
    return " ".join(_PART_OF_NAME.findall(name.lower()))


def _words(by_language: Mapping[str, Iterable[str]]) -> Iterator[str]:
    return (word for words in by_language.values() for word in words)


def _fewest(found: Iterable[str]) -> tuple[str, ...]:
    """`found` without each stem that holds another, which is found wherever that one stands."""
    kept: list[str] = []
    for stem in sorted(set(found), key=lambda stem: (len(stem.removeprefix(BEGINNING)), stem)):
        bare = stem.removeprefix(BEGINNING)
        if not any(_holds(bare, other) for other in kept):
            kept.append(stem)
    return tuple(sorted(kept))


def _holds(word: str, stem: str) -> bool:
    return word.startswith(stem.removeprefix(BEGINNING)) if stem.startswith(BEGINNING) else stem in word
