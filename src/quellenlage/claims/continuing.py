"""Reported speech that goes on: who speaks where a sentence names nobody.

German reports on in Konjunktiv I without another verb of saying, and refers back by "demnach", "so der Bericht",
"heißt es weiter" (Duden, Die Grammatik, 10th ed. 2022, on reported speech). Whoever spoke last is meant, as long as
nobody else has spoken and no more than one paragraph has ended since.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from quellenlage.domain import Span, Stance, Statement
from quellenlage.names.hedges import is_hearsay, reported_mood
from quellenlage.names.sentences import sentence_around

TELLING = frozenset({Stance.ASSERTS, Stance.ASSESSES})
PARAGRAPHS_APART = 1

_PARAGRAPH_END = re.compile(r"\n\s*")


def with_speakers(text: str, statements: Sequence[Statement]) -> list[Statement]:
    """The statements in the order of the text; one that tells something and names nobody gets whoever spoke last.

    Bare hearsay ("soll") stays without a speaker: it need not be the last one's.
    """
    found: list[Statement] = []
    last: Statement | None = None
    for statement in sorted(statements, key=lambda s: s.cue.start):
        if statement.stance in TELLING and not is_hearsay(statement.cue.text):
            if statement.source or statement.reporter:
                last = statement
            elif last is not None and is_near(text, last.cue, statement.cue):
                statement = replace(statement, source=last.source, reporter=last.reporter)
        found.append(statement)
    return found


def speech_around(text: str, trigger: Span, statements: Sequence[Statement]) -> Statement | None:
    """The statement that goes on in the sentence of a trigger: it stands in Konjunktiv, and has no cue of its own.

    `statements` are those of the article, in the order of the text.
    """
    start, end = sentence_around(text, trigger.start, trigger.end)
    before = [s for s in statements if s.cue.end <= start and s.stance in TELLING and (s.source or s.reporter)]
    if not before or any(start <= s.cue.start < end for s in statements) or not reported_mood(text[start:end]):
        return None
    return before[-1] if is_near(text, before[-1].cue, trigger) else None


def is_near(text: str, earlier: Span, later: Span) -> bool:
    """Whether no more than one paragraph ends between two spans."""
    return len(_PARAGRAPH_END.findall(text, earlier.end, later.start)) <= PARAGRAPHS_APART
