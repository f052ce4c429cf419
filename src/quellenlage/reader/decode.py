"""From the model's scores to spans and links: what is marked is always well formed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from math import prod

import numpy as np
from numpy.typing import NDArray

from quellenlage.calibration import UNCALIBRATED, Calibration
from quellenlage.domain import Link, Reading, Span, Statement, Transfer
from quellenlage.domain import SpanType as Type
from quellenlage.reader.pieces import Pieces
from quellenlage.reader.schema import (
    OUTSIDE,
    RELATION_INDEX,
    RELATIONS,
    SPAN_TYPES,
    STAGES,
    STANCES,
    TAG_COUNT,
    begin,
    inside,
)

Floats = NDArray[np.float32]
NEVER = np.float32(-1e9)
LIKELIER_THAN_NOT = 0.5


@dataclass(frozen=True)
class Bounds:
    """From which probability on something holds; chosen on held-back articles (`benchmarks/bounds.py`).

    A link or a group holds from `linked` on. A transfer has its parties and goods, a statement its source: these count
    over all mentions of one thing, and where none reaches `linked`, the likeliest holds from `likeliest` on.
    """

    linked: float = 0.4
    likeliest: float = 0.3


BOUNDS = Bounds()
HAS_ONE = frozenset({"supplier", "recipient", "item", "source"})
"""Relations of which a transfer or a statement has at least one."""


GROUPING = frozenset({"same", "event"})
"""Relations that make groups (`groups_from`)."""


def transitions(within_word: bool) -> Floats:
    """Which tag may follow which [from, to]: a span goes on only as the type it began with.

    Within a word no span begins behind or ends before what is unmarked; two spans may meet there, as in words that lost
    the space between them ("Timesberichtet").
    """
    allowed = np.zeros((TAG_COUNT, TAG_COUNT), dtype=np.float32)
    if within_word:
        allowed[OUTSIDE, :] = NEVER
        allowed[:, OUTSIDE] = NEVER
        allowed[OUTSIDE, OUTSIDE] = 0.0
    for type in SPAN_TYPES:
        allowed[:, inside(type)] = NEVER
        allowed[begin(type), inside(type)] = 0.0
        allowed[inside(type), inside(type)] = 0.0
    return allowed


BETWEEN_WORDS = transitions(within_word=False)
WITHIN_WORD = transitions(within_word=True)


def goes_on(pieces: Pieces, text: str) -> NDArray[np.bool_]:
    """Whether each piece [pieces] goes on with the word of the piece before it.

    So it does where two letters meet, unless a capital follows a small letter ("AgenturAFP").
    """
    result = np.zeros(len(pieces), dtype=np.bool_)
    for piece in range(1, len(pieces)):
        start = pieces.starts[piece]
        if start == pieces.ends[piece - 1]:
            meeting = text[start - 1 : start + 1]
            result[piece] = (
                len(meeting) == 2 and meeting.isalpha() and not (meeting[0].islower() and meeting[1].isupper())
            )
    return result


def log_softmax(scores: Floats) -> Floats:
    """Scores [n, classes] to log probabilities."""
    shifted = scores - scores.max(-1, keepdims=True)
    result: Floats = shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))
    return result


def sigmoid(scores: Floats) -> Floats:
    """Scores to probabilities, each by itself."""
    return (1.0 / (1.0 + np.exp(-np.clip(scores, -60.0, 60.0)))).astype(np.float32)


def best_tags(log_probabilities: Floats, within_word: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The likeliest well-formed row of tags (Viterbi 1967) for log probabilities [pieces, tags].

    `within_word` [pieces] says which pieces go on with the word of the piece before.
    """
    count = len(log_probabilities)
    score = log_probabilities[0].copy()
    for type in SPAN_TYPES:
        score[inside(type)] = NEVER
    back = np.zeros((count, TAG_COUNT), dtype=np.int64)
    for piece in range(1, count):
        reach = score[:, None] + (WITHIN_WORD if within_word[piece] else BETWEEN_WORDS)
        back[piece] = reach.argmax(0)
        score = reach[back[piece], np.arange(TAG_COUNT)] + log_probabilities[piece]
    tags = np.zeros(count, dtype=np.int64)
    tags[-1] = score.argmax()
    for piece in range(count - 1, 0, -1):
        tags[piece - 1] = back[piece, tags[piece]]
    return tags


def spans_from(
    tag_scores: Floats, pieces: Pieces, text: str, calibration: Calibration = UNCALIBRATED
) -> tuple[list[Span], list[tuple[int, int]]]:
    """The spans of a text and the first and last piece of each, in order.

    `tag_scores` is [pieces, tags]. A span's confidence is the geometric mean of its pieces' probabilities, calibrated.
    """
    if not len(pieces):
        return [], []
    log_probabilities = log_softmax(tag_scores)
    for piece, (start, end) in enumerate(zip(pieces.starts, pieces.ends, strict=True)):
        if start == end:
            log_probabilities[piece] = NEVER
            log_probabilities[piece, OUTSIDE] = 0.0
    tags = best_tags(log_probabilities, goes_on(pieces, text))
    spans: list[Span] = []
    ranges: list[tuple[int, int]] = []
    piece = 0
    while piece < len(pieces):
        tag = int(tags[piece])
        if tag == OUTSIDE:
            piece += 1
            continue
        type = SPAN_TYPES[(tag - 1) // 2]
        last = piece
        while last + 1 < len(pieces) and tags[last + 1] == inside(type):
            last += 1
        confidence = float(np.exp(log_probabilities[np.arange(piece, last + 1), tags[piece : last + 1]].mean()))
        sure = calibration.of(type.value, min(confidence, 1.0))
        spans.append(Span.of(text, pieces.starts[piece], pieces.ends[last], type, sure))
        ranges.append((piece, last))
        piece = last + 1
    return spans, ranges


def links_from(
    link_scores: Floats, spans: Sequence[Span], same: Iterable[Sequence[int]], bounds: Bounds = BOUNDS
) -> dict[tuple[str, int], list[tuple[int, float]]]:
    """For each (relation, head) the tails that are linked, and their probabilities.

    `link_scores` is [relations, spans, spans]; `same` are the groups of spans that mean one thing.
    """
    found: dict[tuple[str, int], list[tuple[int, float]]] = {}
    probabilities = sigmoid(link_scores)
    group_of = {member: number for number, group in enumerate(same) for member in group}
    for kind in RELATIONS:
        if kind.name in GROUPING:
            continue
        tails = [tail for tail, span in enumerate(spans) if span.type is kind.tail]
        heads = [head for head, span in enumerate(spans) if span.type is kind.head] if tails else []
        for head in heads:
            row = probabilities[RELATION_INDEX[kind.name], head, tails]
            chances = dict(zip(tails, row.tolist(), strict=True))
            if kind.name in HAS_ONE:
                chances |= pooled(chances, group_of)
            linked = [(t, p) for t, p in chances.items() if p > bounds.linked]
            if not linked and kind.name in HAS_ONE:
                likeliest = max(tails, key=lambda t: chances[t])
                linked = [(likeliest, chances[likeliest])] if chances[likeliest] > bounds.likeliest else []
            if linked:
                found[kind.name, head] = linked
    return found


def pooled(chances: Mapping[int, float], group_of: Mapping[int, int]) -> dict[int, float]:
    """For each group its likeliest member, with the probability that any member is meant: 1 - product of (1 - p).

    A text that names a party five times spreads over five mentions what it says of one.
    """
    members: dict[int, list[int]] = {}
    for tail in chances:
        if tail in group_of:
            members.setdefault(group_of[tail], []).append(tail)
    return {
        max(group, key=lambda tail: chances[tail]): 1.0 - prod(1.0 - chances[tail] for tail in group)
        for group in members.values()
    }


def groups_from(scores: Floats, members: Sequence[int], bounds: Bounds = BOUNDS) -> list[list[int]]:
    """Clusters of `members` that belong together: average linkage over the mean of both directions.

    `scores` [spans, spans] are logits. Merging by the average keeps one false link from joining two groups.
    """
    clusters = [[member] for member in members]
    own = np.ix_(members, members)
    likeness = sigmoid((scores[own] + scores[own].T) * np.float32(0.5)).astype(np.float64)
    sizes = np.ones(len(members))
    while len(clusters) > 1:
        means = np.triu(likeness / np.outer(sizes, sizes), 1)
        a, b = divmod(int(means.argmax()), len(clusters))
        if means[a, b] <= bounds.linked:
            break
        clusters[a] = sorted(clusters[a] + clusters.pop(b))
        likeness[a] += likeness[b]
        likeness[:, a] += likeness[:, b]
        sizes[a] += sizes[b]
        likeness = np.delete(np.delete(likeness, b, 0), b, 1)
        sizes = np.delete(sizes, b)
    return [cluster for cluster in clusters if len(cluster) > 1]


def reading_from(
    article_id: str,
    reader: str,
    spans: Sequence[Span],
    link_scores: Floats,
    stage_scores: Floats,
    negation_scores: Floats,
    stance_scores: Floats,
    calibration: Calibration = UNCALIBRATED,
    bounds: Bounds = BOUNDS,
) -> Reading:
    """Put spans and scores together: every trigger becomes a transfer, every cue a statement."""
    same = [
        group
        for type in SPAN_TYPES
        if type not in (Type.TRIGGER, Type.CUE)
        for group in groups_from(link_scores[RELATION_INDEX["same"]], of_type(spans, type), bounds)
    ]
    events = groups_from(link_scores[RELATION_INDEX["event"]], of_type(spans, Type.TRIGGER), bounds)
    links = links_from(link_scores, spans, same, bounds)
    stages = np.exp(log_softmax(stage_scores))
    negations = sigmoid(negation_scores)
    stances = np.exp(log_softmax(stance_scores))

    def linked(head: int, relation: str) -> tuple[Link, ...]:
        found = links.get((relation, head), ())
        return tuple(Link(spans[tail], calibration.of(relation, p)) for tail, p in found)

    transfers = tuple(
        Transfer(
            trigger=span,
            stage=STAGES[int(stages[n].argmax())],
            stage_confidence=calibration.of("stage", float(stages[n].max())),
            negated=bool(negations[n] > LIKELIER_THAN_NOT),
        ).with_roles(partial(linked, n))
        for n, span in enumerate(spans)
        if span.type is Type.TRIGGER
    )
    statements = tuple(
        Statement(
            cue=span,
            stance=STANCES[int(stances[n].argmax())],
            stance_confidence=calibration.of("stance", float(stances[n].max())),
        ).with_roles(partial(linked, n))
        for n, span in enumerate(spans)
        if span.type is Type.CUE
    )
    quantities = tuple(
        (span, link) for n, span in enumerate(spans) if span.type is Type.ITEM for link in linked(n, "quantity")
    )
    return Reading(
        article_id,
        reader,
        tuple(spans),
        transfers,
        statements,
        quantities,
        tuple(tuple(spans[n] for n in group) for group in same),
        tuple(tuple(spans[n] for n in group) for group in events),
    )


def of_type(spans: Sequence[Span], type: Type) -> list[int]:
    """The numbers of the spans of a type."""
    return [n for n, span in enumerate(spans) if span.type is type]
