"""What a ledger holds at a glance."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import pairwise

import pytest

from quellenlage.domain import Article, Chain, Claim, Hop, HopKind, Reading, Stage
from quellenlage.ledger import Ledger
from quellenlage.ledger.overview import NEW, Flow, Size, Week, flows, furthest, news, size, weeks, widely_told
from quellenlage.steps import keep_weighed

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
TODAY = date(2024, 6, 30)


def told(number: int, day: str | None, parties: str) -> Article:
    return Article(
        f"a{number:03}", f"doc-{number}", f"Text {number} {parties}", outlet=f"outlet-{number}", published=day
    )


def fill(
    book: Ledger,
    rows: Iterable[tuple[str | None, str, str, Stage, str, tuple[str, ...]]],
    start: int = 0,
    confidence: float = 1.0,
) -> None:
    """One article with one claim a row: day, supplier, recipient, stage, origin, who denies it."""
    for number, (day, supplier, recipient, stage, origin, denied_by) in enumerate(rows, start):
        article = told(number, day, supplier + recipient)
        chain = Chain((Hop(f"outlet-{number}", HopKind.OUTLET, "Outlet"), Hop(origin, HopKind.OFFICIALS, origin)))
        claim = Claim(
            f"c{number:03}",
            article.id,
            stage,
            supplier=(supplier,) if supplier else (),
            recipient=(recipient,) if recipient else (),
            item_classes=("drones",),
            chains=(chain,),
            denied_by=denied_by,
            confidence=confidence,
        )
        book.record(article, Reading(article.id, "1"), [claim])
    keep_weighed(book)


ROWS = (
    ("2024-05-06", "KP", "RU", Stage.DELIVERED, "us-officials", ("KP",)),
    ("2024-05-12", "KP", "RU", Stage.SOUGHT, "kr-intelligence", ()),
    ("2024-05-13", "RS", "CY", Stage.OFFERED, "rs-officials", ()),
    ("2024-05", "", "RU", Stage.AGREED, "us-officials", ()),
    (None, "US", "US", Stage.UNSPECIFIED, "us-officials", ()),
)


@pytest.fixture
def book(target: str):
    with Ledger.open(target) as opened:
        yield opened


def test_an_empty_ledger_is_no_error(book: Ledger) -> None:
    assert book.ask(size) == Size(0, 0, 0)
    assert book.ask(partial(flows, most=5)) == ()
    assert book.ask(partial(weeks, today=TODAY)) == ()
    assert book.ask(partial(widely_told, most=5)) == ()
    assert book.ask(partial(news, since=LONG_AGO, most=5)).claims == 0


def test_flows_add_up_the_deals_of_a_pair(book: Ledger) -> None:
    fill(book, ROWS)
    found = {(one.supplier, one.recipient): one for one in book.ask(partial(flows, most=10))}
    assert found["KP", "RU"] == Flow("KP", "RU", Stage.DELIVERED, origins=2, deals=1, denied=1)
    assert found["unknown", "RU"].deals == 1
    assert found["RS", "CY"].denied == 0
    assert [one.supplier for one in book.ask(partial(flows, most=1))] == ["KP"]


def test_deals_of_which_no_claim_was_read_surely_make_no_flows(book: Ledger) -> None:
    fill(book, [("2024-05-06", "FI", "EE", Stage.AGREED, "fi-officials", ())], confidence=0.3)
    assert book.ask(partial(flows, most=5)) == book.ask(partial(widely_told, most=5)) == ()
    fill(book, [("2024-05-07", "FI", "EE", Stage.AGREED, "fi-officials", ())], start=1, confidence=0.4)
    assert [one.supplier for one in book.ask(partial(flows, most=5))] == ["FI"]


def test_flows_of_several_deals_have_the_furthest_stage_of_any(book: Ledger) -> None:
    rows = [("2020-01-06", "DE", "UA", Stage.DELIVERED, "de-government", ())]
    rows += [("2024-01-06", "DE", "UA", Stage.SOUGHT, f"officials-{number}", ("UA",)) for number in range(2)]
    fill(book, rows)
    (flow,) = book.ask(partial(flows, most=10))
    assert (flow.stage, flow.deals, flow.origins, flow.denied) == (Stage.DELIVERED, 2, 3, 1)


@pytest.mark.parametrize(
    ("stages", "stage"),
    [
        ((Stage.SOUGHT, Stage.AGREED), Stage.AGREED),
        ((Stage.HALTED, Stage.UNSPECIFIED), Stage.HALTED),
        ((Stage.HALTED, Stage.OFFERED), Stage.OFFERED),
        ((), Stage.UNSPECIFIED),
    ],
)
def test_the_furthest_stage(stages: tuple[Stage, ...], stage: Stage) -> None:
    assert furthest(stages) is stage


def test_weeks_begin_on_mondays_and_end_with_the_latest_article(book: Ledger) -> None:
    fill(book, ROWS)
    found = book.ask(partial(weeks, today=TODAY))
    assert len(found) == 52
    assert found[-2:] == (Week(date(2024, 5, 6), 2), Week(date(2024, 5, 13), 1))
    assert sum(week.claims for week in found) == 3, "a month is no day"
    assert all(later.monday - week.monday == timedelta(days=7) for week, later in pairwise(found))


def test_articles_of_the_future_make_no_weeks(book: Ledger) -> None:
    fill(book, ROWS)
    found = book.ask(partial(weeks, today=date(2024, 5, 7)))
    assert found[-1] == Week(date(2024, 5, 6), 1)
    assert book.ask(partial(weeks, today=date(2023, 5, 7))) == ()


def test_news_is_what_came_since(book: Ledger) -> None:
    fill(book, ROWS)
    between = book.settled()
    assert book.ask(partial(news, since=between, most=5)).claims == 0
    fill(book, [("2024-05-14", "KP", "RU", Stage.DELIVERED, "jp-officials", ("RU",))], start=10)
    found = book.ask(partial(news, since=between, most=5))
    assert (found.claims, found.more, found.articles, found.denied) == (1, False, 1, 1)
    ((deal, count),) = found.deals
    assert (deal.supplier, deal.recipient, count) == (("KP",), ("RU",), 1)
    everything = book.ask(partial(news, since=LONG_AGO, most=2))
    assert everything.claims == 6 < NEW
    assert [count for _, count in everything.deals] == [3, 1]


def test_what_many_tell_and_few_say_comes_first(book: Ledger) -> None:
    rows = [("2024-01-06", "IR", "RU", Stage.SOUGHT, "us-officials", ())] * 3
    rows += [("2024-01-06", "KP", "RU", Stage.SOUGHT, f"source-{number}", ()) for number in range(4)]
    rows += [("2024-01-06", "RS", "CY", Stage.SOUGHT, "rs-officials", ())]
    fill(book, rows)
    found = book.ask(partial(widely_told, most=2))
    assert [(deal.supplier, len(deal.articles)) for deal in found] == [(("IR",), 3), (("RS",), 1)]


def test_all_of_it_can_be_asked_of_a_moment(book: Ledger) -> None:
    fill(book, ROWS[:2])
    then = book.settled()
    fill(book, ROWS[2:], start=2)
    past = book.at(then)
    assert book.ask(size) == Size(5, 5, 4)
    assert past.ask(size) == Size(2, 2, 1)
    assert [(one.supplier, one.recipient) for one in past.ask(partial(flows, most=9))] == [("KP", "RU")]
    assert [week.claims for week in past.ask(partial(weeks, today=TODAY))][-2:] == [0, 2]
    assert past.ask(partial(news, since=LONG_AGO, most=5)).claims == 2
    assert book.at(LONG_AGO).ask(partial(weeks, today=TODAY)) == ()


def test_a_claim_that_is_read_again_counts_once(book: Ledger) -> None:
    fill(book, ROWS[:1])
    then = book.settled()
    article = told(0, "2024-05-06", "KPRU")
    claim = replace(book.claims()[0], supplier=("IR",))
    book.record(article, Reading(article.id, "2"), [claim])
    assert book.ask(size).claims == book.at(then).ask(size).claims == 1
    assert [week.claims for week in book.at(then).ask(partial(weeks, today=TODAY))][-1] == 1
