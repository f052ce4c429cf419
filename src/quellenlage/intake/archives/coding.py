"""The body of an HTTP response as it was sent → the page."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import BinaryIO

from fastwarc.stream_io import BrotliReader, ChunkedReader, GzipReader, WarcReader, ZstdReader

_PIECE = 1 << 16
_GZIP = b"\x1f\x8b"


def _gzip(stream: BinaryIO | WarcReader) -> WarcReader:
    return GzipReader(stream)


def _deflate(stream: BinaryIO | WarcReader) -> WarcReader:
    return GzipReader(stream, zlib=True)


# The names of RFC 9110, section 8.4.1, and RFC 8878.
_READERS: Mapping[str, Callable[[BinaryIO | WarcReader], WarcReader]] = MappingProxyType(
    {"gzip": _gzip, "x-gzip": _gzip, "deflate": _deflate, "br": BrotliReader, "zstd": ZstdReader}
)


def decoded(body: bytes, transfer: str, content: str, most: int) -> bytes:
    """The body without the encodings that the headers Transfer-Encoding and Content-Encoding name.

    Crawlers often undo an encoding and leave its header: a body that is not encoded as it is said to be stands as it
    is. Of a body that was cut off, what there is. At most `most` + 1 bytes, so that a bomb shows and does not go off.
    """
    if "chunked" in transfer.lower():
        body = _read(ChunkedReader, body, most) or body
    # Applied in the order they are named (RFC 9110, section 8.4), so undone from the last.
    for name in reversed([name.strip().lower() for name in content.split(",")][:3]):
        reader = _READERS.get(name)
        if reader is not None and not (reader is _gzip and not body.startswith(_GZIP)):
            body = _read(reader, body, most) or body
    return body


def _read(reader: Callable[[BinaryIO], WarcReader], body: bytes, most: int) -> bytes:
    pieces: list[bytes] = []
    size = 0
    try:
        stream = reader(io.BytesIO(body))
        while size <= most:
            piece = stream.read(min(_PIECE, most + 1 - size))
            if not piece:
                break
            pieces.append(piece)
            size += len(piece)
    except OSError:
        pass  # What was read before the damage still counts.
    return b"".join(pieces)
