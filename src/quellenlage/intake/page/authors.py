"""Who wrote what a page holds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from quellenlage.intake.credits import agency_pattern
from quellenlage.intake.page.knowledge import known

_SIGNS = re.compile(r"[\s,;/|&+()\[\]–-]+")
_AND = re.compile(r"\s*(?:,|;|/|\||&| und | and | mit )\s*")
_BYLINE = re.compile(r"(?:von|by|text|autor(?:in|en)?|redaktion)\b:?\s+", re.IGNORECASE)
_DATE_BEHIND = re.compile(r"\b(?:Stand|Aktualisiert|Veröffentlicht|Publiziert)\b|\d")
_NOTE = re.compile(r"\s*\([^()]*\)$")
_SITE = re.compile(r"\.[a-z]{2,3}$", re.IGNORECASE)


def persons(authors: Iterable[str], outlet: str | None, bylines: Iterable[str]) -> tuple[str, ...]:
    """Who wrote it, by the page's data, else by the lines that begin with "Von": each name once.

    Agencies and addresses are no persons; an outlet is named only where nobody else is.
    """
    names = [name for part in authors for name in _parted(part)]
    named = dict.fromkeys(_NOTE.sub("", name) for name in names if not _is_agency(name) and "@" not in name)
    people = [name for name in named if name != outlet and not _SITE.search(name)]
    if not people:
        lines = (_DATE_BEHIND.split(line)[0] for line in bylines if _BYLINE.match(line))
        found = (match[0] for line in lines if (match := _names().match(_BYLINE.sub("", line, count=1))))
        people = [name for names in found for name in _parted(names) if not _is_agency(name)]
    return tuple(dict.fromkeys(people or named))


def _parted(names: str) -> list[str]:
    without = _BYLINE.match(names)
    return [name for name in _AND.split(names[without.end() :] if without else names) if any(map(str.isalpha, name))]


def _is_agency(name: str) -> bool:
    parts = [part for part in _SIGNS.split(name) if part]
    return all(map(_agency().fullmatch, parts)) or _agency().fullmatch(name.strip()) is not None


@cache
def _agency() -> re.Pattern[str]:
    return re.compile(agency_pattern())


@cache
def _names() -> re.Pattern[str]:
    return re.compile(known("names"))
