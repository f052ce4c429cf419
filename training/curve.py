"""`python -m training.curve`: the learning curve, trained on an eighth, a quarter and half of the corpus.

It says whether text or model is wanting: as long as the scores climb from share to share, more articles will help. The
smaller shares lie within the larger ones. Everything else is as in `python -m training`, whose log has the last point.
"""

from __future__ import annotations

import hashlib
from functools import partial

from training.__main__ import RUNS, fingerprint, from_base
from training.base import cut_vocabulary
from training.corpus import Annotated, load, split
from training.settings import Settings
from training.train import summary, train

SHARES = (1 / 8, 1 / 4, 1 / 2)


def part(articles: list[Annotated], share: float) -> list[Annotated]:
    """A share of the articles that does not depend on their order; a smaller share is part of a larger one."""
    by_hash = sorted(articles, key=lambda article: hashlib.sha256(f"curve/{article.id}".encode()).digest())
    return by_hash[: round(share * len(articles))]


def main() -> None:
    """Train on each share and print the scores on the held-back articles."""
    settings = Settings()
    say = partial(print, flush=True)
    learn, held_back = split(load())
    tokenizer, kept = cut_vocabulary(article.text for article in learn)
    for share in SHARES:
        some = part(learn, share)
        network = from_base(kept, settings)
        checkpoint = RUNS / f"{fingerprint(some, settings)}.pt"
        _, scores = train(network, some, held_back, tokenizer, settings, checkpoint, say)
        say(f"{len(some)} articles: {summary(scores)}")


if __name__ == "__main__":
    main()
