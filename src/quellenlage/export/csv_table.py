"""A table as CSV (RFC 4180), in UTF-8, with lists joined by semicolons."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from io import StringIO
from typing import TextIO

from quellenlage.export.table import SEPARATOR, Row, Table, Value

_FORMULA = frozenset("=+-@\t\r＝＋－＠")


def write_csv(table: Table[Row], rows: Iterable[Row], out: TextIO) -> None:
    """Write a table, row by row, under a line with the names of the columns."""
    out.writelines(csv_lines(table, rows))


def csv_lines(table: Table[Row], rows: Iterable[Row]) -> Iterator[str]:
    """The table line by line, as `write_csv` writes it."""
    yield _line([column.name for column in table.columns])
    for row in rows:
        yield _line([cell(column.value(row)) for column in table.columns])


def cell(value: Value) -> str:
    """A value as it stands in a cell: true and false, whole numbers without a point, nothing where there is none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    return SEPARATOR.join(map(harmless, value)) if isinstance(value, tuple) else harmless(value)


def harmless(text: str) -> str:
    """The text with an apostrophe in front where a spreadsheet would take it for a formula and run it.

    Source: OWASP, "CSV Injection", https://owasp.org/www-community/attacks/CSV_Injection
    """
    begins = text.lstrip(" \n")[:1]
    return f"'{text}" if begins in _FORMULA and begins else text


def _line(cells: Sequence[str]) -> str:
    line = StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue()
