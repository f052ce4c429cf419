"""A process that takes in inputs, under watch: started anew where one ended it."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path

from benchmarks.hostile.came import Came
from benchmarks.hostile.trying import work

_PATIENCE = 300  # seconds by the clock after which an input is given up; the machine may be busy


class Worker:
    """A process that takes in inputs; started anew where one ended it."""

    def __init__(self, folder: Path) -> None:
        self._ledger = str(folder / "ledger.db")
        self._process, self._way = self._started()

    def came_of(self, path: Path) -> Came:
        """What came of an input; the process is ended where it does not come to an end."""
        with suppress(EOFError, ConnectionError):
            self._way.send(str(path))
            if self._way.poll(_PATIENCE):
                came: Came = self._way.recv()
                return came
        self._process.join(1)
        code = self._process.exitcode
        problem = f"given up after {_PATIENCE} s" if code is None else f"the process ended ({code})"
        self.stop()
        self._process, self._way = self._started()
        return Came(waited=_PATIENCE if code is None else 0.0, wrong=[problem])

    def stop(self) -> None:
        """End the process and those that it started."""
        if self._process.pid and self._process.is_alive():
            children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children").read_text().split()
            for pid in (*map(int, children), self._process.pid):
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        self._process.join()

    def _started(self) -> tuple[SpawnProcess, Connection]:
        context = get_context("spawn")
        mine, theirs = context.Pipe()
        process = context.Process(target=work, args=(self._ledger, theirs))
        process.start()
        theirs.close()
        mine.recv()
        return process, mine
