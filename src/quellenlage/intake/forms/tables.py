"""Tables of articles (CSV, Parquet) → articles, one a row."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import PurePath
from typing import Any, BinaryIO

from quellenlage.domain import Article
from quellenlage.intake.forms.cells import language, moment, names, written
from quellenlage.intake.forms.columns import NONE_GIVEN, columns_of, known_columns
from quellenlage.intake.forms.delimited import delimited_rows
from quellenlage.intake.forms.parquet import MAGIC, parquet_rows
from quellenlage.intake.jsonform import json_article
from quellenlage.intake.original import Skipped
from quellenlage.intake.unreadable import Unreadable

_LONGEST_TEXT = 10_000_000  # characters


def rows(stream: BinaryIO, where: str, columns: Mapping[str, str] = NONE_GIVEN) -> Iterator[Article | Skipped]:
    """Every row of a CSV or Parquet file as an article.

    `columns` says which column holds which field: `text`, `title`, `published`, `outlet`, `url`, `id`, `language`,
    `authors`; for the others, names that are common in German and English are known (`intake/data/columns.yaml`).
    An article is known by its id, else its address, else the file's name and the row. A row that is no article is a
    `Skipped` that names row and field, and so is a table without rows. Raises `Unreadable` where no column for the text
    can be told.
    """
    is_empty = True
    for row in _rows(stream, where, columns):
        is_empty = False
        yield row
    if is_empty:
        yield Skipped(where, "there is no row under its head; expected one for each article")


def _rows(stream: BinaryIO, where: str, columns: Mapping[str, str]) -> Iterator[Article | Skipped]:
    known = known_columns()
    beginning = stream.read(len(MAGIC))
    if beginning == MAGIC:
        found = parquet_rows(stream, where, lambda there: columns_of(there, columns, known, "text", where))
        for number, values in found:
            yield _article(values, f"{where}, row {number}", _doc(where, number), known.nothing)
        return
    table = delimited_rows(stream, where, beginning, lambda name: known.field_of(name) is not None)
    chosen: dict[str, int] | None = None
    width = 0
    for row in table:
        if isinstance(row, Skipped):
            yield row
            continue
        number, cells = row
        at = f"{where}, row {number}"
        if chosen is None:
            chosen, width = columns_of(cells, columns, known, "text", where), len(cells)
        elif len(cells) > width and any(cells[width:]):
            yield Skipped(
                at, f"{len(cells)} cells under a head of {width}; put cells with delimiters in them in quotes"
            )
        else:
            values = {field: cells[position] for field, position in chosen.items() if position < len(cells)}
            yield _article(values, at, _doc(where, number), known.nothing)


def _doc(where: str, number: int) -> str:
    return f"{PurePath(where).stem}-{number}"


def _article(values: Mapping[str, Any], where: str, doc: str, nothing: Collection[str]) -> Article | Skipped:
    listed = values.get("authors")
    found: dict[str, Any] = {
        field: written(value, nothing) for field, value in values.items() if not isinstance(value, list)
    }
    if len(found.get("text") or "") > _LONGEST_TEXT:
        return Skipped(where, f"over {_LONGEST_TEXT // 1_000_000} million characters are no article; split it")
    if found.get("text") is None:
        return Skipped(where, "there is no text in this row; expected the words of an article")
    if isinstance(listed, list):
        found["authors"] = [str(name) for name in listed if name]
    elif found.get("authors"):
        found["authors"] = names(found["authors"])
    if day := found.get("published"):
        found["published"] = moment(day)
        if found["published"] is None:
            return Skipped(where, f"field published holds {day[:80]!r}, expected a date like 2024-03-09 or 09.03.2024")
    if tongue := found.get("language"):
        found["language"] = language(tongue)
    try:
        return json_article(found, where, doc)
    except Unreadable as problem:
        return Skipped(problem.where, problem.why)
