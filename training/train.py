"""The training loop: one run with a fixed seed, checkpointed each epoch, and the averaged weights at its end."""

from __future__ import annotations

import copy
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 (its usual name)
from transformers import BertModel

from quellenlage.domain import Reading
from quellenlage.reader.decode import reading_from, spans_from
from training.augment import exchanged
from training.base import base_encoder
from training.batches import (
    Example,
    Linkable,
    LinkTargets,
    core_of,
    example,
    link_targets,
    linkable,
    one_after_another,
    span_inputs,
    window_ids,
    with_mistakes,
)
from training.corpus import Annotated
from training.evaluate import Scores, score
from training.model import Encoder, Linker


@dataclass(frozen=True)
class Settings:
    """What a run depends on besides the corpus.

    First all layers learn, for `whole_epochs`. Then the lower layers stand still for `upper_epochs`: what they put out
    is computed once, and an epoch takes half the time. The rates rise during the first part `warm_up` of
    `schedule_epochs` and then fall towards nothing at their end. At last the linker learns alone.
    """

    whole_epochs: int = 6
    upper_epochs: int = 7
    schedule_epochs: int = 22
    lower_layers: int = 6
    linker_epochs: int = 4
    exchanged_copies: int = 2
    exchanged_share: float = 0.8
    articles_a_step: int = 2
    linker_articles_a_step: int = 8
    long_articles_a_step: int = 4
    encoder_rate: float = 2e-4
    head_rate: float = 1e-3
    linker_rate: float = 3e-4
    warm_up: float = 0.03
    weight_decay: float = 0.01
    averaging: float = 0.995
    class_weight: float = 4.0
    mistakes_from_epoch: int = 2
    evaluate_every: int = 4
    seed: int = 20221105


class Network(nn.Module):
    """Encoder and linker together, as they are trained."""

    def __init__(self, bert: BertModel) -> None:
        super().__init__()
        self.encoder = Encoder(bert)
        self.linker = Linker(bert.config.hidden_size)


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


@torch.no_grad()
def lowered(network: Network, e: Example, tokenizer: Tokenizer, layers: int) -> Tensor:
    """What the first `layers` layers put out for the windows of an article, end to end: [pieces, hidden]."""
    return network.encoder.lower([window_ids(e, window, tokenizer) for window in e.windows], layers)


def encode(
    network: Network,
    examples: Sequence[Example],
    tokenizer: Tokenizer,
    low: Sequence[Tensor] | None = None,
    layers: int = 0,
) -> list[tuple[Tensor, Tensor]]:
    """States [pieces, hidden] and tag scores [pieces, tags] of some articles, read together.

    `low` is what the first `layers` layers put out for each, where that was computed before.
    """
    if low is None:
        ids = [window_ids(e, window, tokenizer) for e in examples for window in e.windows]
        low = [network.encoder.lower(ids, layers)]
    lengths = [1 + window.end - window.start for e in examples for window in e.windows]
    states, tags = (
        iter(values.split(lengths)) for values in network.encoder.upper(torch.cat(list(low)), lengths, layers)
    )
    return [
        (
            torch.cat([core_of(window, next(states)) for window in e.windows]),
            torch.cat([core_of(window, next(tags)) for window in e.windows]),
        )
        for e in examples
    ]


def step_loss(
    network: Network,
    batch: list[Example],
    tokenizer: Tokenizer,
    mistakes: bool,
    low: list[Tensor] | None,
    settings: Settings,
) -> Tensor:
    """The loss of a few articles, divided by how many spans they have."""
    all_spans = max(1, sum(len(e.article.spans) for e in batch))
    loss = torch.zeros(())
    for e, (states, tags) in zip(batch, encode(network, batch, tokenizer, low, settings.lower_layers), strict=True):
        loss = loss + F.cross_entropy(tags, e.tags, reduction="sum")
        spans, ranges = list(e.article.spans), list(e.ranges)
        if mistakes:
            marked, marked_ranges = spans_from(tags.detach().numpy(), e.pieces, e.article.text)
            spans, ranges = with_mistakes(e, marked, marked_ranges)
        if spans:
            outputs = network.linker(*span_inputs(states, spans, ranges, e.pieces))
            loss = loss + link_loss(outputs, link_targets(e.article, spans), settings.class_weight)
    return loss / all_spans


@torch.no_grad()
def read(network: Network, e: Example, tokenizer: Tokenizer) -> Reading:
    """Read one article as the shipped reader would, with PyTorch."""
    states, tags = encode(network, [e], tokenizer)[0]
    spans, ranges = spans_from(tags.numpy(), e.pieces, e.article.text)
    if not spans:
        return Reading(e.article.id, "training")
    outputs = network.linker(*span_inputs(states, spans, ranges, e.pieces))
    return reading_from(e.article.id, "training", spans, *(o.numpy() for o in outputs))


def evaluate(network: Network, held_back: list[Example], tokenizer: Tokenizer) -> Scores:
    """Scores of a network on held-back articles."""
    network.eval()
    return score((e.article, read(network, e, tokenizer)) for e in held_back)


def train(
    learn: list[Annotated],
    held_back: list[Annotated],
    tokenizer: Tokenizer,
    kept: list[int],
    settings: Settings,
    checkpoint: Path,
    say: Callable[[str], None],
) -> tuple[Network, Scores]:
    """Train from the base weights; returns the averaged network and its scores on the held-back articles.

    A run that was interrupted goes on from `checkpoint`, written after every epoch.
    """
    torch.manual_seed(settings.seed)
    network = Network(base_encoder(kept))
    averaged = copy.deepcopy(network).eval()
    examples = [example(a, tokenizer) for a in learn]
    held = [example(a, tokenizer) for a in held_back]
    learn_together(network, averaged, examples, held, tokenizer, settings, checkpoint, say)
    scores = evaluate(averaged, held, tokenizer)
    refined = with_refined_linker(averaged, learn, tokenizer, settings)
    refined_scores = evaluate(refined, held, tokenizer)
    say(f"linker refined; held back: {summary(refined_scores)}")
    if refined_scores.overall(refined_scores.links).f1 > scores.overall(scores.links).f1:
        return refined, refined_scores
    say("the refined linker is no better and is not taken")
    return averaged, scores


def learn_together(
    network: Network,
    averaged: Network,
    examples: list[Example],
    held: list[Example],
    tokenizer: Tokenizer,
    settings: Settings,
    checkpoint: Path,
    say: Callable[[str], None],
) -> None:
    """Train both networks in place: encoder and linker, first all layers, then the upper ones."""
    epochs = settings.whole_epochs + settings.upper_epochs
    optimiser = optimiser_for(network, settings)
    steps = settings.schedule_epochs * -(-len(examples) // settings.articles_a_step)
    warm = settings.warm_up * steps
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda n: min((n + 1) / warm, max(0.0, (steps - n) / (steps - warm)))
    )
    first = 0
    saved = saved_state(checkpoint, settings)
    if saved is not None:
        network.load_state_dict(saved["network"])
        averaged.load_state_dict(saved["averaged"])
        optimiser.load_state_dict(saved["optimiser"])
        schedule.load_state_dict(saved["schedule"])
        first = saved["epoch"]
        say(f"going on after epoch {first}")
    low: list[Tensor] | None = None
    for epoch in range(first, epochs):
        if epoch == settings.whole_epochs:
            network.load_state_dict(averaged.state_dict())
        if epoch >= settings.whole_epochs and low is None:
            for parameter in lower_parameters(network, settings.lower_layers):
                parameter.requires_grad_(False)
            network.eval()
            low = [lowered(network, e, tokenizer, settings.lower_layers) for e in examples]
        started = time.monotonic()
        order = random.Random(settings.seed + epoch).sample(range(len(examples)), len(examples))
        torch.manual_seed(settings.seed + epoch)
        network.train()
        losses = []
        for at in range(0, len(order), settings.articles_a_step):
            chosen = order[at : at + settings.articles_a_step]
            batch = [examples[n] for n in chosen]
            own_low = [low[n] for n in chosen] if low else None
            loss = step_loss(network, batch, tokenizer, epoch >= settings.mistakes_from_epoch, own_low, settings)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            losses.append(loss.item())
            average(averaged, network, min(settings.averaging, len(losses) / (len(losses) + 10) if not epoch else 1.0))
        checkpoint.parent.mkdir(parents=True, exist_ok=True)
        state = {
            "settings": asdict(settings),
            "epoch": epoch + 1,
            "network": network.state_dict(),
            "averaged": averaged.state_dict(),
            "optimiser": optimiser.state_dict(),
            "schedule": schedule.state_dict(),
        }
        torch.save(state, checkpoint)
        line = f"epoch {epoch + 1}: loss {np.mean(losses):.3f}, {time.monotonic() - started:.0f} s"
        if (epoch + 1) % settings.evaluate_every == 0:
            line += f"; held back: {summary(evaluate(averaged, held, tokenizer))}"
        say(line)


def saved_state(checkpoint: Path, settings: Settings) -> dict[str, Any] | None:
    """What an interrupted run with the same settings left behind."""
    if not checkpoint.exists():
        return None
    saved: dict[str, Any] = torch.load(checkpoint, weights_only=False)
    return saved if saved["settings"] == asdict(settings) else None


def lower_parameters(network: Network, layers: int) -> list[nn.Parameter]:
    """The parameters below a layer."""
    bert = network.encoder.bert
    return [*bert.embeddings.parameters(), *bert.encoder.layer[:layers].parameters()]


def optimiser_for(network: Network, settings: Settings) -> torch.optim.Optimizer:
    """AdamW: the encoder at its own rate, tag scores and linker at the heads' rate."""
    named = [(name, p) for name, p in network.named_parameters() if p.requires_grad]
    groups = [
        {"params": [p for name, p in named if "bert" in name], "lr": settings.encoder_rate},
        {"params": [p for name, p in named if "bert" not in name], "lr": settings.head_rate},
    ]
    return torch.optim.AdamW(groups, weight_decay=settings.weight_decay)


def with_refined_linker(network: Network, learn: list[Annotated], tokenizer: Tokenizer, settings: Settings) -> Network:
    """A copy of a network whose linker was trained on while the encoder stood still.

    It learns from the articles and from copies with other names, models and numbers, which the encoder cannot know by
    heart. The states of all are computed once, so that an epoch takes a minute. Articles are also put one after
    another, so that the linker sees long ones.
    """
    refined = copy.deepcopy(network).eval()
    texts = list(learn)
    for number in range(settings.exchanged_copies):
        chance = random.Random(number + 1)
        texts += [exchanged(article, chance, settings.exchanged_share) for article in learn]
    articles: list[Linkable] = []
    for text in texts:
        e = example(text, tokenizer)
        with torch.no_grad():
            states, tags = encode(refined, [e], tokenizer)[0]
        marked, marked_ranges = spans_from(tags.numpy(), e.pieces, e.article.text)
        spans, ranges = with_mistakes(e, marked, marked_ranges)
        if spans:
            articles.append(linkable(states, spans, ranges, e))
    linker = refined.linker.train()
    optimiser = torch.optim.AdamW(linker.parameters(), lr=settings.linker_rate, weight_decay=settings.weight_decay)
    size = settings.linker_articles_a_step
    steps = settings.linker_epochs * -(-len(articles) // size)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda n: max(0.0, (steps - n) / steps))
    torch.manual_seed(settings.seed)
    for epoch in range(settings.linker_epochs):
        chance = random.Random(settings.seed + epoch)
        order = chance.sample(range(len(articles)), len(articles))
        for at in range(0, len(order), size):
            batch = [articles[n] for n in order[at : at + size]]
            cuts = sorted(chance.sample(range(1, len(batch)), min(len(batch) - 1, settings.long_articles_a_step - 1)))
            groups = [batch[a:b] for a, b in zip([0, *cuts], [*cuts, len(batch)], strict=True)]
            together = [one_after_another(group) for group in groups]
            losses = [link_loss(linker(*inputs), targets, settings.class_weight) for inputs, targets in together]
            loss = torch.stack(losses).sum() / sum(len(article.spans) for article in batch)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(linker.parameters(), 1.0)
            optimiser.step()
            schedule.step()
    return refined


@torch.no_grad()
def average(averaged: Network, network: Network, keep: float) -> None:
    """Move the averaged weights a little towards the present ones (an exponential moving average)."""
    for mine, theirs in zip(averaged.parameters(), network.parameters(), strict=True):
        if theirs.requires_grad:
            mine.lerp_(theirs, 1.0 - keep)


def summary(scores: Scores) -> str:
    """One line on how good a network is."""
    parts = [f"spans {scores.overall(scores.spans).f1:.3f}", f"links {scores.overall(scores.links).f1:.3f}"]
    parts += [f"{name} {tally.f1:.2f}" for name, tally in scores.links.items()]
    parts += [f"{name} {tally.recall:.3f}" for name, tally in scores.classes.items()]
    return ", ".join(parts)
