"""Compressed bytes → bytes, within limits: a bomb is stopped before it has gone off."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

_PIECE = 1 << 16
"""How much is made at once."""
_HARMLESS = 1 << 20
"""So many bytes are no bomb, whatever they were made of."""
_GZIP_OR_ZLIB = 47
_RAW = -15


class NotInflated(ValueError):
    """Bytes that are not what they are said to be, are cut off, or become too many."""


def inflated(chunks: Iterable[bytes], most_ratio: float) -> Iterator[bytes]:
    """The bytes that gzip (RFC 1952, several members too), zlib or raw deflate was made of, in small pieces.

    Raises `NotInflated` where they are damaged or cut off, or more than `most_ratio` times the compressed ones.
    """
    machine, begun, taken, made = zlib.decompressobj(_GZIP_OR_ZLIB), False, 0, 0
    for chunk in chunks:
        taken += len(chunk)
        rest = chunk
        while rest:
            if machine.eof:
                if not rest.strip(b"\0"):
                    break  # Some servers pad what they send.
                machine = zlib.decompressobj(_GZIP_OR_ZLIB)
            try:
                piece = machine.decompress(rest, _PIECE)
            except zlib.error as error:
                if begun:
                    raise NotInflated(f"the compressed body is damaged ({error})") from None
                # What HTTP calls deflate is zlib, but some servers send it without its head.
                machine = zlib.decompressobj(_RAW)
                try:
                    piece = machine.decompress(rest, _PIECE)
                except zlib.error:
                    raise NotInflated(f"the body is not compressed as it is said to be ({error})") from None
            begun = True
            rest = machine.unused_data if machine.eof else machine.unconsumed_tail
            made += len(piece)
            if made > _HARMLESS and made > most_ratio * taken:
                raise NotInflated(f"the body unpacks to more than {most_ratio:.0f} times its size, as bombs do")
            yield piece
    if begun and not machine.eof:
        raise NotInflated("the compressed body is cut off")
