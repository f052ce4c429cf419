"""Lists of articles' addresses, as Media Cloud and GDELT give them out → what is to be fetched.

Media Cloud: the CSV and JSON of a search's stories. GDELT: the article list of its DOC API (CSV, JSON), and its tables
of events, mentions and the Global Knowledge Graph, also in the ZIP files that they come in. What their columns hold
is in `intake/data/columns.yaml`.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from itertools import chain
from typing import Any, BinaryIO, cast
from urllib.parse import urlsplit

from quellenlage.intake.archives.zipped import BROKEN, ZIP_MAGIC, member, must_fit, opened
from quellenlage.intake.encoding import decode
from quellenlage.intake.forms.cells import language, moment, written
from quellenlage.intake.forms.columns import NONE_GIVEN, Headless, Knowledge, columns_of, known_columns
from quellenlage.intake.forms.delimited import delimited_rows
from quellenlage.intake.original import Skipped
from quellenlage.intake.unreadable import Unreadable

_LONGEST_LINE = 20_000_000  # bytes
_LARGEST_JSON = 30_000_000  # bytes
_MOST_ITEMS = 200_000
_LARGEST_TABLE = 2_000_000_000  # bytes, unpacked
_MOST_TABLES = 100
_LONGEST_ADDRESS = 4000  # characters
_TRANSLATED_FROM = re.compile(r"srclc:([a-z]{2,3})")
_PAGE_TITLE = re.compile(r"<PAGE_TITLE>([^<]*)</PAGE_TITLE>")


@dataclass(frozen=True, slots=True)
class Listed:
    """An article that a list names: its address, and what the list says of it.

    `published` (ISO 8601) is when it was published or, in GDELT's lists, first seen.
    """

    address: str
    title: str | None = None
    published: str | None = None
    outlet: str | None = None
    language: str | None = None


def listed(stream: BinaryIO, where: str, columns: Mapping[str, str] = NONE_GIVEN) -> Iterator[Listed | Skipped]:
    """Every article that the list names, each address once.

    `columns` says which column holds `url`, `title`, `published`, `outlet`, `language`; common names are known.
    Lines of GDELT's mentions that are no web pages are left out. A line without an address that begins with http or
    https is a `Skipped`, and so is a list of nothing. Raises `Unreadable` where there is no column of addresses.
    """
    known = known_columns()
    seen: set[str] = set()
    is_empty = True
    for entry in _entries(stream, where, columns, known):
        is_empty = False
        if isinstance(entry, Skipped):
            yield entry
        elif entry.address not in seen:
            seen.add(entry.address)
            yield entry
    if is_empty:
        yield Skipped(where, "there is no article on the web in this list; expected one a row")


def _entries(stream: BinaryIO, where: str, columns: Mapping[str, str], known: Knowledge) -> Iterator[Listed | Skipped]:
    first = stream.readline(_LONGEST_LINE)
    if first.startswith(ZIP_MAGIC):
        yield from _zipped(stream, where, columns, known)
    elif first.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        yield from _from_json(first + stream.read(_LARGEST_JSON), where, columns, known)
    else:
        yield from _table(stream, where, first, columns, known)


def _zipped(stream: BinaryIO, where: str, columns: Mapping[str, str], known: Knowledge) -> Iterator[Listed | Skipped]:
    with opened(stream, where, "ZIP file of tables") as archive:
        tables = [info for info in archive.infolist() if info.filename.lower().endswith((".csv", ".tsv", ".txt"))]
        if not tables:
            raise Unreadable(where, "there is no table in this ZIP file; expected .csv as GDELT packs it")
        must_fit(tables[:_MOST_TABLES], stream, where)
        for info in tables[:_MOST_TABLES]:
            at = f"{where}, {info.filename}"
            try:
                with member(archive, info, at, _LARGEST_TABLE) as table:
                    first = table.readline(_LONGEST_LINE)
                    yield from _table(cast(BinaryIO, table), at, first, columns, known)
            except Unreadable as problem:
                yield Skipped(problem.where, problem.why)
            except BROKEN as error:
                yield Skipped(at, f"damaged ({error}); get the file again")
        if len(tables) > _MOST_TABLES:
            yield Skipped(where, f"only the first {_MOST_TABLES} of {len(tables)} tables were read; unpack the others")


def _table(
    stream: BinaryIO, where: str, first: bytes, columns: Mapping[str, str], known: Knowledge
) -> Iterator[Listed | Skipped]:
    headless = known.headless.get(first.count(b"\t") + 1)
    if headless is not None and known.field_of(first.decode("utf-8", "replace").split("\t")[0]) is None:
        lines = chain([first], iter(lambda: stream.readline(_LONGEST_LINE), b""))
        yield from _without_head(lines, where, headless, known)
        return
    chosen: Mapping[str, int] | None = None
    for row in delimited_rows(stream, where, first, lambda name: known.field_of(name) is not None):
        if isinstance(row, Skipped):
            yield row
        elif chosen is None:
            chosen = columns_of(row[1], columns, known, "url", where)
        else:
            number, cells = row
            values = {field: cells[position] for field, position in chosen.items() if position < len(cells)}
            yield _entry(values, f"{where}, row {number}", known)


def _without_head(lines: Iterable[bytes], where: str, table: Headless, known: Knowledge) -> Iterator[Listed | Skipped]:
    """GDELT's tables: cells parted by tabs, nothing in quotes."""
    width = max([*table.columns.values(), *table.only]) + 1
    for number, line in enumerate(lines, 1):
        cells = line.decode("utf-8", "replace").rstrip("\r\n").split("\t")
        if len(cells) < width:
            if line.strip():
                yield Skipped(
                    f"{where}, line {number}",
                    f"{len(cells)} cells, expected at least {width}, as in {table.name}; get the file again",
                )
        elif all(cells[column] == value for column, value in table.only.items()):
            values = {field: cells[column] for field, column in table.columns.items()}
            if "translation" in values:
                # By the codebooks, what was not translated is English.
                from_language = _TRANSLATED_FROM.search(values["translation"])
                values["language"] = from_language[1] if from_language else "en"
            if title := _PAGE_TITLE.search(values.get("extras", "")):
                values["title"] = unescape(title[1])
            yield _entry(values, f"{where}, line {number}", known)


def _from_json(data: bytes, where: str, columns: Mapping[str, str], known: Knowledge) -> Iterator[Listed | Skipped]:
    if len(data) >= _LARGEST_JSON:
        raise Unreadable(where, f"over {_LARGEST_JSON // 1_000_000} MB of JSON; export it as CSV")
    text = decode(data, where)
    # Each object takes twenty times the memory of its two brackets.
    if text.count("{") + text.count("[") > 10 * _MOST_ITEMS:
        raise Unreadable(where, f"over {_MOST_ITEMS} articles in one piece of JSON; export it as CSV")
    try:
        items = _items(json.loads(text))
    except (ValueError, RecursionError):
        items = [_object_or_none(line) for line in io.StringIO(text) if line.strip()]
    if len(items) > _MOST_ITEMS:
        raise Unreadable(where, f"over {_MOST_ITEMS} articles in one piece of JSON; export it as CSV")
    for number, item in enumerate(items, 1):
        at = f"{where}, article {number}"
        if not isinstance(item, dict):
            yield Skipped(at, "expected an object with an address; export the list again")
            continue
        try:
            chosen = columns_of(list(item), columns, known, "url", at)
        except Unreadable as problem:
            yield Skipped(problem.where, problem.why)
            continue
        values = list(item.values())
        yield _entry({field: values[position] for field, position in chosen.items()}, at, known)


def _items(value: Any) -> list[Any]:
    """The list itself, the one that an object holds (as `articles` in GDELT's), or the only article."""
    if isinstance(value, list):
        return value
    lists = [inside for inside in value.values() if isinstance(inside, list)] if isinstance(value, dict) else []
    return next((inside for inside in lists if inside and isinstance(inside[0], dict)), [value])


def _object_or_none(line: str) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _entry(values: Mapping[str, Any], where: str, known: Knowledge) -> Listed | Skipped:
    words = {field: written(value, known.nothing) for field, value in values.items()}
    address = words.get("url") or ""
    if not _is_web(address):
        return Skipped(where, f"{address[:100]!r} is no address on the web; expected one that begins with https://")
    return Listed(
        address=address,
        title=words.get("title"),
        published=moment(words.get("published") or ""),
        outlet=words.get("outlet"),
        language=language(words.get("language") or ""),
    )


def _is_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and len(address) <= _LONGEST_ADDRESS
    except ValueError:
        return False
