"""The command that watches feeds, sitemaps and pages; no logic of its own."""

from __future__ import annotations

import logging
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from logging.handlers import RotatingFileHandler
from pathlib import Path
from random import Random
from typing import Annotated

import typer
from rich.console import Console

from quellenlage.cli_parts import DEFAULT_LEDGER, LedgerOption, NamesOption, own_names_of, told
from quellenlage.ledger import Ledger

_LOG_BYTES = 10_000_000
_LOG_FILES = 5


def add_watching(app: typer.Typer) -> None:
    """Add this command to the program."""
    app.command("watch")(watch)


def watch(
    sources: Annotated[Path, typer.Argument(help="A file of sources, such as sources.toml.")],
    once: Annotated[bool, typer.Option("--once", help="Look at each source once and end, for cron.")] = False,
    again: Annotated[bool, typer.Option("--again", help="Try articles again that were given up.")] = False,
    metrics: Annotated[
        str | None,
        typer.Option("--metrics", help="Serve figures for Prometheus at this port or address, such as 127.0.0.1:9464."),
    ] = None,
    log: Annotated[
        Path | None, typer.Option("--log", help="Write the log into this file and not to standard error.")
    ] = None,
    triage: Annotated[
        bool, typer.Option("--triage/--no-triage", help="Drop at once what cannot speak of an arms transfer.")
    ] = True,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Also read from addresses of private networks and this machine.")
    ] = False,
    threads: Annotated[int, typer.Option(min=0, help="Processor threads; 0 takes what there are.")] = 0,
    ledger: LedgerOption = DEFAULT_LEDGER,
    own_names: NamesOption = None,
) -> None:
    """Watch feeds, sitemaps and pages, and read what is new into the ledger, until stopped.

    Ends after the article in hand when it is interrupted or terminated; at once when that happens twice. Goes on
    where it stopped.
    """
    from quellenlage.intake.triage import Triage
    from quellenlage.intake.web import Fetcher, Polite
    from quellenlage.intake.web.address import anywhere, is_public_text
    from quellenlage.intake.web.clock import SystemClock
    from quellenlage.ledger.watch_rows import LedgerMemory
    from quellenlage.reader import ModelReader
    from quellenlage.steps import keep_weighed
    from quellenlage.watch import SourcesError, Watch, read_sources
    from quellenlage.watch.metrics import Metrics
    from quellenlage.watch.taking import taking_into

    stop = _Stop()
    clock, figures = SystemClock(stop), Metrics()
    try:
        with told(), Ledger.open(ledger) as book, _logged(log):
            watched = read_sources(sources)
            own = own_names_of(ledger, own_names)
            reader = ModelReader.load(threads=threads, own=own)
            fetcher = Fetcher(contact=watched.contact, may_connect=anywhere if allow_private else is_public_text)
            memory = LedgerMemory(book)
            if again:
                memory.again(clock.now())

            def weigh() -> None:
                if not book.is_weighed():
                    keep_weighed(book)

            running = Watch(
                watched.sources,
                memory,
                Polite(fetcher, clock, delay=watched.delay),
                taking_into(book, reader, own, Triage() if triage else None),
                clock,
                Random(),
                figures,
                weigh,
            )
            with figures.served(metrics), _stopping(stop):
                running.run(stop, once=once)
    except SourcesError as problem:
        Console(stderr=True).print(str(problem), style="red", markup=False)
        raise typer.Exit(2) from None


@dataclass(slots=True)
class _Stop:
    is_asked_for: bool = False

    def __call__(self) -> bool:
        return self.is_asked_for


@contextmanager
def _stopping(stop: _Stop) -> Iterator[None]:
    """Let the first signal ask for the end, and the second one be the end."""
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}

    def asked(number: int, _frame: object) -> None:
        stop.is_asked_for = True
        signal.signal(number, before[signal.Signals(number)])

    for number in before:
        signal.signal(number, asked)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _logged(file: Path | None) -> Iterator[None]:
    """Write the log to standard error, or into files of which the oldest are thrown away."""
    from quellenlage.watch import SourcesError

    try:
        handler: logging.Handler = logging.StreamHandler()
        if file is not None:
            handler = RotatingFileHandler(file, maxBytes=_LOG_BYTES, backupCount=_LOG_FILES, encoding="utf-8")
    except OSError as problem:
        raise SourcesError(f"--log {file} cannot be written ({problem.strerror}); name a file that can") from None
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log = logging.getLogger("quellenlage.watch")
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    try:
        yield
    finally:
        log.removeHandler(handler)
        handler.close()
