"""One look at a source: what it names now, each with its key."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice

from lxml import etree, html

from quellenlage.intake.web.address import host_of, url_of
from quellenlage.intake.web.dates import moment
from quellenlage.intake.web.entry import Entry
from quellenlage.intake.web.errors import NotFetched
from quellenlage.intake.web.feeds import feed_of, is_feed
from quellenlage.intake.web.fetching import NOTHING_KNOWN, Fetched, Limits, Validators
from quellenlage.intake.web.politeness import Polite
from quellenlage.intake.web.sitemaps import MOST_BYTES, Child, is_sitemap, sitemap_of
from quellenlage.ledger.watched import Found, Look, State
from quellenlage.watch.articles import has_whole_text
from quellenlage.watch.sources import Kind, Source

MOST_PARTS = 50
"""How many sitemaps of an index are looked at; those that were changed last."""
_LIMITS = Limits(bytes=MOST_BYTES)
_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json")


_Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look saw: entries, sitemaps that an index names, and what the user should know.

    `validators` and `digest` are for the next look; none are kept where something might be missed by them.
    """

    found: tuple[Found, ...] = ()
    parts: tuple[str, ...] = ()
    validators: Validators = NOTHING_KNOWN
    digest: str | None = None
    notes: tuple[str, ...] = ()
    is_unchanged: bool = False


def seen_at(source: Source, address: str, look: Look, web: Polite, now: Callable[[], datetime]) -> Seen:
    """Look at an address of a source; raises `NotFetched`, and `Unreadable` where it is not of its kind."""
    fetched = web.get(address, look.validators, _LIMITS)
    if fetched is None:
        return Seen(is_unchanged=True)
    moved = f"it has moved to {fetched.moved_to}; put that into your sources" if fetched.moved_to else None
    kind = source.kind or kind_of(fetched)
    if kind is Kind.PAGE:
        seen = _page(source, fetched, look)
    elif kind is Kind.SITEMAP:
        seen = _sitemap(source, fetched, is_first=look.answered is None, now=now())
    else:
        seen = _feed(source, fetched, now())
    return replace(seen, notes=(moved, *seen.notes)) if moved else seen


def kind_of(fetched: Fetched) -> Kind:
    """What came, by how it begins."""
    if is_feed(fetched.data):
        return Kind.FEED
    return Kind.SITEMAP if is_sitemap(fetched.data) else Kind.PAGE


def _feed(source: Source, fetched: Fetched, now: datetime) -> Seen:
    feed = feed_of(fetched.data, fetched.address, fetched.media_type, fetched.charset)
    named = (replace(entry, outlet=entry.outlet or source.outlet or feed.title) for entry in feed.entries)
    since = source.since_as(Kind.FEED)
    # What a cut feed lacks is not said to be there by the server, but it would say that nothing has changed.
    validators = fetched.validators if feed.is_whole else NOTHING_KNOWN
    notes = () if feed.is_whole else ("the feed came cut off or broken; what could be read was taken",)
    return Seen(tuple(_found(source, named, since, now, undated=State.WAITING)), validators=validators, notes=notes)


def _sitemap(source: Source, fetched: Fetched, *, is_first: bool, now: datetime) -> Seen:
    sitemap = sitemap_of(fetched.data, fetched.address, fetched.charset)
    since = source.since_as(Kind.SITEMAP)
    if sitemap.children:
        parts, notes = _parts(sitemap.children, since, now)
        # The parts may change while their index does not.
        return Seen(parts=parts, notes=notes)
    # What has no day is new if it was not there at the first look.
    undated = State.PASSED if is_first else State.WAITING
    validators = fetched.validators if sitemap.is_whole else NOTHING_KNOWN
    notes = () if sitemap.is_whole else ("the sitemap came cut off; what could be read was taken",)
    found = tuple(_found(source, sitemap.entries, since, now, undated=undated))
    return Seen(found, validators=validators, notes=notes)


def _parts(children: Iterable[Child], since: timedelta | None, now: datetime) -> tuple[_Words, _Words]:
    recent = [child for child in children if not _is_older(child.changed, since, now)]
    newest = sorted(recent, key=lambda child: child.changed or "9", reverse=True)
    parts = []
    for child in newest[:MOST_PARTS]:
        try:
            parts.append(str(url_of(child.address)))
        except NotFetched:
            continue
    if len(newest) <= MOST_PARTS:
        return tuple(parts), ()
    note = f"an index of {len(newest)} sitemaps; only {MOST_PARTS} are looked at. Name those that you want"
    return tuple(parts), (note,)


def _page(source: Source, fetched: Fetched, look: Look) -> Seen:
    digest = hashlib.sha256(fetched.data).hexdigest()
    notes: _Words = ()
    if look.answered is None and source.kind is None and (feeds := _feeds_of(fetched)):
        notes = (f"this is a page; its feeds are {', '.join(feeds)}, which you may want to watch instead",)
    if digest == look.digest:
        return Seen(validators=fetched.validators, digest=digest, notes=notes)
    entry = Entry(fetched.address, outlet=source.outlet, language=source.language)
    # Each state of the page is taken in once.
    found = Found(f"{source.address}#{digest[:32]}", host_of(fetched.address), entry)
    return Seen((found,), validators=fetched.validators, digest=digest, notes=notes)


def _found(
    source: Source, entries: Iterable[Entry], since: timedelta | None, now: datetime, *, undated: State
) -> Iterable[Found]:
    for entry in entries:
        entry = replace(entry, outlet=entry.outlet or source.outlet, language=entry.language or source.language)
        key = entry.key(source.address)
        if key is None or (not entry.address and not has_whole_text(entry, source.full_text)):
            continue
        if entry.published is None:
            state = undated
        else:
            state = State.PASSED if _is_older(entry.published, since, now) else State.WAITING
        reads_feed = has_whole_text(entry, source.full_text)
        if not reads_feed:  # Nothing of it is needed any more.
            entry = replace(entry, text=None, summary=None)
        if entry.address:  # Who sent the reader is nobody's business.
            entry = replace(entry, address=key)
        yield Found(key, "" if reads_feed else host_of(key), entry, state, source.updates)


def _is_older(written: str | None, since: timedelta | None, now: datetime) -> bool:
    when = moment(written)
    return when is not None and since is not None and when < now - since


def _feeds_of(fetched: Fetched) -> list[str]:
    try:
        tree = html.document_fromstring(fetched.data)
    except (etree.ParserError, ValueError):
        return []
    links = (link for link in tree.iter("link") if link.get("type") in _FEED_TYPES and link.get("href"))
    return [str(url_of(fetched.address).join(str(link.get("href")))) for link in islice(links, 3)]
