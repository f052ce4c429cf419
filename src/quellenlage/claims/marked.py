"""What lies in a dateline or an age plays no part in a transfer, whatever the reader took it for."""

from __future__ import annotations

from dataclasses import replace

from quellenlage.domain import Article, Link, Reading, Transfer


def without_marked(article: Article, reading: Reading) -> Reading:
    """The reading without the parties, times and quantities that lie in an article's marks.

    Who is named in a dateline may still be the one who says it.
    """
    if not article.marks:
        return reading

    def free(transfer: Transfer) -> Transfer:
        return transfer.with_roles(
            lambda role: tuple(link for link in transfer.roles[role] if not _is_marked(article, link))
        )

    quantities = tuple((item, link) for item, link in reading.quantities if not _is_marked(article, link))
    return replace(reading, transfers=tuple(map(free, reading.transfers)), quantities=quantities)


def _is_marked(article: Article, link: Link) -> bool:
    return any(mark.start <= link.span.start and link.span.end <= mark.end for mark in article.marks)
