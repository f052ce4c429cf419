"""`python -m benchmarks.kills`: processes that are killed while they work on a ledger, and whether it is whole then.

Each reads, weighs, judges or backs up, and says of every piece of work that it is done as soon as the ledger says so.
After each kill the ledger is looked over, and everything that was said to be done must be there.
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.small_articles import SmallReader, small_articles
from quellenlage.claims import claims_of
from quellenlage.domain import Correction, JudgedClaim, Judgement, JudgementKind
from quellenlage.ledger import Ledger
from quellenlage.ledger.backup import back_up
from quellenlage.ledger.words import words_of
from quellenlage.steps import keep_weighed, take_in, weighed_anew

KILLS = 200
SEED = 20
ARTICLES = 36
LONGEST = 0.8
"""After how many seconds of work a process is killed at the latest."""
PRELOADED = ["quellenlage.ledger.backup", "quellenlage.steps"]
"""What a process need not import anew, so that its time goes into its work."""
_A_ROUND = 1000
"""Versions of the reader that one process may use."""
_BEGUN = "begun"
_PERSON = "Jana"

Tell = Callable[[str], None]


def read(ledger: Path, tell: Tell, number: int) -> None:
    """Read all articles with one new reader after the other."""
    with Ledger.open(ledger) as book:
        _warm_up()
        tell(_BEGUN)
        for version in count(number * _A_ROUND):
            for article in small_articles(ARTICLES):
                reader = SmallReader(version)
                take_in(article, reader, book)
                tell(f"{article.id} {reader.name}")


def weigh(ledger: Path, tell: Tell, number: int) -> None:
    """Read one article and weigh all of them, again and again."""
    with Ledger.open(ledger) as book:
        _warm_up()
        weighed_anew(book)
        tell(_BEGUN)
        for version in count(number * _A_ROUND):
            take_in(small_articles(ARTICLES)[version % ARTICLES], SmallReader(version), book)
            keep_weighed(book)
            tell(datetime.now(UTC).isoformat())


def judge(ledger: Path, tell: Tell, number: int) -> None:
    """Judge, and take every other judgement back."""
    chance = random.Random(number)
    with Ledger.open(ledger) as book:
        tell(_BEGUN)
        while True:
            kept = book.judge(_judgement(book, chance))
            tell(f"{kept}")
            if chance.random() < 0.5:
                book.undo(kept)
                tell(f"{kept} undone")


def backup(ledger: Path, tell: Tell, number: int) -> None:
    """Write backups, one over the other."""
    tell(_BEGUN)
    for turn in count():
        path = ledger.with_name(f"backup-{turn % 2}")
        back_up(ledger, path, force=True)
        tell(path.name)


def _warm_up() -> None:
    """Load the lists of names and words, so that kills fall into the writing."""
    article = small_articles(1)[0]
    claims_of(article, SmallReader().read(article))
    list(words_of(article.text))


WORK = {"read": read, "weigh": weigh, "judge": judge, "backup": backup}


@dataclass
class Tally:
    """What came of the kills: how many, what was said to be done, and what was wrong afterwards."""

    kills: Counter[str] = field(default_factory=Counter)
    done: Counter[str] = field(default_factory=Counter)
    unfinished: int = 0
    wrong: list[str] = field(default_factory=list)
    seconds: float = 0.0


def kills(folder: Path, many: int, seed: int = SEED) -> Tally:
    """Kill so many processes at random moments of their work on a ledger in a folder."""
    ledger, tally, chance = folder / "ledger.db", Tally(), random.Random(seed)
    begun = time.monotonic()
    with Ledger.open(ledger) as book:
        for article in small_articles(ARTICLES):
            take_in(article, SmallReader(), book)
        keep_weighed(book)
    back_up(ledger, folder / "backup-0")
    told: dict[str, list[str]] = {name: [] for name in WORK}
    for number in range(1, many + 1):
        name = list(WORK)[number % len(WORK)]
        said = _killed(ledger, name, number, chance.uniform(0, LONGEST))
        told[name] += said
        tally.kills[name] += 1
        tally.done[name] += len(said)
        tally.wrong += [f"kill {number} ({name}): {what}" for what in _wrong(ledger, name, said)]
        for part in folder.glob("*.part*"):
            tally.unfinished += 1
            part.unlink()
    for name, said in told.items():
        tally.wrong += [f"at the end: {what}" for what in _missing(ledger, name, said)]
    tally.seconds = time.monotonic() - begun
    return tally


def _killed(ledger: Path, name: str, number: int, seconds: float) -> list[str]:
    """What a process said to be done until it was killed, so long after it had begun."""
    context = get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    said = ledger.with_name("said")
    said.unlink(missing_ok=True)
    process = context.Process(target=_work, args=(name, ledger, said, number))
    process.start()
    while not (said.exists() and said.stat().st_size):
        if not process.is_alive():
            raise RuntimeError(f"{name} ended before it began, with exit code {process.exitcode}")
        time.sleep(0.01)
    time.sleep(seconds)
    if not process.is_alive():
        raise RuntimeError(f"{name} ended by itself, with exit code {process.exitcode}")
    process.kill()
    process.join()
    lines = said.read_text("utf-8").split("\n")
    # What stands behind the last end of a line was not said to the end.
    return [line for line in lines[:-1] if line != _BEGUN]


def _work(name: str, ledger: Path, said: Path, number: int) -> None:
    handle = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    WORK[name](ledger, lambda line: _written(handle, line), number)


def _written(handle: int, line: str) -> None:
    os.write(handle, f"{line}\n".encode())


def _wrong(ledger: Path, name: str, said: list[str]) -> Iterator[str]:
    yield from _unsound(ledger)
    yield from _missing(ledger, name, said)
    if name == "backup":
        for path in ledger.parent.glob("backup-?"):
            yield from _unsound(path)


def _unsound(path: Path) -> Iterator[str]:
    with Ledger.as_found(path) as book:
        for finding in book.examine().findings:
            yield f"{path.name}: {finding}"


def _missing(ledger: Path, name: str, said: list[str]) -> Iterator[str]:
    """What was said to be done and is not there."""
    with Ledger.open(ledger, create=False) as book:
        log = {one.judgement.number: one for one in book.log()}
        for line in said:
            match name, line.split():
                case "read", [article, reader]:
                    is_there = book.holds(article, reader)
                case "weigh", [moment]:
                    is_there = book.at(datetime.fromisoformat(moment)).is_weighed()
                case "judge", [number, *undone]:
                    is_there = int(number) in log and (not undone or log[int(number)].undone is not None)
                case _:
                    is_there = ledger.with_name(line).exists()
            if not is_there:
                yield f"{name} {line} is not there"


def _judgement(book: Ledger, chance: random.Random) -> Judgement:
    claims = book.claims()
    if not claims or chance.random() < 0.2:
        return Judgement(JudgementKind.IDENTIFY, (), (), _PERSON, corrections=(Correction("NO", "SE"),))
    kind = chance.choice([JudgementKind.ACCEPT, JudgementKind.REJECT, JudgementKind.CORRECT])
    corrections = (Correction("recipient", "FI"),) if kind is JudgementKind.CORRECT else ()
    return Judgement(kind, (JudgedClaim.of(chance.choice(claims)),), (), _PERSON, corrections=corrections)


def main() -> None:
    """Print what came of all kills; the exit code is 1 where something was wrong."""
    with TemporaryDirectory() as folder:
        tally = kills(Path(folder), KILLS)
    print(f"{sum(tally.kills.values())} kills in {tally.seconds:.0f} s, seed {SEED}, {ARTICLES} articles\n")
    print("| work | kills | done before |\n|---|---|---|")
    for name in WORK:
        print(f"| {name} | {tally.kills[name]} | {tally.done[name]} |")
    print(f"\nTemporary files of backups that were cut off: {tally.unfinished}")
    print(f"Wrong afterwards: {len(tally.wrong)}")
    for line in tally.wrong:
        print(f"- {line}")
    sys.exit(bool(tally.wrong))


if __name__ == "__main__":
    main()
