"""What is known of the bytes that articles were made of, without fetching them. Gives questions for `Ledger.ask`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from quellenlage.ledger import tables
from quellenlage.ledger.asked import Question


@dataclass(frozen=True, slots=True)
class KeptOriginal:
    """Where bytes came from and when they were got, as far as that is known."""

    address: str | None
    got: str | None
    media_type: str


def kept_originals(article_id: str) -> Question[tuple[KeptOriginal, ...]]:
    """The originals that are kept of an article, in the order of `Ledger.originals`."""
    kept, of_article = tables.original, tables.article_original

    def question(connection: Connection, moment: datetime | None) -> tuple[KeptOriginal, ...]:
        wanted = (
            select(kept.c.address, kept.c.got, kept.c.media_type)
            .join(of_article, of_article.c.digest == kept.c.digest)
            .where(of_article.c.article_id == article_id)
            .order_by(of_article.c.id)
        )
        return tuple(KeptOriginal(*row) for row in connection.execute(wanted))

    return question
