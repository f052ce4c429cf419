"""The ledger: articles, their readings and the claims read from them, kept in SQLite (or PostgreSQL)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import (
    Connection,
    Engine,
    RowMapping,
    Select,
    Table,
    create_engine,
    event,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from quellenlage.domain import Article, Claim, Judgement, Reading
from quellenlage.ledger import tables
from quellenlage.ledger.codec import reading_from_json, reading_to_json
from quellenlage.ledger.errors import Ambiguous, LedgerError, NotFound
from quellenlage.ledger.migrate import WRITES, migrate
from quellenlage.ledger.queries import ClaimFilter, Facet, by_date, choices, current_readings, matching
from quellenlage.ledger.rows import (
    article_of,
    article_row,
    claim_of,
    claim_row,
    evidence_rows,
    hop_rows,
    judgement_of,
    judgement_row,
    value_rows,
)

_BUSY_SECONDS = 30
_SQLITE_HEADER = b"SQLite format 3\x00"


class Ledger:
    """Articles with their readings and claims. Open one with `Ledger.open`; leave it with `close` or `with`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def open(cls, target: str | Path, *, create: bool = True) -> Self:
        """The ledger in a file or at a SQLAlchemy URL, brought to the newest schema.

        Raises `LedgerError` where `target` is no ledger, where its schema is newer than this version, or, without
        `create`, where there is none yet.
        """
        url = _url_of(target)
        if url.get_backend_name() == "sqlite" and url.database:
            _must_be_usable(Path(url.database), create)
        with _told(str(target)):
            engine = _engine_of(url)
            try:
                migrate(engine)
            except BaseException:
                engine.dispose()
                raise
        return cls(engine)

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Writing

    def add_article(self, article: Article) -> bool:
        """Keep `article`; False where its content is kept already."""
        with self._writing() as connection:
            return _add_article(connection, article)

    def record(self, article: Article, reading: Reading, claims: Sequence[Claim]) -> bool:
        """Keep an article, one reading of it and its claims, all or nothing.

        False, and nothing changes, where this version of the reader has read the article already. A reading by another
        version is added beside the older ones and becomes the current one. Raises `LedgerError` where the three do not
        belong together or two claims share an id.
        """
        _must_belong_together(article, reading, claims)
        with self._writing() as connection:
            if _holds(connection, article.id, reading.reader):
                return False
            _add_article(connection, article)
            reading_id = _inserted(
                connection,
                tables.reading,
                {
                    "article_id": article.id,
                    "reader": reading.reader,
                    "made": datetime.now(UTC),
                    "body": reading_to_json(reading),
                },
            )
            for claim in claims:
                key = _inserted(connection, tables.claim, claim_row(claim, reading_id))
                for table, rows in (
                    (tables.claim_value, value_rows(claim, key)),
                    (tables.claim_hop, hop_rows(claim, key)),
                    (tables.evidence, evidence_rows(claim, key)),
                ):
                    if rows:
                        connection.execute(insert(table), rows)
            return True

    def judge(self, judgement: Judgement) -> int:
        """Keep a judgement; gives its number."""
        with self._writing() as connection:
            return _inserted(connection, tables.judgement, judgement_row(judgement, datetime.now(UTC)))

    def undo(self, number: int) -> None:
        """Take a judgement back; it stays in the log. Raises `LedgerError` where none in force has this number."""
        table = tables.judgement
        with self._writing() as connection:
            change = (
                update(table).where(table.c.id == number, table.c.undone.is_(None)).values(undone=datetime.now(UTC))
            )
            if not connection.execute(change).rowcount:
                raise LedgerError(
                    f"no judgement in force has the number {number}; `quellenlage judge list` shows those in force"
                )

    def keep_weighing(self, body: Mapping[str, Any]) -> None:
        """Keep what the weighing says now, to be set against what it will say."""
        with self._writing() as connection:
            _inserted(connection, tables.weighing, {"made": datetime.now(UTC), "body": dict(body)})

    # Asking

    def judgements(self) -> list[Judgement]:
        """The judgements in force, in the order in which they were made."""
        table = tables.judgement
        with self._asking() as connection:
            rows = connection.execute(select(table).where(table.c.undone.is_(None)).order_by(table.c.id)).mappings()
            return [judgement_of(row) for row in rows]

    def state(self) -> tuple[int, ...]:
        """Numbers that change with every article, reading and judgement that comes or is taken back."""
        columns = (
            select(func.count()).select_from(tables.article),
            select(func.coalesce(func.max(tables.reading.c.id), 0)),
            select(func.coalesce(func.max(tables.judgement.c.id), 0)),
            select(func.count(tables.judgement.c.undone)),
        )
        with self._asking() as connection:
            return tuple(int(connection.execute(column).scalar_one()) for column in columns)

    def last_weighing(self) -> dict[str, Any] | None:
        """What the weighing said when it was last kept."""
        table = tables.weighing
        with self._asking() as connection:
            body: dict[str, Any] | None = connection.execute(
                select(table.c.body).order_by(table.c.id.desc()).limit(1)
            ).scalar_one_or_none()
        return body

    def holds(self, article_id: str, reader: str) -> bool:
        """Whether this version of the reader has read the article."""
        with self._asking() as connection:
            return _holds(connection, article_id, reader)

    def articles(self) -> Iterator[Article]:
        """All articles in order of their publication (unknown last), then doc."""
        with self._asking() as connection:
            rows = connection.execute(select(tables.article).order_by(*by_date())).mappings().all()
        return (article_of(row) for row in rows)

    def article(self, key: str) -> Article:
        """The article whose doc or id is `key`, else the only one whose doc or id begins so.

        Raises `NotFound` with what comes near, or `Ambiguous` with the candidates.
        """
        table = tables.article
        with self._asking() as connection:
            whole = select(table).where(or_(table.c.doc == key, table.c.id == key))
            found = connection.execute(whole).mappings().all()
            if not found:
                names = [(str(id), str(doc)) for id, doc in connection.execute(select(table.c.id, table.c.doc))]
                begun = [id for id, doc in names if key and _begins(key, id, doc)]
                if not begun:
                    raise NotFound(key, get_close_matches(key, sorted({doc for _, doc in names}), n=3, cutoff=0.5))
                if len(begun) > 1:
                    raise Ambiguous(key, [(id, doc) for id, doc in names if id in begun])
                found = connection.execute(select(table).where(table.c.id == begun[0])).mappings().all()
        # An id is unique, so it wins over another article that has the same word for its doc.
        exact = [row for row in found if row["id"] == key] or found
        if len(exact) > 1:
            raise Ambiguous(key, [(row["id"], row["doc"]) for row in exact])
        return article_of(exact[0])

    def reading(self, article_id: str) -> Reading | None:
        """The current reading of an article."""
        newest = select(tables.reading.c.body).where(
            tables.reading.c.article_id == article_id, tables.reading.c.id.in_(current_readings())
        )
        with self._asking() as connection:
            body = connection.execute(newest).scalar_one_or_none()
        return None if body is None else reading_from_json(body)

    def claims(self, where: ClaimFilter = ClaimFilter()) -> list[Claim]:  # noqa: B008 (frozen)
        """The claims of current readings, in order of their articles and then of their first evidence."""
        condition = matching(where)
        keys = select(tables.claim.c.key).where(condition)
        ordered = (
            select(tables.claim)
            .join(tables.article, tables.article.c.id == tables.claim.c.article_id)
            .where(condition)
            .order_by(*by_date(), tables.claim.c.position, tables.claim.c.key)
        )
        with self._asking() as connection:
            rows = connection.execute(ordered).mappings().all()
            values, hops, evidence = (
                _by_claim(connection, table, keys) for table in (tables.claim_value, tables.claim_hop, tables.evidence)
            )
        return [claim_of(row, values[row["key"]], hops[row["key"]], evidence[row["key"]]) for row in rows]

    def choices(self, facet: Facet) -> list[str]:
        """The values that `facet` takes in current readings, each once, in order."""
        with self._asking() as connection:
            return list(connection.execute(choices(facet)).scalars())

    @contextmanager
    def _asking(self) -> Iterator[Connection]:
        with _told(self._engine.url.render_as_string()), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        engine = self._engine.execution_options(**{WRITES: True})
        with _told(self._engine.url.render_as_string()), engine.begin() as connection:
            yield connection


def _url_of(target: str | Path) -> URL:
    if isinstance(target, str) and "://" in target:
        try:
            return make_url(target)
        except ArgumentError as error:
            raise LedgerError(
                f"{target!r} is neither a file nor an address like sqlite:///ledger.db: {error}"
            ) from error
    return URL.create("sqlite", database=str(target))


def _must_be_usable(path: Path, create: bool) -> None:
    if not path.exists():
        if not create:
            raise LedgerError(f"there is no ledger at {path} yet. Make one with `quellenlage read`.")
        if not path.parent.is_dir():
            raise LedgerError(f"the folder {path.parent} for the ledger does not exist. Make it first.")
        return
    if not path.is_file():
        raise LedgerError(f"{path} is no file, so it cannot be a ledger. Name a file.")
    with path.open("rb") as file:
        header = file.read(len(_SQLITE_HEADER))
    if header and header != _SQLITE_HEADER:
        raise LedgerError(f"{path} is no SQLite database, so it cannot be a ledger. Name another file.")


def _engine_of(url: URL) -> Engine:
    try:
        engine = create_engine(url)
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise LedgerError(f"the driver for {url.drivername} is missing ({error}). Install it with pip.") from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver would begin transactions by itself, and late; `_begin_sqlite` does it instead.
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {_BUSY_SECONDS * 1000}")
    connection.execute("PRAGMA foreign_keys = ON")
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        connection.execute("PRAGMA journal_mode = WAL")


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes the lock before it looks, so that what it saw still holds when it writes.
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def _told(target: str) -> Iterator[None]:
    """Tell what the database refused in words of the ledger."""
    try:
        yield
    except DBAPIError as error:
        hint = (
            f"Another process has been writing for more than {_BUSY_SECONDS} seconds; try again when it is done."
            if "locked" in str(error.orig)
            else "Check that the file can be read and written and is not damaged."
        )
        raise LedgerError(f"the database of the ledger at {target} says: {error.orig}. {hint}") from error


def _must_belong_together(article: Article, reading: Reading, claims: Sequence[Claim]) -> None:
    for what, article_id in [("reading", reading.article_id)] + [(f"claim {c.id}", c.article_id) for c in claims]:
        if article_id != article.id:
            raise LedgerError(f"the {what} is of article {article_id}, not of {article.id}. Record it with its own.")
    if len({claim.id for claim in claims}) < len(claims):
        raise LedgerError(f"two claims of article {article.id} have the same id. Give each its own.")


def _holds(connection: Connection, article_id: str, reader: str) -> bool:
    table = tables.reading
    held = exists().where(table.c.article_id == article_id, table.c.reader == reader)
    return bool(connection.execute(select(held)).scalar_one())


def _add_article(connection: Connection, article: Article) -> bool:
    if connection.execute(select(exists().where(tables.article.c.id == article.id))).scalar_one():
        return False
    connection.execute(insert(tables.article).values(article_row(article, datetime.now(UTC))))
    return True


def _inserted(connection: Connection, table: Table, row: Mapping[str, Any]) -> int:
    """Insert a row and give its key."""
    (key,) = table.primary_key.columns
    return int(connection.execute(insert(table).values(row).returning(key)).scalar_one())


def _by_claim(connection: Connection, table: Table, keys: Select[Any]) -> Mapping[int, list[RowMapping]]:
    rows = select(table).where(table.c.claim_key.in_(keys)).order_by(*table.primary_key.columns)
    grouped: dict[int, list[RowMapping]] = defaultdict(list)
    for row in connection.execute(rows).mappings():
        grouped[row["claim_key"]].append(row)
    return grouped


def _begins(key: str, *names: str) -> bool:
    return any(name.casefold().startswith(key.casefold()) for name in names)
