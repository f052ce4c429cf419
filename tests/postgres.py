"""A PostgreSQL server of the tests' own: from Debian's packages, in a temporary folder, reached through a socket."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import count
from pathlib import Path

from sqlalchemy import create_engine

SERVER_USER = "postgres"


def binaries() -> Path | None:
    """Where the newest server's programs are; None where there are none, or no driver for Python."""
    if find_spec("psycopg") is None:
        return None
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return max(found, key=lambda folder: int(folder.parent.name), default=None)


@dataclass
class Server:
    """A server that runs."""

    folder: Path
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def address(self, name: str) -> str:
        """The address of a database as the ledger wants it."""
        return f"postgresql+psycopg://{SERVER_USER}@/{name}?host={self.folder}"

    @contextmanager
    def database(self) -> Iterator[str]:
        """The address of an empty database, which is gone afterwards."""
        name = f"ledger_{next(self._numbers)}"
        self.run(f"CREATE DATABASE {name}")
        try:
            yield self.address(name)
        finally:
            self.run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def run(self, statement: str) -> list[tuple[object, ...]]:
        """Run a statement outside of the databases of the tests."""
        engine = create_engine(self.address("postgres"), isolation_level="AUTOCOMMIT")
        try:
            with engine.connect() as connection:
                result = connection.exec_driver_sql(statement)
                return [tuple(row) for row in result] if result.returns_rows else []
        finally:
            engine.dispose()


@contextmanager
def server(programs: Path) -> Iterator[Server]:
    """A server that sorts as German does, so that whatever hangs on the order of a database shows."""
    # The path of a socket has to be short, so it is none of pytest's folders.
    folder = Path(tempfile.mkdtemp(prefix="quellenlage-"))
    try:
        if os.getuid() == 0:
            shutil.chown(folder, SERVER_USER)
        folder.chmod(0o755)
        data = str(folder / "data")
        sorting = ["--locale-provider=icu", "--icu-locale=de"] if int(programs.parent.name) >= 15 else []
        initdb = [str(programs / "initdb"), "-D", data, "-U", SERVER_USER, "-A", "trust", "-E", "UTF8", "--no-sync"]
        _as_server_user([*initdb, "--locale=C.UTF-8", *sorting])
        settings = f"-k {folder} -c listen_addresses= -c fsync=off"
        start = [str(programs / "pg_ctl"), "-D", data, "-l", str(folder / "log"), "-o", settings, "-w", "start"]
        _as_server_user(start)
        with _guarded([str(programs / "pg_ctl"), "-D", data, "-m", "immediate", "stop"], folder):
            yield Server(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _guarded(stop: list[str], folder: Path) -> Iterator[None]:
    """Let a process stop the server and clear up that learns by its input when this one ends."""
    command = f"{shlex.join(_for_server_user(stop))}; {shlex.join(['rm', '-rf', str(folder)])}"
    guard = subprocess.Popen(
        ["sh", "-c", f"cat; {command}"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        cwd="/",
        start_new_session=True,
    )
    try:
        yield
    finally:
        guard.communicate()


def _as_server_user(command: list[str]) -> None:
    subprocess.run(_for_server_user(command), check=True, stdout=subprocess.DEVNULL, cwd="/")


def _for_server_user(command: list[str]) -> list[str]:
    """A server will not run as root."""
    return ["runuser", "-u", SERVER_USER, "--", *command] if os.getuid() == 0 else command
