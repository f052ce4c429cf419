"""Why something that a person asks for cannot be done, in the languages of the readers."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml


class Refusal(ValueError):
    """Something that a person asks for cannot be done; the message says in English why, and what could be done.

    `code` names the sentence in `refusals/<language>.yaml` that says so, `told` what it tells of.
    """

    def __init__(self, code: str, **told: object) -> None:
        self.code, self.told = code, told
        super().__init__(self.said("en"))

    def said(self, language: str) -> str:
        """The reason in a language of `labels.LANGUAGES`."""
        return sentences(language)[self.code].format(**self.told)


@cache
def sentences(language: str) -> dict[str, str]:
    """All reasons in a language, by their codes; in braces what they tell of."""
    text = (files("quellenlage") / "refusals" / f"{language}.yaml").read_text(encoding="utf-8")
    content: dict[str, str] = yaml.safe_load(text)
    return content
