"""Paragraphs that a page holds more than once, as where a headline or a lead is repeated for small screens."""

from __future__ import annotations

from quellenlage.intake.edits import Edit

_SHORTEST = 40  # characters; a shorter line, such as a name in an interview, may come again


def without_repeats(text: str) -> tuple[str, tuple[Edit, ...]]:
    """The text without lines that stood in it before, word for word, and what was taken out."""
    seen: set[str] = set()
    kept, edits = [], []
    for line in text.split("\n"):
        words = " ".join(line.split())
        if len(words) >= _SHORTEST and words in seen:
            edits.append(Edit("repeats", words, "", "stands in the text already"))
            continue
        seen.add(words)
        kept.append(line)
    return ("\n".join(kept), tuple(edits)) if edits else (text, ())
