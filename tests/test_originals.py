"""The bytes of articles are kept once, come back as they came, and go with the last article that was made of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from sqlalchemy import create_engine, func, select

from benchmarks.small_articles import SmallReader, small_articles
from quellenlage.claims import claims_of
from quellenlage.domain import Article, Mark, MarkKind
from quellenlage.intake.original import Original
from quellenlage.ledger import Ledger
from quellenlage.ledger.merging import merge
from quellenlage.ledger.opening import url_of
from quellenlage.ledger.tables import original as table

PAGE = Original(
    b"<p>\xe4" + b"lang " * 5000, "page.html", "page", "text/html", "cp1252", "https://a.example/1", "2026-03-01T08:00Z"
)


def record(book: Ledger, article: Article, original: Original) -> None:
    reading = SmallReader().read(article)
    assert book.record(article, reading, claims_of(article, reading), original)


def bodies(target: str) -> list[int]:
    engine = create_engine(url_of(target))
    with engine.connect() as connection:
        sizes = list(connection.execute(select(func.length(table.c.body))).scalars())
    engine.dispose()
    return sizes


def test_two_articles_of_one_page_keep_it_once_and_smaller_than_it_came(target: str) -> None:
    one, other = small_articles(2)
    with Ledger.open(target) as book:
        record(book, one, PAGE)
        record(book, other, PAGE)
        (kept,) = book.originals(one.id)
        assert kept.data == PAGE.data
        assert (kept.media_type, kept.charset, kept.address, kept.got) == (
            PAGE.media_type,
            PAGE.charset,
            PAGE.address,
            PAGE.got,
        )
        assert book.originals(other.id)[0].data == PAGE.data
    (size,) = bodies(target)
    assert size < len(PAGE.data) / 10


def test_a_page_goes_with_the_last_of_its_articles(target: str) -> None:
    one, other = small_articles(2)
    with Ledger.open(target) as book:
        record(book, one, PAGE)
        record(book, other, PAGE)
        book.remove(None, [one.id])
        assert book.originals(other.id)
        book.remove(None, [other.id])
        assert book.examine().is_whole
    assert bodies(target) == []


def test_pages_come_along_when_ledgers_are_merged(tmp_path: Path) -> None:
    (article,) = small_articles(1)
    with Ledger.open(tmp_path / "a.db") as one, Ledger.open(tmp_path / "b.db") as other:
        record(other, article, PAGE)
        merge(one, other)
        assert one.originals(article.id)[0].data == PAGE.data


def test_what_an_article_says_of_itself_comes_back(target: str) -> None:
    (plain,) = small_articles(1)
    article = replace(
        plain,
        updated="2026-03-01T09:30:00+01:00",
        credits=("dpa", "AFP"),
        paywalled=False,
        marks=(Mark(0, 4, MarkKind.DATELINE),),
    )
    with Ledger.open(target) as book:
        record(book, article, PAGE)
        assert book.article(article.id) == article
