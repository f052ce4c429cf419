"""ZIP files opened within limits; nothing is ever written from them, so no path in them can lead anywhere."""

from __future__ import annotations

import lzma
import os
import struct
import zipfile
import zlib
from collections.abc import Iterable
from typing import IO, BinaryIO, cast

from quellenlage.intake.unreadable import Unreadable

ZIP_MAGIC = b"PK\x03\x04"
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    NotImplementedError,  # a compression that Python does not know
    RuntimeError,  # a password
    ValueError,
    OverflowError,
)
"""What reading a damaged ZIP file raises."""
_BOMB = "expands beyond measure; this is a bomb, or damaged: get it again from whoever made it"
_LARGEST_READ = 4_000_000  # bytes; a directory of some 50,000 members is read at once
_HARMLESS = 50_000_000  # bytes that may come of anything
_MOST_EXPANSION = 200  # times; text expands some fivefold
_HARMLESS_TOGETHER = 100_000_000  # bytes that may come of any file
_MOST_TOGETHER = 20  # times; a directory that names one member many times makes more


def opened(stream: BinaryIO, where: str, kind: str) -> zipfile.ZipFile:
    """The ZIP file with its directory; raises `Unreadable` where it is none or its directory is beyond measure.

    `kind` is what a message calls the file, such as "WACZ file".
    """
    if not stream.seekable():
        raise Unreadable(where, f"a {kind} cannot be read from a pipe; save it, and name the file")
    try:
        return zipfile.ZipFile(cast(IO[bytes], _InSmallPieces(stream)))
    except BROKEN as error:
        raise Unreadable(where, f"this is no {kind}, or it is damaged ({error}); get it again") from error


def must_fit(infos: Iterable[zipfile.ZipInfo], stream: BinaryIO, where: str) -> None:
    """Raise `Unreadable` where members of a ZIP file together expand beyond measure, as overlapping ones do."""
    size = stream.seek(0, os.SEEK_END)
    if sum(info.file_size for info in infos) > _HARMLESS_TOGETHER + _MOST_TOGETHER * size:
        raise Unreadable(where, _BOMB)


def member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, where: str, most: int) -> IO[bytes]:
    """A member to read from, never more than the size that the directory names.

    Raises `Unreadable` where that is over `most` bytes or expands beyond measure, or the member is damaged.
    """
    if info.file_size > most:
        raise Unreadable(where, f"over {most // 1_000_000} MB when unpacked; take it apart")
    if info.file_size > _HARMLESS + _MOST_EXPANSION * info.compress_size:
        raise Unreadable(where, _BOMB)
    try:
        return archive.open(info)
    except BROKEN as error:
        raise Unreadable(where, f"cannot be unpacked ({error}); get the file again, without a password") from error


class _InSmallPieces:
    """A stream that refuses to read much at once: `zipfile` takes a directory in as a whole, however large."""

    __slots__ = ("_stream",)

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def read(self, size: int = -1) -> bytes:
        if size > _LARGEST_READ:
            raise ValueError(f"{size} bytes to read at once")
        return self._stream.read(size)

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        return self._stream.tell()

    def seekable(self) -> bool:
        return True

    def close(self) -> None:
        """The stream belongs to whoever opened it."""
