"""What happens to bytes on the way: flipped, cut, doubled, mixed, in another encoding than they say."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

_MARKS = (
    b"\0",
    b"<",
    b">",
    b'"',
    b"&",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\x1f\x8b",
    b"PK\x03\x04",
    b"%PDF-",
    b"\r",
    b"]]>",
)
_CODINGS = ("utf-8", "cp1252", "utf-16", "utf-16-be", "utf-32", "utf-7", "cp437", "koi8-r", "shift_jis")


def mutated(data: bytes, others: Sequence[bytes], chance: Random) -> bytes:
    """The bytes after one to four mishaps; `others` are what they may be mixed with."""
    for _ in range(chance.randint(1, 4)):
        data = chance.choice(_MISHAPS)(data, others, chance)
    return data


def _flipped(data: bytes, others: Sequence[bytes], chance: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(min(len(data), chance.choice([1, 3, 20, 200]))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _cut(data: bytes, others: Sequence[bytes], chance: Random) -> bytes:
    return data[: chance.randint(0, len(data))]


def _taken_out(data: bytes, others: Sequence[bytes], chance: Random) -> bytes:
    start, end = _stretch(data, chance)
    return data[:start] + data[end:]


def _doubled(data: bytes, others: Sequence[bytes], chance: Random) -> bytes:
    start, end = _stretch(data, chance)
    times = chance.choice([2, 5, 50])
    return data[:start] + data[start:end] * times + data[end:] if len(data) < 1_000_000 else data


def _spliced(data: bytes, others: Sequence[bytes], chance: Random) -> bytes:
    other = chance.choice(others)
    return data[: chance.randint(0, len(data))] + other[chance.randint(0, len(other)) :]


def _marked(data: bytes, others: Sequence[bytes], chance: Random) -> bytes:
    at = chance.choice([0, chance.randint(0, len(data))])
    return data[:at] + chance.choice(_MARKS) * chance.choice([1, 2, 500]) + data[at:]


def _zeroed(data: bytes, others: Sequence[bytes], chance: Random) -> bytes:
    start, end = _stretch(data, chance)
    return data[:start] + bytes(end - start) + data[end:]


def _recoded(data: bytes, others: Sequence[bytes], chance: Random) -> bytes:
    text = data.decode(chance.choice(["utf-8", "latin-1"]), "replace")
    return text.encode(chance.choice(_CODINGS), "replace")


def _larger_numbers(data: bytes, others: Sequence[bytes], chance: Random) -> bytes:
    """Lengths, offsets and counts that promise more than there is."""
    places = [at for at, byte in enumerate(data[:100_000]) if 0x30 <= byte <= 0x39]
    if not places:
        return data
    at = chance.choice(places)
    return data[:at] + chance.choice([b"9" * 4, b"9" * 12, b"-1", b"0", b"4294967295"]) + data[at + 1 :]


def _stretch(data: bytes, chance: Random) -> tuple[int, int]:
    start = chance.randint(0, len(data))
    return start, min(len(data), start + chance.choice([1, 4, 64, 1024, len(data)]))


_MISHAPS = (_flipped, _cut, _taken_out, _doubled, _spliced, _marked, _zeroed, _recoded, _larger_numbers)
