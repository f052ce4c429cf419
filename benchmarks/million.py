"""A ledger of a million claims: how long it takes to write, how large it is, and how long its lists and searches take.

`python -m benchmarks.million make FILE [--claims N]` makes the ledger; `python -m benchmarks.million ask FILE` times
what the pages ask of it. Articles are put together from sentences whose parties, goods, outlets and numbers are drawn
by Zipf's law, as in the news: few states and outlets make up most of it. One article makes five claims; a twentieth of
them has been read twice, so that past states lie in the ledger too. Deals are groups of claims of one pair and month.
"""

from __future__ import annotations

import argparse
import gc
import random
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from statistics import quantiles

from sqlalchemy import insert

from quellenlage.domain import (
    Article,
    Chain,
    Claim,
    Evidence,
    Hop,
    HopKind,
    Quantity,
    Reading,
    Stage,
)
from quellenlage.ledger import ClaimFilter, Ledger, claim_rows, tables, text_index
from quellenlage.ledger.claim_rows import Row
from quellenlage.ledger.codec import reading_to_json
from quellenlage.ledger.rows import article_row
from quellenlage.ledger.searching import DealFilter, DealOrder
from quellenlage.names.knowledge import load
from quellenlage.weigh.origins import Origin
from quellenlage.weigh.standing import Answer, Grade, StageTold, Standing
from quellenlage.weigh.weighing import Deal, Weighing

CLAIMS_AN_ARTICLE = 5
READ_TWICE = 0.05
LONG_AGO = datetime(2024, 1, 1, tzinfo=UTC)
ARTICLES_A_TRANSACTION = 500
TIMES = 30
SEED = 20240311
FILLER = (
    "Die Gespräche gingen am Abend ohne Ergebnis zu Ende und sollen fortgesetzt werden.",
    "In der Hauptstadt kamen erneut Tausende Menschen zu einer Kundgebung zusammen.",
    "Beobachter rechnen in den kommenden Wochen mit weiteren Treffen der Minister.",
    "Nach dem Beschluss des Parlaments steigt der Haushalt im nächsten Jahr deutlich.",
    "Der Hafen war wegen eines Sturms zwei Tage lang für große Schiffe gesperrt.",
    "Auf den Märkten der Region sind die Preise für Getreide zuletzt wieder gesunken.",
)
GOODS_WORDS = {
    "ammunition": "Artilleriegranaten",
    "missiles": "Kurzstreckenraketen",
    "drones": "Aufklärungsdrohnen",
    "tanks": "Kampfpanzer",
    "air_defence": "Flugabwehrsysteme",
    "artillery": "Haubitzen",
    "combat_aircraft": "Kampfflugzeuge",
    "helicopters": "Transporthubschrauber",
    "small_arms": "Sturmgewehre",
    "engines_parts": "Hubschraubertriebwerke",
}


class Drawn:
    """Draws from some values by Zipf's law: the n-th is drawn 1/n times as often as the first."""

    def __init__(self, values: Sequence[str]) -> None:
        self._values = values
        self._weights = list(accumulate(1 / n for n in range(1, len(values) + 1)))

    def one(self, chance: random.Random) -> str:
        """One of the values."""
        return chance.choices(self._values, cum_weights=self._weights)[0]


def made(count: int, chance: random.Random) -> Iterator[tuple[Article, list[Claim]]]:
    """So many claims with their articles."""
    order = random.Random(SEED)
    codes = sorted(load("states"))
    order.shuffle(codes)
    states = Drawn(codes)
    outlets = Drawn([f"blatt-{n}" for n in range(400)])
    sources = Drawn([f"quelle-{n}" for n in range(3000)])
    goods = Drawn(list(GOODS_WORDS))
    first = date(2014, 1, 1)
    for number in range(count // CLAIMS_AN_ARTICLE):
        day = (first + timedelta(days=chance.randrange(4600))).isoformat()
        outlet = outlets.one(chance)
        lines, claims, at = [f"Bericht {number}"], [], len(f"Bericht {number}") + 1
        id = f"{number:016x}"
        for place in range(CLAIMS_AN_ARTICLE):
            item = goods.one(chance)
            amount = chance.randrange(10, 5000)
            supplier, recipient, source = states.one(chance), states.one(chance), sources.one(chance)
            said = f"{source} zufolge liefert {supplier} {amount} {GOODS_WORDS[item]} an {recipient}."
            line = f"{said} {chance.choice(FILLER)}"
            lines.append(line)
            claims.append(claim(id, place, at, line, supplier, recipient, item, amount, outlet, source, chance))
            at += len(line) + 1
        yield Article(id, f"artikel-{number}", "\n".join(lines), outlet=outlet, published=day, language="de"), claims


def claim(
    article: str,
    place: int,
    at: int,
    line: str,
    supplier: str,
    recipient: str,
    item: str,
    amount: int,
    outlet: str,
    source: str,
    chance: random.Random,
) -> Claim:
    """The claim of one line that begins `at` a place of its article."""

    def words(field: str, said: str) -> Evidence:
        start = at + line.index(said)
        return Evidence(field, start, start + len(said), said)

    own = Hop(outlet, HopKind.OUTLET, outlet.title())
    return Claim(
        f"{article}-{place}",
        article,
        chance.choice(list(Stage)),
        (supplier,),
        (recipient,),
        (item,),
        quantity=Quantity(amount, amount, str(amount)),
        quantity_item=item,
        chains=(Chain((own, Hop(source, HopKind.SOURCE, source.title()))),),
        hedged=chance.random() < 0.2,
        denied_by=(supplier,) if chance.random() < 0.1 else (),
        confidence=round(chance.random(), 4),
        evidence=(
            words("stage", "liefert"),
            words("supplier", supplier),
            words("recipient", recipient),
            words("item_classes", GOODS_WORDS[item]),
            words("quantity", str(amount)),
            words("sources", source),
        ),
    )


def make(path: Path, count: int) -> None:
    """Write the ledger."""
    chance = random.Random(SEED)
    started = time.perf_counter()
    pairs: dict[tuple[str, str, str], list[tuple[str, Claim]]] = {}
    with Ledger.open(path) as ledger:
        batch: list[tuple[Article, list[Claim]]] = []
        for number, one in enumerate(made(count, chance), 1):
            batch.append(one)
            for each in one[1]:
                key = (each.supplier[0], each.recipient[0], (one[0].published or "")[:7])
                pairs.setdefault(key, []).append((one[0].published or "", each))
            if len(batch) == ARTICLES_A_TRANSACTION:
                write(ledger, batch, number - len(batch), chance)
                batch = []
            if number % 20_000 == 0:
                print(f"{number:,} articles, {time.perf_counter() - started:.0f} s", flush=True)
        write(ledger, batch, count // CLAIMS_AN_ARTICLE - len(batch), chance)
        deals = [deal(key, claims) for key, claims in sorted(pairs.items()) if len(claims) > 1]
        article_of = {each.id: each.article_id for claims in pairs.values() for _, each in claims}
        print(f"{len(deals):,} deals", flush=True)
        ledger.keep_weighing(Weighing((), (), tuple(deals), {}), article_of, datetime.now(UTC))
        with ledger._engine.begin() as connection:
            connection.exec_driver_sql("PRAGMA optimize")
    print(f"{count:,} claims written in {time.perf_counter() - started:.0f} s; {path.stat().st_size / 2**20:,.0f} MiB")


def write(ledger: Ledger, batch: Sequence[tuple[Article, list[Claim]]], before: int, chance: random.Random) -> None:
    """Write some articles in one transaction, a few of them as if they had been read twice."""
    with ledger._writing() as connection:
        now = datetime.now(UTC)
        numbered = list(enumerate(batch, before + 1))
        if numbered:
            connection.execute(insert(tables.article), [article_row(article, n, now) for n, (article, _) in numbered])
        rows = []
        for number, (article, claims) in numbered:
            text_index.index(connection, article, number)
            earlier = [("old", now - timedelta(days=1))] if chance.random() < READ_TWICE else []
            for reader, until in (*earlier, ("model", None)):
                body = reading_to_json(Reading(article.id, reader))
                row = {"article_id": article.id, "reader": reader, "made": LONG_AGO, "until": until, "body": body}
                new = insert(tables.reading).values(row).returning(tables.reading.c.id)
                id = connection.execute(new).scalar_one()
                rows += [Row(one, id, article.published or "", LONG_AGO if until else now, until) for one in claims]
        claim_rows.write(connection, rows)


def deal(key: tuple[str, str, str], claims: Sequence[tuple[str, Claim]]) -> Deal:
    """The deal of a pair in a month."""
    supplier, recipient, month = key
    ids = tuple(sorted(each.id for _, each in claims))
    origins = {each.origins[0]: each.id for _, each in claims}
    denied = any(each.denied_by for _, each in claims)
    standing = Standing(
        stage=Stage.DELIVERED,
        stages=(StageTold(Stage.DELIVERED, min(day for day, _ in claims), ids),),
        origins=tuple(Origin((name,), (id,), False) for name, id in sorted(origins.items())),
        confirmed_by=(),
        denied_by=(Answer(supplier, True),) if denied else (),
        no_comment_by=(),
        unverified_by=(),
        grade=Grade(3, ()),
        history=(),
    )
    articles = tuple(sorted({each.article_id for _, each in claims}))
    goods = (claims[0][1].item_classes[0],)
    return Deal(
        f"{supplier}-{recipient}-{month}", ids, articles, (supplier,), (recipient,), goods, (), standing, (), ()
    )


Question = Callable[[Ledger, random.Random], object]


def questions() -> dict[str, Question]:
    """What the pages ask: each draws what it asks for anew."""
    order = random.Random(SEED)
    codes = sorted(load("states"))
    order.shuffle(codes)
    states, goods = Drawn(codes), Drawn(list(GOODS_WORDS))
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
    article = book.article(f"{chance.randrange(1000):016x}")
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
