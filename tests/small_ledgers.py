"""Ledgers of small articles, and what tests do to them behind their backs."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import create_engine, event

from benchmarks.small_articles import SmallReader, small_articles
from quellenlage.domain import Article
from quellenlage.ledger import Ledger
from quellenlage.ledger.opening import url_of
from quellenlage.steps import keep_weighed, take_in


def small_ledger(target: str | Path, count: int = 6) -> list[Article]:
    """Make a ledger of so many articles, read and weighed."""
    articles = small_articles(count)
    with Ledger.open(target) as book:
        for article in articles:
            take_in(article, SmallReader(), book)
        keep_weighed(book)
    return articles


def plant(target: str | Path, *statements: str) -> None:
    """Change a database as no program should: without its foreign keys."""
    engine = create_engine(url_of(target))
    if engine.dialect.name == "postgresql":
        event.listen(engine, "connect", lambda raw, _: raw.execute("SET session_replication_role = replica"))
    with engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()
