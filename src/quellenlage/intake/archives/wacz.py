"""WACZ files → the pages in them.

The format: Web Archive Collection Zipped 1.1.1 (specs.webrecorder.net/wacz), a ZIP file with the WARC files of a
crawl in its folder `archive`, as Browsertrix and ArchiveWeb.page write it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import BinaryIO, cast

from quellenlage.intake.archives import warc
from quellenlage.intake.archives.zipped import BROKEN, member, must_fit, opened
from quellenlage.intake.original import Original, Skipped
from quellenlage.intake.unreadable import Unreadable

_WARC = re.compile(r"(?:.*/)?archive/[^/]+\.warc(\.gz|\.zst)?", re.I)
_LARGEST_WARC = 50_000_000_000  # bytes; they are read as a stream


def originals(stream: BinaryIO, where: str, passed: Counter[str] | None = None) -> Iterator[Original | Skipped]:
    """Every page of the WARC files in the folder `archive`, as `warc.originals` gives them.

    The other members (indexes, logs, lists of pages) are not looked at, nor archives within archives. A WARC file that
    cannot be read is a `Skipped`. Raises `Unreadable` where this is no WACZ file or it expands beyond measure; it must
    be a file, not a pipe.
    """
    archive = opened(stream, where, "WACZ file")
    infos = [info for info in archive.infolist() if _WARC.fullmatch(info.filename)]
    if not infos:
        raise Unreadable(where, "there is no WARC file in its folder archive; expected a WACZ file")
    must_fit(infos, stream, where)
    for info in infos:
        at = f"{where}, {info.filename}"
        try:
            with member(archive, info, at, _LARGEST_WARC) as content:
                yield from warc.originals(cast(BinaryIO, content), at, passed)
        except Unreadable as problem:
            yield Skipped(problem.where, problem.why)
        except BROKEN as error:
            yield Skipped(at, f"damaged ({error}); get the file again")
