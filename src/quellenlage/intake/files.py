"""Files, folders and standard input → articles, one after the other."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

from quellenlage.domain import Article
from quellenlage.intake.encoding import decode
from quellenlage.intake.jsonform import is_claims, json_article
from quellenlage.intake.text import text_article
from quellenlage.intake.unreadable import Unreadable

STANDARD_INPUT = "-"
_LARGEST_FILE = 200_000_000  # bytes of a file that is read as a whole; JSON Lines have no limit
_JSON = re.compile(r"\s*(\{\s*[\"}]|\[\s*[{\]])")
_HTML = re.compile(r"\s*(<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|meta)\b", re.I | re.S)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A source that did not become an article: where it is, and why, with the next step."""

    where: str
    why: str


def articles_from(paths: Iterable[str | Path], stdin: BinaryIO | None = None) -> Iterator[Article | Skipped]:
    """Every article of the files, the folders, and `-`, standard input, in the order given.

    Files are read by their ending (`.txt`, `.html`, `.htm`, `.json`, `.jsonl`, `.ndjson`), others and standard input
    by how they begin. Folders are walked in sorted order, without hidden files and files of other endings. What cannot
    be read is a `Skipped` in its place; nothing is raised. One file, of JSON Lines one line, is in memory at a time.
    """
    for path in paths:
        if str(path) != STANDARD_INPUT:
            yield from _from_path(Path(path), named=True)
        elif stdin is None:
            yield Skipped(STANDARD_INPUT, "there is no standard input; pipe an article in, or name a file or a folder")
        else:
            yield from _from_stream(_by_beginning, stdin, "standard input", "stdin")


def _from_path(path: Path, *, named: bool) -> Iterator[Article | Skipped]:
    try:
        if path.is_dir():
            for entry in sorted(path.iterdir()):
                # A link to a folder may lead back up.
                if not entry.name.startswith(".") and not (entry.is_symlink() and entry.is_dir()):
                    yield from _from_path(entry, named=False)
            return
        read = _BY_ENDING.get(path.suffix.lower(), _by_beginning if named else None)
        if read is not None:
            with path.open("rb") as stream:
                yield from _from_stream(read, stream, str(path), path.stem)
    except FileNotFoundError:
        yield Skipped(str(path), "there is no such file or folder; check the path")
    except OSError as error:
        yield Skipped(str(path), f"cannot be opened ({error.strerror or error}); check the path and its permissions")


def _from_stream(
    read: Callable[[BinaryIO, str, str], Iterator[Article | Skipped]], stream: BinaryIO, where: str, stem: str
) -> Iterator[Article | Skipped]:
    try:
        yield from read(stream, where, stem)
    except Unreadable as problem:
        yield Skipped(problem.where, problem.why)


def _text(stream: BinaryIO, where: str, stem: str) -> Iterator[Article | Skipped]:
    yield text_article(_whole(stream, where), stem)


def _html(stream: BinaryIO, where: str, stem: str) -> Iterator[Article | Skipped]:
    yield _page(_whole(stream, where), where, stem)


def _json(stream: BinaryIO, where: str, stem: str) -> Iterator[Article | Skipped]:
    """One object or a list of objects; one object a line under the wrong ending is understood as well."""
    text = _whole(stream, where)
    first_line, _, others = text.partition("\n")
    if others.strip() and _is_object(first_line.encode("utf-8")):
        yield from _json_lines(text.encode("utf-8").splitlines(), where, stem)
    else:
        yield from _from_json(text, where, stem)


def _json_lines(lines: Iterable[bytes], where: str, stem: str) -> Iterator[Article | Skipped]:
    """One article a line; a broken line is skipped alone, a file of claims as a whole."""
    is_first = True
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        if is_first and is_claims(_value_or_none(line)):
            raise Unreadable(where, "this holds claims, not articles; read the articles that they come from")
        yield _or_skipped(partial(_from_line, line, f"{where}, line {number}", f"{stem}-{number}"))
        is_first = False
    if is_first:
        raise Unreadable(where, "there is nothing in it; expected one article a line, each a JSON object")


def _by_beginning(stream: BinaryIO, where: str, stem: str) -> Iterator[Article | Skipped]:
    """Whatever the stream begins like: JSON Lines, JSON, a web page, or plain text."""
    beginning = []
    for line in stream:
        beginning.append(line)
        if line.strip():
            break
    if beginning and _is_object(beginning[-1]):
        yield from _json_lines(chain(beginning, stream), where, stem)
        return
    text = _whole(stream, where, b"".join(beginning))
    if _JSON.match(text):
        yield from _from_json(text, where, stem)
    elif _HTML.match(text):
        yield _page(text, where, stem)
    else:
        yield text_article(text, stem)


_BY_ENDING: Mapping[str, Callable[[BinaryIO, str, str], Iterator[Article | Skipped]]] = MappingProxyType(
    {".txt": _text, ".html": _html, ".htm": _html, ".json": _json, ".jsonl": _json_lines, ".ndjson": _json_lines}
)


def _whole(stream: BinaryIO, where: str, beginning: bytes = b"") -> str:
    data = beginning + stream.read(_LARGEST_FILE)
    if len(data) >= _LARGEST_FILE:
        raise Unreadable(where, f"over {_LARGEST_FILE // 1_000_000} MB are no article; split it or use JSON Lines")
    text = decode(data, where)
    if not text.strip():
        raise Unreadable(where, "there is nothing in it; expected an article as text, HTML or JSON")
    return text


def _page(text: str, where: str, doc: str) -> Article:
    # Loading the page reader takes longer than reading a folder of text files.
    from quellenlage.intake.html import html_article

    return html_article(text, where, doc)


def _from_json(text: str, where: str, stem: str) -> Iterator[Article | Skipped]:
    value = _value(text, where)
    if not isinstance(value, list):
        yield json_article(value, where, stem)
        return
    if not value:
        raise Unreadable(where, "the list is empty; expected a list of articles")
    for number, item in enumerate(value, 1):
        yield _or_skipped(partial(json_article, item, f"{where}, article {number}", f"{stem}-{number}"))


def _from_line(line: bytes, where: str, doc: str) -> Article:
    return json_article(_value(decode(line, where), where), where, doc)


def _or_skipped(make: Callable[[], Article]) -> Article | Skipped:
    try:
        return make()
    except Unreadable as problem:
        return Skipped(problem.where, problem.why)


def _value(text: str, where: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        at = f"line {error.lineno}, column {error.colno}"
        raise Unreadable(where, f"broken JSON at {at} ({error.msg}); correct it there, or export it again") from error
    except (ValueError, RecursionError) as error:
        raise Unreadable(where, "JSON with numbers or nesting beyond all measure; expected an article") from error


def _value_or_none(line: bytes) -> object:
    try:
        return _value(line.decode("utf-8-sig"), "")
    except ValueError:
        return None


def _is_object(line: bytes) -> bool:
    return isinstance(_value_or_none(line), dict)
