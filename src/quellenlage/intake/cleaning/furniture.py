"""Lines among the paragraphs of an article that are no part of it, taken out: teasers, share bars, captions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from quellenlage.intake.edits import Edit
from quellenlage.intake.knowledge import load

_LONGEST_LINE = 420  # characters; a longer one is a paragraph, whatever it holds
_LONGEST_HEADLINE = 160
_MOST_TEASERS = 15
_MOST_SENTENCES = 2  # of a caption
_SENTENCE_BREAK = re.compile(r"[.!?…][\"“”»«'’)]* (?=[A-ZÄÖÜ„»])")
_SENTENCE_END = re.compile(r"[.!?…][\"“”»«'’)]*$")
_WHY = MappingProxyType(
    {
        "teasers": "leads to other articles",
        "share_bars": "belongs to the page, not to the article",
        "advertising": "is advertising",
        "captions": "is the caption or the credit of a picture",
        "stray_lines": "says nothing",
    }
)


@dataclass(frozen=True, slots=True)
class _Kind:
    step: str
    line: re.Pattern[str]
    heads: re.Pattern[str] | None


def without_furniture(text: str) -> tuple[str, tuple[Edit, ...]]:
    """The text without the lines that are furniture by `data/noise.yaml`, and what was taken out and why.

    A line goes whole or stays whole. A heading of other articles takes the headlines under it along: short lines that
    end no sentence. The first line that is not empty is the headline and stays, unless it says nothing at all. Where
    nothing but the headline would be left, nothing is taken out.
    """
    lines = text.split("\n")
    found = dict(_furniture(lines))
    kept = [line for number, line in enumerate(lines) if number not in found]
    if sum(bool(line.strip()) for line in kept) < 2:
        return text, ()
    edits = tuple(Edit(kind, lines[number].strip(), "", _WHY[kind]) for number, kind in sorted(found.items()))
    return "\n".join(kept).strip("\n") if found else text, edits


def _furniture(lines: list[str]) -> Iterator[tuple[int, str]]:
    """The numbers of the lines that are furniture, with the step that they belong to."""
    teasers_left = 0
    is_first = True
    for number, line in enumerate(lines):
        words = " ".join(line.split())
        if not words:
            continue
        kind = _kind_of(words)
        if is_first and kind != "stray_lines":
            is_first, kind = False, None
        if kind is None and teasers_left and _is_headline(words):
            kind, teasers_left = "teasers", teasers_left - 1
        elif kind is None:
            teasers_left = 0
        if kind is not None:
            if kind == "teasers" and _is_heading(words):
                teasers_left = _MOST_TEASERS
            yield number, kind


def _kind_of(words: str) -> str | None:
    if len(words) > _LONGEST_LINE:
        return None
    step = next((kind.step for kind in _kinds() if kind.line.search(words) or _heads(kind, words)), None)
    is_told = step == "captions" and len(_SENTENCE_BREAK.findall(words)) >= _MOST_SENTENCES
    return None if is_told else step


def _is_heading(words: str) -> bool:
    return any(_heads(kind, words) for kind in _kinds())


def _heads(kind: _Kind, words: str) -> bool:
    return kind.heads is not None and kind.heads.fullmatch(words) is not None


def _is_headline(words: str) -> bool:
    return len(words) <= _LONGEST_HEADLINE and not _SENTENCE_END.search(words)


@cache
def _kinds() -> tuple[_Kind, ...]:
    return tuple(_kind(step, entries) for step, entries in load("noise").items())


def _kind(step: str, entries: dict[str, Any]) -> _Kind:
    ways = [rf"^(?:{entry})" for entry in entries.get("begins", ())]
    ways += [rf"^(?:{entry})$" for entry in entries.get("is", ())]
    ways += [rf"(?:{entry})" for entry in entries.get("holds", ())]
    heads = "|".join(f"(?:{entry})" for entry in entries.get("heads", ()))
    return _Kind(step, re.compile("|".join(ways), re.I), re.compile(heads, re.I) if heads else None)
