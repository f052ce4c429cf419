"""WACZ files → the pages in them.

The format: Web Archive Collection Zipped 1.1.1 (specs.webrecorder.net/wacz), a ZIP file with the WARC files of a
crawl in its folder `archive`, as Browsertrix and ArchiveWeb.page write it.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from typing import BinaryIO, cast

from quellenlage.intake.archives import warc
from quellenlage.intake.archives.zipped import BOMB, BROKEN, member, opened
from quellenlage.intake.original import Original, Skipped
from quellenlage.intake.unreadable import Unreadable

_WARC = re.compile(r"(?:.*/)?archive/[^/]+\.warc(\.gz|\.zst)?", re.I)
_LARGEST_WARC = 50_000_000_000  # bytes; they are read as a stream
_HARMLESS = 100_000_000  # bytes that may come of any file
_MOST_EXPANSION = 20  # times; a directory that names one member many times makes more


def originals(stream: BinaryIO, where: str, passed: Counter[str] | None = None) -> Iterator[Original | Skipped]:
    """Every page of the WARC files in the folder `archive`, as `warc.originals` gives them.

    The other members (indexes, logs, lists of pages) are not looked at, nor archives within archives. A WARC file that
    cannot be read is a `Skipped`, and so is a file that expands beyond measure. Raises `Unreadable` where this is no
    WACZ file; it must be a file, not a pipe.
    """
    size = stream.seek(0, os.SEEK_END) if stream.seekable() else 0
    archive = opened(stream, where, "WACZ file")
    infos = [info for info in archive.infolist() if _WARC.fullmatch(info.filename)]
    if not infos:
        raise Unreadable(where, "there is no WARC file in its folder archive; expected a WACZ file")
    if sum(info.file_size for info in infos) > _HARMLESS + _MOST_EXPANSION * size:
        yield Skipped(where, BOMB)
        return
    for info in infos:
        at = f"{where}, {info.filename}"
        try:
            with member(archive, info, at, _LARGEST_WARC) as content:
                yield from warc.originals(cast(BinaryIO, content), at, passed)
        except Unreadable as problem:
            yield Skipped(problem.where, problem.why)
        except BROKEN as error:
            yield Skipped(at, f"damaged ({error}); get the file again")
