"""The ledger as a workbook: a sheet of claims and a sheet of deals, made by XlsxWriter."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, BinaryIO

from quellenlage.export.extras import need
from quellenlage.export.table import CLAIMS, DEALS, SEPARATOR, Kind, Row, Table, Value, claim_rows, deal_rows
from quellenlage.labels import Labels
from quellenlage.ledger import LedgerError
from quellenlage.steps import Weighed

MOST_ROWS = 1_048_576
"""How many rows a sheet holds, its header among them. Source: Microsoft, "Excel specifications and limits"."""
_MOST_CHARACTERS = 32_767
_CUT = "…"
_FIRST_YEAR = 1900


def write_xlsx(all_of_it: Weighed, out: BinaryIO, labels: Labels) -> None:
    """Write the workbook; every header carries a note, in the language of the labels, on what its column holds.

    Texts are written as texts, so none becomes a formula or a link; a text that is too long for a cell ends in "…".
    Raises `LedgerError` where there are more rows than a sheet holds.
    """
    library = need("xlsxwriter")
    names = labels.words["sheets"]
    with library.Workbook(out, {"constant_memory": True}) as book:
        _fill(book, names["claims"], CLAIMS, claim_rows(all_of_it, labels), labels.language)
        _fill(book, names["deals"], DEALS, deal_rows(all_of_it, labels), labels.language)


def _fill(book: Any, name: str, table: Table[Row], rows: Iterable[Row], language: str) -> None:
    sheet = book.add_worksheet(name)
    header = book.add_format({"bold": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, column.width, day if column.kind is Kind.DAY else None)
        sheet.write_string(0, place, column.name, header)
        sheet.write_comment(0, place, table.note(column, language), {"x_scale": 2})
    last = 0
    for last, row in enumerate(rows, start=1):
        if last >= MOST_ROWS:
            raise LedgerError(f"a sheet holds {MOST_ROWS - 1} rows and no more; take `export csv` or `export parquet`")
        for place, column in enumerate(table.columns):
            _write(sheet, last, place, column.value(row), day)
    sheet.autofilter(0, 0, last, len(table.columns) - 1)


def _write(sheet: Any, row: int, place: int, value: Value, day: object) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, place, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, place, value)
    elif isinstance(value, date) and value.year >= _FIRST_YEAR:
        sheet.write_datetime(row, place, value, day)
    else:
        text = SEPARATOR.join(value) if isinstance(value, tuple) else str(value)
        sheet.write_string(row, place, text if len(text) <= _MOST_CHARACTERS else text[: _MOST_CHARACTERS - 1] + _CUT)
