"""What weakens a claim: hedges, hearsay, and the moods of reported speech (German).

The lists and their linguistic sources are in `data/hedges.yaml`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from quellenlage.names import knowledge
from quellenlage.names.mending import mended, parted

_ENDING = r"(?:e|en|er|em|es|n|s|keit|keiten)?"


@dataclass(frozen=True, slots=True)
class _Lexicon:
    kinds: dict[str, re.Pattern[str]]
    scale: dict[str, int]
    certain: re.Pattern[str]
    hearsay: re.Pattern[str]
    konjunktiv: re.Pattern[str]
    not_with_ich: re.Pattern[str]


def is_hedge(words: str) -> bool:
    """Whether `words` (a hedge span) weaken or doubt a claim."""
    return strength(words) > 0


def strength(words: str) -> int:
    """How far `words` leave a claim open: 0 (they do not) to 5 (they doubt it), by the scale of `data/hedges.yaml`."""
    lexicon = _lexicon()
    return max(
        (
            lexicon.scale[kind]
            for plain in _spellings(words)
            for kind, pattern in lexicon.kinds.items()
            if pattern.search(lexicon.certain.sub(" ", plain))
        ),
        default=0,
    )


def is_hearsay(cue_words: str) -> bool:
    """Whether a cue passes a claim on as mere talk: "soll", "angeblich", "es heißt"."""
    return any(_lexicon().hearsay.search(plain) for plain in _spellings(cue_words))


def reported_mood(sentence: str) -> tuple[int, int] | None:
    """Where `sentence` holds a verb in Konjunktiv I or II, the mood in which German reports what others say.

    A closed set of forms is looked for; the first is given by its start and end, None where there is none. Forms that
    are a first person as well ("ich habe") do not count beside "ich".
    """
    lexicon, text = _lexicon(), _with_small_initial(sentence)
    found = lexicon.konjunktiv.search(text)
    if found is None and not re.search(r"\bich\b", text):
        found = lexicon.not_with_ich.search(text)
    return found.span() if found else None


@cache
def _lexicon() -> _Lexicon:
    content = knowledge.load("hedges")
    moods = content["konjunktiv"]
    return _Lexicon(
        kinds={kind: _any_of(words, _ENDING) for kind, words in content["hedges"].items()},
        scale=content["scale"],
        certain=_any_of(content["certain"], ""),
        hearsay=_any_of(content["hearsay"], ""),
        konjunktiv=_words_of(moods["always"]),
        not_with_ich=_words_of(moods["not_with_ich"]),
    )


def _any_of(words: Iterable[str], ending: str) -> re.Pattern[str]:
    longest_first = sorted(map(_plain, words), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(longest_first)}){ending}\b")


def _words_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words)})\b")


def _plain(words: str) -> str:
    """`words` without case, but with their umlauts, which tell moods apart ("konnte", "könnte")."""
    return unicodedata.normalize("NFC", words).casefold()


def _spellings(words: str) -> Iterator[str]:
    """`words` as they are, with umlauts for "oe" and "ue", and two of them as one ("un bestätigt")."""
    plain = _plain(parted(mended(words)))
    yield plain
    if "oe" in plain or "ue" in plain:
        yield plain.replace("oe", "ö").replace("ue", "ü")
    halves = re.split("[ -]", plain)
    if len(halves) == 2:
        yield "".join(halves)


def _with_small_initial(sentence: str) -> str:
    """Only the first word may be a verb with a capital; elsewhere "Würde" is a noun."""
    return re.sub(r"\w", lambda letter: letter.group().lower()[0], sentence, count=1)
