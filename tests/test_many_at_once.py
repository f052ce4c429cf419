"""Many processes at once over one ledger: no error, and no row is lost."""

from __future__ import annotations

import random
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from itertools import count
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from typing import Any

import pytest

from benchmarks.kills import PRELOADED
from benchmarks.small_articles import SmallReader, small_articles
from quellenlage.domain import JudgedClaim, Judgement, JudgementKind
from quellenlage.ledger import ClaimFilter, Ledger, claim_rows
from quellenlage.steps import keep_weighed, take_in, weighed_anew
from tests.small_ledgers import small_ledger

SECONDS = 4.0
WRITERS, READERS = 4, 8


_together: Barrier | None = None


def wait_for(all_of_them: Barrier) -> None:
    """What each process does first: it learns for whom it has to wait."""
    global _together
    _together = all_of_them


def begin() -> float:
    """Wait until all are there; when it all ends."""
    assert _together is not None
    _together.wait(120)
    return time.time() + SECONDS


def write(target: str, number: int) -> tuple[list[tuple[str, str]], list[int]]:
    """Read, judge and weigh until the end; what was recorded and judged."""
    chance = random.Random(number)
    articles = small_articles(24)
    recorded, judged = [], []
    with Ledger.open(target) as book:
        end = begin()
        for version in count(number * 1000):
            for article in chance.sample(articles, len(articles)):
                reader = SmallReader(version)
                take_in(article, reader, book)
                recorded.append((article.id, reader.name))
                if chance.random() < 0.2:
                    claims = book.claims(ClaimFilter(article=article.doc))
                    if claims:
                        one = (JudgedClaim.of(claims[0]),)
                        judged.append(book.judge(Judgement(JudgementKind.ACCEPT, one, (), f"Nr. {number}")))
                if chance.random() < 0.05:
                    keep_weighed(book)
                if time.time() > end:
                    return recorded, judged


def ask(target: str) -> int:
    """Ask until the end; how often something was asked. Every answer is of one state."""
    asked = 0
    with Ledger.open(target, create=False) as book:
        end = begin()
        while time.time() < end:
            page = book.page()
            assert page.count == len(page.claims) <= 24
            hits = book.search("Stellungnahme")
            assert hits.count == len({hit.article.id for hit in hits.hits}) >= 6
            assert all(len(hit.claims) <= 1 for hit in hits.hits)
            known = {article.id for article in book.articles()}
            assert {claim.article_id for claim in page.claims} <= known
            book.facets(ClaimFilter(supplier="NO"))
            book.deals()
            asked += 1
    return asked


def test_four_write_and_eight_ask_at_once(target: str) -> None:
    small_ledger(target)
    context = get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    together = context.Barrier(WRITERS + READERS)
    with ProcessPoolExecutor(WRITERS + READERS, context, wait_for, (together,)) as pool:
        writers = [pool.submit(write, target, number) for number in range(1, WRITERS + 1)]
        readers = [pool.submit(ask, target) for _ in range(READERS)]
        written = [one.result() for one in writers]
        assert all(one.result() for one in readers)
    with Ledger.open(target) as book:
        assert all(book.holds(*one) for recorded, _ in written for one in recorded)
        numbers = [number for _, judged in written for number in judged]
        assert sorted(numbers) == [one.judgement.number for one in book.log()]
        assert min(len(recorded) for recorded, _ in written) > 0
        assert len(numbers) > 0
        assert book.examine().findings == ()
        keep_weighed(book)
        assert {id for deal in book.deals() for id in deal.articles} == {claim.article_id for claim in book.claims()}
        assert book.examine().is_whole


def test_a_weighing_that_was_overtaken_changes_nothing(target: str) -> None:
    articles = small_articles(8)
    small_ledger(target, 6)
    with Ledger.open(target) as book:
        early = book.settled()
        found = weighed_anew(book.at(early))
        for article in articles[6:]:
            take_in(article, SmallReader(), book)
        keep_weighed(book)
        before = book.deals()
        book.keep_weighing(found.weighing, {claim.id: claim.article_id for claim in found.claims.values()}, early)
        assert book.deals() == before
        assert book.is_weighed()
        assert book.examine().is_whole


def test_a_weighing_is_of_all_that_is_being_written(target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    small_ledger(target, 6)
    writes, write_read = threading.Event(), claim_rows.write_read

    def slowly(*arguments: Any) -> None:
        writes.set()
        time.sleep(1)
        write_read(*arguments)

    monkeypatch.setattr(claim_rows, "write_read", slowly)
    with Ledger.open(target) as book, Ledger.open(target) as other:
        writer = threading.Thread(target=take_in, args=(small_articles(7)[6], SmallReader(), other))
        writer.start()
        assert writes.wait(60)
        keep_weighed(book)
        writer.join()
        assert len(book.deals()) == 7
        assert book.is_weighed()
