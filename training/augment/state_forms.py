"""The forms in which texts name states, so that one can stand for another: "iranische" is to Iran what "serbische" is
to Serbia.

The words come from `quellenlage.names` and Unicode CLDR; what German grammar asks of them beyond that lies in
`grammar.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from babel import Locale

from quellenlage.names.knowledge import load
from training.augment.grammar import grammar

_COMMA = re.compile(r"\s*,\s*")
_ONE_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ENDINGS = {
    "name": ("", "s"),
    "capital": ("", "s"),
    "adjective": ("", "e", "er", "en", "es", "em"),
    "people-e": ("", "n"),
    "people-er": ("", "n", "s"),
}


@dataclass(frozen=True, slots=True)
class StateForms:
    """The words for one state, by form: "name", "name+s" (the genitive), "adjective+en", "capital+er", "people-e+n" …

    `written` holds the one word that is printed for a form; `read` every word of the state with the forms that it may
    be ("Polen": the name, and its people); of one base, the first that fits ("Tripolis" is no genitive of "Tripoli").
    `article`: the gender of the article that the name takes, `p` for plural, nothing where it takes none. `island`:
    one is "auf" it.
    """

    code: str
    article: str
    island: bool
    written: Mapping[str, str]
    read: Mapping[str, tuple[str, ...]]

    def can_stand_for(self, other: StateForms, forms: frozenset[str]) -> bool:
        """Whether this state has a word for each of `forms`, and its name the same article as `other`'s."""
        named = any(form.startswith("name") for form in forms)
        return forms <= self.written.keys() and not (named and self.article != other.article)


@cache
def state_forms() -> Mapping[str, StateForms]:
    """Every listed state with its forms, by its ISO 3166-1 alpha-2 code, in the order of the codes."""
    articles = {code: article for article, codes in grammar()["articles"].items() for code in codes}
    found = {}
    for code, fields in sorted(load("states").items()):
        written: dict[str, str] = {}
        read: dict[str, tuple[str, ...]] = {}
        for form, word in _forms(code, fields, articles.get(code, "")):
            written.setdefault(form, word)
            if all(other.partition("+")[0] != form.partition("+")[0] for other in read.get(word, ())):
                read[word] = (*read.get(word, ()), form)
        found[code] = StateForms(code, articles.get(code, ""), code in grammar()["islands"], written, read)
    return found


def _forms(code: str, fields: Mapping[str, str], article: str) -> Iterator[tuple[str, str]]:
    for kind, base in _bases(code, fields):
        for ending in _ENDINGS[kind]:
            is_genitive = kind in ("name", "capital") and ending == "s"
            if is_genitive and (base[-1] in "sxzß" or (kind == "name" and article in ("f", "p"))):
                continue
            yield (f"{kind}+{ending}" if ending else kind), base + ending
    if code in grammar()["capital_adjectives"]:
        yield "capital+er", grammar()["capital_adjectives"][code]


def _bases(code: str, fields: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    name = grammar()["usual_names"].get(code) or Locale("de").territories[code]
    if _ONE_WORD.fullmatch(name) and code not in grammar()["wavering"]:
        yield "name", name
    for capital in _words(fields.get("capital", "")):
        yield "capital", capital
    for adjective in _words(fields.get("adjectives", "")):
        if adjective.endswith("sch"):
            yield "adjective", adjective
    if code not in grammar()["inflecting_people"]:
        for people in _words(fields.get("people", "")):
            if people.endswith(("e", "er")):
                yield ("people-e" if people.endswith("e") else "people-er"), people


def _words(listed: str) -> list[str]:
    return [word for word in _COMMA.split(listed) if _ONE_WORD.fullmatch(word)]
