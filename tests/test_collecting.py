"""What its owner names goes from a ledger for good, with all that rests on it, and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, select

from benchmarks.small_articles import SmallReader, small_articles
from quellenlage.domain import Claim, Correction, JudgedClaim, Judgement, JudgementKind
from quellenlage.ledger import Ledger
from quellenlage.ledger.opening import url_of
from quellenlage.ledger.tables import metadata
from quellenlage.steps import keep_weighed, take_in, weighed
from tests.commands import call
from tests.small_ledgers import plant, small_ledger


def judged(
    kind: JudgementKind, *claims: Claim, others: tuple[Claim, ...] = (), corrections: tuple[Correction, ...] = ()
) -> Judgement:
    sides = (tuple(map(JudgedClaim.of, side)) for side in (claims, others))
    return Judgement(kind, *sides, "Jana", corrections=corrections)


def rows_with(target: str, words: str) -> dict[str, int]:
    """The tables in which some words stand anywhere, and in how many rows."""
    engine = create_engine(url_of(target))
    found = Counter()
    with engine.connect() as connection:
        for table in metadata.sorted_tables:
            found[table.name] = sum(words in str(row) for row in connection.execute(select(table)))
    engine.dispose()
    return dict(+found)


def whole(target: str) -> bool:
    return call(target, "doctor").exit_code == 0


def without_moments(target: str) -> tuple[object, ...]:
    with Ledger.open(target) as book:
        stories = sorted(book.stories(), key=lambda story: story.articles)
        return list(book.articles()), book.claims(), book.facets(), book.deals(), stories, book.judgements()


def test_an_article_goes_with_all_that_rests_on_it(target: str) -> None:
    articles = small_ledger(target, 8)
    gone = articles[3]
    with Ledger.open(target) as book:
        take_in(gone, SmallReader(2), book)
        claims = {claim.article_id: claim for claim in book.claims()}
        other = claims[articles[4].id]
        book.judge(judged(JudgementKind.CORRECT, claims[gone.id], corrections=(Correction("recipient", "FR"),)))
        book.judge(judged(JudgementKind.APART, claims[gone.id], others=(other,)))
        kept = book.judge(judged(JudgementKind.TOGETHER, claims[gone.id], other, claims[articles[5].id]))
        keep_weighed(book)
    assert rows_with(target, gone.id)
    done = call(target, "gc", "--article", gone.doc, "--yes")
    assert done.exit_code == 0, done.output
    assert "one article, 2 readings, 3 claims, 2 judgements" in done.output
    assert rows_with(target, gone.id) == {}
    assert rows_with(target, "FR") == {}
    assert whole(target)
    with Ledger.open(target) as book:
        assert [judgement.number for judgement in book.judgements()] == [kept]
        assert book.search('"Bericht 3"').count == 0
        assert book.search("Stellungnahme").count == 7
        assert book.is_weighed()


def test_what_stays_is_as_if_the_article_had_never_come(target: str, tmp_path: Path) -> None:
    small_ledger(target, 8)
    assert call(target, "gc", "--article", "bericht-7", "--article", "bericht-6", "--yes").exit_code == 0
    small_ledger(tmp_path / "never.db", 6)
    assert without_moments(target) == without_moments(str(tmp_path / "never.db"))


def test_an_article_that_went_can_come_again(target: str) -> None:
    small_ledger(target, 8)
    before = without_moments(target)
    call(target, "gc", "--article", "bericht-7", "--yes")
    small_ledger(target, 8)
    assert without_moments(target) == before
    assert whole(target)


def test_another_article_in_the_place_of_one_that_went_is_weighed(target: str) -> None:
    small_ledger(target, 6)
    with Ledger.open(target) as book:
        book.remove(None, [small_articles(6)[5].id])
        assert not book.is_weighed()
        take_in(small_articles(7)[6], SmallReader(), book)
        assert not book.is_weighed()
        keep_weighed(book)
        assert {id for deal in book.deals() for id in deal.articles} == {a.id for a in book.articles()}


def test_without_yes_it_is_only_said_what_would_go(target: str) -> None:
    small_ledger(target)
    before = without_moments(target)
    done = call(target, "gc", "--article", "bericht-1", typed="y\n")
    assert (done.exit_code, "one article, one reading, one claim" in done.output) == (0, True)
    assert "Nothing was removed" in done.output
    assert "Entfernt wurde nichts" in call(target, "gc", "--article", "bericht-1", lang="de").output
    assert without_moments(target) == before
    assert call(target, "gc").exit_code == 2
    assert call(target, "gc", "--article", "nobody", "--yes").exit_code == 2
    assert call(target, "gc", "--readings-before", "soon", "--yes").exit_code == 2
    assert without_moments(target) == before


def test_readings_that_were_replaced_go_with_their_claims(target: str) -> None:
    articles = small_ledger(target)
    with Ledger.open(target) as book:
        for article in articles[:4]:
            take_in(article, SmallReader(2), book)
        keep_weighed(book)
        between = datetime.now(UTC)
        for article in articles[:2]:
            take_in(article, SmallReader(3), book)
        keep_weighed(book)
    before = without_moments(target)
    assert len(rows_with(target, "small-1")) > 0
    done = call(target, "gc", "--readings-before", between.isoformat(), "--yes")
    assert "4 readings, 4 claims" in done.output
    assert without_moments(target) == before
    assert whole(target)
    with Ledger.open(target) as book:
        assert [book.holds(article.id, "small-1") for article in articles] == [False] * 4 + [True] * 2
        assert [book.holds(article.id, "small-2") for article in articles] == [True] * 4 + [False] * 2
        then = weighed(book.at(between)).weighing.deals
        assert {id for deal in then for id in deal.articles} == {article.id for article in articles}
    assert "Nothing is to be removed." in call(target, "gc", "--readings-before", between.isoformat()).output


@pytest.mark.parametrize(
    "judge",
    [
        lambda one, other: judged(JudgementKind.REJECT, one),
        lambda one, other: judged(JudgementKind.ACCEPT, one),
        lambda one, other: judged(JudgementKind.APART, other, others=(one,)),
        lambda one, other: Judgement(JudgementKind.IDENTIFY, (), (), "Jana", corrections=(Correction("NO", "SE"),)),
    ],
)
def test_readings_on_which_a_judgement_rests_stay(target: str, judge: Callable[[Claim, Claim], Judgement]) -> None:
    articles = small_ledger(target)
    with Ledger.open(target) as book:
        claims = {claim.article_id: claim for claim in book.claims()}
        number = book.judge(judge(claims[articles[0].id], claims[articles[1].id]))
        book.undo(number)
        for article in articles:
            take_in(article, SmallReader(2), book)
        keep_weighed(book)
    call(target, "gc", "--readings-before", "2999-01-01", "--yes")
    with Ledger.open(target) as book:
        assert book.holds(articles[0].id, "small-1")
        assert not book.holds(articles[2].id, "small-1")
    assert whole(target)


def test_readings_with_claims_that_were_held_later_stay(target: str) -> None:
    articles = small_ledger(target)
    with Ledger.open(target) as book:
        take_in(articles[0], SmallReader(2), book)
        take_in(articles[1], SmallReader(2), book)
    plant(target, "UPDATE claim SET until = '2998-01-01 00:00:00.000000' WHERE key = 1")
    call(target, "gc", "--readings-before", "2997-01-01", "--yes")
    with Ledger.open(target) as book:
        assert [book.holds(article.id, "small-1") for article in articles[:2]] == [True, False]


def test_a_deal_that_rests_on_what_went_and_was_not_weighed_since_goes_too(target: str) -> None:
    articles = small_ledger(target)
    with Ledger.open(target) as book:
        take_in(articles[0], SmallReader(2), book)
        book.remove(datetime.now(UTC), [])
        assert not book.is_weighed()
    assert whole(target)


def test_an_entry_of_other_words_in_the_text_index_goes_too(target: str) -> None:
    """Another version of the program may have seen other stems in the article."""
    small_ledger(target)
    if "://" not in target:
        plant(
            target,
            "DELETE FROM article_text_docsize WHERE id = 6",
            "INSERT INTO article_text (rowid, stems, parts) VALUES (6, 'haubitzen-of-old', 'old')",
        )
    call(target, "gc", "--article", "bericht-5", "--yes")
    # The next article takes the number of the one that went.
    small_ledger(target)
    with Ledger.open(target) as book:
        assert book.search("old").count == 0
        assert book.search("Stellungnahme").count == 6
    assert whole(target)
