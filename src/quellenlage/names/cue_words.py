"""In which manner a cue passes on what somebody says: plainly, as hearsay, as a denial, a guess, a demand.

The words are in `data/cue_words.yaml`.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache

from quellenlage.names.text import to_ascii
from quellenlage.names.word_classes import WordClasses

_NOT = re.compile(r"\b(?:nicht|nichts|nie|niemals|niemand|kein(?:e|en|em|er|es|erlei)?|weder|ohne|not|no|never|none)\b")


class Manner(StrEnum):
    """What a cue does with a statement, as far as its own words tell.

    `assesses` holds praise and blame too; `refuses` the finite parts of verbs that deny or decline as the rest of the
    clause has it ("lehnte", "wies", "ließ"); `evidence` what shows without saying ("Erkenntnisse", "Satellitenbilder").
    """

    SAYS = "says"
    HEARSAY = "hearsay"
    CONFIRMS = "confirms"
    DENIES = "denies"
    DECLINES = "declines"
    UNVERIFIED = "unverified"
    ASSESSES = "assesses"
    DEMANDS = "demands"
    REFUSES = "refuses"
    EVIDENCE = "evidence"
    UNKNOWN = "unknown"


_NEGATED = {
    Manner.SAYS: Manner.DECLINES,
    Manner.CONFIRMS: Manner.DECLINES,
    Manner.DENIES: Manner.CONFIRMS,
    Manner.EVIDENCE: Manner.UNVERIFIED,
}


def manner(words: str) -> Manner:
    """The manner of `words` (a cue span); a negation among them turns it: "nicht sagen" declines.

    Of a verb in two parts only the finite part may be marked; it has the manner that it mostly has in a cue.
    """
    classes = _classes()
    if phrase := classes.find_phrase(words):
        return Manner(phrase)
    found = Manner(classes.find_word(words) or Manner.UNKNOWN)
    return _NEGATED.get(found, found) if _NOT.search(to_ascii(words)) else found


@cache
def _classes() -> WordClasses:
    return WordClasses.load("cue_words")
