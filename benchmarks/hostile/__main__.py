"""Take in thousands of hostile inputs, one at a time and under watch, and print what came of them, as Markdown.

Ends with 1 where an input made it crash, hang or take too much memory, or ended in neither an article nor a clear
message. Those inputs are kept, so that each can be tried again; a run that was ended goes on where its log ends, which
holds for the same seed. Linux only: it asks /proc for the most memory.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.hostile.came import table
from benchmarks.hostile.inputs import SAVED, SHAPES, Hostile, hostiles, saved_pages
from benchmarks.hostile.log import Log
from benchmarks.hostile.worker import Worker

_WORTH_TELLING = 3  # seconds


def tried(inputs: Iterable[Hostile], log: Log, keep: Path) -> None:
    """Write down what comes of each input that the log does not hold; those that fail are kept in the folder."""
    with TemporaryDirectory() as temporary:
        folder, worker, kind = Path(temporary), None, None
        for one in inputs:
            if log.holds(one):
                continue
            if worker is None or one.kind != kind:
                # A process for each kind, so that its memory is its own.
                if worker:
                    worker.stop()
                worker, kind = Worker(folder), one.kind
            data = one.data()
            path = folder / one.name
            path.write_bytes(data)
            came = worker.came_of(path)
            path.unlink()
            log.add(one, came)
            problems = list(came.problems())
            if problems:
                keep.mkdir(parents=True, exist_ok=True)
                (keep / one.name).write_bytes(data)
            if problems or came.waited > _WORTH_TELLING:
                head = f"{one.name} {len(data)} bytes, waited {came.silence:.1f} s, by the clock {came.waited:.1f}"
                print(head, *problems, sep="\n  ", file=sys.stderr, flush=True)
        if worker:
            worker.stop()


def main() -> int:
    """Print the table; what was wrong goes to standard error."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.hostile", description=__doc__)
    asked.add_argument("--count", type=int, default=10_000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--only", choices=[kind or "none" for kind in (*SHAPES, SAVED)], help="the kind, by its ending")
    asked.add_argument("--pages", type=Path, help="a folder of saved pages to spoil, which lies outside the project")
    asked.add_argument("--log", type=Path, default=Path("hostile.jsonl"), help="what came of each")
    asked.add_argument("--keep", type=Path, default=Path("hostile-failures"), help="where failing inputs go")
    given = asked.parse_args()
    pages = saved_pages(given.pages) if given.pages else ()
    kinds = (*SHAPES, SAVED) if pages else tuple(SHAPES)
    if given.only is not None:
        kinds = (given.only.removeprefix("none"),)
    log = Log(given.log)
    tried(hostiles(given.count, given.seed, kinds, pages), log, given.keep)
    print(table(log.by_kind()))
    return int(any(any(one.problems()) for came in log.by_kind().values() for one in came))


if __name__ == "__main__":
    sys.exit(main())
