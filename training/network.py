"""Encoder and linker together, as they are trained: what they put out for articles, and what it costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 (its usual name)
from transformers import BertModel

from training.batches import Example, LinkTargets, core_of, window_ids
from training.model import Encoder, Linker, Panel


class Network(nn.Module):
    """Encoder and linker; at the end of a run several linkers, as one."""

    def __init__(self, bert: BertModel) -> None:
        super().__init__()
        self.encoder = Encoder(bert)
        self.linker: Linker | Panel = Linker(bert.config.hidden_size)


@dataclass(frozen=True)
class Shown:
    """An article as it is shown once; `low` [pieces, hidden] is what the lower layers put out, where they stand still.

    The share `hidden` of its pieces is unknown.
    """

    example: Example
    low: Tensor | None = None
    hidden: float = 0.0


@torch.no_grad()
def lowered(network: Network, shown: Shown, tokenizer: Tokenizer, layers: int) -> Shown:
    """The same with what the first `layers` layers put out for the windows of the article, end to end."""
    e = shown.example
    ids = [window_ids(e, window, tokenizer, shown.hidden) for window in e.windows]
    return replace(shown, low=network.encoder.lower(ids, layers))


def encode(
    network: Network, articles: Sequence[Shown], tokenizer: Tokenizer, layers: int = 0
) -> list[tuple[Tensor, Tensor]]:
    """States [pieces, hidden] and tag scores [pieces, tags] of some articles, read together.

    `layers` is how many layers the `low` of articles has passed; all of them have one, or none.
    """
    examples = [shown.example for shown in articles]
    low = [shown.low for shown in articles if shown.low is not None]
    if not low:
        ids = [window_ids(s.example, window, tokenizer, s.hidden) for s in articles for window in s.example.windows]
        low = [network.encoder.lower(ids, layers)]
    lengths = [1 + window.end - window.start for e in examples for window in e.windows]
    states, tags = (iter(values.split(lengths)) for values in network.encoder.upper(torch.cat(low), lengths, layers))
    return [
        (
            torch.cat([core_of(window, next(states)) for window in e.windows]),
            torch.cat([core_of(window, next(tags)) for window in e.windows]),
        )
        for e in examples
    ]


def link_loss(outputs: tuple[Tensor, Tensor, Tensor, Tensor], targets: LinkTargets, class_weight: float) -> Tensor:
    """The summed loss of links, stages, negation and stances over one article's spans.

    A stage or a stance counts `class_weight` times as much as a link: there are far fewer of them.
    """
    links, stages, negated, stances = outputs
    loss = F.binary_cross_entropy_with_logits(links, targets.links, targets.weights, reduction="sum")
    if targets.triggers.any():
        at = targets.triggers
        loss = loss + class_weight * F.cross_entropy(stages[at], targets.stages[at], reduction="sum")
        loss = loss + F.binary_cross_entropy_with_logits(negated[at], targets.negated[at], reduction="sum")
    if targets.cues.any():
        at = targets.cues
        loss = loss + class_weight * F.cross_entropy(stances[at], targets.stances[at], reduction="sum")
    return loss
