"""How the database of a ledger is opened, and how it tells what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from quellenlage.ledger.errors import LedgerError
from quellenlage.ledger.migrate import MIGRATES, WRITES

_BUSY_SECONDS = 30
_ONE_WRITER = 7_205_759
"""The lock of PostgreSQL that whoever writes into a ledger takes."""
_SQLITE_HEADER = b"SQLite format 3\x00"


def url_of(target: str | Path) -> URL:
    """The address of a file, or the address itself; raises `LedgerError` where it is neither."""
    if isinstance(target, str) and "://" in target:
        try:
            return make_url(target)
        except ArgumentError as error:
            raise LedgerError(
                f"{target!r} is neither a file nor an address like sqlite:///ledger.db: {error}"
            ) from error
    return URL.create("sqlite", database=str(target))


def must_be_usable(path: Path, create: bool) -> None:
    """Raise `LedgerError` unless a file is a database, or, with `create`, can become one."""
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


def engine_of(url: URL) -> Engine:
    """The engine for an address, in the form in which the ledger wants its transactions.

    Raises `LedgerError` where the driver is not installed.
    """
    try:
        engine = create_engine(url)
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise LedgerError(
            f"the driver for {url.drivername} is missing ({error}). For PostgreSQL: "
            'pip install "quellenlage[postgres]", and an address like postgresql+psycopg://user@host/name.'
        ) from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "begin", _begin_postgresql)
    return engine


def for_questions(engine: Engine) -> Engine:
    """The engine for questions: all statements of one transaction see the same state."""
    level = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
    return engine.execution_options(**level)


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver would begin transactions by itself, and late; `_begin_sqlite` does it instead.
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {_BUSY_SECONDS * 1000}")
    connection.execute("PRAGMA foreign_keys = ON")
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        connection.execute("PRAGMA journal_mode = WAL")


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes the lock before it looks, so that what it saw still holds when it writes.
    options = connection.get_execution_options()
    if options.get(MIGRATES, False):
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
    writes = options.get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _begin_postgresql(connection: Connection) -> None:
    # One writer at a time, as with SQLite.
    if connection.get_execution_options().get(WRITES, False):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_ONE_WRITER})")


@contextmanager
def told(url: URL) -> Iterator[None]:
    """Tell what the database refused in words of the ledger."""
    try:
        yield
    except DBAPIError as error:
        if "locked" in str(error.orig):
            hint = f"Another process has been writing for more than {_BUSY_SECONDS} seconds; try again when it is done."
        elif url.get_backend_name() == "sqlite":
            hint = "Check that the file can be read and written; `quellenlage doctor` tells whether it is damaged."
        else:
            hint = "Check that the server runs, that the address is right and that you may write there."
        at = url.database if url.get_backend_name() == "sqlite" else url.render_as_string()
        raise LedgerError(f"the database of the ledger at {at} says: {str(error.orig).strip()}. {hint}") from error
