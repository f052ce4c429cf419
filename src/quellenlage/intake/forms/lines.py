"""The lines of printed pages → paragraphs."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from itertools import zip_longest

_AT_THE_EDGE = 2  # lines at the top and the bottom of a page that may be a running head or a page number
_ANY_NUMBER = "#"
_DIGITS = re.compile(r"\d+")
# Ligatures of type, which belong to the printing and not to the word (Unicode, Alphabetic Presentation Forms).
_LIGATURE = re.compile("[\ufb00-\ufb06]")
_SPACES = re.compile(r"[^\S\n]+")
_HYPHEN = re.compile(r"[^\W_][-\u00ad\u2010]$")
# What follows a hyphen that stands for a word: "Rüstungs- und Energiefirmen".
_SUSPENDED = frozenset({"und", "oder", "bzw.", "sowie", "bis", "noch", "and", "or", "nor", "to"})
_WITHIN, _AT_AN_END = 0.85, 1.0  # shares of a full line


def paragraphs(pages: Sequence[str]) -> str:
    r"""The text of pages, its paragraphs separated by `\n`.

    Lines at the edges of pages that repeat on most of them, but for their numbers, are dropped. A paragraph ends where
    a line is empty, or where it leaves so much space that the next word would have gone into it. A word that is cut at
    the end of a line is put together: without its hyphen where a letter and a small letter meet, as in "Hau-bitze",
    else with it, as in "CDU-Fraktion" and "20-jährig".
    """
    printed = [[_clean(line) for line in page.splitlines()] for page in pages]
    repeated = _running(printed)
    made: list[str] = []
    is_open = False
    for lines in printed:
        kept = [line for number, line in enumerate(lines) if _key(number, lines) not in repeated]
        width = _width(kept)
        for line, following in zip_longest(kept, kept[1:]):
            if not line:
                is_open = False
                continue
            made[-1:] = [_joined(made[-1], line)] if is_open and made else [*made[-1:], line]
            # At the end of a page it is not known what follows: a sentence that has ended is taken for the end.
            is_open = not line.endswith((".", "!", "?")) if following is None else _goes_on(line, following, width)
    return "\n".join(made)


def _clean(line: str) -> str:
    line = _LIGATURE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), line)
    return _SPACES.sub(" ", line).strip()


def _running(pages: Sequence[Sequence[str]]) -> frozenset[tuple[str, str]]:
    """The lines, with their edge, that stand on most pages; where there are two pages, only those with a number."""
    seen = Counter(key for lines in pages for key in {_key(number, lines) for number in range(len(lines))})
    return frozenset(
        (line, edge)
        for (line, edge), times in seen.items()
        if line and edge and times > len(pages) / 2 and times >= (2 if _ANY_NUMBER in line else 3)
    )


def _key(number: int, lines: Sequence[str]) -> tuple[str, str]:
    return _DIGITS.sub(_ANY_NUMBER, lines[number]).casefold(), _edge(number, lines)


def _edge(number: int, lines: Sequence[str]) -> str:
    if number < _AT_THE_EDGE:
        return "top"
    return "bottom" if number >= len(lines) - _AT_THE_EDGE else ""


def _width(lines: Sequence[str]) -> int:
    """How many characters a full line of the page has: nine of ten lines are not longer."""
    lengths = sorted(len(line) for line in lines if line)
    return lengths[(len(lengths) * 9) // 10] if lengths else 0


def _goes_on(line: str, following: str, width: int) -> bool:
    # Letters differ in width, so a full line may have fewer than others; a sentence that ends makes an end likely.
    fullness = _AT_AN_END if line.endswith((".", "!", "?")) else _WITHIN
    return len(line) + 1 + len(following.partition(" ")[0]) > fullness * width


def _joined(before: str, line: str) -> str:
    first = line.partition(" ")[0]
    if not _HYPHEN.search(before) or first in _SUSPENDED:
        return f"{before} {line}"
    is_cut = before[-2].isalpha() and first[0].islower()
    return (before[:-1] if is_cut or before.endswith("\u00ad") else before) + line
