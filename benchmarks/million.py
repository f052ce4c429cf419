"""A ledger of a million claims: how long it takes to write, how large it is, and how long its lists and searches take.

`python -m benchmarks.million make FILE [--claims N]` makes the ledger of `benchmarks.large_ledger`; `python -m
benchmarks.million ask FILE` times what the pages ask of it.
"""

from __future__ import annotations

import argparse
import gc
import random
import time
from collections.abc import Callable
from pathlib import Path
from statistics import quantiles

from benchmarks.large_ledger import GOODS_WORDS, Drawn, article_id, make, states_in_the_news
from quellenlage.domain import Stage
from quellenlage.ledger import ClaimFilter, Ledger
from quellenlage.ledger.searching import DealFilter, DealOrder

TIMES = 30

Question = Callable[[Ledger, random.Random], object]


def questions() -> dict[str, Question]:
    """What the pages ask: each draws what it asks for anew."""
    states, goods = Drawn(states_in_the_news()), Drawn(list(GOODS_WORDS))
    sources = Drawn([f"quelle-{n}" for n in range(3000)])
    words = [
        "Granaten",
        "Raketen",
        "Drohnen",
        "Hafen Sturm",
        '"große Schiffe"',
        "Kundgebung",
        "Haubitze",
        "Getreide -Hafen",
    ]

    def month(chance: random.Random) -> str:
        return f"{chance.randrange(2014, 2026)}-{chance.randrange(1, 13):02}"

    return {
        "claims, first page": lambda book, _: book.page(),
        "claims, one of the first hundred pages": lambda book, chance: book.page(first=100 * chance.randrange(100)),
        "claims of a supplier": lambda book, chance: book.page(ClaimFilter(supplier=states.one(chance))),
        "claims of a pair": lambda book, chance: book.page(
            ClaimFilter(supplier=states.one(chance), recipient=states.one(chance))
        ),
        "claims of a pair and goods at a stage": lambda book, chance: book.page(
            ClaimFilter(states.one(chance), states.one(chance), goods.one(chance), chance.choice(list(Stage)))
        ),
        "claims of a source": lambda book, chance: book.page(ClaimFilter(source=sources.one(chance))),
        "denied claims of a month": lambda book, chance: book.page(
            ClaimFilter(stance="denied", since=(of := month(chance)), until=of)
        ),
        "claims read least surely": lambda book, _: book.page(by_doubt=True),
        "facets of all": lambda book, _: book.facets(),
        "facets of a supplier": lambda book, chance: book.facets(ClaimFilter(supplier=states.one(chance))),
        "search for words": lambda book, chance: book.search(chance.choice(words), most=20),
        "search for words and a supplier": lambda book, chance: book.search(
            f"{chance.choice(words)} von:{states.one(chance)}", most=20
        ),
        "search for a pair": lambda book, chance: book.search(
            f"von:{states.one(chance)} an:{states.one(chance)}", most=20
        ),
        "deals, largest first": lambda book, _: book.deals_page(),
        "deals, most denied first": lambda book, _: book.deals_page(order=DealOrder.DISPUTED),
        "deals of a supplier": lambda book, chance: book.deals_page(DealFilter(supplier=states.one(chance))),
        "one article with its claims": one_article,
    }


def one_article(book: Ledger, chance: random.Random) -> object:
    """An article, its reading and its claims."""
    article = book.article(article_id(chance.randrange(1000)))
    return article, book.reading(article.id), book.claims(ClaimFilter(article=article.id))


def ask(path: Path) -> None:
    """Time each question, warm, and print the median and the 95th percentile in milliseconds."""
    chance = random.Random(1)
    every: list[float] = []
    print("| what is asked | median, ms | 95th percentile, ms |\n|---|---:|---:|")
    with Ledger.open(path, create=False) as book:
        gc.freeze()  # As the server does.
        for name, question in questions().items():
            taken = []
            for n in range(TIMES + 3):
                started = time.perf_counter()
                question(book, chance)
                taken.append((time.perf_counter() - started) * 1000)
                del taken[: 1 if n < 3 else 0]
            every += taken
            print(f"| {name} | {quantiles(taken, n=20)[9]:.1f} | {quantiles(taken, n=20)[18]:.1f} |", flush=True)
    print(f"| **all** | {quantiles(every, n=20)[9]:.1f} | {quantiles(every, n=20)[18]:.1f} |")


def main() -> None:
    """Make the ledger, or ask it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.million", description=__doc__)
    parser.add_argument("do", choices=("make", "ask"))
    parser.add_argument("file", type=Path)
    parser.add_argument("--claims", type=int, default=1_000_000)
    given = parser.parse_args()
    if given.do == "make":
        make(given.file, given.claims)
    else:
        ask(given.file)


if __name__ == "__main__":
    main()
