"""`sources.toml`: what is watched, how often, and what is known of it beforehand."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from quellenlage.intake import metadata
from quellenlage.intake.web.address import url_of
from quellenlage.intake.web.errors import NotFetched
from quellenlage.intake.web.politeness import DELAY

EVERY = timedelta(minutes=15)
_LEAST_EVERY = timedelta(minutes=1)
_MOST_DELAY = 600.0
_SINCE_OF_SITEMAPS = timedelta(days=2)
_DURATION = re.compile(r"(\d{1,5})\s*([smhd])")
_Choice = TypeVar("_Choice", bound=StrEnum)
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


class SourcesError(ValueError):
    """A file of sources that cannot be used; the message names file and key, what was expected, and the next step."""


class Kind(StrEnum):
    """What is at the address of a source."""

    FEED = "feed"
    SITEMAP = "sitemap"
    PAGE = "page"


class FullText(StrEnum):
    """Whether the text of an article is taken from the feed, from its page, or from the feed where that has it."""

    AUTO = "auto"
    FEED = "feed"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class Source:
    """An address that is looked at again and again; of a `kind` that is found out where it is None.

    `outlet` and `language` hold where the article says nothing. Articles older than `since` at the time when they are
    found are passed over; None takes all. With `updates` an article that a feed calls updated is taken in again.
    """

    address: str
    every: timedelta = EVERY
    kind: Kind | None = None
    outlet: str | None = None
    language: str | None = None
    full_text: FullText = FullText.AUTO
    since: timedelta | None = None
    updates: bool = False

    def since_as(self, kind: Kind) -> timedelta | None:
        """How old an article may be; sitemaps name all that an outlet has, so of them it is two days by default."""
        return self.since or (_SINCE_OF_SITEMAPS if kind is Kind.SITEMAP else None)


@dataclass(frozen=True, slots=True)
class Sources:
    """All that is watched, how the watcher can be reached, and seconds between two requests to a host."""

    sources: tuple[Source, ...]
    contact: str | None = None
    delay: float = DELAY


def read_sources(path: Path) -> Sources:
    """The sources of a file; raises `SourcesError` where it cannot be read or says what cannot be."""
    try:
        read = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise SourcesError(f"{path} cannot be read ({error.strerror}); name a file of sources") from None
    except UnicodeDecodeError:
        raise SourcesError(f"{path} is not in UTF-8; save it so") from None
    except tomllib.TOMLDecodeError as error:
        raise SourcesError(f"{path} is no TOML: {error}; correct it there") from None
    return sources_of(read, str(path))


def sources_of(read: Mapping[str, Any], where: str) -> Sources:
    """The sources that a parsed file means; raises `SourcesError`."""
    _must_be_known(read, ("source", "every", "contact", "delay"), where)
    tables = read.get("source")
    if not isinstance(tables, list) or not tables or not all(isinstance(table, dict) for table in tables):
        raise SourcesError(f'{where}: there is no source; write [[source]] and under it address = "https://…"')
    every = _duration(read, "every", where) or EVERY
    sources = tuple(_source(table, f"{where}, source {number}", every) for number, table in enumerate(tables, 1))
    seen: set[str] = set()
    for number, source in enumerate(sources, 1):
        if source.address in seen:
            raise SourcesError(f"{where}, source {number}: {source.address} is there twice; keep one")
        seen.add(source.address)
    delay = read.get("delay", DELAY)
    if isinstance(delay, bool) or not isinstance(delay, int | float) or not 0 <= delay <= _MOST_DELAY:
        raise SourcesError(f"{where}: delay is {delay!r}, expected seconds from 0 to {_MOST_DELAY:g}, such as 2")
    return Sources(sources, _text(read, "contact", where), float(delay))


def _source(table: Mapping[str, Any], where: str, every: timedelta) -> Source:
    _must_be_known(table, Source.__slots__, where)
    address = _text(table, "address", where)
    if address is None:
        raise SourcesError(f'{where}: address is missing; write address = "https://…"')
    try:
        address = str(url_of(address))
    except NotFetched as problem:
        raise SourcesError(f"{where}: address {problem}") from None
    language = _text(table, "language", where)
    if language is not None and metadata.language(language) is None:
        raise SourcesError(f'{where}: language is {language!r}, expected a code such as "de"')
    updates = table.get("updates", False)
    if not isinstance(updates, bool):
        raise SourcesError(f"{where}: updates is {updates!r}, expected true or false")
    own_every = _duration(table, "every", where) or every
    if own_every < _LEAST_EVERY:
        raise SourcesError(f'{where}: every is less than a minute; write at least "1m"')
    return Source(
        address,
        own_every,
        _one_of(table, "kind", Kind, where),
        _text(table, "outlet", where),
        language and metadata.language(language),
        _one_of(table, "full_text", FullText, where) or FullText.AUTO,
        _duration(table, "since", where),
        updates,
    )


def _must_be_known(table: Mapping[str, Any], keys: tuple[str, ...], where: str) -> None:
    for key in table:
        if key not in keys:
            near = get_close_matches(key, keys, 1)
            hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(keys)}"
            raise SourcesError(f"{where}: there is no key {key!r}; {hint}")


def _text(table: Mapping[str, Any], key: str, where: str) -> str | None:
    value = table.get(key)
    if value is not None and not (isinstance(value, str) and value.strip() and value.isprintable()):
        raise SourcesError(f"{where}: {key} is {value!r}, expected words in quotation marks")
    return value


def _duration(table: Mapping[str, Any], key: str, where: str) -> timedelta | None:
    value = table.get(key)
    if value is None:
        return None
    found = _DURATION.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None or not int(found[1]):
        raise SourcesError(f'{where}: {key} is {value!r}, expected a time such as "90s", "15m", "6h" or "2d"')
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


def _one_of(table: Mapping[str, Any], key: str, choices: type[_Choice], where: str) -> _Choice | None:
    value = table.get(key)
    if value is None:
        return None
    try:
        return choices(value)
    except ValueError:
        known = ", ".join(f'"{one}"' for one in choices)
        raise SourcesError(f"{where}: {key} is {value!r}, expected one of {known}") from None
