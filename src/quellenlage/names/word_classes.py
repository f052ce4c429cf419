"""Words put into classes by a packaged list: German verbs and nouns in any form, compounds by their last part, phrases.

A list has `phrases`, an ordered list of [class, [patterns]] that decide before single words do (regular expressions
that begin at the beginning of a word of the folded text), and under `classes` for each class, separated by commas:
`verbs` (infinitives, "ab|geben" where they part), `nouns`, `english` (regular English words), and `words` (as they
are, whole).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

from quellenlage.names.inflection import english_forms, noun_forms, verb_forms
from quellenlage.names.knowledge import load
from quellenlage.names.text import to_ascii

_COMMA = re.compile(r"\s*,\s*")
_NO_LETTER = re.compile(r"[^a-z0-9]+")
_SHORTEST_FIRST_PART = 2
_SHORTEST_LAST_PART = 4


@dataclass(frozen=True, slots=True)
class WordClasses:
    """The classes of a list, by forms: nouns may end longer words, verbs may follow any particle of the list."""

    phrases: tuple[tuple[str, re.Pattern[str]], ...]
    words: Mapping[str, str]
    nouns: Mapping[str, str]
    verbs: Mapping[str, str]
    particles: frozenset[str]

    @classmethod
    def load(cls, name: str) -> WordClasses:
        """The classes of the packaged list `data/<name>.yaml`; where two claim a form, the first has it."""
        listed = load(name)
        phrases = tuple((word_class, _any_of(patterns)) for word_class, patterns in listed["phrases"])
        return cls(
            phrases,
            words=_classed(listed, "english", english_forms) | _classed(listed, "words", lambda word: {to_ascii(word)}),
            nouns=_classed(listed, "nouns", noun_forms),
            verbs=_classed(listed, "verbs", verb_forms),
            particles=frozenset(to_ascii(verb).rpartition("|")[0] for _, verb in entries(listed, "verbs")),
        )

    def find(self, words: str) -> str | None:
        """The class of `words`: that of a phrase in them, else of their last word that has one, else None."""
        return self.find_phrase(words) or self.find_word(words)

    def find_phrase(self, words: str) -> str | None:
        """The class of the first listed phrase in `words`, or None."""
        text = " ".join(_parts(words))
        return next((word_class for word_class, pattern in self.phrases if pattern.search(text)), None)

    def find_word(self, words: str) -> str | None:
        """The class of the last of `words` that has one, or None; "kauft ein" is read as "einkauft"."""
        parts = _parts(words)
        if parts and parts[-1] in self.particles:
            parts += [parts[-1] + part for part in parts[:-1]]
        return next((found for part in reversed(parts) if (found := self._class_of(part))), None)

    def _class_of(self, word: str) -> str | None:
        found = self.words.get(word) or self.nouns.get(word) or self.verbs.get(word)
        cut = _SHORTEST_FIRST_PART
        while not found and cut <= len(word) - _SHORTEST_LAST_PART:
            last = word[cut:]
            found = self.nouns.get(last) or (self.verbs.get(last) if word[:cut] in self.particles else None)
            cut += 1
        return found


def _classed(
    listed: Mapping[str, Mapping[str, Mapping[str, str]]], kind: str, forms_of: Callable[[str], Set[str]]
) -> dict[str, str]:
    found: dict[str, str] = {}
    for word_class, word in entries(listed, kind):
        for form in forms_of(word):
            found.setdefault(form, word_class)
    return found


def _any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(patterns)})")


def _parts(words: str) -> list[str]:
    return _NO_LETTER.sub(" ", to_ascii(words)).split()


def entries(listed: Mapping[str, Mapping[str, Mapping[str, str]]], kind: str) -> Iterator[tuple[str, str]]:
    """Each word of a kind in a list, with its class before it."""
    for word_class, kinds in listed["classes"].items():
        for word in _COMMA.split(kinds.get(kind, "")):
            if word:
                yield word_class, word
