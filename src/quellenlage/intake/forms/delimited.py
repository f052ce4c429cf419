"""CSV in any of its dialects and encodings → rows."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Callable, Iterator
from itertools import chain, islice
from typing import BinaryIO

from quellenlage.intake.encoding import decode, is_binary
from quellenlage.intake.original import Skipped
from quellenlage.intake.unreadable import Unreadable

_LONGEST_LINE = 20_000_000  # bytes
_LONGEST_CELL = 10_000_000  # characters
_LARGEST_UTF16 = 50_000_000  # bytes
_LONGEST_HEAD = 100_000  # characters
_MOST_EMPTY = 1_000_000  # rows; what Excel leaves below a table
_SAMPLE = 50  # lines that show the dialect
_DELIMITERS = (";", ",", "\t", "|")
_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Excel writes and reads a first line that names the delimiter.
_NAMED_DELIMITER = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)
# At the end of a cell the backslash may be its last character.
_BACKSLASHED_QUOTE = re.compile(r'[^\\]\\"[^",;|\t\r\n]')
_DOUBLED_QUOTE = re.compile(r'[^,;|\t\s]""\w|\w""[^,;|\t\s]')


def delimited_rows(
    stream: BinaryIO, where: str, beginning: bytes, is_name: Callable[[str], bool]
) -> Iterator[tuple[int, list[str]] | Skipped]:
    """The rows of a CSV file with their numbers, the head first, empty ones left out; one is in memory at a time.

    UTF-8, Windows-1252 (each line by itself, so the whole file need not be known) and UTF-16. The delimiter is the
    one that gives most columns with names that `is_name` knows, else most columns. A row that cannot be read is a
    `Skipped`. Raises `Unreadable` where a line is beyond all measure, or there is none.
    """
    lines = _lines(stream, where, beginning)
    sample = list(islice(lines, _SAMPLE))
    while sample and not sample[0].strip():
        del sample[0]
    named = _NAMED_DELIMITER.fullmatch(sample[0]) if sample else None
    if named:
        del sample[0]
    if not sample:
        raise Unreadable(where, "there is nothing in it; expected a table with a head")
    head = sample[0]
    if is_binary(head):
        raise Unreadable(where, "this is no table, neither CSV nor Parquet; check what the file is, or export it again")
    if len(head) > _LONGEST_HEAD:
        raise Unreadable(
            where, f"a head of {len(head)} characters; expected the names of some columns; export the table again"
        )
    quote = "'" if head.startswith("'") and head.count("'") > 1 else '"'
    delimiter = named[1] if named else max(_DELIMITERS, key=lambda mark: _merit(head, mark, quote, is_name))
    is_backslashed = _BACKSLASHED_QUOTE.search("".join(sample)) and not _DOUBLED_QUOTE.search("".join(sample))
    # A limit of the whole library, not of one reader: its own cuts long articles off, others that set it may set none.
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(
        chain(sample, lines), delimiter=delimiter, quotechar=quote, escapechar="\\" if is_backslashed else None
    )
    number = empty = 0
    while empty < _MOST_EMPTY:
        number += 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Skipped(f"{where}, row {number}", f"cannot be read ({error}); check its quotation marks")
            continue
        if any(cell.strip() for cell in row):
            yield number, row
        else:
            empty += 1
    yield Skipped(f"{where}, row {number}", f"behind {_MOST_EMPTY} empty rows nothing more is read; take them out")


def _lines(stream: BinaryIO, where: str, beginning: bytes) -> Iterator[str]:
    # Without a mark, UTF-16 shows by its zeros.
    if beginning.startswith(_MARKS) or b"\0" in beginning:
        data = beginning + stream.read(_LARGEST_UTF16)
        if len(data) >= _LARGEST_UTF16:
            raise Unreadable(where, f"over {_LARGEST_UTF16 // 1_000_000} MB of UTF-16; save it in UTF-8")
        yield from decode(data, where).splitlines(keepends=True)
        return
    first = (beginning + stream.readline(_LONGEST_LINE)).removeprefix(codecs.BOM_UTF8)
    # Four bytes may hold the end of a line.
    for line in chain(first.splitlines(keepends=True), iter(lambda: stream.readline(_LONGEST_LINE), b"")):
        if len(line) >= _LONGEST_LINE:
            raise Unreadable(
                where,
                f"a line over {_LONGEST_LINE // 1_000_000} MB; expected a row for each article; export the table again",
            )
        try:
            yield line.decode("utf-8")
        except UnicodeDecodeError:
            yield line.decode("cp1252", "replace")


def _merit(head: str, delimiter: str, quote: str, is_name: Callable[[str], bool]) -> tuple[int, int]:
    try:
        cells = next(csv.reader([head], delimiter=delimiter, quotechar=quote))
    except (csv.Error, StopIteration):
        return 0, 0
    return sum(is_name(cell) for cell in cells), len(cells)
