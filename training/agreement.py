"""What PyTorch reads in a few texts, written down so that a test can hold the shipped model against it.

Whoever runs the tests need not have PyTorch.
"""

from __future__ import annotations

import json
from pathlib import Path

import torch
from tokenizers import Tokenizer

from quellenlage.reader.decode import spans_from
from training.batches import example, span_inputs
from training.corpus import Annotated
from training.network import Network, encode_evenly


@torch.no_grad()
def write_agreement(network: Network, articles: list[Annotated], tokenizer: Tokenizer, path: Path) -> None:
    """Write for each article its text, tag and probability of every piece, and stage and stance of every span."""
    network.eval()
    entries = []
    for article in articles:
        e = example(article, tokenizer)
        states, tags = encode_evenly(network, e, tokenizer)
        spans, ranges = spans_from(tags.numpy(), e.pieces, article.text)
        links, stages, _, stances = network.linker(*span_inputs(states, spans, ranges, e.pieces))
        probabilities = tags.softmax(-1).max(-1)
        entries.append(
            {
                "text": article.text,
                "tags": probabilities.indices.tolist(),
                "probabilities": [round(p, 4) for p in probabilities.values.tolist()],
                "spans": [[s.start, s.end, s.type.value] for s in spans],
                "linked": int((links > 0).sum()),
                "stages": stages.argmax(-1).tolist(),
                "stances": stances.argmax(-1).tolist(),
            }
        )
    path.write_text(json.dumps(entries, ensure_ascii=False), encoding="utf-8")
