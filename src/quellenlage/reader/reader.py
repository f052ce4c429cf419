"""Readers: whatever makes a reading of an article."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Protocol, Self

import numpy as np

from quellenlage.domain import Article, Link, Reading, Span, SpanType, Statement, Transfer
from quellenlage.intake.normalise import Normalised, normalise
from quellenlage.names.own import NOTHING, OwnNames
from quellenlage.reader.coordination import with_conjuncts
from quellenlage.reader.decode import BOUNDS, Bounds, log_softmax, reading_from, spans_from
from quellenlage.reader.knowledge import kinds_of, likeness_of
from quellenlage.reader.model import Floats, Model, load
from quellenlage.reader.pieces import START_PIECE, WINDOW_SIZES, Pieces, coverings, cut
from quellenlage.reader.schema import RELATIONS, SPAN_TYPES, STAGES, STANCES

SPANS_AT_ONCE = 400
"""How many spans are linked together; only texts of some 4,000 words or more are linked in parts."""


class Reader(Protocol):
    """Makes readings; `name` tells its version and stands in every reading."""

    @property
    def name(self) -> str:
        """The reader's name and version."""
        ...

    def read(self, article: Article) -> Reading:
        """All that is found in an article."""
        ...


class ModelReader:
    """Reads with the fine-tuned model of the package, or with another in the same form.

    What the user's `own` names say of a span is told to the model like what the packaged lists say.
    """

    def __init__(self, model: Model, bounds: Bounds = BOUNDS, own: OwnNames = NOTHING) -> None:
        self._model = model
        self._bounds = bounds
        self._own = own

    @classmethod
    def load(cls, folder: Path | None = None, threads: int = 0, own: OwnNames = NOTHING) -> Self:
        """The reader with the model in `folder`, by default the package's; raises `ModelError` where there is none."""
        return cls(load(folder, threads), own=own)

    @property
    def name(self) -> str:
        """The version of the model, and that of the user's names where there are any."""
        return f"{self._model.version}+{self._own.version}" if self._own.version else self._model.version

    def read(self, article: Article) -> Reading:
        """Read an article of any length; every span is given as it stands in the article's own text."""
        copy = normalise(article.text)
        pieces = cut(copy.text, self._model.tokenizer)
        if not len(pieces):
            return Reading(article.id, self.name)
        states, tags = encoded(self._model, pieces)
        calibration = self._model.calibration
        spans, ranges = spans_from(tags, pieces, copy.text, calibration)
        if not spans:
            return Reading(article.id, self.name)
        scores = self._linked(states, spans, ranges, pieces)
        reading = reading_from(article.id, self.name, spans, *scores, calibration, self._bounds)
        return in_original(with_conjuncts(reading, copy.text), copy, article.text)

    def finds_trigger(self, text: str) -> bool:
        """Whether words that tell of a transfer are found in some sentences: at one look, and nothing else of them."""
        copy = normalise(text)
        pieces = cut(copy.text, self._model.tokenizer)
        if not len(pieces):
            return False
        _, tags = encoded(self._model, pieces, looks=1)
        spans, _ = spans_from(tags, pieces, copy.text, self._model.calibration)
        return any(span.type is SpanType.TRIGGER for span in spans)

    def _linked(
        self, states: Floats, spans: Sequence[Span], ranges: Sequence[tuple[int, int]], pieces: Pieces
    ) -> tuple[Floats, Floats, Floats, Floats]:
        """Link scores of all spans; a very long text is linked part by part, and nothing links across the parts."""
        count = len(spans)
        links = np.full((len(RELATIONS), count, count), -30.0, dtype=np.float32)
        stages = np.zeros((count, len(STAGES)), dtype=np.float32)
        negated = np.zeros(count, dtype=np.float32)
        stances = np.zeros((count, len(STANCES)), dtype=np.float32)
        for at in range(0, count, SPANS_AT_ONCE):
            part = slice(at, min(at + SPANS_AT_ONCE, count))
            first = np.array([a for a, _ in ranges[part]], dtype=np.int64)
            last = np.array([b for _, b in ranges[part]], dtype=np.int64)
            types = np.array([SPAN_TYPES.index(s.type) for s in spans[part]], dtype=np.int64)
            paragraphs, sentences = (
                np.array([numbers[a] for a in first], dtype=np.int64)
                for numbers in (pieces.paragraphs, pieces.sentences)
            )
            outputs = self._model.link(
                span_states(states, first, last),
                types,
                kinds_of(spans[part], self._own),
                first,
                paragraphs,
                sentences,
                likeness_of(spans[part], self._own),
            )
            links[:, part, part], stages[part], negated[part], stances[part] = outputs
        return links, stages, negated, stances


def encoded(model: Model, pieces: Pieces, looks: int = len(WINDOW_SIZES)) -> tuple[Floats, Floats]:
    """States [pieces, hidden] and log probabilities of tags [pieces, tags]: the mean over windows of some sizes."""
    start = model.tokenizer.token_to_id(START_PIECE)
    readings = []
    for covering in coverings(len(pieces))[:looks]:
        states, tags = [], []
        for window in covering:
            ids = np.array([start, *pieces.ids[window.start : window.end]], dtype=np.int64)
            own_states, own_tags = model.encode(ids)
            states.append(own_states[window.core])
            tags.append(log_softmax(own_tags[window.core]))
        readings.append((np.concatenate(states), np.concatenate(tags)))
    return mean([states for states, _ in readings]), mean([tags for _, tags in readings])


def mean(values: Sequence[Floats]) -> Floats:
    """The mean of arrays of one shape."""
    result: Floats = np.stack(values).mean(0, dtype=np.float32)
    return result


def span_states(states: Floats, first: np.typing.NDArray[np.int64], last: np.typing.NDArray[np.int64]) -> Floats:
    """States [pieces, hidden] to spans [n, 3 * hidden]: first piece, last piece, mean from first to last."""
    mean = np.stack([states[a : b + 1].mean(0) for a, b in zip(first, last, strict=True)])
    return np.concatenate([states[first], states[last], mean], axis=1)


def in_original(reading: Reading, copy: Normalised, text: str) -> Reading:
    """A reading of a normalised copy as a reading of the text itself."""

    def span(one: Span) -> Span:
        start, end = copy.back(one.start, one.end)
        return Span.of(text, start, end, one.type, one.confidence)

    def moved(link: Link) -> Link:
        return Link(span(link.span), link.confidence)

    def links(roles: Mapping[str, Sequence[Link]], role: str) -> tuple[Link, ...]:
        return tuple(moved(link) for link in roles[role])

    transfers = tuple(
        Transfer(span(t.trigger), t.stage, t.stage_confidence, t.negated).with_roles(partial(links, t.roles))
        for t in reading.transfers
    )
    statements = tuple(
        Statement(span(s.cue), s.stance, s.stance_confidence).with_roles(partial(links, s.roles))
        for s in reading.statements
    )
    return Reading(
        reading.article_id,
        reading.reader,
        tuple(map(span, reading.spans)),
        transfers,
        statements,
        tuple((span(item), moved(quantity)) for item, quantity in reading.quantities),
        tuple(tuple(map(span, group)) for group in reading.same),
        tuple(tuple(map(span, group)) for group in reading.events),
    )
