"""Where the next record of a damaged archive begins."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import BinaryIO

from fastwarc.stream_io import Lz4Reader, WarcReader, ZstdReader

_BLOCK = 1 << 16
_HEAD = 256  # bytes that are enough to unpack the first word of a record from
_FIRST_WORD = b"WARC/"
_EMPTY_LINE = b"\r\n\r\n"
# Each kind of compression begins its members with the bytes of RFC 1952, RFC 8878 and the LZ4 frame format.
_GZIP = b"\x1f\x8b\x08"
_READERS: Mapping[bytes, Callable[[BinaryIO], WarcReader]] = MappingProxyType(
    {b"\x28\xb5\x2f\xfd": ZstdReader, b"\x04\x22\x4d\x18": Lz4Reader}
)
_BEGINNING = re.compile(b"|".join(re.escape(magic) for magic in (_EMPTY_LINE + _FIRST_WORD, _GZIP, *_READERS)))


def next_record(stream: BinaryIO, after: int) -> int | None:
    """The first byte behind `after` at which a record begins, compressed or not.

    None where none does, or the stream is a pipe, which cannot be searched.
    """
    if not stream.seekable():
        return None
    start = max(0, after + 1 - len(_EMPTY_LINE))
    stream.seek(start)
    block = stream.read(_BLOCK)
    while block:
        more = stream.read(_BLOCK)
        window = block + more[:_HEAD]
        for found in _BEGINNING.finditer(window):
            at = found.end() - len(_FIRST_WORD) if found[0].endswith(_FIRST_WORD) else found.start()
            if start + at > after and _begins_record(found[0], window[at : at + _HEAD]):
                return start + at
        start += len(block)
        block = more
    return None


def _begins_record(magic: bytes, head: bytes) -> bool:
    """Whether these bytes unpack to the beginning of a record, or are too few to say, at the end of a cut archive."""
    try:
        if magic == _GZIP:
            # These bytes turn up by chance within what gzip packs: zlib itself is quickest to say so.
            word = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(head, len(_FIRST_WORD))
        else:
            word = _READERS[magic](io.BytesIO(head)).read(len(_FIRST_WORD)) if magic in _READERS else _FIRST_WORD
    except (OSError, zlib.error):
        return False
    return word == _FIRST_WORD or (len(head) < _HEAD and _FIRST_WORD.startswith(word))
