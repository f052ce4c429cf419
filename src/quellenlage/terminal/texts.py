"""The sentences that the commands speak, by language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from quellenlage.labels import LANGUAGES, Labels, labels


@dataclass(frozen=True)
class Texts:
    """Sentences by their key, and the labels of the same language."""

    sentences: Mapping[str, str]
    labels: Labels

    def counted(self, what: str, count: int) -> str:
        """So many of something: "1 Artikel", "3 Geschäfte"."""
        return self.sentences[f"{what}_one" if count == 1 else f"{what}_many"].format(count=count)

    def with_names(self, names: Mapping[str, str]) -> Texts:
        """The same texts, whose labels also know these names by their slugs."""
        return Texts(self.sentences, self.labels.with_names(names))

    def say(self, key: str, **values: object) -> str:
        """A sentence with its blanks filled in."""
        return self.sentences[key].format(**values)


@cache
def texts(language: str) -> Texts:
    """The texts of a language; raises `ValueError` where there are none."""
    if language not in LANGUAGES:
        raise ValueError(f"there are no texts for {language!r}; choose one of {', '.join(LANGUAGES)}")
    wording = files("quellenlage.terminal") / "wording" / f"{language}.yaml"
    return Texts(yaml.safe_load(wording.read_text(encoding="utf-8")), labels(language))
