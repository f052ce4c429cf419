"""Words that a page glued together where it lost its links or its line ends, parted again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from quellenlage.intake.edits import Edit
from quellenlage.intake.knowledge import load

_WORD = r"[^\W\d_]"
# "verlegt.Das Treffen", "an.„Das": a sentence ends with a word and a mark, and the next begins at once.
_SENTENCES = re.compile(
    r"(?<=[a-zäöüß]{3}[.!?])(?=[A-ZÄÖÜ][a-zäöüß]*[ ,]|[„»][A-ZÄÖÜ])|(?<=[.!?][“«”])(?=[A-ZÄÖÜ][a-zäöüß]+ )"
)
_COMMA = re.compile(r"(?<=[a-zäöüß]{2}[,;:])(?=[A-ZÄÖÜ][a-zäöüß]{2,}[ -])")
_STEP = "glued_words"
_AROUND = 12  # characters of the text on either side, so that an edit can be recognised


def parted(text: str) -> tuple[str, tuple[Edit, ...]]:
    """The text with a space wherever a page lost one, and what was parted.

    By the lists of `data/glued.yaml`: a function word or a verb of saying before a capital ("mitJim"), a verb of saying
    behind a name ("Timesberichtete"), a function word behind an abbreviation ("CNNAm"); and where a sentence, or a part
    of one, ends and the next word begins at once.
    """
    cuts = sorted(set(_cuts(text)))
    if not cuts:
        return text, ()
    pieces = [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    return " ".join(pieces), tuple(_edit(text, cut) for cut in cuts)


def _cuts(text: str) -> Iterator[int]:
    for pattern in (*_patterns(), _SENTENCES, _COMMA):
        for match in pattern.finditer(text):
            yield match.end()


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    lists = load("glued")
    before, saying, prefixes = ("|".join(lists[name]) for name in ("before", "saying", "prefixes"))
    behind = "|".join([*lists["behind"], *(word.capitalize() for word in lists["behind"])])
    # Not without end: "vorher" is one prefix and two, and many of them could be parted in more ways than can be tried.
    name = rf"(?!(?i:{prefixes}){{1,3}}(?:{saying})\b)[A-ZÄÖÜ]{_WORD}{{2,}}?"
    return (
        re.compile(rf"(?<!{_WORD})(?:{before})(?=[A-ZÄÖÜ]{_WORD})"),
        re.compile(rf"(?<![\w-]){name}(?=(?:{saying})(?!\w))"),
        re.compile(rf"(?<![\w-])[A-ZÄÖÜ]{{2,5}}(?=(?:{behind})(?!\w))"),
    )


def _edit(text: str, cut: int) -> Edit:
    start = max(text.rfind(" ", 0, cut), text.rfind("\n", 0, cut), cut - _AROUND - 1) + 1
    ends = [place for place in (text.find(" ", cut), text.find("\n", cut)) if place >= 0]
    end = min([*ends, cut + _AROUND, len(text)])
    return Edit(_STEP, text[start:end], f"{text[start:cut]} {text[cut:end]}", "a space was lost here")
