"""Words for what is transferred → item classes and models.

The rule is by linguistic head. A German compound has its head last ("Hubschraubertriebwerke" are engines), and what
follows a preposition is not the head ("Triebwerke für Hubschrauber" are engines, too). The longest word of
`data/item_words.yaml` that ends the compound gives the class. A model named beside the head or after "vom Typ" gives
its own class where the head says as little as "Systeme" or "Panzer"; a specific head keeps its own ("HIMARS-Raketen":
missiles).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from quellenlage.names import knowledge, weapons
from quellenlage.names.knowledge import fold
from quellenlage.names.mending import mended
from quellenlage.names.own import NOTHING, OwnNames
from quellenlage.names.weapons import Weapon

GENERIC = "generic"
_MADE_FOR_OTHERS = frozenset({"engines_parts", "technology", "materials_components", "ammunition", "personnel"})
_FIRED = ("missiles", "ammunition")
_LONGEST_WORD = 40
REMEMBERED = 50_000
"""How many mentions are kept in mind: some ten megabytes."""
_SHORTEST_PART = 4
_ENDINGS = ("", "n", "en", "s", "es", "e", "r", "er", "ern", "ns", "ens", "nen", "se", "sen")
_WORD = re.compile(r"[a-z]+|\d+")
_CONJUNCTION = re.compile(r"\s+(?:und|oder|sowie|bzw\.?)\s+|,\s*|\s+/\s+|(?<=[a-z]{2})/(?=[a-z]{3})")
_OWN_TYPE = re.compile(r"\b(?:typs?|musters|baureihe|klasse) (?=\S)")


@dataclass(frozen=True, slots=True)
class Item:
    """What is transferred: item classes and models of the design's contract.

    `generic` marks words as bare as "Maschinen" or "Ladung": what they are has to be taken from words that mean the
    same thing. Words that nobody listed give no class and are not generic.
    """

    classes: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    generic: bool = False


@dataclass(frozen=True, slots=True)
class _Head:
    item_class: str | None
    loose: bool


@dataclass(frozen=True, slots=True)
class _Adjective:
    words: tuple[str, ...]
    of: frozenset[str]
    makes: str


@dataclass(frozen=True, slots=True)
class _Lexicon:
    heads: dict[str, _Head]
    points_back: dict[str, tuple[str, ...]]
    adjectives: tuple[_Adjective, ...]
    phrases: tuple[tuple[re.Pattern[str], str], ...]
    links: dict[str, str]
    link: re.Pattern[str]
    origin: re.Pattern[str]
    own: OwnNames


@lru_cache(maxsize=REMEMBERED)  # as actors are (`actors.identify`)
def identify(words: str, own: OwnNames = NOTHING) -> Item:
    """The classes and models of `words`, an item span or the first part of a compound trigger."""
    whole, lexicon = mended(words), _lexicon(own)
    return _identify(lexicon.origin.sub(" ", fold(whole)), whole, lexicon)


def points_back(words: str) -> tuple[str, ...]:
    """The classes that bare words like "Maschinen" can point back to, likeliest first; none where it may be any."""
    lexicon = _lexicon(NOTHING)
    kept = (lexicon.points_back.get(token) for token in reversed(_WORD.findall(fold(words))))
    return next(filter(None, kept), ())


def classes() -> dict[str, dict[str, str | None]]:
    """Every item class with its labels and its categories in the UN Register and at SIPRI."""
    return dict(_classes())


def known_words() -> Iterator[tuple[str, str]]:
    """Every folded word or model name with its class, `generic` where it has none: features for the reader's model."""
    for word, head in _lexicon(NOTHING).heads.items():
        yield word, head.item_class or GENERIC
    for weapon in weapons.all_weapons():
        yield fold(weapon.name), weapon.item_class


def _identify(folded: str, words: str, lexicon: _Lexicon) -> Item:
    head, link, rest = _cut(folded, lexicon)
    typed = weapons.find(rest, lexicon.own) if link == "type" else []
    parts = [part for part in _CONJUNCTION.split(head) if part.strip()]
    found = [
        _classify(part, following, typed if part is parts[-1] else [], lexicon)
        for part, following in _with_heirs(parts)
    ]
    given = [part.item_class for part in found if part and part.item_class]
    if not any(found):
        given = [weapon.item_class for weapon in typed]
    if all(part is None or part.loose for part in found):
        given = [makes for phrase, makes in lexicon.phrases if phrase.search(folded)] or given
    listed = [*weapons.find(head, lexicon.own), *typed]
    models = [weapon.name for weapon in listed if _belongs(weapon, given)]
    if not listed:
        models = _unlisted_models(words, head, link, lexicon)
    if not given and link == "content":
        inner = _identify(rest, rest, lexicon)
        given, models = list(inner.classes), models or list(inner.models)
    return Item(_each_once(given), _each_once(models), generic=any(found) and not given)


def _cut(folded: str, lexicon: _Lexicon) -> tuple[str, str | None, str]:
    """The head's own words, the kind of link that ends them, and what follows ("klasse 214" with its noun of kind)."""
    match = lexicon.link.search(folded)
    if match is None:
        return folded, None, ""
    kind, rest = lexicon.links[match.group()], folded[match.end() :]
    if kind != "type" and (typed := _OWN_TYPE.search(rest)):
        return folded[: match.start()], "type", rest[typed.start() :]
    if kind == "content" and rest.rstrip().endswith("klasse"):
        kind = "type"
    if kind == "type":
        rest = match.group().split()[-1] + rest
    return folded[: match.start()], kind, rest


def _belongs(weapon: Weapon, given: list[str]) -> bool:
    """Whether a model named beside the head is the item itself, and not what a part or a round is made for."""
    return weapon.item_class in (*given, *_FIRED) or not _MADE_FOR_OTHERS.issuperset(given)


def _unlisted_models(words: str, head: str, link: str | None, lexicon: _Lexicon) -> list[str]:
    if link == "type":
        return [name for name in weapons.after_type(words) if fold(name) not in lexicon.heads]
    return [name for name in weapons.designations(words) if fold(name) in head]


def _with_heirs(parts: list[str]) -> Iterator[tuple[str, str]]:
    """Each part of a coordination with the part after it, whose head it shares in "Kampf- und Schützenpanzer"."""
    for part, following in zip(parts, [*parts[1:], ""], strict=False):
        yield part, following if part.rstrip().endswith("-") else ""


def _classify(part: str, following: str, typed: list[Weapon], lexicon: _Lexicon) -> _Head | None:
    """What one part of a coordination is; still loose where neither a model nor its own words settled it."""
    if following:
        part = part.rstrip("- ") + _shortest_head(following, lexicon)
    bare, own = weapons.without_names(part, lexicon.own), weapons.find(part, lexicon.own) or typed
    head, before = _head(bare, lexicon)
    if own and (head is None or head.loose):
        return _Head(own[0].item_class, loose=False)
    if head is None:
        return None
    modifier = _head(before, lexicon)[0] if head.item_class is None and before else None
    if modifier and modifier.item_class:
        head = modifier
    for adjective in lexicon.adjectives:
        if (head.item_class or GENERIC) in adjective.of and any(
            re.search(rf"\b{word}", bare) for word in adjective.words
        ):
            return _Head(adjective.makes, loose=False)
    return head


def _head(text: str, lexicon: _Lexicon) -> tuple[_Head | None, str]:
    """The last known word of `text`, the longest that ends there, and the first part of the compound that it ends."""
    tokens = list(_WORD.finditer(text))
    for last in range(len(tokens) - 1, -1, -1):
        joined = "".join(token.group() for token in tokens[: last + 1])
        starts = {len(joined) - sum(len(t.group()) for t in tokens[i : last + 1]) for i in range(last + 1)}
        for start in range(max(0, len(joined) - _LONGEST_WORD), len(joined)):
            if len(joined) - start < _SHORTEST_PART and start not in starts:
                continue
            if head := lexicon.heads.get(joined[start:]):
                return head, joined[:start]
    return None, ""


def _shortest_head(text: str, lexicon: _Lexicon) -> str:
    word = "".join(_WORD.findall(text))
    endings = (word[start:] for start in range(len(word) - _SHORTEST_PART, -1, -1))
    return next((ending for ending in endings if ending in lexicon.heads), word)


def _each_once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


@cache
def _classes() -> dict[str, dict[str, str | None]]:
    return knowledge.load("item_classes")


@cache
def _lexicon(own: OwnNames) -> _Lexicon:
    content = knowledge.load("item_words")
    heads: dict[str, _Head] = {}
    for loose, groups in ((False, content["heads"]), (True, content["loose"])):
        for item_class, lemmas in groups.items():
            head = _Head(None if item_class == GENERIC else item_class, loose)
            for lemma in lemmas:
                stem = "".join(_WORD.findall(fold(lemma)))
                heads[stem] = head
                for ending in _ENDINGS:
                    heads.setdefault(stem + ending, head)
    for entry in own.words:
        stem = "".join(_WORD.findall(fold(entry.word)))
        heads |= {stem + ending: _Head(entry.item_class, loose=False) for ending in _ENDINGS}
    adjectives = tuple(
        _Adjective(tuple(fold(word) for word in rule["words"]), frozenset(rule["of"]), rule["makes"])
        for rule in content["adjectives"]
    )
    phrases = tuple(
        (re.compile(rf"(?<![\w-]){re.escape(fold(phrase))}(?!\w)"), item_class)
        for item_class, group in content["phrases"].items()
        for phrase in group
    )
    links = {fold(link): kind for kind, group in content["links"].items() for link in group}
    longest_first = "|".join(sorted(map(re.escape, links), key=len, reverse=True))
    link = re.compile(rf"(?<![\w-])(?:{longest_first})(?![\w-])(?=\s*\S)")
    origins = "|".join(map(fold, content["origins"]))
    origin = re.compile(rf"(?<=\S) \w+er (?:{origins})(?:en)?\b")
    points_back = {
        "".join(_WORD.findall(fold(lemma))) + ending: tuple(found)
        for lemma, found in content["points_back"].items()
        for ending in _ENDINGS
    }
    return _Lexicon(heads, points_back, adjectives, phrases, links, link, origin, own)
