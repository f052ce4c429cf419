"""Annotated articles as tensors."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from tokenizers import Tokenizer
from torch import Tensor

from quellenlage.domain import Span
from quellenlage.reader.knowledge import kinds_of, likeness_of
from quellenlage.reader.pieces import START_PIECE, Pieces, Window, cut
from quellenlage.reader.schema import (
    OUTSIDE,
    RELATION_INDEX,
    RELATIONS,
    SPAN_TYPES,
    STAGES,
    STANCES,
    begin,
    inside,
)
from training.corpus import Annotated, piece_ranges
from training.model import POSSIBLE, span_states

UNKNOWN_PIECE = "<unk>"
NARROW_MARGIN = 14
"""Pieces at the edges of windows that are learnt with less context than they are read with: a fifth fewer windows."""
MATE_WEIGHT = 0.25
"""How much a link to another mention of the same thing counts: it is right, but it is not what was annotated."""


@dataclass(frozen=True)
class Example:
    """An annotated article cut into pieces, with its tags [pieces]."""

    article: Annotated
    pieces: Pieces
    tags: Tensor
    ranges: tuple[tuple[int, int], ...]


def example(article: Annotated, tokenizer: Tokenizer) -> Example:
    """The article as the network wants it."""
    pieces = cut(article.text, tokenizer)
    ranges = piece_ranges(article.spans, pieces)
    tags = torch.full((len(pieces),), OUTSIDE)
    for span, (first, last) in zip(article.spans, ranges, strict=True):
        tags[first : last + 1] = inside(span.type)
        tags[first] = begin(span.type)
    return Example(article, pieces, tags, tuple(ranges))


def window_ids(e: Example, window: Window, tokenizer: Tokenizer, hidden: float = 0.0) -> Tensor:
    """The pieces of one window behind the start piece: [pieces + 1]; of these the share `hidden` made unknown."""
    ids = torch.tensor([tokenizer.token_to_id(START_PIECE), *e.pieces.ids[window.start : window.end]])
    if hidden:
        ids[torch.rand(len(ids)) < hidden] = tokenizer.token_to_id(UNKNOWN_PIECE)
    return ids


@dataclass(frozen=True)
class LinkTargets:
    """What the linker should say of spans [n]: links and weights [relations, n, n], classes and where they count."""

    links: Tensor
    weights: Tensor
    stages: Tensor
    negated: Tensor
    triggers: Tensor
    stances: Tensor
    cues: Tensor


def possible_links(types: Tensor) -> Tensor:
    """1 where spans of these types [n] may be linked, 0 elsewhere: [relations, n, n]."""
    weights = POSSIBLE[:, types][:, :, types]
    weights.diagonal(dim1=1, dim2=2).zero_()
    return weights


def link_targets(article: Annotated, spans: list[Span]) -> LinkTargets:
    """Targets for `spans`: the article's own and possibly others that were marked by mistake and link to nothing."""
    count = len(spans)
    place = {(s.start, s.end, s.type): n for n, s in enumerate(spans)}
    number = {n: place[(s.start, s.end, s.type)] for n, s in enumerate(article.spans)}
    links = torch.zeros(len(RELATIONS), count, count)
    weights = possible_links(torch.tensor([SPAN_TYPES.index(s.type) for s in spans]))
    mates: dict[int, frozenset[int]] = {}
    for group in (*article.groups, *article.events):
        for member in group:
            mates[member] = mates.get(member, frozenset()) | group
    mates = {n: frozenset(number[m] for m in group) for n, group in mates.items()}
    for name, head, tail in article.links:
        r = RELATION_INDEX[name]
        for mate in mates.get(tail, frozenset()):
            if links[r, number[head], mate] == 0:
                links[r, number[head], mate] = 1.0
                weights[r, number[head], mate] = MATE_WEIGHT
    for name, head, tail in article.links:
        r = RELATION_INDEX[name]
        links[r, number[head], number[tail]] = 1.0
        weights[r, number[head], number[tail]] = 1.0
    for name, groups in (("same", article.groups), ("event", article.events)):
        for group in groups:
            for a in group:
                for b in group:
                    if a != b:
                        links[RELATION_INDEX[name], number[a], number[b]] = 1.0
    stages = torch.zeros(count, dtype=torch.long)
    negated = torch.zeros(count)
    triggers = torch.zeros(count, dtype=torch.bool)
    for n, stage in article.stages.items():
        stages[number[n]] = STAGES.index(stage)
        negated[number[n]] = float(n in article.negated)
        triggers[number[n]] = True
    stances = torch.zeros(count, dtype=torch.long)
    cues = torch.zeros(count, dtype=torch.bool)
    for n, stance in article.stances.items():
        stances[number[n]] = STANCES.index(stance)
        cues[number[n]] = True
    return LinkTargets(links, weights, stages, negated, triggers, stances, cues)


def span_inputs(states: Tensor, spans: list[Span], ranges: list[tuple[int, int]], pieces: Pieces) -> tuple[Tensor, ...]:
    """What the linker wants to know of spans, in the order in which it takes it; `states` is [pieces, hidden]."""
    first = torch.tensor([a for a, _ in ranges])
    last = torch.tensor([b for _, b in ranges])
    return (
        span_states(states, first, last),
        torch.tensor([SPAN_TYPES.index(s.type) for s in spans]),
        torch.from_numpy(kinds_of(spans)),
        first,
        torch.tensor([pieces.paragraphs[a] for a, _ in ranges]),
        torch.tensor([pieces.sentences[a] for a, _ in ranges]),
        torch.from_numpy(likeness_of(spans)),
    )


def with_mistakes(
    e: Example, marked: list[Span], ranges: list[tuple[int, int]]
) -> tuple[list[Span], list[tuple[int, int]]]:
    """The article's spans together with those that the model marked where there is none.

    So the linker learns to leave mistaken spans alone.
    """
    own = list(zip(e.article.spans, e.ranges, strict=True))
    taken = torch.zeros(len(e.pieces), dtype=torch.bool)
    for _, (a, b) in own:
        taken[a : b + 1] = True
    extra = [(s, (a, b)) for s, (a, b) in zip(marked, ranges, strict=True) if not taken[a : b + 1].any()]
    both = sorted(own + extra, key=lambda pair: pair[0].start)
    return [s for s, _ in both], [r for _, r in both]
