"""Addresses → pages, feeds and sitemaps, asked for politely and within limits.

`fetched` gets one page that a person named; whoever asks for many does it through `Polite`.
"""

from __future__ import annotations

from datetime import UTC, datetime

from quellenlage.intake.original import Original
from quellenlage.intake.web.address import anywhere, is_public_text
from quellenlage.intake.web.errors import NotFetched
from quellenlage.intake.web.fetching import Fetched, Fetcher, Limits, Validators
from quellenlage.intake.web.politeness import Polite

__all__ = ["Fetched", "Fetcher", "Limits", "NotFetched", "Polite", "Validators", "fetched"]


def fetched(address: str, *, allow_private: bool = False, contact: str | None = None) -> Original:
    """The page at an address that a person asked for, as a browser would get it; raises `NotFetched`.

    robots.txt speaks to programs that find their way by themselves, so it is not asked here.
    """
    may_connect = anywhere if allow_private else is_public_text
    found = Fetcher(may_connect=may_connect, contact=contact).fetch(address)
    assert found is not None, "without validators nothing is unchanged"
    return found.original(datetime.now(UTC))
