"""A plain copy of a text in which typographic variants are folded, and the way back to the text itself.

An article's text never changes; what looks for words looks at this copy and maps what it finds back.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from quellenlage.domain import Impossible

# Invisible format characters that web pages leave inside words: soft hyphen, zero-width space, non-joiner and joiner,
# directional marks and embeddings (UAX #9), word joiner, byte order mark.
_DROPPED = frozenset(
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)

# Line ends of UAX #14 and the space separators (category Zs) of Unicode.
_FOLDED = dict.fromkeys("\r\v\f\u0085\u2028\u2029", "\n") | dict.fromkeys(
    "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "
)


_DROP = str.maketrans(dict.fromkeys(_DROPPED))
_TABLE = str.maketrans(dict.fromkeys(_DROPPED) | _FOLDED)
# No language needs more marks on a letter (UAX #15, section 13); to sort them takes time that grows with their square.
_MOST_MARKS = 30
_BEYOND_LATIN_1 = re.compile("[^\0-\xff]+")  # of what comes before, NFC leaves everything as it is, but for marks
_BEHIND_ALL_MARKS = 0x20000  # Unicode's plane of ideographs
# No mark combines, and NFC leaves every one of them as it is: Latin, punctuation, currencies.
_ONE_BY_ONE = re.compile("[\0-\u02ff\u2000-\u2038\u203b-\u2070\u20a0-\u20bf\u3000\ufeff]*")


@dataclass(frozen=True, slots=True)
class Normalised:
    """A folded copy of a text.

    `origin[i]` is the index in the original text at which character `i` of the copy begins, with one more entry for
    the end of the text; `ends[i]` is the index behind the last original character that `i` was made from. The two
    differ from a mere shift where characters were dropped or composed.
    """

    text: str
    origin: tuple[int, ...]
    ends: tuple[int, ...]

    def back(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original text that `start` to `end` of the copy stands for.

        Dropped characters at either edge are left out. Raises `Impossible` where the stretch lies outside the copy.
        """
        if not 0 <= start <= end <= len(self.text):
            raise Impossible(f"{start}–{end} lies outside a normalised text of {len(self.text)} characters")
        if start == end:
            return self.origin[start], self.origin[start]
        return self.origin[start], self.ends[end - 1]


def normalise(text: str) -> Normalised:
    r"""Fold line ends to `\n` and spaces and tabs to a plain space, drop invisible characters, compose accents (NFC).

    Of the marks on one character the first thirty stay. Quotation marks stay as they are. Takes time linear in the
    length of the text; normalising twice changes nothing.
    """
    pieces: list[str] = []
    origin: list[int] = []
    ends: list[int] = []
    for start, end, cluster in _clusters(text):
        pieces.append(cluster)
        if len(cluster) == 1:
            origin.append(start)
            ends.append(end)
        else:
            origin.extend([start] * len(cluster))
            ends.extend([end] * len(cluster))
    origin.append(len(text))
    return Normalised("".join(pieces), tuple(origin), tuple(ends))


def plain(text: str) -> str:
    """The text of `normalise` without the way back, which most texts need not take: many times faster."""
    # Dropping comes first, so that the two halves of a line end and a mark and its letter find each other.
    joined = text.translate(_DROP).replace("\r\n", "\n") if "\r" in text else text
    folded = joined.translate(_TABLE)
    if _ONE_BY_ONE.fullmatch(text):
        return folded
    pieces: list[str] = []
    end = 0
    for run in _BEYOND_LATIN_1.finditer(folded):
        start = run.start() - 1 if run.start() and unicodedata.combining(run[0][0]) else run.start()
        pieces += (folded[end:start], _clustered().sub(_composed, folded[start : run.end()]))
        end = run.end()
    return "".join((*pieces, folded[end:]))


@cache
def _clustered() -> re.Pattern[str]:
    """A character with all marks that follow it."""
    marks = "".join(mark for mark in map(chr, range(0x300, _BEHIND_ALL_MARKS)) if unicodedata.combining(mark))
    return re.compile(f".[{marks}]*", re.DOTALL)


def _composed(cluster: re.Match[str]) -> str:
    return unicodedata.normalize("NFC", cluster[0][: 1 + _MOST_MARKS])


def _clusters(text: str) -> Iterator[tuple[int, int, str]]:
    """Every character with the combining marks that follow it, folded, and where it stood."""
    # Dropping comes first, so that a mark behind a dropped character finds its letter.
    kept = [(index, char) for index, char in enumerate(text) if char not in _DROPPED]
    kept.append((len(text), ""))
    at, stop = 0, len(kept) - 1
    while at < stop:
        start, char = kept[at]
        at += 1
        marks = ""
        if char == "\r" and kept[at][1] == "\n":
            at += 1
        else:
            first_mark = at
            while kept[at][1] >= "\u0300" and unicodedata.combining(kept[at][1]):
                at += 1
            marks = "".join(mark for _, mark in kept[first_mark : min(at, first_mark + _MOST_MARKS)])
        folded = _FOLDED.get(char, char)
        if marks or char > "\u00ff":
            folded = unicodedata.normalize("NFC", folded + marks)
        # Few different characters make up a text: interning keeps one object of each.
        yield start, kept[at - 1][0] + 1, sys.intern(folded)
