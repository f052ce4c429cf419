"""A table as Parquet, made by PyArrow: typed columns, lists where a field is a list, and the notes as metadata."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any, BinaryIO

from quellenlage.export.extras import need
from quellenlage.export.table import Kind, Row, Table

ROWS_AT_ONCE = 10_000


def write_parquet(table: Table[Row], rows: Iterable[Row], out: BinaryIO) -> None:
    """Write a table, so many rows at once; the metadata of a column hold its notes as `note_de` and `note_en`."""
    arrow = need("pyarrow")
    schema = _schema(arrow, table)
    left = iter(rows)
    with need("pyarrow.parquet").ParquetWriter(out, schema, compression="zstd") as writer:
        while batch := list(islice(left, ROWS_AT_ONCE)):
            columns = [[column.value(row) for row in batch] for column in table.columns]
            arrays = [arrow.array(values, field.type) for values, field in zip(columns, schema, strict=True)]
            writer.write_batch(arrow.record_batch(arrays, schema=schema))


def _schema(arrow: Any, table: Table[Row]) -> Any:
    types = {
        Kind.TEXT: arrow.string(),
        Kind.TEXTS: arrow.list_(arrow.string()),
        Kind.NUMBER: arrow.float64(),
        Kind.COUNT: arrow.int64(),
        Kind.FLAG: arrow.bool_(),
        Kind.DAY: arrow.date32(),
    }
    return arrow.schema(
        arrow.field(
            column.name,
            types[column.kind],
            metadata={f"note_{language}": table.note(column, language) for language in ("de", "en")},
        )
        for column in table.columns
    )
