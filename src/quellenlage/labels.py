"""The words in which the program speaks to people: identities, classes and values as readable German or English."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from quellenlage.domain import HopKind, Money, Quantity, SpanType, Stage, Stance
from quellenlage.names.knowledge import load
from quellenlage.names.known_actors import known_actors

LANGUAGES = ("de", "en")
"""The languages that there are labels for; the first is the default."""

_DAY = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?(?:T.*)?([?~%]?)")
_SEASON = re.compile(r"(\d{4})-(2[1-4])")
_DECADE = re.compile(r"(\d{3})X")


class Case(IntEnum):
    """The form of a name within a sentence; the place of the form in the lists."""

    DATIVE = 0
    ACCUSATIVE = 1


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of one language. What has no label is given back as a readable form of itself."""

    language: str
    words: Mapping[str, Any]
    particles: frozenset[str]
    item_classes: Mapping[str, str]
    territories: Mapping[str, str]
    names: Mapping[str, str]

    def with_names(self, names: Mapping[str, str]) -> Labels:
        """The same labels, which also know these names by their slugs; those of the packaged lists go before them."""
        return replace(self, names={**names, **self.names})

    def stage(self, stage: Stage) -> str:
        """How far a transfer has come: "in Verhandlung"."""
        return str(self.words["stage"][stage.value])

    def stance(self, stance: Stance) -> str:
        """What a statement does: "bestätigt"."""
        return str(self.words["stance"][stance.value])

    def hop(self, kind: HopKind) -> str:
        """The name of a kind of source."""
        return str(self.words["hop"][kind.value])

    def span(self, type: SpanType) -> str:
        """What a span names: "Akteur"."""
        return str(self.words["span"][type.value])

    def item_class(self, item_class: str) -> str:
        """A class of items: "Artillerie"."""
        return self.item_classes.get(item_class, item_class.replace("_", " "))

    def actor(self, identity: str) -> str:
        """The readable name of an identity of the design's contract: "Nordkorea" of KP, "Geheimdienst (USA)" of
        us-intelligence, "New York Times" of new-york-times.
        """
        if (state := self._state(identity)) is not None:
            return state
        if identity in self.words["actors"]:
            return str(self.words["actors"][identity])
        kind, state = self._of_state(identity)
        return str(self.words["kinds"][kind]).format(state) if state else self._name(identity)

    def in_sentence(self, identity: str, case: Case) -> str:
        """The name of an identity as it stands within a sentence: "den USA", "dem Geheimdienst (USA)"."""
        known = self.words["in_sentences"]
        if identity in known:
            return str(known[identity][case])
        kind, state = self._of_state(identity)
        return str(self.words["kinds_in_sentences"][kind][case]).format(state) if state else self.actor(identity)

    def quantity(self, quantity: Quantity) -> str:
        """How many: "ab 100", "bis 500.000 Schuss", "etwa 40"."""
        return self._counted(quantity, quantity.unit)

    def number(self, value: float) -> str:
        """A number as the language writes it: "500.000"."""
        # Both languages write small whole numbers so; a page with hundreds of them need not ask CLDR each time.
        if isinstance(value, int) and 0 <= value < 1000:
            return str(value)
        return str(format_decimal(value, locale=self.language))

    def weight(self, value: float) -> str:
        """A number that speaks for something or against it: "+0,75"."""
        return str(format_decimal(value, format="+0.00;-0.00", locale=self.language))

    def rule(self, rule: str) -> str:
        """The rule by which more was read from words than they say: "Konjunktiv im Satz"."""
        return str(self.words["rules"].get(rule, rule))

    def given(self, label: str) -> str:
        """What is given in return: "Gefangene" of prisoners; words that have no label of the list stay as they are."""
        return str(self.words["given"].get(label, label))

    def money(self, amount: Money) -> str:
        """How much money: "etwa 3.000.000.000 USD"."""
        return self._counted(amount, amount.currency)

    def date(self, edtf: str) -> str:
        """An EDTF date or interval: "5. September 2022", "ab Sommer 2023"; as it is where it says more than that."""
        words = self.words["date"]
        begin, slash, end = edtf.partition("/")
        if not slash:
            return self._date(edtf)
        if end in ("..", ""):
            return str(words["from"]).format(self._date(begin))
        if begin in ("..", ""):
            return str(words["until"]).format(self._date(end))
        return str(words["between"]).format(self._date(begin), self._date(end))

    def _state(self, code: str) -> str | None:
        if not code.isupper():
            return None
        return self.words["states"].get(code) or self.territories.get(code)

    def _of_state(self, identity: str) -> tuple[str, str | None]:
        """The kind of a source that is of a state ("us-intelligence"), and the state's name; None of another."""
        code, _, kind = identity.partition("-")
        return kind, self._state(code.upper()) if kind in self.words["kinds"] else None

    def _name(self, slug: str) -> str:
        if (name := self.names.get(slug)) is not None:
            return name
        if slug != slug.lower():
            return slug
        first, *rest = slug.split("-")
        return " ".join(
            [_capitalised(first), *(part if part in self.particles else _capitalised(part) for part in rest)]
        )

    def _counted(self, value: Quantity | Money, unit: str | None) -> str:
        words = self.words["range"]
        low, high = self._number(value.low), self._number(value.high)
        if value.low == value.high:
            text = str(words["exactly"]).format(low=low)
        elif high is None:
            text = str(words["at_least"]).format(low=low)
        elif low is None:
            text = str(words["at_most"]).format(high=high)
        else:
            text = str(words["between"]).format(low=low, high=high)
        if value.approximate:
            text = str(words["about"]).format(text)
        return f"{text} {unit}" if unit else text

    def _number(self, value: float | None) -> str | None:
        return None if value is None else self.number(value)

    def _date(self, edtf: str) -> str:
        words = self.words["date"]
        if season := _SEASON.fullmatch(edtf):
            return f"{words['seasons'][int(season[2])]} {season[1]}"
        if decade := _DECADE.fullmatch(edtf):
            return str(words["decade"]).format(f"{decade[1]}0")
        parts = _DAY.fullmatch(edtf)
        if parts is None:
            return edtf
        year, month, day, doubt = parts.groups()
        try:
            first = date(int(year), int(month or 1), int(day or 1))
        except ValueError:
            return edtf
        text = year
        if month:
            text = format_date(first, words["day"] if day else words["month"], locale=self.language)
        if doubt in ("~", "%"):
            text = str(words["approximate"]).format(text)
        return str(words["uncertain"]).format(text) if doubt in ("?", "%") else text


@cache
def labels(language: str) -> Labels:
    """The labels of a language of `LANGUAGES`; raises `ValueError` for another one."""
    if language not in LANGUAGES:
        raise ValueError(f"there are no labels for {language!r}; choose one of {', '.join(LANGUAGES)}")
    classes = load("item_classes")
    return Labels(
        language=language,
        words=_packaged(language),
        particles=frozenset(_packaged("particles")["small"]),
        names=_usual_names(),
        item_classes={name: entry[f"label_{language}"] for name, entry in classes.items()},
        territories={
            code: name for code, name in Locale(language).territories.items() if code.isalpha() and code != "ZZ"
        },
    )


@cache
def _usual_names() -> dict[str, str]:
    """The names of the outlets, persons and organisations that the packaged lists know, by their slugs."""
    return {known.actor.source: known.actor.name for known in known_actors().exact.values()}


def _packaged(name: str) -> dict[str, Any]:
    text = (files("quellenlage") / "labels" / f"{name}.yaml").read_text(encoding="utf-8")
    content: dict[str, Any] = yaml.safe_load(text)
    return content


def _capitalised(word: str) -> str:
    return word[:1].upper() + word[1:]
