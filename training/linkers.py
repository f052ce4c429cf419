"""The last step of a run: some linkers learn on while the encoder stands still."""

from __future__ import annotations

import copy
import random
from collections.abc import Sequence

import torch
from tokenizers import Tokenizer
from torch import nn

from quellenlage.reader.decode import spans_from
from quellenlage.reader.pieces import WINDOW_SIZES, windows
from training.augment import exchanged
from training.batches import Linkable, example, linkable, one_after_another, with_mistakes
from training.corpus import Annotated
from training.model import Linker, Panel
from training.network import Network, Shown, encode, link_loss
from training.settings import Settings


def with_refined_linkers(
    network: Network, learn: Sequence[Annotated], tokenizer: Tokenizer, settings: Settings
) -> Network:
    """A copy of a network with a panel of linkers that were trained on while the encoder stood still.

    They learn from the articles and from copies with other names, models and numbers, which the encoder cannot know by
    heart, each in another order. The states of all are computed once, so that an epoch takes a minute.
    """
    refined = copy.deepcopy(network).eval()
    if not settings.linkers:
        return refined
    assert isinstance(refined.linker, Linker)
    texts = list(learn)
    for number in range(settings.exchanged_copies):
        chance = random.Random(number + 1)
        texts += [exchanged(article, chance, settings.exchanged_share) for article in learn]
    articles = linkables(refined, texts, tokenizer)
    linkers = [
        refine(copy.deepcopy(refined.linker), articles, settings, settings.seed + number)
        for number in range(settings.linkers)
    ]
    refined.linker = Panel(linkers).eval()
    return refined


@torch.no_grad()
def linkables(network: Network, texts: Sequence[Annotated], tokenizer: Tokenizer) -> list[Linkable]:
    """Articles as the linker sees them, with what the encoder marks in them by mistake."""
    articles = []
    for number, text in enumerate(texts):
        e = example(text, tokenizer)
        cover = windows(len(e.pieces), *WINDOW_SIZES[number % len(WINDOW_SIZES)])
        states, tags = encode(network, [Shown(e, cover)], tokenizer, halved=True)[0]
        spans, ranges = with_mistakes(e, *spans_from(tags.numpy(), e.pieces, e.article.text))
        if spans:
            articles.append(linkable(states, spans, ranges, e))
    return articles


def refine(linker: Linker, articles: Sequence[Linkable], settings: Settings, seed: int) -> Linker:
    """Train a linker on in place, and return it.

    Articles are also put one after another, so that it sees long ones.
    """
    linker.train()
    optimiser = torch.optim.AdamW(linker.parameters(), lr=settings.linker_rate, weight_decay=settings.weight_decay)
    size = settings.linker_articles_a_step
    steps = settings.linker_epochs * -(-len(articles) // size)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda n: max(0.0, (steps - n) / steps))
    torch.manual_seed(seed)
    for epoch in range(settings.linker_epochs):
        chance = random.Random(seed + epoch)
        order = chance.sample(range(len(articles)), len(articles))
        for at in range(0, len(order), size):
            batch = [articles[n] for n in order[at : at + size]]
            cuts = sorted(chance.sample(range(1, len(batch)), min(len(batch) - 1, settings.long_articles_a_step - 1)))
            groups = [batch[a:b] for a, b in zip([0, *cuts], [*cuts, len(batch)], strict=True)]
            together = [one_after_another(group) for group in groups]
            losses = [link_loss(linker.looks(*inputs), targets, settings.class_weight) for inputs, targets in together]
            loss = torch.stack(losses).sum() / sum(len(article.spans) for article in batch)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(linker.parameters(), 1.0)
            optimiser.step()
            schedule.step()
    return linker.eval()
