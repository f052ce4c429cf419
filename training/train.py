"""The training loop: one run with a fixed seed, checkpointed each epoch, and the averaged weights at its end."""

from __future__ import annotations

import copy
import random
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 (its usual name)
from transformers import BertModel

from quellenlage.domain import Reading
from quellenlage.reader.decode import reading_from, spans_from
from training.base import base_encoder
from training.batches import (
    Example,
    LinkTargets,
    core_of,
    example,
    link_targets,
    span_inputs,
    window_ids,
    with_mistakes,
)
from training.corpus import Annotated
from training.evaluate import Scores, score
from training.model import Encoder, Linker


@dataclass(frozen=True)
class Settings:
    """What a run depends on besides the corpus; every value was chosen on held-back articles (docs/quality.md)."""

    epochs: int = 8
    articles_a_step: int = 2
    encoder_rate: float = 8e-5
    head_rate: float = 1e-3
    warm_up: float = 0.1
    weight_decay: float = 0.01
    averaging: float = 0.995
    mistakes_from_epoch: int = 2
    linker_epochs: int = 8
    linker_rate: float = 3e-4
    linker_articles_a_step: int = 8
    seed: int = 20221105


class Network(nn.Module):
    """Encoder and linker together, as they are trained."""

    def __init__(self, bert: BertModel) -> None:
        super().__init__()
        self.encoder = Encoder(bert)
        self.linker = Linker(bert.config.hidden_size)


def link_loss(outputs: tuple[Tensor, Tensor, Tensor, Tensor], targets: LinkTargets) -> Tensor:
    """The summed loss of links, stages, negation and stances over one article's spans."""
    links, stages, negated, stances = outputs
    loss = F.binary_cross_entropy_with_logits(links, targets.links, targets.weights, reduction="sum")
    if targets.triggers.any():
        at = targets.triggers
        loss = loss + F.cross_entropy(stages[at], targets.stages[at], reduction="sum")
        loss = loss + F.binary_cross_entropy_with_logits(negated[at], targets.negated[at], reduction="sum")
    if targets.cues.any():
        loss = loss + F.cross_entropy(stances[targets.cues], targets.stances[targets.cues], reduction="sum")
    return loss


def encode(network: Network, e: Example, tokenizer: Tokenizer) -> tuple[Tensor, Tensor]:
    """States [pieces, hidden] and tag scores [pieces, tags] of an article, window by window.

    One window at a time needs no padding, which is faster on a processor than a padded batch.
    """
    states, tags = [], []
    for window in e.windows:
        ids = window_ids(e, window, tokenizer)
        own_states, own_tags = network.encoder(ids, torch.ones_like(ids))
        states.append(core_of(window, own_states))
        tags.append(core_of(window, own_tags))
    return torch.cat(states), torch.cat(tags)


def step_loss(network: Network, batch: list[Example], tokenizer: Tokenizer, mistakes: bool) -> Tensor:
    """The loss of a few articles, divided by how many spans they have."""
    all_spans = max(1, sum(len(e.article.spans) for e in batch))
    loss = torch.zeros(())
    for e in batch:
        states, tags = encode(network, e, tokenizer)
        loss = loss + F.cross_entropy(tags, e.tags, reduction="sum")
        spans, ranges = list(e.article.spans), list(e.ranges)
        if mistakes:
            marked, marked_ranges = spans_from(tags.detach().numpy(), e.pieces, e.article.text)
            spans, ranges = with_mistakes(e, marked, marked_ranges)
        if spans:
            outputs = network.linker(*span_inputs(states, spans, ranges, e.pieces))
            loss = loss + link_loss(outputs, link_targets(e.article, spans))
    return loss / all_spans


@torch.no_grad()
def read(network: Network, e: Example, tokenizer: Tokenizer) -> Reading:
    """Read one article as the shipped reader would, with PyTorch."""
    states, tags = encode(network, e, tokenizer)
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
    decoder = [p for name, p in network.named_parameters() if "bert" not in name]
    encoder = [p for name, p in network.named_parameters() if "bert" in name and p.requires_grad]
    optimiser = torch.optim.AdamW(
        [{"params": encoder, "lr": settings.encoder_rate}, {"params": decoder, "lr": settings.head_rate}],
        weight_decay=settings.weight_decay,
    )
    steps = settings.epochs * -(-len(examples) // settings.articles_a_step)
    warm = settings.warm_up * steps
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda n: min((n + 1) / warm, max(0.0, (steps - n) / (steps - warm)))
    )
    begin_at = 0
    if checkpoint.exists():
        saved = torch.load(checkpoint, weights_only=False)
        if saved["settings"] == asdict(settings):
            network.load_state_dict(saved["network"])
            averaged.load_state_dict(saved["averaged"])
            optimiser.load_state_dict(saved["optimiser"])
            schedule.load_state_dict(saved["schedule"])
            begin_at = saved["epoch"]
            say(f"going on after epoch {begin_at}")
    for epoch in range(begin_at, settings.epochs):
        started = time.monotonic()
        order = random.Random(settings.seed + epoch).sample(range(len(examples)), len(examples))
        torch.manual_seed(settings.seed + epoch)
        network.train()
        losses = []
        for at in range(0, len(order), settings.articles_a_step):
            batch = [examples[n] for n in order[at : at + settings.articles_a_step]]
            loss = step_loss(network, batch, tokenizer, epoch >= settings.mistakes_from_epoch)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            losses.append(loss.item())
            average(averaged, network, min(settings.averaging, len(losses) / (len(losses) + 10) if not epoch else 1.0))
        checkpoint.parent.mkdir(parents=True, exist_ok=True)
        torch.save(
            {
                "settings": asdict(settings),
                "epoch": epoch + 1,
                "network": network.state_dict(),
                "averaged": averaged.state_dict(),
                "optimiser": optimiser.state_dict(),
                "schedule": schedule.state_dict(),
            },
            checkpoint,
        )
        line = f"epoch {epoch + 1}: loss {np.mean(losses):.3f}, {time.monotonic() - started:.0f} s"
        if epoch % 3 == 2 or epoch + 1 == settings.epochs:
            scores = evaluate(averaged, held, tokenizer)
            line += f"; held back: {summary(scores)}"
        say(line)
    scores = evaluate(averaged, held, tokenizer)
    refined = with_refined_linker(averaged, examples, tokenizer, settings)
    refined_scores = evaluate(refined, held, tokenizer)
    say(f"linker refined; held back: {summary(refined_scores)}")
    if refined_scores.overall(refined_scores.links).f1 > scores.overall(scores.links).f1:
        return refined, refined_scores
    say("the refined linker is no better and is not taken")
    return averaged, scores


def with_refined_linker(network: Network, examples: list[Example], tokenizer: Tokenizer, settings: Settings) -> Network:
    """A copy of a network whose linker was trained on while the encoder stood still.

    The states of all articles are computed once, so that an epoch takes seconds.
    """
    refined = copy.deepcopy(network).eval()
    inputs = []
    for e in examples:
        with torch.no_grad():
            states, tags = encode(refined, e, tokenizer)
        marked, marked_ranges = spans_from(tags.numpy(), e.pieces, e.article.text)
        spans, ranges = with_mistakes(e, marked, marked_ranges)
        if spans:
            inputs.append((span_inputs(states, spans, ranges, e.pieces), link_targets(e.article, spans)))
    linker = refined.linker.train()
    optimiser = torch.optim.AdamW(linker.parameters(), lr=settings.linker_rate, weight_decay=settings.weight_decay)
    size = settings.linker_articles_a_step
    steps = settings.linker_epochs * -(-len(inputs) // size)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda n: max(0.0, (steps - n) / steps))
    torch.manual_seed(settings.seed)
    for epoch in range(settings.linker_epochs):
        order = random.Random(settings.seed + epoch).sample(range(len(inputs)), len(inputs))
        for at in range(0, len(order), size):
            batch = [inputs[n] for n in order[at : at + size]]
            losses = [link_loss(linker(*own), targets) for own, targets in batch]
            loss = torch.stack(losses).sum() / sum(len(own[0]) for own, _ in batch)
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
