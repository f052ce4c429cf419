"""A ledger as large as wanted, of articles that are put together from sentences.

Parties, goods, outlets and numbers are drawn by Zipf's law, as in the news: few states and outlets make up most of it.
One article makes five claims, the last one `LONGEST`; a twentieth of them has been read twice, so that past states lie
in the ledger too. Deals are groups of claims of one pair and month; stories and copies are articles one after another.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from pathlib import Path

from sqlalchemy import insert

from quellenlage.domain import (
    Article,
    Chain,
    Claim,
    Evidence,
    Hop,
    HopKind,
    JudgedClaim,
    Judgement,
    JudgementKind,
    Quantity,
    Reading,
    Stage,
)
from quellenlage.ledger import Ledger, claim_rows, tables, text_index
from quellenlage.ledger.claim_rows import Row
from quellenlage.ledger.codec import reading_to_json
from quellenlage.ledger.rows import article_row
from quellenlage.names.knowledge import load
from quellenlage.weigh.copies import Copy, CopyReason, Passage
from quellenlage.weigh.origins import Origin
from quellenlage.weigh.standing import Answer, Grade, StageTold, Standing
from quellenlage.weigh.stories import Story
from quellenlage.weigh.weighing import Deal, Weighing

CLAIMS_AN_ARTICLE = 5
LONGEST = 500
"""How many claims the last article makes."""
STORIES = 10_000
JUDGED = 500
READ_TWICE = 0.05
LONG_AGO = datetime(2024, 1, 1, tzinfo=UTC)
ARTICLES_A_TRANSACTION = 500
SEED = 20240311
PASSAGE = Passage(0, 80, 0, 80, 12)
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


def states_in_the_news() -> list[str]:
    """All states, in an order of how often they are in the news: any, but always the same."""
    codes = sorted(load("states"))
    random.Random(SEED).shuffle(codes)
    return codes


def made(count: int, chance: random.Random) -> Iterator[tuple[Article, list[Claim]]]:
    """So many claims, at least `LONGEST`, with their articles."""
    states = Drawn(states_in_the_news())
    outlets = Drawn([f"blatt-{n}" for n in range(400)])
    sources = Drawn([f"quelle-{n}" for n in range(3000)])
    goods = Drawn(list(GOODS_WORDS))
    first = date(2014, 1, 1)
    articles = articles_of(count)
    for number in range(articles):
        day = (first + timedelta(days=chance.randrange(4600))).isoformat()
        outlet = outlets.one(chance)
        lines, claims, at = [f"Bericht {number}"], [], len(f"Bericht {number}") + 1
        id = article_id(number)
        for place in range(LONGEST if number == articles - 1 else CLAIMS_AN_ARTICLE):
            item = goods.one(chance)
            amount = chance.randrange(10, 5000)
            supplier, recipient, source = states.one(chance), states.one(chance), sources.one(chance)
            said = f"{source} zufolge liefert {supplier} {amount} {GOODS_WORDS[item]} an {recipient}."
            line = f"{said} {chance.choice(FILLER)}"
            lines.append(line)
            claims.append(claim(id, place, at, line, supplier, recipient, item, amount, outlet, source, chance))
            at += len(line) + 1
        yield Article(id, f"artikel-{number}", "\n".join(lines), outlet=outlet, published=day, language="de"), claims


def articles_of(claims: int) -> int:
    """How many articles make so many claims."""
    return (claims - LONGEST) // CLAIMS_AN_ARTICLE + 1


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
        write(ledger, batch, articles_of(count) - len(batch), chance)
        for _, judged in chance.sample([told for claims in pairs.values() for told in claims], JUDGED):
            ledger.judge(Judgement(JudgementKind.ACCEPT, (JudgedClaim.of(judged),), (), "Ada"))
        deals = [deal(key, claims) for key, claims in sorted(pairs.items()) if len(claims) > 1]
        article_of = {each.id: each.article_id for claims in pairs.values() for _, each in claims}
        print(f"{len(deals):,} deals", flush=True)
        numbers = range(min(STORIES, articles_of(count) // 2))
        stories = tuple(Story(pair(number), ()) for number in numbers)
        copies = tuple(Copy(first, second, 0.4, (PASSAGE,), CopyReason.DATE) for first, second in map(pair, numbers))
        ledger.keep_weighing(Weighing(copies, stories, tuple(deals), {}), article_of, datetime.now(UTC))
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


def pair(number: int) -> tuple[str, str]:
    """Two articles, one after the other."""
    return article_id(2 * number), article_id(2 * number + 1)


def article_id(number: int) -> str:
    """The id of an article."""
    return f"{number:016x}"
