"""Where the next record of a damaged archive begins."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import BinaryIO

from fastwarc.stream_io import GzipReader, Lz4Reader, WarcReader, ZstdReader

_BLOCK = 1 << 16
_HEAD = 256  # bytes that are enough to unpack the first word of a record from
_FIRST_WORD = b"WARC/"
# Each kind of compression begins its members with the bytes of RFC 1952, RFC 8878 and the LZ4 frame format.
_GZIP = b"\x1f\x8b\x08"
_READERS: Mapping[bytes, Callable[[BinaryIO], WarcReader]] = MappingProxyType(
    {_GZIP: GzipReader, b"\x28\xb5\x2f\xfd": ZstdReader, b"\x04\x22\x4d\x18": Lz4Reader}
)
_BEFORE_PLAIN = b"\r\n\r\n"


def next_record(stream: BinaryIO, kind: bytes, after: int) -> int | None:
    """The first place at or behind `after` where a record begins; None where none does, or the stream is a pipe.

    `kind` is the first bytes of the archive: what follows is looked for in the same compression.
    """
    if not stream.seekable():
        return None
    magic = next((magic for magic in _READERS if kind.startswith(magic)), None)
    pattern = re.compile(re.escape(magic or _BEFORE_PLAIN + _FIRST_WORD))
    block_start = after if magic else max(0, after - len(_BEFORE_PLAIN))
    stream.seek(block_start)
    block = stream.read(_BLOCK)
    while len(block) > len(_FIRST_WORD):
        more = stream.read(_BLOCK)
        for found in pattern.finditer(block + more[:_HEAD]):
            if found.start() >= len(block):
                break
            if magic is None:
                return block_start + found.start() + len(_BEFORE_PLAIN)
            if _begins_record(magic, (block + more[:_HEAD])[found.start() : found.start() + _HEAD]):
                return block_start + found.start()
        block_start += len(block)
        block = more
    return None


def _begins_record(magic: bytes, head: bytes) -> bool:
    try:
        if magic == _GZIP:
            # The bytes of gzip turn up by chance within what it packs: zlib itself is quickest to say so.
            return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(head, len(_FIRST_WORD)) == _FIRST_WORD
        return _READERS[magic](io.BytesIO(head)).read(len(_FIRST_WORD)) == _FIRST_WORD
    except (OSError, zlib.error):
        return False
