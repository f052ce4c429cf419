"""Bytes that nothing says the kind of, and those that are too many."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from benchmarks.hostile import pages, runs, values

_Made = Callable[[], bytes]


def anything(chance: Random) -> bytes:
    """Bytes without a name that says what they are."""
    size = chance.choice([1, 100, 100_000, 3_000_000])
    ways: Sequence[_Made] = (
        lambda: chance.randbytes(size),
        lambda: bytes([chance.randrange(256)]) * size,
        lambda: bytes(range(256)) * (1 + size // 256),
        lambda: b"\xff\xfe" + chance.randbytes(size),
        lambda: (
            chance.choice([b"%PDF", b"PK\x03\x04", b"\x1f\x8b", b"PAR1", b"WARC/", b"From ", b"{\\rtf", b"<html"])
            + chance.randbytes(size)
        ),
        lambda: runs.encoded(
            chance.choice([runs.text, pages.page, values.json_text, values.json_lines])(chance), chance
        ),
        lambda: "".join(map(chr, chance.choices(range(0xD800), k=min(size, 200_000)))).encode(),
        lambda: b"{" * size,
        lambda: b"<!--" * size,
        lambda: b"<?xml " + b" " * size,
        lambda: b"",
    )
    return chance.choice(ways)()


def huge(chance: Random) -> bytes:
    """A few signs without end: 30 to 110 MB."""
    units = (
        b"{},",
        b"[],",
        b'"ab",',
        b'{"text":"x"}\n',
        b"\x01",
        b"x",
        b" ",
        b"\n",
        b"<p>x",
        b"<a>",
        b"Ein Satz. ",
        b"\xff",
    )
    unit = chance.choice([*units, "😀".encode(), b"ab;", b'"', b"From a 10:00\n\n", b"a\0", b"--b\n"])
    begin = chance.choice(
        [b"", b"", b"[", b"{", b"<html>", b"%PDF-1.4\n", b"\xff\xfe", b"Inhalt;Datum\n", b"From: a\r\n\r\n"]
    )
    return begin + unit * (chance.choice([30, 45, 110]) * 1_000_000 // len(unit))
