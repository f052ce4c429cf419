"""Parquet → rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from typing import Any, BinaryIO

from quellenlage.intake.unreadable import Unreadable

MAGIC = b"PAR1"
_ROWS_AT_ONCE = 256
_LARGEST_GROUP = 500_000_000  # bytes of the columns that are read, unpacked
_LARGEST_HEAD = 20_000_000  # bytes


def parquet_rows(
    stream: BinaryIO, where: str, choose: Callable[[Sequence[str]], dict[str, int]]
) -> Iterator[tuple[int, dict[str, Any]]]:
    """The rows of a Parquet file with their numbers, as field → value; only the chosen columns are read, in batches.

    `choose` says, for the names of the columns, which holds which field. Raises `Unreadable` where the file is
    damaged, comes through a pipe, has row groups beyond measure, or pyarrow is not installed.
    """
    if not stream.seekable():
        raise Unreadable(where, "Parquet cannot be read from a pipe; save it, and name the file")
    try:
        parquet: Any = import_module("pyarrow.parquet")
    except ImportError as error:
        raise Unreadable(where, "Parquet needs pyarrow; pip install 'quellenlage[exports]'") from error
    try:
        stream.seek(0)
        file = parquet.ParquetFile(
            stream, thrift_string_size_limit=_LARGEST_HEAD, thrift_container_size_limit=_LARGEST_HEAD // 100
        )
        names = list(file.schema_arrow.names)
        chosen = choose(names)
        columns = [names[number] for number in chosen.values()]
        _check_groups(file.metadata, set(columns), where)
        number = 0
        for batch in file.iter_batches(batch_size=_ROWS_AT_ONCE, columns=columns):
            held = {field: batch.column(names[position]) for field, position in chosen.items()}
            for row in range(batch.num_rows):
                number += 1
                yield number, {field: column[row].as_py() for field, column in held.items()}
    except Unreadable:
        raise
    except (OSError, ValueError, TypeError, KeyError, NotImplementedError, MemoryError, OverflowError) as error:
        raise Unreadable(where, f"this Parquet file is damaged ({str(error)[:200]}); write it again") from error


def _check_groups(metadata: Any, columns: set[str], where: str) -> None:
    for group in range(metadata.num_row_groups):
        parts = (metadata.row_group(group).column(number) for number in range(metadata.row_group(group).num_columns))
        size = sum(part.total_uncompressed_size for part in parts if part.path_in_schema.partition(".")[0] in columns)
        if size > _LARGEST_GROUP:
            most = _LARGEST_GROUP // 1_000_000
            raise Unreadable(where, f"row group {group + 1} has over {most} MB; write it with smaller row groups")
