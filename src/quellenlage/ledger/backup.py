"""Copies of a whole ledger that can take its place: made while it is in use, checked before they do."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, func, inspect, select, table, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import OperationalError

from quellenlage.ledger.doctor import Check, Examination, Finding, unsound
from quellenlage.ledger.errors import LedgerError
from quellenlage.ledger.migrate import schema_of
from quellenlage.ledger.opening import engine_of, for_questions, must_be_usable, told, url_of
from quellenlage.ledger.store import Ledger

COUNTED = ("article", "reading", "claim", "judgement")
"""The tables of which it is told how much they hold."""
_DUMP = b"PGDMP"
_SQLITE = b"SQLite format 3\x00"
_BUSY_SECONDS = 2


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of a ledger: its bytes, and what it holds, by the names of tables; of claims those that are held."""

    bytes: int
    holds: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put in the place of a ledger, and where the one is that was there."""

    holds: Mapping[str, int]
    kept: str | None


class NotWhole(LedgerError):
    """A backup that is not whole; `findings` are what is wrong with it."""

    def __init__(self, path: Path, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        hint = "Restore an older backup." if self.is_damaged else "Restore an older backup, or take it with --anyway."
        super().__init__(f"the backup {path} is not whole. {hint}")

    @property
    def is_damaged(self) -> bool:
        """Whether the file itself is damaged, so that it cannot be a ledger at all."""
        return any(finding.check is Check.FILE for finding in self.findings)


def back_up(target: str | Path, path: Path, force: bool = False) -> Backup:
    """Write all that a ledger holds at this moment into a file, which appears whole or not at all.

    Others may read and write meanwhile. Raises `LedgerError` where there is no ledger, where the file is there already
    and not to be replaced with `force`, where it cannot be written, or where the ledger is damaged.
    """
    url = _url_of_ledger(target)
    if path.exists() and not force:
        raise LedgerError(f"{path} is there already. Name another file, or replace it with --force.")
    engine = engine_of(url)
    try:
        with told(url), _appearing(path) as part, for_questions(engine).begin() as connection:
            if schema_of(connection)[0] is None:
                raise LedgerError(f"there is no ledger at {target} yet. Make one with `quellenlage read`.")
            if engine.dialect.name == "sqlite":
                return _copied(connection, part)
            return _dumped(connection, part)
    finally:
        engine.dispose()


def restore(path: Path, target: str | Path, force: bool = False, anyway: bool = False) -> Restored:
    """Put a backup in the place of a ledger, which is kept beside it.

    The backup is brought to the newest schema and looked over first. Raises `NotWhole` where that finds something
    wrong, unless it is to be taken `anyway`, and `LedgerError` where there is a ledger and it is not to be replaced
    with `force`, or where it is in use.
    """
    url = url_of(target)
    is_dump = _is_dump(path)
    if is_dump != (url.get_backend_name() == "postgresql"):
        kind, other = ("PostgreSQL", "an address") if is_dump else ("SQLite", "a file")
        raise LedgerError(f"{path} is a backup of a ledger in {kind}. Name {other} with --ledger.")
    with told(url):
        if is_dump:
            return _restored_database(path, url, force, anyway)
        return _restored_file(path, Path(url.database or ""), force, anyway)


def _url_of_ledger(target: str | Path) -> URL:
    url = url_of(target)
    if url.get_backend_name() == "sqlite" and url.database:
        must_be_usable(Path(url.database), create=False)
    return url


def _is_dump(path: Path) -> bool:
    if not path.is_file():
        raise LedgerError(f"there is no backup at {path}. `quellenlage backup` makes one.")
    with path.open("rb") as file:
        head = file.read(len(_SQLITE))
    if not head.startswith((_DUMP, _SQLITE)):
        raise LedgerError(f"{path} is no backup of a ledger. Name a file that `quellenlage backup` wrote.")
    return head.startswith(_DUMP)


def _holdings(connection: Connection) -> dict[str, int]:
    """How much a ledger holds, whatever its schema."""
    known = inspect(connection)
    holds = {}
    for name in COUNTED:
        if known.has_table(name):
            counted = select(func.count()).select_from(table(name))
            if name == "claim" and any(column["name"] == "until" for column in known.get_columns(name)):
                counted = counted.where(text("until IS NULL"))
            holds[name] = int(connection.execute(counted).scalar_one())
    return holds


# SQLite


def _copied(connection: Connection, part: Path) -> Backup:
    source = connection.connection.driver_connection
    assert isinstance(source, sqlite3.Connection)
    try:
        with closing(sqlite3.connect(part)) as copy:
            source.backup(copy)
    except sqlite3.DatabaseError as error:
        raise LedgerError(f"the ledger cannot be copied: {error}. `quellenlage doctor` tells what is wrong.") from error
    copied = engine_of(URL.create("sqlite", database=str(part)))
    try:
        with copied.begin() as ours:
            if damage := list(unsound(ours)):
                raise LedgerError(
                    f"the ledger is damaged, so a copy of it is no backup: {damage[0]}. Restore the last backup."
                )
            holds = _holdings(ours)
    finally:
        copied.dispose()
    _leave_log(part)
    return Backup(part.stat().st_size, holds)


def _restored_file(path: Path, ledger: Path, force: bool, anyway: bool) -> Restored:
    there = ledger.exists() and ledger.stat().st_size > 0
    if there and not force:
        raise LedgerError(f"there is a ledger at {ledger}. Replace it with --force; it is kept beside the new one.")
    kept = None
    with _appearing(ledger) as part:
        shutil.copyfile(path, part)
        if (log := path.with_name(f"{path.name}-wal")).exists():
            shutil.copyfile(log, part.with_name(f"{part.name}-wal"))
        holds = _taken(path, part, anyway)
        _leave_log(part)
        if there:
            kept = str(_set_aside(ledger))
    return Restored(holds, kept)


def _leave_log(path: Path) -> None:
    """Let a database be one file, without a write-ahead log beside it."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")


def _set_aside(ledger: Path) -> Path:
    """Keep a ledger under another name too; raises `LedgerError` where somebody uses it."""
    kept = ledger.with_name(f"{ledger.name}.before-{datetime.now():%Y-%m-%dT%H-%M-%S-%f}")
    log, kept_log = (path.with_name(f"{path.name}-wal") for path in (ledger, kept))
    # SQLite throws the log of a damaged file away.
    if log.exists():
        shutil.copyfile(log, kept_log)
    try:
        with closing(sqlite3.connect(ledger, timeout=_BUSY_SECONDS)) as connection:
            # It does so only for whoever is alone.
            connection.execute("PRAGMA journal_mode = DELETE")
        kept_log.unlink(missing_ok=True)
    except sqlite3.OperationalError as error:
        kept_log.unlink(missing_ok=True)
        raise LedgerError(
            f"the ledger at {ledger} is in use. Stop what uses it, such as `quellenlage serve`, and try again."
        ) from error
    except sqlite3.DatabaseError:
        # What stands in its log belongs to it and not to the next one.
        for ending in ("-wal", "-shm"):
            ledger.with_name(ledger.name + ending).unlink(missing_ok=True)
    try:
        os.link(ledger, kept)
    except OSError:  # Not every file system has links.
        ledger.replace(kept)
    return kept


# PostgreSQL


def _dumped(connection: Connection, part: Path) -> Backup:
    # What is counted and what is dumped are of one moment.
    snapshot = str(connection.execute(select(func.pg_export_snapshot())).scalar_one())
    holds = _holdings(connection)
    options = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", f"--file={part}"]
    _run("pg_dump", options, connection.engine.url)
    return Backup(part.stat().st_size, holds)


def _restored_database(path: Path, url: URL, force: bool, anyway: bool) -> Restored:
    """Fill a new database, look it over, and let it take the name of the ledger's."""
    name, now = str(url.database), f"{datetime.now():%Y%m%d_%H%M%S_%f}"
    new, kept = f"{name}_new_{now}", f"{name}_before_{now}"
    server = engine_of(url.set(database="postgres"))
    try:
        with server.connect() as connection:
            there = connection.execute(text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": name}).first()
        if there and not force and _has_tables(url):
            at = url.render_as_string()
            raise LedgerError(f"there is a ledger at {at}. Replace it with --force; it is kept as {name}_before_….")
        alone = server.execution_options(isolation_level="AUTOCOMMIT")
        quoted = server.dialect.identifier_preparer.quote_identifier
        with alone.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {quoted(new)} TEMPLATE template0 ENCODING 'UTF8'")
        try:
            options = ["--exit-on-error", "--no-owner", "--no-privileges", str(path)]
            _run("pg_restore", options, url.set(database=new), path)
            holds = _taken(path, url.set(database=new), anyway)
            with server.begin() as connection:
                if there:
                    connection.exec_driver_sql(f"ALTER DATABASE {quoted(name)} RENAME TO {quoted(kept)}")
                connection.exec_driver_sql(f"ALTER DATABASE {quoted(new)} RENAME TO {quoted(name)}")
        except BaseException as error:
            with alone.connect() as connection:
                connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {quoted(new)}")
            if isinstance(error, OperationalError) and "accessed by other users" in str(error.orig):
                raise LedgerError(
                    f"the database {name} is in use. Stop what uses it, such as `quellenlage serve`, and try again."
                ) from error
            raise
    finally:
        server.dispose()
    return Restored(holds, kept if there else None)


def _has_tables(url: URL) -> bool:
    engine = engine_of(url)
    try:
        with engine.connect() as connection:
            return bool(inspect(connection).get_table_names())
    finally:
        engine.dispose()


def _run(program: str, options: list[str], url: URL, backup: Path | None = None) -> None:
    """Run a program of PostgreSQL on a database; raises `LedgerError` with what it says where it fails."""
    found = shutil.which(program)
    if found is None:
        raise LedgerError(
            f"{program} is not to be found. Install PostgreSQL's client programs (Debian: postgresql-client), "
            "in the version of the server or a later one."
        )
    # The password is nobody's business in the list of processes.
    address = url.set(drivername="postgresql", password=None).render_as_string()
    environment = {**os.environ, **({"PGPASSWORD": str(url.password)} if url.password else {})}
    command = [found, f"--dbname={address}", *options]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        said = done.stderr.strip().splitlines()
        hint = f"Check that {backup} is whole, or restore an older backup." if backup else "Mend that and try again."
        raise LedgerError(f"{program} failed: {said[0] if said else f'exit code {done.returncode}'}. {hint}")


# Both


def _taken(path: Path, copy: Path | URL, anyway: bool) -> dict[str, int]:
    """Bring a copy of a backup to the newest schema and look it over; what it holds."""
    target = copy if isinstance(copy, Path) else copy.render_as_string(hide_password=False)
    with Ledger.as_found(target) as book:
        examined = book.examine()
    if [finding.check for finding in examined.findings] == [Check.SCHEMA]:
        with Ledger.open(target, create=False) as book:
            examined = book.examine()
    if not examined.is_whole and (_is_damaged(examined) or not anyway):
        raise NotWhole(path, examined.findings)
    engine = engine_of(url_of(target))
    try:
        with engine.begin() as connection:
            return _holdings(connection)
    finally:
        engine.dispose()


def _is_damaged(examined: Examination) -> bool:
    return any(finding.check is Check.FILE for finding in examined.findings)


@contextmanager
def _appearing(path: Path) -> Iterator[Path]:
    """A file to write, which takes the place of `path` once all is written, and is on the disk then."""
    try:
        part = path.with_name(f"{path.name}.{os.getpid()}.part")
        part.unlink(missing_ok=True)
        try:
            yield part
            if path.exists():
                shutil.copymode(path, part)
            _on_disk(part)
            part.replace(path)
            _on_disk(path.parent)
        finally:
            for ending in ("", "-wal", "-shm", "-journal"):
                part.with_name(part.name + ending).unlink(missing_ok=True)
    except OSError as problem:
        raise LedgerError(f"{path} cannot be written ({problem.strerror}). Name a file in a folder that can.") from None


def _on_disk(path: Path) -> None:
    """Wait until a file or folder is on the disk."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
