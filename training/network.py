"""Encoder and linker together, as they are trained: what they put out for articles, and what it costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 (its usual name)
from transformers import BertModel

from quellenlage.reader.decode import HAS_ONE
from quellenlage.reader.pieces import Window, coverings
from quellenlage.reader.schema import RELATION_INDEX
from training.batches import Example, LinkTargets, window_ids
from training.model import Encoder, Linker, Looks


class Network(nn.Module):
    """Encoder and linker."""

    def __init__(self, bert: BertModel) -> None:
        super().__init__()
        self.encoder = Encoder(bert)
        self.linker = Linker(bert.config.hidden_size)


@dataclass(frozen=True)
class Shown:
    """An article as it is shown once: in which windows it is read, and which share of its pieces is unknown."""

    example: Example
    windows: tuple[Window, ...]
    hidden: float = 0.0


def encode(
    network: Network, articles: Sequence[Shown], tokenizer: Tokenizer, halved: bool = False
) -> list[tuple[Tensor, Tensor]]:
    """States [pieces, hidden] and tag scores [pieces, tags] of some articles, read together.

    `halved` makes products of 16-bit floats where the processor has them: a step takes half the time there, and twenty
    times as long where they are emulated.
    """
    ids = [window_ids(s.example, window, tokenizer, s.hidden) for s in articles for window in s.windows]
    with torch.autocast("cpu", torch.bfloat16, enabled=halved and has_16_bit_floats()):
        outputs = network.encoder(ids)
    states, tags = (iter(values.float().split([len(one) for one in ids])) for values in outputs)
    return [
        (
            torch.cat([next(states)[window.core] for window in shown.windows]),
            torch.cat([next(tags)[window.core] for window in shown.windows]),
        )
        for shown in articles
    ]


def has_16_bit_floats() -> bool:
    """Whether the processor multiplies bfloat16 numbers by itself."""
    able = torch.cpu.get_capabilities()
    return bool(able.get("avx512_bf16") or able.get("amx_bf16") or able.get("bf16"))


def encode_evenly(network: Network, e: Example, tokenizer: Tokenizer) -> tuple[Tensor, Tensor]:
    """The same of one article as it is read later: the mean over windows of all sizes."""
    readings = [encode(network, [Shown(e, windows)], tokenizer)[0] for windows in coverings(len(e.pieces))]
    states = torch.stack([states for states, _ in readings]).mean(0)
    return states, torch.stack([tags.log_softmax(-1) for _, tags in readings]).mean(0)


FILLED = tuple(RELATION_INDEX[name] for name in sorted(HAS_ONE))
NO_SPAN = -1e9


def filler_loss(scores: Tensor, wanted: Tensor, possible: Tensor) -> Tensor:
    """How unlikely the spans that fill a role are among all that could and nobody, whose score is 0; all [n, n].

    Which of several mentions is meant does not matter: their probabilities are added up, as those of antecedents are
    (Lee et al. 2017, "End-to-end Neural Coreference Resolution").
    """
    can = possible > 0
    heads = can.any(1)
    scores, can, wanted = scores[heads], can[heads], wanted[heads] > 0
    nobody = scores.new_zeros(len(scores), 1)
    filled = wanted.any(1, keepdim=True)
    right = torch.cat([scores.masked_fill(~wanted, NO_SPAN), nobody.masked_fill(filled, NO_SPAN)], 1)
    every = torch.cat([scores.masked_fill(~can, NO_SPAN), nobody], 1)
    return (every.logsumexp(1) - right.logsumexp(1)).sum()


FIRST_LOOK = 0.5
"""How much the links at the linker's first look count, beside those at its second."""


def link_loss(looks: Looks, targets: LinkTargets, class_weight: float) -> Tensor:
    """The summed loss of links, fillers, stages, negation and stances over one article's spans.

    A stage or a stance counts `class_weight` times as much as a link: there are far fewer of them.
    """
    first, (links, stages, negated, stances) = looks
    loss = FIRST_LOOK * loss_of_links(first, targets) + loss_of_links(links, targets)
    if targets.triggers.any():
        at = targets.triggers
        loss = loss + class_weight * F.cross_entropy(stages[at], targets.stages[at], reduction="sum")
        loss = loss + F.binary_cross_entropy_with_logits(negated[at], targets.negated[at], reduction="sum")
    if targets.cues.any():
        at = targets.cues
        loss = loss + class_weight * F.cross_entropy(stances[at], targets.stances[at], reduction="sum")
    return loss


def loss_of_links(links: Tensor, targets: LinkTargets) -> Tensor:
    """The summed loss of link scores [relations, n, n]: of each by itself, and of who fills a role."""
    each = F.binary_cross_entropy_with_logits(links, targets.links, targets.weights, reduction="sum")
    return each + torch.stack([filler_loss(links[r], targets.links[r], targets.weights[r]) for r in FILLED]).sum()
