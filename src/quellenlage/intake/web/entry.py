"""What feeds and sitemaps say of an article."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from quellenlage.intake.web.address import same_page
from quellenlage.intake.web.errors import NotFetched


@dataclass(frozen=True, slots=True)
class Entry:
    """An article that a feed or a sitemap names.

    `address` is that of its page, `id` what the feed calls it. `published` and `updated` are ISO 8601 with the zone
    where one is given. `summary` and `text` are HTML; `text` is what the feed gives as the content, maybe all of it.
    """

    address: str | None = None
    id: str | None = None
    title: str | None = None
    published: str | None = None
    updated: str | None = None
    outlet: str | None = None
    language: str | None = None
    authors: tuple[str, ...] = ()
    summary: str | None = None
    text: str | None = None

    def key(self, source: str) -> str | None:
        """What two entries share that are of the same article; None where nothing tells them apart.

        The page counts, whatever the feed calls it: there are feeds that give one id to several articles. Only an
        entry without a page is known by its id, or by its words, within its source.
        """
        if self.address:
            try:
                return same_page(self.address)
            except NotFetched:
                return None
        told = self.id or "\n".join(part for part in (self.title, self.text, self.summary) if part)
        return f"{source}#{hashlib.sha256(told.encode('utf-8', 'replace')).hexdigest()[:32]}" if told else None
