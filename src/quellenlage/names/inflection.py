"""All forms of a German verb or noun, or of a regular English word, folded to ASCII (`text.to_ascii`).

What is regular is made by rule, generously: a form that no text holds ("gebestellt") does no harm. Only verbs with a
changing stem are listed, in `data/strong_verbs.yaml`, and serve those with a prefix too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from quellenlage.names.knowledge import load
from quellenlage.names.text import to_ascii

_PREFIXES = ("be", "emp", "ent", "er", "ge", "hinter", "miss", "ueber", "unter", "ver", "wider", "zer")
_PRESENT = ("e", "st", "est", "t", "et", "en")
_WEAK_PAST = ("te", "test", "ten", "tet", "ete", "etest", "eten", "etet")
_CHANGED = ("", "e", "st", "est", "t", "et", "en")
_ADJECTIVE = ("", "e", "em", "en", "er", "es")
_NOUN = ("", "e", "en", "er", "ern", "es", "n", "nen", "s")
_VOWELS = "aeiou"


def verb_forms(infinitive: str) -> frozenset[str]:
    """Every form of a verb: finite, participles as adjectives too, infinitives.

    A separable particle stands before a bar ("ab|geben"): its forms are written as one word, as at the end of a clause.
    """
    particle, _, verb = to_ascii(infinitive).rpartition("|")
    forms = {particle + form for form in _simple_forms(verb)}
    if particle:
        forms.add(f"{particle}zu{verb}")
    return frozenset(forms)


def noun_forms(noun: str) -> frozenset[str]:
    """A noun in all cases, and its plural where the vowel stays ("Käufe" is to be listed beside "Kauf")."""
    return _with(to_ascii(noun), _NOUN)


def english_forms(word: str) -> frozenset[str]:
    """A regular English verb or noun with its endings: "ship" also as "ships", "shipped", "shipping"."""
    stem = word.removesuffix("e")
    if word.endswith("y") and word[-2] not in _VOWELS:
        return frozenset({word, f"{word}ing", f"{word[:-1]}ies", f"{word[:-1]}ied"})
    doubled = word + word[-1]
    return frozenset({word, f"{word}s", f"{stem}es", f"{stem}ed", f"{stem}ing", f"{doubled}ed", f"{doubled}ing"})


def _simple_forms(verb: str) -> Iterator[str]:
    yield from (verb, f"{verb}s", *_with(f"{verb}d", _ADJECTIVE))
    prefix, base = _parted(verb)
    if base in _strong():
        present, past, conditional, *participles = _strong()[base]
        stem = base.removesuffix("n").removesuffix("e")
        yield from (prefix + form for form in _with(stem, _PRESENT))
        yield from (prefix + changed + end for changed in (present, past, conditional) for end in _CHANGED)
        for participle in participles:
            yield from _with(prefix + (participle.removeprefix("ge") if prefix else participle), _ADJECTIVE)
        return
    stem = verb.removesuffix("n").removesuffix("e")
    yield from _with(stem, _PRESENT + _WEAK_PAST)
    if stem.endswith("el"):
        yield f"{stem[:-2]}le"
    ending = "et" if stem[-1] in "dtmn" else "t"
    for participle in (f"{stem}t", f"{stem}{ending}"):
        yield from _with(participle, _ADJECTIVE)
        yield from _with(f"ge{participle}", _ADJECTIVE)


def _parted(verb: str) -> tuple[str, str]:
    """The prefix of a verb that follows a strong one, and that verb; else nothing and the verb itself."""
    if verb not in _strong():
        for prefix in _PREFIXES:
            if verb.startswith(prefix) and verb[len(prefix) :] in _strong():
                return prefix, verb[len(prefix) :]
    return "", verb


@cache
def _strong() -> Mapping[str, tuple[str, ...]]:
    listed = load("strong_verbs")["verbs"].items()
    return {to_ascii(infinitive): tuple(to_ascii(parts).split()) for infinitive, parts in listed}


def _with(stem: str, endings: Iterable[str]) -> frozenset[str]:
    return frozenset(stem + ending for ending in endings)
