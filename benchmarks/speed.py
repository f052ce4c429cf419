"""How fast the shipped reader reads, and how much memory it takes."""

from __future__ import annotations

import resource
import time
from dataclasses import dataclass

from benchmarks.held_back import article_of
from quellenlage.claims import claims_of
from quellenlage.reader import ModelReader
from training.corpus import load

WORDS = 300


@dataclass(frozen=True)
class Speed:
    """Articles a second, scaled to 300 words each, and the peak memory of the process in megabytes."""

    articles_a_second: float
    megabytes: float


def speed(reader: ModelReader, rounds: int = 3) -> Speed:
    """The best of some rounds over a part of the corpus, reading and making claims."""
    articles = [article_of(annotated) for annotated in load()[::8]]
    words = sum(len(article.text.split()) for article in articles)
    best = float("inf")
    for _ in range(rounds):
        started = time.perf_counter()
        for article in articles:
            claims_of(article, reader.read(article))
        best = min(best, time.perf_counter() - started)
    return Speed(words / WORDS / best, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
