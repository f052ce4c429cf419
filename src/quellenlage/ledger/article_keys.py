"""A doc, an id, or the beginning of either → the article that goes by it; however many there are, few are looked at."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from sqlalchemy import ColumnElement, Connection, RowMapping, or_, select

from quellenlage.ledger.errors import Ambiguous, NotFound
from quellenlage.ledger.tables import article

CANDIDATES = 20
"""How many articles are named that a key may mean."""
_LOOKED_AT = 1_000
"""How many are looked at whose names begin so but for what SQL cannot compare."""
_NEIGHBOURS = 100
"""How many docs on either side of a key are looked at for those that come near."""


def article_called(connection: Connection, key: str, among: Sequence[ColumnElement[bool]]) -> RowMapping:
    """The row of the article whose doc or id is `key`, else of the only one whose doc or id begins so.

    Capitals do not matter in a beginning. Raises `NotFound` with what comes near, or `Ambiguous` with the candidates.
    """
    whole = select(article).where(or_(article.c.doc == key, article.c.id == key), *among)
    found = connection.execute(whole).mappings().all() or _begun(connection, key, among)
    if not found:
        raise NotFound(key, _near(connection, key, among))
    # An id is unique, so it wins over another article that has the same word for its doc.
    exact = [row for row in found if row["id"] == key] or found
    if len(exact) > 1:
        raise Ambiguous(key, [(row["id"], row["doc"]) for row in exact[:CANDIDATES]])
    return exact[0]


def _begun(connection: Connection, key: str, among: Sequence[ColumnElement[bool]]) -> Sequence[RowMapping]:
    """The articles whose doc or id begins with a key; no more than tell that there are several."""
    if not key:
        return []
    docs, ids = (_beginning(connection, key, column) for column in (article.c.doc, article.c.id))
    called = or_(article.c.doc.in_(docs), article.c.id.in_(ids))
    wanted = select(article).where(called, *among).order_by(article.c.number).limit(CANDIDATES + 1)
    return connection.execute(wanted).mappings().all()


def _beginning(connection: Connection, key: str, column: ColumnElement[str]) -> list[str]:
    """The names in a column that begin with a key: an index tells them, the articles themselves are not gone over."""
    like = select(column).where(column.ilike(_pattern(key), escape="\\")).limit(_LOOKED_AT)
    return [name for name in connection.execute(like).scalars() if name.casefold().startswith(key.casefold())]


def _pattern(key: str) -> str:
    """A key as a pattern of SQL; SQLite knows the capitals of ASCII only, so any other letter stands for all."""
    return "".join(f"\\{letter}" if letter in "%_\\" else letter if letter.isascii() else "_" for letter in key) + "%"


def _near(connection: Connection, key: str, among: Sequence[ColumnElement[bool]]) -> list[str]:
    """Docs that differ little from a key, of those that stand beside it in their order."""
    doc = article.c.doc
    sides = (
        select(doc).where(doc < key, *among).order_by(doc.desc()).limit(_NEIGHBOURS),
        select(doc).where(doc > key, *among).order_by(doc).limit(_NEIGHBOURS),
    )
    beside = {str(name) for side in sides for name in connection.execute(side).scalars()}
    return get_close_matches(key, sorted(beside), n=3, cutoff=0.5)
