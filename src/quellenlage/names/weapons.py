"""Names of weapon systems in words: "Leopard-2-Panzer", "Su 35", "Schahed-136" → models in the contract's spelling."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from quellenlage.names import knowledge
from quellenlage.names.knowledge import fold
from quellenlage.names.own import NOTHING, OwnNames

_TOKEN = re.compile(r"[a-z]+|\d+")
_ENDINGS = ("s", "n", "en", "e", "es")
_INFLECTED_FROM = 3
_GLUED_FROM = 5
_DESIGNATION = re.compile(
    r"(?<![\w-])(?:[A-ZÄÖÜ][A-Za-z]{0,4}-?|[A-Z]{2,5} )\d{1,4}[A-Za-z0-9]{0,4}(?:-\d[A-Za-z0-9]*)?(?![\w-])"
)
_TYPE = re.compile(
    r"(?:\b[Tt]yp(?:s|en)?|[Mm]odells?|[Mm]usters?|[Bb]au(?:art|reihe)|[Rr]eihe|[Ss]erien?|[Kk]lasse|[Mm]arke)\s+"
)
_NAME = re.compile(r"[\"„“«»']?([A-ZÄÖÜ0-9][\w./-]*(?: [A-Z0-9][\w./-]*)*)")


@dataclass(frozen=True, slots=True)
class Weapon:
    """A weapon system: name as the contract spells it, item class, and country of design (ISO 3166-1 alpha-2)."""

    name: str
    item_class: str
    country: str


@dataclass(frozen=True, slots=True)
class _Match:
    weapon: Weapon
    start: int
    end: int


def all_weapons() -> tuple[Weapon, ...]:
    """Every weapon system of `data/weapons.yaml`, in the order of the file."""
    return tuple(dict.fromkeys(_aliases(NOTHING).values()))


def find(folded: str, own: OwnNames = NOTHING) -> list[Weapon]:
    """The weapon systems that `folded` names, each once, in order; the longest name at a place wins."""
    return list(dict.fromkeys(match.weapon for match in _matches(folded, own)))


def without_names(folded: str, own: OwnNames = NOTHING) -> str:
    """`folded` with the names of weapon systems taken out, so that its other words can be looked at."""
    kept, at = "", 0
    for match in _matches(folded, own):
        kept += folded[at : match.start] + " "
        at = match.end
    return kept + folded[at:]


def designations(words: str) -> list[str]:
    """What looks like the name of a model that nobody listed: "CM-302"."""
    return [match.group() for match in _DESIGNATION.finditer(words)]


def after_type(words: str) -> list[str]:
    """The names that follow "vom Typ", "des Musters" and the like, listed or not."""
    marker = _TYPE.search(words)
    names = re.split(r"\s+(?:und|oder|sowie)\s+|,\s*", words[marker.end() :]) if marker else []
    return [match.group(1).strip(" .-") for name in names if (match := _NAME.match(name))]


def _matches(folded: str, own: OwnNames) -> list[_Match]:
    tokens = list(_TOKEN.finditer(folded))
    texts = [token.group() for token in tokens]
    matches: list[_Match] = []
    i = 0
    while i < len(tokens):
        for length in range(min(_longest_alias(own), len(tokens) - i), 0, -1):
            found = _lookup(texts[i : i + length], own)
            if found is None:
                continue
            weapon, unread = found
            last = i + length - 1
            end = tokens[last].end() - unread
            if texts[last].isdigit():
                while (
                    last + 1 < len(tokens)
                    and tokens[last + 1].start() == end
                    and len(texts[last + 1]) <= _INFLECTED_FROM
                ):
                    last += 1
                    end = tokens[last].end()
            matches.append(_Match(weapon, tokens[i].start(), end))
            i = last
            break
        i += 1
    return matches


def _lookup(texts: list[str], own: OwnNames) -> tuple[Weapon, int] | None:
    """The weapon that `texts` name, and how many characters at their end belong to another word ("Patriotsystem")."""
    aliases = _aliases(own)
    if weapon := aliases.get("".join(texts)):
        return weapon, 0
    last = texts[-1]
    for ending in _ENDINGS:
        stem = last.removesuffix(ending)
        if stem != last and len(stem) >= _INFLECTED_FROM and (weapon := aliases.get("".join([*texts[:-1], stem]))):
            return weapon, 0
    if len(texts) == 1:
        for end in range(len(last) - _INFLECTED_FROM, _GLUED_FROM - 1, -1):
            if weapon := aliases.get(last[:end]):
                return weapon, len(last) - end
    return None


@cache
def _aliases(own: OwnNames) -> dict[str, Weapon]:
    found: dict[str, Weapon] = {}
    for model in own.models:
        weapon = Weapon(model.names[0], model.item_class, model.country)
        found |= {"".join(_TOKEN.findall(fold(name))): weapon for name in model.names}
    for item_class, systems in knowledge.load("weapons").items():
        for name, entry in systems.items():
            weapon = Weapon(name, item_class, entry["from"])
            for alias in (name, *entry.get("also", ())):
                found.setdefault("".join(_TOKEN.findall(fold(alias))), weapon)
    return found


@cache
def _longest_alias(own: OwnNames) -> int:
    return max(len(_TOKEN.findall(alias)) for alias in _aliases(own)) + 2
