"""What a document says of itself in its properties, and what of it is believed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from babel.dates import get_month_names

from quellenlage.domain import Article
from quellenlage.intake.headline import headline_of
from quellenlage.intake.jsonform import json_article
from quellenlage.intake.original import Original

_BEGINNING = 4000  # characters in which a document shows its title, day and authors
_LANGUAGES = ("de", "en")


@dataclass(frozen=True, slots=True)
class Properties:
    """The title, authors and day that programs write into a document, often those of another one, or of the program."""

    title: str = ""
    authors: tuple[str, ...] = ()
    day: date | None = None


def document_article(original: Original, text: str, properties: Properties) -> Article:
    """The article of a document's text.

    A property counts only where the beginning of the text shows it too: "Microsoft Word - Dokument3", the login name
    of whoever typed it and the day of its last printing are worth less than nothing. Without a title, the first line
    is one where it looks like one. Then the original's hints count. Raises `Unreadable` where there is no text.
    """
    beginning = text[:_BEGINNING]
    folded = " ".join(beginning.split()).casefold()
    title, hints = " ".join(properties.title.split()), original.hints
    authors = [name for name in properties.authors if name.strip() and name.strip().casefold() in folded]
    is_day_shown = properties.day is not None and _shows(beginning, properties.day)
    fields = {
        "text": text,
        "title": title if title and title.casefold() in folded else headline_of(text) or hints.title,
        "published": properties.day.isoformat() if properties.day and is_day_shown else hints.published,
        "authors": authors or list(hints.authors),
        "outlet": hints.outlet,
        "language": hints.language,
        "url": original.address,
    }
    return json_article(fields, original.where, original.name)


def _shows(text: str, day: date) -> bool:
    ways = "|".join(re.escape(way) for way in _ways_to_write(day))
    return re.search(rf"(?<!\d)(?:{ways})(?!\d)", text, re.I) is not None


def _ways_to_write(day: date) -> Iterator[str]:
    yield day.isoformat()
    yield f"{day.day}.{day.month}.{day.year}"
    yield f"{day:%d.%m.%Y}"
    for language in _LANGUAGES:
        month = get_month_names("wide", locale=language)[day.month]
        yield from (f"{day.day}. {month} {day.year}", f"{day.day} {month} {day.year}", f"{month} {day.day}, {day.year}")
