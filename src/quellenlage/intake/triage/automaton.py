"""Finding thousands of spellings in bytes in one go, with Hyperscan (Intel, BSD licence)."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import hyperscan

from quellenlage.intake.triage.stems import BEGINNING, spellings

# Zero-width marks at which a browser may break a word; some publishers write them between all syllables.
_SOFT_HYPHENS = (b"&shy;", b"&#173;", b"\\u00ad", b"\xc2\xad")


class _Memory(threading.local):
    """The working memory of searches, which threads must not share."""

    def __init__(self, database: hyperscan.Database) -> None:
        self.scratch = hyperscan.Scratch(database)


@dataclass(frozen=True, slots=True)
class _Spelling:
    length: int
    at_beginning: bool = False
    trap: bool = False
    soft_hyphen: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """Bytes in which stems were looked for, without soft hyphens, and where each stem starts and ends, in order."""

    data: bytes
    places: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Automaton:
    """The spellings of stems and of traps, ready to be looked for; the database knows them by their number."""

    database: hyperscan.Database
    memory: _Memory
    spellings: tuple[_Spelling, ...]

    @classmethod
    def of(cls, stems: Iterable[str], traps: Iterable[str] = ()) -> Automaton:
        """The automaton for stems.

        A bar before a stem says that it counts only where a word begins; what lies within a trap does not count.
        """
        written = {hyphen: _Spelling(len(hyphen), soft_hyphen=True) for hyphen in _SOFT_HYPHENS}
        for trap in traps:
            written |= {spelling: _Spelling(len(spelling), trap=True) for spelling in spellings(trap)}
        for stem in stems:
            at_beginning = stem.startswith(BEGINNING)
            written |= {spelling: _Spelling(len(spelling), at_beginning) for spelling in spellings(stem)}
        database = hyperscan.Database()
        database.compile(
            expressions=list(written),
            ids=list(range(len(written))),
            flags=[hyperscan.HS_FLAG_CASELESS] * len(written),
            literal=True,
        )
        return cls(database, _Memory(database), tuple(written.values()))

    def find(self, data: bytes) -> Found:
        """Where stems stand in `data`, in any encoding and any case."""
        found = self._scan(data)
        hyphened = {data[end - spelling.length : end] for spelling, end in found if spelling.soft_hyphen}
        if hyphened:
            for hyphen in hyphened:
                data = data.replace(hyphen, b"")
            found = self._scan(data)
        traps = [(end - spelling.length, end) for spelling, end in found if spelling.trap]
        places = sorted(
            (start, end)
            for start, end in _stems(data, found)
            if not any(trap <= start and end <= trap_end for trap, trap_end in traps)
        )
        return Found(data, tuple(places))

    def _scan(self, data: bytes) -> list[tuple[_Spelling, int]]:
        found: list[tuple[_Spelling, int]] = []

        def note(number: int, _start: int, end: int, _flags: int, _context: object) -> None:
            found.append((self.spellings[number], end))

        self.database.scan(data, match_event_handler=note, scratch=self.memory.scratch)
        return found


def _stems(data: bytes, found: Iterable[tuple[_Spelling, int]]) -> Iterator[tuple[int, int]]:
    for spelling, end in found:
        start = end - spelling.length
        if spelling.trap or (spelling.at_beginning and start and _is_letter(data[start - 1])):
            continue
        yield start, end


def _is_letter(byte: int) -> bool:
    return byte >= 0x80 or chr(byte).isalnum()
