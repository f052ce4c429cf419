"""Lists of addresses (Media Cloud, GDELT) → the pages that they name, fetched one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from quellenlage.intake.forms.address_lists import Listed, listed
from quellenlage.intake.original import Hints, Original, Skipped
from quellenlage.intake.unreadable import Unreadable
from quellenlage.intake.web import Fetched, Fetcher, NotFetched, Polite
from quellenlage.intake.web.address import anywhere, is_public_text


def pages_listed(
    path: Path, columns: Mapping[str, str], *, allow_private: bool = False
) -> Iterator[Original | Skipped]:
    """The page of every address in a list, with what the list says of it; what cannot be got is a `Skipped`.

    Asked for politely: with pauses for each host, and as its robots.txt allows.
    """
    web = Polite(Fetcher(may_connect=anywhere if allow_private else is_public_text))
    try:
        with path.open("rb") as stream:
            for entry in listed(stream, str(path), columns):
                yield entry if isinstance(entry, Skipped) else _page(entry, web)
    except Unreadable as problem:
        yield Skipped(problem.where, problem.why)
    except OSError as error:
        yield Skipped(str(path), f"cannot be opened ({error.strerror or error}); check the path and its permissions")


def _page(entry: Listed, web: Polite) -> Original | Skipped:
    try:
        found = web.get(entry.address)
    except NotFetched as problem:
        return Skipped(entry.address, str(problem))
    return _original(found, entry) if found else Skipped(entry.address, "nothing came; try again later")


def _original(found: Fetched, entry: Listed) -> Original:
    hints = Hints(entry.title, entry.published, entry.outlet, entry.language)
    return replace(found.original(datetime.now(UTC)), hints=hints)
