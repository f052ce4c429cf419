"""The sentences of a text, cut roughly: triage must be cheap, and a cut too many does little harm."""

from __future__ import annotations

import re

LONGEST = 600
"""How many characters a sentence has at most: what runs on is cut between words."""

# A point, and what may close a quotation, before white space and a capital letter, a digit or an opening quotation
# mark; but not behind a short word or a number, which are mostly abbreviations, initials and ordinals.
_END = re.compile(r"(?:(?<=\w{3}[.!?:…])|(?<=\w{3}[.!?:…][\"“”«»)]))\s+(?=[A-ZÄÖÜ\d„“\"«»(])|[\r\n]+")
_PIECE = re.compile(rf"\S.{{0,{LONGEST - 2}}}(?!\S)|\S{{{LONGEST}}}", re.DOTALL)


def sentences(text: str) -> list[str]:
    """The sentences of `text` without the white space around them, each of at most `LONGEST` characters."""
    return [piece for sentence in _END.split(text) for piece in _pieces(sentence.strip())]


def _pieces(sentence: str) -> list[str]:
    return [sentence] if 0 < len(sentence) <= LONGEST else _PIECE.findall(sentence)
