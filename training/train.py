"""The training loop: one run with a fixed seed, checkpointed each epoch, and the averaged weights at its end."""

from __future__ import annotations

import copy
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 (its usual name)

from quellenlage.domain import Reading
from quellenlage.reader.decode import reading_from, spans_from
from quellenlage.reader.pieces import WINDOW_SIZES, windows
from training.augment import exchanged
from training.batches import NARROW_MARGIN, Example, example, link_targets, span_inputs, with_mistakes
from training.corpus import Annotated
from training.evaluate import Scores, score
from training.network import Network, Shown, encode, encode_evenly, link_loss
from training.settings import Settings


def step_loss(
    network: Network, batch: Sequence[Shown], tokenizer: Tokenizer, mistakes: bool, settings: Settings
) -> Tensor:
    """The loss of a few articles, divided by how many spans they have."""
    all_spans = max(1, sum(len(shown.example.article.spans) for shown in batch))
    loss = torch.zeros(())
    encoded = encode(network, batch, tokenizer, halved=True)
    for e, (states, tags) in zip((shown.example for shown in batch), encoded, strict=True):
        loss = loss + F.cross_entropy(tags, e.tags, reduction="sum")
        spans, ranges = list(e.article.spans), list(e.ranges)
        if mistakes:
            spans, ranges = with_mistakes(e, *spans_from(tags.detach().numpy(), e.pieces, e.article.text))
        if spans:
            looks = network.linker.looks(*span_inputs(states, spans, ranges, e.pieces))
            loss = loss + link_loss(looks, link_targets(e.article, spans), settings.class_weight)
    return loss / all_spans


@torch.no_grad()
def read(network: Network, e: Example, tokenizer: Tokenizer) -> Reading:
    """Read one article as the shipped reader would, with PyTorch."""
    states, tags = encode_evenly(network, e, tokenizer)
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
    network: Network,
    learn: list[Annotated],
    held_back: list[Annotated],
    tokenizer: Tokenizer,
    settings: Settings,
    checkpoint: Path,
    say: Callable[[str], None],
) -> tuple[Network, Scores]:
    """Train a network in place; returns the average of its weights and how that scores on the held-back articles.

    A run that was interrupted goes on from `checkpoint`, written after every epoch.
    """
    averaged = copy.deepcopy(network).eval()
    held = [example(a, tokenizer) for a in held_back]
    learn_together(network, averaged, learn, held, tokenizer, settings, checkpoint, say)
    scores = evaluate(averaged, held, tokenizer)
    say(f"at the end; held back: {summary(scores)}")
    return averaged, scores


def learn_together(
    network: Network,
    averaged: Network,
    learn: Sequence[Annotated],
    held: list[Example],
    tokenizer: Tokenizer,
    settings: Settings,
    checkpoint: Path,
    say: Callable[[str], None],
) -> None:
    """Train both networks in place: encoder and linker."""
    examples = [example(article, tokenizer) for article in learn]
    optimiser = optimiser_for(network, settings)
    steps = settings.epochs * -(-len(examples) // settings.articles_a_step)
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
    for epoch in range(first, settings.epochs):
        started = time.monotonic()
        varied = epoch >= settings.plain_epochs
        chance = random.Random(settings.seed + epoch)
        order = chance.sample(range(len(examples)), len(examples))
        torch.manual_seed(settings.seed + epoch)
        network.train()
        losses = []
        for at in range(0, len(order), settings.articles_a_step):
            batch = []
            for n in order[at : at + settings.articles_a_step]:
                e = examples[n]
                if varied and chance.random() < settings.exchanged_often:
                    e = example(exchanged(learn[n], chance, settings.exchanged_share), tokenizer)
                cover = windows(len(e.pieces), chance.choice(WINDOW_SIZES)[0], NARROW_MARGIN)
                batch.append(Shown(e, cover, settings.hidden_pieces if varied else 0.0))
            loss = step_loss(network, batch, tokenizer, epoch >= settings.mistakes_from_epoch, settings)
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


def optimiser_for(network: Network, settings: Settings) -> torch.optim.Optimizer:
    """AdamW: the encoder at its own rate, tag scores and linker at the heads' rate."""
    named = [(name, p) for name, p in network.named_parameters() if p.requires_grad]
    groups = [
        {"params": [p for name, p in named if "bert" in name], "lr": settings.encoder_rate},
        {"params": [p for name, p in named if "bert" not in name], "lr": settings.head_rate},
    ]
    return torch.optim.AdamW(groups, weight_decay=settings.weight_decay, fused=True)


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
