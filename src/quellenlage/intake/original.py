"""The bytes of an article as they came, before anything was made of them."""

from __future__ import annotations

from dataclasses import dataclass

from quellenlage.domain import Article
from quellenlage.intake.unreadable import sayable


@dataclass(frozen=True, slots=True)
class Hints:
    """What a mail, a feed or a table says of an article beside its bytes; it holds where the bytes say nothing.

    `published` is an ISO 8601 date or time, `language` a code such as "de".
    """

    title: str | None = None
    published: str | None = None
    outlet: str | None = None
    language: str | None = None
    authors: tuple[str, ...] = ()


_NO_HINTS = Hints()


@dataclass(frozen=True, slots=True)
class Original:
    """Bytes as they came, and all that whoever brought them knew of them.

    `where` is what a message calls them: a path, "FILE, record 17", an address. `name` is the article's name where
    nothing in it gives a better one: a file's name without its ending. `media_type` (such as "text/html") and
    `charset` are what the server or the archive said, empty where only the bytes can tell. `address` is the one that
    they were got from, and `got` the moment, ISO 8601. `hints` is what was said of the article elsewhere.
    """

    data: bytes
    where: str
    name: str
    media_type: str = ""
    charset: str = ""
    address: str | None = None
    got: str | None = None
    hints: Hints = _NO_HINTS


@dataclass(frozen=True, slots=True)
class Arrival:
    """An article and the bytes that it was made of; several articles may be made of the same bytes."""

    article: Article
    original: Original


@dataclass(frozen=True, slots=True)
class Skipped:
    """A source that did not become an article: where it is, and why, with the next step; both are made `sayable`."""

    where: str
    why: str

    def __post_init__(self) -> None:
        where, why = sayable(self.where, self.why)
        object.__setattr__(self, "where", where)
        object.__setattr__(self, "why", why)


@dataclass(frozen=True, slots=True)
class Dropped:
    """A source that triage dropped: where it is, at which look ("bytes", "text"), and why."""

    where: str
    look: str
    why: str
