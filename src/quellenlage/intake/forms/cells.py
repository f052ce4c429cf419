"""What stands in the cells of tables → what the project writes for it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date
from functools import cache

from babel import Locale
from babel.core import get_global

from quellenlage.intake import metadata
from quellenlage.intake.web.dates import when

# Day, month and year in this order and with points are German; with slashes nobody can say which is which.
_GERMAN = re.compile(
    r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})(?:,? (?:um )?(\d{1,2})[:.](\d{2})(?::(\d{2}))?(?: ?Uhr)?)?", re.IGNORECASE
)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)T?(\d\d)(\d\d)(\d\d)Z?")
_BETWEEN_NAMES = re.compile(r"[;|\n]")
_BETWEEN_FULL_NAMES = re.compile(r", ?| (?:und|and) ")


def moment(words: str) -> str | None:
    """The ISO 8601 date or time of `words`; None where they are none that is understood.

    ISO 8601, RFC 5322, 9. März 2024, March 9, 2024, the German 9.3.2024 and 09.03.2024 14:30, and the 20240309143000
    of GDELT, which is in UTC.
    """
    words = " ".join(words.split())
    if german := _GERMAN.fullmatch(words):
        day, month, year, hour, minute, second = german.groups()
        time = f"T{hour:0>2}:{minute}:{second or '00'}" if hour else ""
        return metadata.published(f"{year}-{month:0>2}-{day:0>2}{time}")
    if compact := _COMPACT.fullmatch(words):
        return metadata.published("{}-{}-{}T{}:{}:{}+00:00".format(*compact.groups()))
    at_midnight = when(f"{words} 00:00")
    return metadata.published(words) or when(words) or (at_midnight and at_midnight[:10])


def language(words: str) -> str | None:
    """The code of a language that is named by its tag, its code of three letters, or its English or German name."""
    tag = metadata.language(words)
    if tag is not None:
        aliases: Mapping[str, str] = get_global("language_aliases")
        return aliases.get(tag, tag).partition("_")[0]
    return _languages_by_name().get(words.strip().casefold())


@cache
def _languages_by_name() -> Mapping[str, str]:
    # Where two languages share a name, the English one holds.
    named = (named for locale in ("de", "en") for named in reversed(list(Locale(locale).languages.items())))
    return {name.casefold(): code for code, name in named}


def names(words: str) -> list[str]:
    """The names in a cell, parted by `;`, `|` or line ends, else by commas and "und" where each part is a full name."""
    parts = [" ".join(part.split()) for part in _BETWEEN_NAMES.split(words) if part.strip()]
    if len(parts) != 1:
        return parts
    # "Amsel, Ada" is one name, "Ada Amsel, Bo Blau" are two.
    parted = [part.strip() for part in _BETWEEN_FULL_NAMES.split(parts[0]) if part.strip()]
    return parted if all(" " in part for part in parted) else parts


def written(value: object, nothing: Collection[str]) -> str | None:
    """A cell's value as words; None where it stands for nothing. A date or time becomes ISO 8601."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    words = "" if value is None else str(value).strip()
    return None if words.casefold() in nothing else words
