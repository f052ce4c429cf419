"""Files, folders and standard input → originals, one after the other."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BufferedReader, RawIOBase
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, cast

from quellenlage.domain import Article
from quellenlage.intake.archives import mail, wacz, warc
from quellenlage.intake.archives.zipped import opened
from quellenlage.intake.forms.columns import NONE_GIVEN
from quellenlage.intake.forms.tables import rows
from quellenlage.intake.jsonform import is_claims, own_form
from quellenlage.intake.original import Original, Skipped
from quellenlage.intake.unreadable import Unreadable

STANDARD_INPUT = "-"
# Old Word documents, RTF and ODT are refused by what reads DOCX, with the next step.
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# Bytes of a file that is read as a whole, by what it is; archives, tables and JSON Lines have no limit. A hundred times
# the longest article, or what stays below 1 GB of memory when it is parsed.
_LARGEST_FILE = MappingProxyType({"application/pdf": 100_000_000, DOCX: 100_000_000})
_LARGEST_OTHER = 40_000_000
_OF_DOCUMENTS = frozenset({"word/document.xml", "mimetype"})  # the latter in ODT
_HEAD = 4096  # bytes
JSON_BEGINNING = re.compile(rb"(?:\xef\xbb\xbf)?\s*(\{\s*[\"}]|\[\s*[{\]])")
_Given = Mapping[str, str]
_Read = Callable[[BinaryIO, "_Place"], Iterator[Original | Skipped]]


@dataclass(frozen=True, slots=True)
class _Place:
    """What messages call a stream, what an article in it is called, and which columns a table was said to have."""

    where: str
    stem: str
    columns: _Given


def originals_from(
    paths: Iterable[str | Path], stdin: BinaryIO | None = None, columns: _Given = NONE_GIVEN
) -> Iterator[Original | Skipped]:
    """Every original of the files, the folders, and `-`, standard input, in the order given.

    Files are read by their ending, others and standard input by how they begin. Archives (WARC, WET, WACZ), mailboxes
    (MBOX), mails (EML), tables (CSV, TSV, Parquet) and JSON Lines hold many; text, HTML, JSON, PDF and DOCX are one.
    Folders are walked in sorted order, without hidden files and files of other endings. `columns` says which column of
    a table holds which field. What cannot be read is a `Skipped` in its place; nothing is raised.
    """
    for path in paths:
        if str(path) != STANDARD_INPUT:
            yield from _from_path(Path(path), columns, named=True)
        elif stdin is None:
            yield Skipped(STANDARD_INPUT, "there is no standard input; pipe an article in, or name a file or a folder")
        else:
            yield from _from_stream(_by_beginning, stdin, _Place("standard input", "stdin", columns))


def _from_path(path: Path, columns: _Given, *, named: bool) -> Iterator[Original | Skipped]:
    try:
        if path.is_dir():
            for entry in sorted(path.iterdir()):
                # A link to a folder may lead back up.
                if not entry.name.startswith(".") and not (entry.is_symlink() and entry.is_dir()):
                    yield from _from_path(entry, columns, named=False)
            return
        ending = next((ending for ending in _BY_ENDING if path.name.lower().endswith(ending)), None)
        read = _BY_ENDING[ending] if ending else _by_beginning if named else None
        if read is not None:
            stem = path.name[: -len(ending)] if ending else path.stem
            with path.open("rb") as stream:
                yield from _from_stream(read, stream, _Place(str(path), stem or path.name, columns))
    except FileNotFoundError:
        yield Skipped(str(path), "there is no such file or folder; check the path")
    except OSError as error:
        yield Skipped(str(path), f"cannot be opened ({error.strerror or error}); check the path and its permissions")


def _from_stream(read: _Read, stream: BinaryIO, place: _Place) -> Iterator[Original | Skipped]:
    try:
        yield from read(stream, place)
    except Unreadable as problem:
        yield Skipped(problem.where, problem.why)


def _whole(media_type: str) -> _Read:
    """What reads a stream as one original of a media type."""

    def read(stream: BinaryIO, place: _Place) -> Iterator[Original | Skipped]:
        yield _one(stream, place, media_type)

    return read


def _one(stream: BinaryIO, place: _Place, media_type: str, beginning: bytes = b"") -> Original:
    most = _LARGEST_FILE.get(media_type, _LARGEST_OTHER)
    data = beginning + stream.read(most)
    if len(data) >= most:
        largest = f"over {most // 1_000_000} MB are no article"
        raise Unreadable(place.where, f"{largest}; split it, or use JSON Lines or an archive")
    return Original(data, place.where, place.stem, media_type)


def _json(stream: BinaryIO, place: _Place) -> Iterator[Original | Skipped]:
    """One object or a list of objects; one object a line under the wrong ending is understood as well."""
    lines = _bounded(stream)
    first = next(lines, b"")
    second = next((line for line in lines if line.strip()), b"") if _is_object(first) else b""
    if second:
        yield from _json_lines(chain([first, second], lines), place)
    else:
        yield _one(stream, place, "application/json", first)


def _json_lines(lines: Iterable[bytes], place: _Place) -> Iterator[Original | Skipped]:
    """One article a line; a file of claims is skipped as a whole."""
    is_first = True
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        if is_first and is_claims(_value_or_none(line)):
            raise Unreadable(place.where, "this holds claims, not articles; read the articles that they come from")
        at = f"{place.where}, line {number}"
        if len(line) >= _LARGEST_OTHER:
            longest = f"over {_LARGEST_OTHER // 1_000_000} MB are no article, and nothing behind them was read"
            raise Unreadable(at, f"{longest}; put each article on a line of its own")
        yield Original(line.rstrip(b"\r\n"), at, f"{place.stem}-{number}", "application/json")
        is_first = False
    if is_first:
        raise Unreadable(place.where, "there is nothing in it; expected one article a line, each a JSON object")


def _table(stream: BinaryIO, place: _Place) -> Iterator[Original | Skipped]:
    """Rows as articles in the project's own form: a row has no bytes of its own."""
    for row in rows(stream, place.where, place.columns):
        yield row if isinstance(row, Skipped) else _written(row, place.where)


def _written(article: Article, where: str) -> Original:
    data = json.dumps(own_form(article), ensure_ascii=False).encode("utf-8", "surrogatepass")
    return Original(data, f"{where}, {article.doc}", article.doc, "application/json")


def _zip(stream: BinaryIO, place: _Place) -> Iterator[Original | Skipped]:
    """A ZIP file is a Word document where it holds one, else what crawlers pack."""
    with opened(stream, place.where, "Word document or WACZ file") as archive:
        is_document = not _OF_DOCUMENTS.isdisjoint(archive.namelist())
    stream.seek(0)
    yield from (_whole(DOCX)(stream, place) if is_document else wacz.originals(stream, place.where))


def _by_beginning(stream: BinaryIO, place: _Place) -> Iterator[Original | Skipped]:
    """Whatever the stream begins like; what is left to the form to tell has no media type."""
    peeking = stream if isinstance(stream, BufferedReader) else BufferedReader(cast(RawIOBase, stream))
    head = peeking.peek(_HEAD)
    read = next((read for magic, read in _BY_MAGIC.items() if head.startswith(magic)), None)
    if read is None:
        read = _json if JSON_BEGINNING.match(head) else _whole("")
    yield from read(cast(BinaryIO, peeking), place)


_TEXT, _HTML, _PDF = _whole("text/plain"), _whole("text/html"), _whole("application/pdf")


def _warc(stream: BinaryIO, place: _Place) -> Iterator[Original | Skipped]:
    return warc.originals(stream, place.where)


def _wacz(stream: BinaryIO, place: _Place) -> Iterator[Original | Skipped]:
    return wacz.originals(stream, place.where)


def _mail(stream: BinaryIO, place: _Place) -> Iterator[Original | Skipped]:
    return mail.originals(stream, place.where)


def _lines(stream: BinaryIO, place: _Place) -> Iterator[Original | Skipped]:
    return _json_lines(_bounded(stream), place)


def _bounded(stream: BinaryIO) -> Iterator[bytes]:
    """The lines of a stream, those that are too long in pieces of the largest size."""
    return iter(lambda: stream.readline(_LARGEST_OTHER), b"")


_BY_ENDING: Mapping[str, _Read] = MappingProxyType(
    {
        **dict.fromkeys((".txt",), _TEXT),
        **dict.fromkeys((".html", ".htm", ".xhtml"), _HTML),
        **dict.fromkeys((".json",), _json),
        **dict.fromkeys((".jsonl", ".ndjson"), _lines),
        **dict.fromkeys((".pdf",), _PDF),
        **dict.fromkeys((".docx", ".doc", ".rtf", ".odt"), _whole(DOCX)),
        **dict.fromkeys((".csv", ".tsv", ".parquet"), _table),
        **dict.fromkeys((".eml", ".mbox"), _mail),
        **dict.fromkeys((".wacz",), _wacz),
        **dict.fromkeys((".warc", ".warc.gz", ".warc.zst", ".wet", ".wet.gz"), _warc),
    }
)
_BY_MAGIC: Mapping[bytes, _Read] = MappingProxyType(
    {
        b"WARC/": _warc,
        b"\x1f\x8b": _warc,
        b"\x28\xb5\x2f\xfd": _warc,
        b"PK\x03\x04": _zip,
        b"%PDF": _PDF,
        b"PAR1": _table,
        b"From ": _mail,
        **dict.fromkeys((b"{\\rtf", b"\xd0\xcf\x11\xe0"), _whole(DOCX)),
    }
)


def _is_object(line: bytes) -> bool:
    return isinstance(_value_or_none(line), dict)


def _value_or_none(line: bytes) -> object:
    try:
        return json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
