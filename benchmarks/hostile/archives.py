"""Archives that expand, overlap, nest or promise more than there is."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable, Sequence
from functools import cache
from random import Random

from benchmarks.hostile import pages, runs, whole

_Made = Callable[[], bytes]


@cache
def zeros(megabytes: int, beginning: bytes = b"") -> bytes:
    """Some bytes and then nothing, as gzip, a thousandth as large."""
    machine = zlib.compressobj(6, wbits=31)
    pieces = [machine.compress(beginning), *(machine.compress(bytes(1_000_000)) for _ in range(megabytes))]
    return b"".join([*pieces, machine.flush()])


def warc(chance: Random) -> bytes:
    """A WARC or WET file, compressed or not."""
    size = chance.choice([10, 300, 3_000])
    body = runs.encoded(chance.choice([pages.page, runs.text])(chance), chance)
    small = whole.record(b"<p>x</p>")
    ways: Sequence[_Made] = (
        lambda: zeros(800),
        lambda: zeros(200) * 10,
        lambda: zeros(900, whole.record(b"<p>", size=900_000_000)),
        lambda: zeros(300, b"WARC/1.0\r\n"),
        lambda: whole.packed(b"WARC/1.0\r\n" + b"A: b\r\n" * (size * 1_000)),
        lambda: whole.packed(small * (size * 10)),
        lambda: whole.packed(whole.record(whole.packed(bytes(15_000_000)), headers="Content-Encoding: gzip\r\n") * 3),
        lambda: whole.record(zeros(300), headers="Content-Encoding: gzip, gzip\r\n"),
        lambda: whole.record(
            zlib.compress(body), headers=f"Content-Encoding: {chance.choice(['br', 'deflate', 'zstd'])}\r\n"
        ),
        lambda: whole.record(b"ffffffffff\r\nx" * size, headers="Transfer-Encoding: chunked\r\n"),
        lambda: whole.record(b"1\r\nx\r\n" * size * 30, headers="Transfer-Encoding: chunked\r\n"),
        lambda: whole.record(body) * 2,
        lambda: whole.record(body, "conversion", "text/plain"),
        lambda: whole.record(body, size=chance.choice([0, 1, 10**9, 2**31, 2**63, 2**64])) + small,
        lambda: whole.record(body, headers="A: " + "b" * size * 1_000 + "\r\n"),
        lambda: whole.record(body, headers="A: b\r\n" * size * 100),
        lambda: small[:-5] * size,
        lambda: b"WARC/1.0\r\n\r\n" * (size * 100),
        lambda: b"\x1f\x8b\x08" * (size * 300),
        lambda: (b"\x1f\x8b\x08\x00" + bytes(6) + b"\x03\x00") * (size * 30),
        lambda: whole.packed(b"") * (size * 100) + whole.packed(small),
        lambda: whole.warc([body, b"x", body], compressed=True)[: -chance.randint(1, 300)],
    )
    return chance.choice(ways)()


def wacz(chance: Random) -> bytes:
    """A ZIP file with WARC files in it."""
    many = chance.choice([10, 500, 20_000])
    ways: Sequence[_Made] = (
        lambda: whole.zipped({"archive/a.warc": bytes(400_000_000)}),
        lambda: whole.zipped({"archive/a.warc.gz": zeros(800)}),
        lambda: overlapping("archive/a.warc", whole.record(b"<p>Ein Text.</p>") * 30 + bytes(40_000_000), many),
        lambda: overlapping("archive/a.warc", whole.record(whole.page().encode()) * 200, many),
        lambda: whole.zipped({f"archive/{n}.warc": whole.record(b"<p>x</p>") for n in range(min(many, 2_000))}),
        lambda: whole.zipped({"archive/../../a.warc": whole.record(b"<p>x</p>"), "archive/": b""}),
        lambda: whole.zipped({"archive/a.warc": whole.zipped({"archive/a.warc": b"x"})}),
        lambda: whole.zipped({"archive/a.warc.gz": warc(chance)}, zipfile.ZIP_STORED),
        lambda: whole.zipped({"archive/a.warc": whole.record(b"x") * 9}, zipfile.ZIP_LZMA),
        lambda: lying(whole.zipped({"archive/a.warc": whole.record(b"<p>x</p>") * 500}), chance),
        lambda: b"PK\x05\x06" + bytes(4) + struct.pack("<HHIIH", 65535, 65535, 2**32 - 1, 0, 0),
        lambda: b"PK\x05\x06" * 20_000,
    )
    return chance.choice(ways)()


def overlapping(name: str, data: bytes, many: int) -> bytes:
    """A ZIP file whose directory names one and the same packed member many times."""
    one = whole.zipped({name: data})
    end = one.rindex(b"PK\x05\x06")
    start = one.index(b"PK\x01\x02")
    entries = one[start:end] * many
    counts = struct.pack("<HHIIH", min(many, 65535), min(many, 65535), len(entries), start, 0)
    return one[:start] + entries + b"PK\x05\x06" + bytes(4) + counts


def lying(data: bytes, chance: Random) -> bytes:
    """The directory promises another size than there is."""
    start = data.index(b"PK\x01\x02")
    size = chance.choice([0, 1, 2**31, 2**32 - 1])
    return data[: start + 24] + struct.pack("<I", size) + data[start + 28 :]
