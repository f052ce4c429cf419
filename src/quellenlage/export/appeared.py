"""The moment at which an article appeared, for formats that want one and know no doubtful dates."""

from __future__ import annotations

from datetime import UTC, datetime

from quellenlage.domain import Article
from quellenlage.weigh.days import days_of

UNDATED = datetime(1970, 1, 1, tzinfo=UTC)
"""The moment of undated articles: that at which computers begin to count."""


def appeared_at(article: Article) -> datetime:
    """When an article appeared: its first moment where only a day, month or year is known, UTC where no zone is."""
    try:
        moment = datetime.fromisoformat(article.published or "")
    except ValueError:
        days = days_of(article.published)
        moment = datetime(*days[0].timetuple()[:3], tzinfo=UTC) if days else UNDATED
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
