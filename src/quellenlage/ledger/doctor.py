"""Looks a ledger over: whether its file is sound, and whether its rows are what they should be to one another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Engine,
    FromClause,
    Select,
    exists,
    func,
    select,
    table,
)
from sqlalchemy.exc import DatabaseError, DBAPIError, OperationalError

from quellenlage.ledger import tables, text_index
from quellenlage.ledger.errors import LedgerError
from quellenlage.ledger.migrate import schema_of
from quellenlage.ledger.opening import for_questions
from quellenlage.ledger.queries import held

EXAMPLES = 3
"""How many examples of what is wrong are given."""
TEXT_INDEX = "article_text"
_POSTGRESQL_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"


class Check(StrEnum):
    """What is looked at, in this order."""

    FILE = "file"
    SCHEMA = "schema"
    ORPHANS = "orphans"
    WORDS = "words"
    CLAIMS_TWICE = "claims_twice"
    READINGS_TWICE = "readings_twice"
    TIMES = "times"
    FACETS_MISSING = "facets_missing"
    FACET_COUNTS = "facet_counts"
    INDEX_BROKEN = "index_broken"
    NOT_INDEXED = "not_indexed"
    INDEXED_ONLY = "indexed_only"

    @property
    def is_mendable(self) -> bool:
        """Whether what is wrong is only derived, so that it can be made anew from the rest."""
        return self in _FACETS or self in _INDEX

    @property
    def is_of_facets(self) -> bool:
        """Whether the facets are looked at."""
        return self in _FACETS


_FACETS = frozenset({Check.FACETS_MISSING, Check.FACET_COUNTS})
_INDEX = frozenset({Check.INDEX_BROKEN, Check.NOT_INDEXED, Check.INDEXED_ONLY})


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong, how often, and where for example."""

    check: Check
    count: int
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Size:
    """How many rows a table has, and how many bytes with its indexes, where the database tells."""

    table: str
    rows: int
    bytes: int | None


@dataclass(frozen=True, slots=True)
class Examination:
    """What was found in a ledger: its schema, all that is wrong, the sizes of its tables, of its write-ahead log.

    `looked_at` are the checks that could be made: of a damaged file, or of another schema, no more is asked.
    """

    schema: str | None
    looked_at: tuple[Check, ...]
    findings: tuple[Finding, ...]
    sizes: tuple[Size, ...] = ()
    log: int | None = None

    @property
    def is_whole(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings

    @property
    def is_complete(self) -> bool:
        """Whether everything could be looked at."""
        return len(self.looked_at) == len(Check)


def examine(engine: Engine) -> Examination:
    """Look a ledger over, without changing anything in it; all checks see the same state.

    Raises `LedgerError` where it is none or has a schema that this version does not know.
    """
    try:
        with for_questions(engine).begin() as connection:
            return _examined(connection)
    except DatabaseError as error:
        if not _tells_damage(error):
            raise
        return Examination(None, (Check.FILE,), (Finding(Check.FILE, 1, (str(error.orig).strip(),)),))


def _examined(connection: Connection) -> Examination:
    if damage := list(unsound(connection)):
        return Examination(None, (Check.FILE,), (_finding(Check.FILE, damage),))
    schema, wanted = schema_of(connection)
    if schema is None:
        raise LedgerError(f"{connection.engine.url.render_as_string()} holds no ledger. Name the one that you mean.")
    if schema != wanted:
        return Examination(schema, (Check.FILE, Check.SCHEMA), (_finding(Check.SCHEMA, [schema]),))
    found = (_finding(check, look(connection)) for check, look in _LOOKS.items())
    findings = tuple(finding for finding in found if finding.count)
    return Examination(schema, tuple(Check), findings, tuple(sizes_of(connection)), log_of(connection))


def unsound(connection: Connection) -> Iterator[str]:
    """What the database itself finds wrong with what it keeps."""
    if connection.dialect.name == "sqlite":
        said = connection.exec_driver_sql("PRAGMA integrity_check").scalars()
        yield from (line for line in said if line != "ok")
        return
    invalid = (
        "SELECT indexrelid::regclass::text FROM pg_index JOIN pg_class ON pg_class.oid = indrelid "
        "WHERE relnamespace = current_schema()::regnamespace AND NOT indisvalid"
    )
    yield from (f"index {name} is not valid" for name in connection.exec_driver_sql(invalid).scalars())
    # PostgreSQL finds what it cannot read only by reading it.
    for name in connection.exec_driver_sql(_POSTGRESQL_TABLES).scalars().all():
        connection.exec_driver_sql(f'SELECT sum(length(kept::text)) FROM "{name}" AS kept').all()


def orphans(connection: Connection) -> Iterator[str]:
    """Rows that point to a row that is not there."""
    for kept in tables.metadata.sorted_tables:
        for key in kept.foreign_keys:
            yield from _orphans(connection, key.parent, key.column)
    yield from _orphans(connection, tables.deal_claim.c.claim_id, tables.claim.c.id)


def words_elsewhere(connection: Connection) -> Iterator[str]:
    """Evidence and hops of claims whose words do not stand in their article where they should."""
    for kept, name in ((tables.evidence, ""), (tables.claim_hop, "span_"), (tables.claim_hop, "cue_")):
        start, end, words = (kept.c[f"{name}{column}"] for column in ("start", "end", "text"))
        found = func.substr(tables.article.c.text, start + 1, end - start)
        suspected = (
            select(tables.claim.c.id, tables.article.c.doc, tables.article.c.text, start, end, words)
            .join(tables.claim, tables.claim.c.key == kept.c.claim_key)
            .join(tables.article, tables.article.c.id == tables.claim.c.article_id)
            .where(words.is_not(None), found != words)
        )
        for id, doc, whole, first, last, said in connection.execute(suspected.execution_options(yield_per=100)):
            # SQLite's own substr ends at a NUL.
            if whole[first:last] != said:
                yield f"{doc}, {id}: {said!r} ({first})"


def claims_twice(connection: Connection) -> Iterator[str]:
    """Claims that are held more than once."""
    return _more_than_once(connection, tables.claim, tables.claim.c.id)


def readings_twice(connection: Connection) -> Iterator[str]:
    """Articles of which more than one reading is held."""
    return _more_than_once(connection, tables.reading, tables.reading.c.article_id)


def ends_before_beginning(connection: Connection) -> Iterator[str]:
    """Rows that were held until a moment before they began to be."""
    for kept in tables.metadata.sorted_tables:
        since, until = (next((kept.c[n] for n in names if n in kept.c), None) for names in (_SINCE, _UNTIL))
        if since is not None and until is not None:
            (key,) = kept.primary_key.columns
            wrong = select(key).where(until < since).order_by(key)
            yield from (f"{kept.name} {value}" for value in connection.execute(wrong).scalars())


def without_facets(connection: Connection) -> Iterator[str]:
    """Claims that are held and entered under no facet."""
    yield from connection.execute(claims_without_facets().with_only_columns(tables.claim.c.id)).scalars()


def claims_without_facets() -> Select[Any]:
    """The claims that are held and entered under no facet."""
    under = exists().where(tables.claim_facet.c.claim_key == tables.claim.c.key)
    return select(tables.claim).where(held(tables.claim, None), ~under).order_by(tables.claim.c.key)


def wrong_counts(connection: Connection) -> Iterator[str]:
    """Facets that are not counted as often as they are held."""
    counted = held_counts().subquery()
    right = func.coalesce(counted.c.claims, 0)
    facet = tables.facet
    wrong = (
        select(facet.c.field, facet.c.value, facet.c.claims, right)
        .outerjoin(counted, counted.c.facet_id == facet.c.id)
        .where(facet.c.claims != right)
        .order_by(facet.c.id)
    )
    for field, value, kept, rightly in connection.execute(wrong):
        yield f"{field} {value}: {kept} ≠ {rightly}"


def held_counts() -> Select[Any]:
    """Of how many claims that are held every facet is one, as `facet_id` and `claims`."""
    entered, claim = tables.claim_facet, tables.claim
    held_ones = select(entered.c.facet_id, func.count().label("claims")).join(claim, claim.c.key == entered.c.claim_key)
    return held_ones.where(held(claim, None)).group_by(entered.c.facet_id)


def broken_index(connection: Connection) -> Iterator[str]:
    """The full-text index, where it cannot be read."""
    if not text_index.is_readable(connection):
        yield TEXT_INDEX


def not_indexed(connection: Connection) -> Iterator[str]:
    """Articles that are missing in the full-text index."""
    entered = text_index.entered(connection.dialect.name)
    missing = select(tables.article.c.doc).where(tables.article.c.number.not_in(entered))
    yield from connection.execute(missing.order_by(tables.article.c.number)).scalars()


def indexed_only(connection: Connection) -> Iterator[str]:
    """Entries of the full-text index whose article is not there."""
    entered = text_index.entered(connection.dialect.name).subquery()
    stray = select(entered.c.number).where(entered.c.number.not_in(select(tables.article.c.number)))
    yield from map(str, connection.execute(stray).scalars())


def sizes_of(connection: Connection) -> Iterator[Size]:
    """The tables with their rows and bytes, the full-text index last."""
    measured = _bytes_of(connection)
    for name in (*sorted(tables.metadata.tables), TEXT_INDEX):
        counted = text_index.entered(connection.dialect.name).subquery() if name == TEXT_INDEX else table(name)
        rows = connection.execute(select(func.count()).select_from(counted)).scalar_one()
        yield Size(name, rows, measured.get(name))


def log_of(connection: Connection) -> int | None:
    """The bytes of SQLite's write-ahead log; a PostgreSQL server keeps one for all its databases."""
    path = connection.engine.url.database
    if connection.dialect.name != "sqlite" or not path:
        return None
    log = Path(f"{path}-wal")
    return log.stat().st_size if log.exists() else 0


_SINCE = ("since", "made")
_UNTIL = ("until", "undone")
_LOOKS = {
    Check.ORPHANS: orphans,
    Check.WORDS: words_elsewhere,
    Check.CLAIMS_TWICE: claims_twice,
    Check.READINGS_TWICE: readings_twice,
    Check.TIMES: ends_before_beginning,
    Check.FACETS_MISSING: without_facets,
    Check.FACET_COUNTS: wrong_counts,
    Check.INDEX_BROKEN: broken_index,
    Check.NOT_INDEXED: not_indexed,
    Check.INDEXED_ONLY: indexed_only,
}


def _finding(check: Check, wrong: Iterable[str]) -> Finding:
    count, examples = 0, []
    for one in wrong:
        count += 1
        if count <= EXAMPLES:
            examples.append(one)
    return Finding(check, count, tuple(examples))


def _orphans(connection: Connection, child: Column[Any], parent: Column[Any]) -> Iterator[str]:
    there = exists().where(parent == child)
    lost = select(child).where(child.is_not(None), ~there)
    yield from (f"{child.table.name}.{child.name} {key}" for key in connection.execute(lost).scalars())


def _more_than_once(connection: Connection, kept: FromClause, one: ColumnElement[Any]) -> Iterator[str]:
    twice = select(one).where(held(kept, None)).group_by(one).having(func.count() > 1).order_by(one)
    yield from connection.execute(twice).scalars()


def _bytes_of(connection: Connection) -> dict[str, int]:
    """The bytes of every table with its indexes; SQLite keeps the full-text index in several."""
    if connection.dialect.name == "postgresql":
        names = connection.exec_driver_sql(_POSTGRESQL_TABLES).scalars().all()
        sizes = select(*(func.pg_total_relation_size(func.quote_ident(name)).label(name) for name in names))
        return dict(connection.execute(sizes).mappings().one())
    measured = (
        "SELECT coalesce(kept.tbl_name, pages.name), sum(pages.pgsize) FROM dbstat AS pages "
        "LEFT JOIN sqlite_master AS kept ON kept.name = pages.name WHERE pages.aggregate = 1 GROUP BY 1"
    )
    try:
        rows = connection.exec_driver_sql(measured).all()
    except OperationalError:  # Not every SQLite is built with it.
        return {}
    found: dict[str, int] = {}
    for name, size in rows:
        whole = TEXT_INDEX if name.startswith(TEXT_INDEX) else name
        found[whole] = found.get(whole, 0) + size
    return found


def _tells_damage(error: DBAPIError) -> bool:
    """Whether the database says that it is damaged, and not that it is busy, away or asked wrongly."""
    said = str(error.orig)
    return any(words in said for words in ("malformed", "not a database", "invalid page", "could not read block"))
