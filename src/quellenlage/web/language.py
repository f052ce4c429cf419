"""Which language a reader wants, and the texts of the pages in it."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml

from quellenlage.labels import LANGUAGES


def preferred(accept_language: str) -> str:
    """The language of `LANGUAGES` that an Accept-Language header (RFC 9110, 12.5.4) ranks first, else the default."""
    ranked = []
    for place, entry in enumerate(accept_language.split(",")):
        tag, _, parameter = entry.partition(";")
        language = tag.strip().lower().partition("-")[0]
        weight = _weight(parameter)
        if language in LANGUAGES and weight > 0:
            ranked.append((-weight, place, language))
    return min(ranked)[2] if ranked else LANGUAGES[0]


@cache
def texts(language: str) -> dict[str, str]:
    """The packaged texts of the pages in a language of `LANGUAGES`: those of all files in `texts/<language>`."""
    content: dict[str, str] = {}
    for file in (files("quellenlage.web") / "texts" / language).iterdir():
        content |= yaml.safe_load(file.read_text(encoding="utf-8"))
    return content


def _weight(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    if name.strip().lower() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
