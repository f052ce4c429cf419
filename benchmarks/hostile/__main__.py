"""Take in thousands of hostile inputs, one at a time and under watch, and print what came of them, as Markdown.

Ends with 1 where an input made it crash, hang or take too much memory, or ended in neither an article nor a clear
message. Those inputs are kept, so that each can be tried again. Linux only: it asks /proc for the most memory.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.hostile.inputs import SHAPES, Hostile, hostiles
from benchmarks.hostile.trying import Came, work

LONGEST = 10.0  # seconds of the processor
MOST_MEMORY = 1_000_000_000  # bytes
_PATIENCE = 300  # seconds by the clock after which an input is given up; the machine may be busy


@dataclass
class Tally:
    """What came of the inputs of one kind."""

    inputs: int = 0
    articles: int = 0
    messages: int = 0
    seconds: float = 0.0
    slowest: float = 0.0
    silence: float = 0.0
    recording: float = 0.0
    memory: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, came: Came) -> None:
        """Count one more."""
        self.inputs += 1
        self.articles += came.articles
        self.messages += came.messages
        self.seconds += came.seconds
        self.slowest = max(self.slowest, came.seconds)
        self.silence = max(self.silence, came.silence)
        self.recording = max(self.recording, came.recording)
        self.memory = max(self.memory, came.memory)


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
        given_up = _PATIENCE if code is None else 0.0
        return Came(seconds=given_up, silence=given_up, wrong=[problem])

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


@contextmanager
def working(folder: Path) -> Iterator[Worker]:
    """A process that works, until it is no longer needed."""
    worker = Worker(folder)
    try:
        yield worker
    finally:
        worker.stop()


def tried(inputs: Iterator[Hostile], keep: Path, told: bool) -> dict[str, Tally]:
    """What came of the inputs, by kind; those that something was wrong with are kept in the folder."""
    tallies: dict[str, Tally] = {}
    with TemporaryDirectory() as temporary:
        folder, worker, kind = Path(temporary), None, None
        for one in inputs:
            if worker is None or one.kind != kind:
                # A process for each kind, so that its memory is its own.
                if worker:
                    worker.stop()
                worker, kind = Worker(folder), one.kind
            path = folder / one.name
            path.write_bytes(one.data)
            came = worker.came_of(path)
            path.unlink()
            tally = tallies.setdefault(one.kind or "no ending", Tally())
            tally.add(came)
            wrong = [*came.wrong, *_beyond(came)]
            for problem in wrong:
                tally.wrong.append(f"{one.name}: {problem}")
            if wrong:
                keep.mkdir(parents=True, exist_ok=True)
                (keep / one.name).write_bytes(one.data)
            if told and (wrong or came.seconds > 3):
                print(
                    f"{one.name} {len(one.data)} bytes {came.seconds:.1f} s, wait {came.silence:.1f}",
                    *wrong,
                    sep="\n  ",
                    file=sys.stderr,
                )
        if worker:
            worker.stop()
    return tallies


def _beyond(came: Came) -> Iterator[str]:
    if came.silence > LONGEST:
        yield f"{came.silence:.1f} s without an article or a message"
    if came.recording > LONGEST:
        yield f"{came.recording:.1f} s to record it"
    if came.memory > MOST_MEMORY:
        yield f"{came.memory / 1e6:.0f} MB"


def table(tallies: dict[str, Tally]) -> str:
    """All of it as Markdown."""
    rows = [
        "| kind | inputs | articles | messages | mean, s | longest, s | longest wait, s | peak memory, MB | failures |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for kind, one in tallies.items():
        failures = len({problem.partition(":")[0] for problem in one.wrong})
        rows.append(
            f"| {kind} | {one.inputs} | {one.articles} | {one.messages} | {one.seconds / one.inputs:.2f} "
            f"| {one.slowest:.1f} | {one.silence:.1f} | {one.memory / 1e6:.0f} | {failures} |"
        )
    return "\n".join(rows)


def main() -> int:
    """Print the table; what was wrong goes to standard error."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.hostile", description=__doc__)
    asked.add_argument("--count", type=int, default=10_000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--only", choices=[kind or "none" for kind in SHAPES], help="the kind, by its ending")
    asked.add_argument("--keep", type=Path, default=Path("hostile-failures"), help="where failing inputs go")
    given = asked.parse_args()
    kinds = tuple(SHAPES) if given.only is None else (given.only.removeprefix("none"),)
    tallies = tried(hostiles(given.count, given.seed, kinds), given.keep, told=True)
    print(table(tallies))
    return int(any(one.wrong for one in tallies.values()))


if __name__ == "__main__":
    sys.exit(main())
