"""Parquet → rows."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Timer
from time import monotonic
from typing import Any, BinaryIO

from quellenlage.intake.unreadable import Unreadable

MAGIC = b"PAR1"
_CHILD = Path(__file__).with_name("child.py")
_SECONDS = 8  # until the first row must have come, and after it each next one
_LONGEST_ROW = 50_000_000  # bytes
_HARMLESS = 5_000_000  # bytes that may come of anything
_MOST_EXPANSION = 50  # times; texts expand some fivefold, one and the same a million times over without end
_COST = 100  # bytes that a row counts beside its content


def parquet_rows(
    stream: BinaryIO, where: str, choose: Callable[[Sequence[str]], dict[str, int]]
) -> Iterator[tuple[int, dict[str, Any]]]:
    """The rows of a Parquet file with their numbers, as field → value; only the chosen columns are read, in batches.

    `choose` says, for the names of the columns, which holds which field. pyarrow reads the file in a process of its
    own, with a limit of time and, where the system knows one, of memory (700 MB): a damaged file makes it abort. Raises
    `Unreadable` where the file is damaged, comes through a pipe, or pyarrow is not installed, and where reading goes
    on beyond all measure.
    """
    if not stream.seekable():
        raise Unreadable(where, "Parquet cannot be read from a pipe; save it, and name the file")
    if find_spec("pyarrow") is None:
        raise Unreadable(where, "Parquet needs pyarrow; pip install 'quellenlage[exports]'")
    with _path(stream) as path, _started(path) as process:
        until = monotonic() + _SECONDS
        names = _next(process, until)
        if not isinstance(names, list):
            raise Unreadable(where, _damaged(names))
        chosen = choose(names)
        _ask(process, list(chosen.values()))
        most = _HARMLESS + _MOST_EXPANSION * Path(path).stat().st_size
        number = made = 0
        while isinstance(row := _next(process, until), list):
            number += 1
            made += _COST + sum(len(value) for value in row if isinstance(value, str))
            if made > most:
                raise Unreadable(where, f"expands beyond measure; only the first {number - 1} rows were read, split it")
            yield number, dict(zip(chosen, row, strict=True))
            until = monotonic() + _SECONDS
        if row:
            raise Unreadable(where, f"{_damaged(row)}; {number} rows were read before")


@contextmanager
def _path(stream: BinaryIO) -> Iterator[str]:
    """Where the file lies; what lies in memory only is written for the time being."""
    name = getattr(stream, "name", None)
    if isinstance(name, str) and Path(name).is_file():
        yield name
        return
    with TemporaryDirectory() as folder:
        path = Path(folder) / "table.parquet"
        stream.seek(0)
        with path.open("wb") as copy:
            shutil.copyfileobj(stream, copy)
        yield str(path)


@contextmanager
def _started(path: str) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        # -P: what lies in the folder of the script is not to be taken for a library.
        [sys.executable, "-P", str(_CHILD), "parquet", path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def _ask(process: subprocess.Popen[bytes], columns: Sequence[int]) -> None:
    assert process.stdin is not None
    # Where the process has broken off, its answer says so; what could not be written must not be tried again later.
    with suppress(OSError), process.stdin:
        process.stdin.write(json.dumps(columns).encode() + b"\n")


def _next(process: subprocess.Popen[bytes], until: float) -> Any:
    """The next line of the other process as a value; a problem where it broke off or did not come in time."""
    assert process.stdout is not None
    deadline = Timer(max(0.0, until - monotonic()), process.kill)
    deadline.start()
    try:
        line = process.stdout.readline(_LONGEST_ROW)
    finally:
        deadline.cancel()
    try:
        return json.loads(line)
    except ValueError:
        if monotonic() >= until:
            return {"problem": f"it took over {_SECONDS} s"}
        return {"problem": "a row of it is too large" if line else "it broke off the process that read it"}


def _damaged(found: dict[str, Any]) -> str:
    return f"this Parquet file cannot be read ({found.get('problem')}); write it again"
