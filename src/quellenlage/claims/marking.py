"""Words that a person marks in an article for a field of a claim.

They are written as the words themselves, where these stand in the article once, or as the place where they stand, as in
44-51; several are separated by semicolons.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from quellenlage.claims.correcting import SPANS_OF, NoCorrection
from quellenlage.domain import Correction, Span

_PLACE = re.compile(r"(?P<start>\d{1,9})-(?P<end>\d{1,9})")
_BETWEEN = ";"
_TOLD = 5
"""How many places are told of, where words stand at several."""


def spans_written(text: str, field: str, written: str) -> tuple[Span, ...]:
    """The spans of a text that are written so; raises `NoCorrection` where they stand nowhere, or who knows where."""
    places = (_place(text, part.strip()) for part in written.split(_BETWEEN) if part.strip())
    return tuple(dict.fromkeys(span_at(text, field, start, end) for start, end in places))


def written_spans(spans: Iterable[Span]) -> str:
    """Spans as they are written, by their places."""
    return _BETWEEN.join(f"{span.start}-{span.end}" for span in spans)


def span_at(text: str, field: str, start: int, end: int) -> Span:
    """The words of a text from `start` to `end`, without blanks around them, as a span for a field.

    Raises `NoCorrection` where there is no such field, or no words stand there.
    """
    if field not in SPANS_OF:
        raise NoCorrection("no_field_of_words", field=field, fields=", ".join(SPANS_OF))
    words = text[start:end] if 0 <= start < end <= len(text) else ""
    if not words.strip():
        raise NoCorrection("no_words_there", start=start, end=end, length=len(text))
    start += len(words) - len(words.lstrip())
    return Span.of(text, start, start + len(words.strip()), SPANS_OF[field])


def standing(correction: Correction, text: str) -> Correction:
    """The correction with its spans as they stand in a text that is spaced otherwise than the one it was made on.

    Of several places the nearest is taken; a span that stands nowhere is left out.
    """
    found = (_standing(span, text) for span in correction.spans)
    return replace(correction, spans=tuple(span for span in found if span is not None))


def _standing(span: Span, text: str) -> Span | None:
    if text.startswith(span.text, span.start):
        return span
    starts = (match.start() for match in re.finditer(re.escape(span.text), text))
    nearest = min(starts, key=lambda start: abs(start - span.start), default=None)
    return None if nearest is None else Span.of(text, nearest, nearest + len(span.text), span.type)


def _place(text: str, part: str) -> tuple[int, int]:
    if match := _PLACE.fullmatch(part):
        return int(match["start"]), int(match["end"])
    found = [match.span() for match in re.finditer(re.escape(part), text)]
    if not found:
        raise NoCorrection("words_nowhere", words=part)
    if len(found) > 1:
        listed = ", ".join(f"{start}-{end}" for start, end in found[:_TOLD])
        raise NoCorrection("words_several_times", words=part, times=len(found), places=listed)
    return found[0]
