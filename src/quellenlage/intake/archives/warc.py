"""WARC and WET files → the pages and texts in them.

The formats: ISO 28500:2017 (WARC 1.1), WARC 1.0, and Common Crawl's WET, which keeps plain text in `conversion`
records. Plain, or compressed with gzip, zstd or LZ4, a record or the whole file at once; FastWARC reads them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from quellenlage.intake.archives.coding import decoded
from quellenlage.intake.archives.measured import Measured, TooMuch
from quellenlage.intake.archives.resuming import next_record
from quellenlage.intake.original import Original, Skipped
from quellenlage.intake.unreadable import Unreadable

_LARGEST_PAGE = 20_000_000  # bytes
_LARGEST_RECORD = 1_000_000_000  # bytes of a film or the like that is worth reading past
_SLACK = 3 << 15  # bytes that may be read beyond a record: its head and what is read ahead
_HARMLESS = 50_000_000  # bytes that may come of anything
_MOST_EXPANSION = 300  # times; pages expand some tenfold, gzip can do a thousandfold
_COST = 5000  # bytes that a record counts beside its content: to read the smallest takes as long as so much text
_MOST_DAMAGES = 1000  # places in one archive where reading is taken up again
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_TEXT = "text/plain"
_NEXT_STEP = "get the archive again, or go on without what is lost"


def originals(stream: BinaryIO, where: str, passed: Counter[str] | None = None) -> Iterator[Original | Skipped]:
    """Every HTML page that came with status 200 and every text of the archive; one record is in memory at a time.

    Of a page, `address` is its WARC-Target-URI, `got` its WARC-Date, `charset` that of its HTTP header. Other records
    are passed over; `passed` counts them by what they are. A damaged or cut record is a `Skipped` that names its
    number and the byte where it begins; reading goes on with the next one that can be found. Reading stops where the
    archive expands beyond measure. Raises `Unreadable` where there is no record at all.
    """
    first = stream.tell() if stream.seekable() else 0
    start: int | None = first
    number = made = damages = 0
    lost: tuple[str, str] | None = None  # the place and the problem, until it is known where reading goes on
    while start is not None:
        if damages:
            stream.seek(start)
        measured, record_start, problem = Measured(stream, start), start, ""
        measured.allow(_SLACK)
        try:
            for record in ArchiveIterator(measured, parse_http=False):
                number += 1
                record_start, size = record.stream_pos, record.content_length
                if lost:
                    yield Skipped(lost[0], f"{lost[1]}; reading went on at byte {record_start}; {_NEXT_STEP}")
                    lost = None
                made += size + _COST
                if made > _HARMLESS + _MOST_EXPANSION * (measured.position - first):
                    raise TooMuch
                if size > _LARGEST_RECORD:
                    problem = f"a record of {size // 1_000_000} MB"
                    break
                measured.allow(size + _SLACK)
                found = _original(record, f"{where}, record {number}", record_start)
                left = record.content_length
                measured.allow(left + _SLACK)
                if isinstance(found, str) and record.consume() < left:
                    found = Skipped(f"{where}, record {number}, byte {record_start}", f"cut off; {_NEXT_STEP}")
                if not isinstance(found, str):
                    yield found
                elif passed is not None:
                    passed[found] += 1
        except TooMuch:
            yield Skipped(
                where, f"expands beyond measure after record {number}, as no archive of pages does; {_NEXT_STEP}"
            )
            return
        except OSError as error:
            problem = f"damaged ({error})"
        start = next_record(stream, record_start) if damages < _MOST_DAMAGES else None
        if problem or start is not None:
            # At some kinds of damage the library stops as it does at the end: then it is what follows that is damaged.
            at = record_start if problem or start is None else start
            lost = lost or (f"{where}, at or behind record {number}, byte {at}", problem or "damaged or cut off")
            damages += 1
    if not number:
        raise Unreadable(where, "this is no WARC or WET file; expected records that begin with WARC/1")
    if lost:
        yield Skipped(lost[0], f"{lost[1]}; nothing behind it can be read; {_NEXT_STEP}")


def _original(record: WarcRecord, where: str, start: int) -> Original | Skipped | str:
    """The original in a record, why there is none, or what kind of record is passed over."""
    if record.headers.get("Content-Length") is None:
        return Skipped(f"{where}, byte {start}", f"cut off in its header; {_NEXT_STEP}")
    if record.record_type == WarcRecordType.conversion:
        return _text(record, where, start)
    if record.record_type != WarcRecordType.response:
        return str(record.record_type)
    kind = (record.headers.get("Content-Type") or "application/http").partition(";")[0].strip().lower()
    if kind != "application/http":
        return kind  # The answers of name servers are responses, too.
    record.parse_http()
    headers = record.http_headers
    if headers is None or headers.status_code is None:
        return Skipped(f"{where}, byte {start}", f"cut off or damaged; {_NEXT_STEP}")
    if headers.status_code != 200:
        return f"status {headers.status_code}"
    media_type = (record.http_content_type or "").lower()
    if media_type not in _PAGES:
        return media_type or "no media type"
    body = _body(record, where, start)
    if isinstance(body, Skipped):
        return body
    body = decoded(body, headers.get("Transfer-Encoding") or "", headers.get("Content-Encoding") or "", _LARGEST_PAGE)
    if len(body) > _LARGEST_PAGE:
        return Skipped(f"{where}, byte {start}", _too_large())
    return _made(record, body, where, "text/html", record.http_charset or "")


def _text(record: WarcRecord, where: str, start: int) -> Original | Skipped | str:
    media_type = (record.headers.get("Content-Type") or "").partition(";")[0].strip().lower()
    if media_type != _TEXT:
        return media_type or "no media type"
    body = _body(record, where, start)
    return body if isinstance(body, Skipped) else _made(record, body, where, _TEXT, "utf-8")


def _body(record: WarcRecord, where: str, start: int) -> bytes | Skipped:
    size = record.content_length
    if size > _LARGEST_PAGE:
        return Skipped(f"{where}, byte {start}", _too_large())
    body = record.reader.read(size)
    if len(body) < size:
        return Skipped(f"{where}, byte {start}", f"cut off after {len(body)} of {size} bytes; {_NEXT_STEP}")
    return body


def _made(record: WarcRecord, body: bytes, where: str, media_type: str, charset: str) -> Original | str:
    if not body:
        return "empty"
    # Old writers put the address into angle brackets.
    address = (record.headers.get("WARC-Target-URI") or "").strip("<> ")
    return Original(
        data=body,
        where=where,
        name=address or where,
        media_type=media_type,
        charset=charset.lower(),
        address=address or None,
        got=record.headers.get("WARC-Date"),
    )


def _too_large() -> str:
    return f"over {_LARGEST_PAGE // 1_000_000} MB are no page; save its article alone"
