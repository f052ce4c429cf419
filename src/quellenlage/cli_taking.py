"""The commands that take articles in: read, intake, original; no logic of their own."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from quellenlage.cli_parts import (
    DEFAULT_LEDGER,
    LanguageOption,
    LedgerOption,
    NamesOption,
    asked,
    own_names_of,
    printer,
    progress,
    spoken,
    told,
)
from quellenlage.ledger import Ledger, LedgerError

ColumnsOption = Annotated[
    str | None,
    typer.Option(help="Which column of a table holds which field, like text=Inhalt,published=Datum."),
]
PrivateOption = Annotated[
    bool, typer.Option("--allow-private", help="Also fetch from addresses of private networks and this machine.")
]


def add_taking(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command("read")(read)
    app.command("intake")(intake)
    app.command("original")(original)


def read(
    places: Annotated[
        list[str],
        typer.Argument(
            help="Addresses, folders, - for stdin, or files: .txt .html .json .jsonl .pdf .docx .csv .parquet .eml "
            ".mbox .warc .wet .wacz."
        ),
    ],
    triage: Annotated[
        bool, typer.Option("--triage/--no-triage", help="Drop at once what cannot speak of an arms transfer.")
    ] = True,
    threshold: Annotated[
        float | None,
        typer.Option("--threshold", min=0, max=1, help="How likely a sentence must speak of one; more drops more."),
    ] = None,
    columns: ColumnsOption = None,
    lists: Annotated[
        bool, typer.Option("--lists", help="The files are lists of addresses (Media Cloud, GDELT): fetch their pages.")
    ] = False,
    allow_private: PrivateOption = False,
    processes: Annotated[int, typer.Option(min=0, help="Processes that clean articles; 0: as many as fit.")] = 0,
    threads: Annotated[int, typer.Option(min=0, help="Processor threads of the reader; 0 takes what there are.")] = 0,
    ledger: LedgerOption = DEFAULT_LEDGER,
    own_names: NamesOption = None,
    lang: LanguageOption = None,
) -> None:
    """Take in articles and read their claims into the ledger. Taking in the same article again changes nothing."""
    from quellenlage.intake.original import Dropped, Skipped
    from quellenlage.intake.taking import Way, taken_from
    from quellenlage.intake.triage import THRESHOLD, Triage
    from quellenlage.reader import ModelReader
    from quellenlage.steps import Outcome, keep_weighed, may_tell, take_in

    say = spoken(lang)
    console = printer(stderr=True)
    way = Way(
        triage=Triage(THRESHOLD if threshold is None else threshold) if triage else None,
        columns=_columns(columns),
        are_lists=lists,
        allow_private=allow_private,
        processes=processes or os.cpu_count() or 1,
    )
    counts = dict.fromkeys(Outcome, 0)
    dropped: Counter[str] = Counter()
    claims = skipped = 0
    with told(), Ledger.open(ledger) as book:
        own = own_names_of(ledger, own_names)
        reader = ModelReader.load(threads=threads, own=own)
        with progress(console) as bar:
            task = bar.add_task(say.say("reading"), total=None)
            try:
                for one in taken_from(places, way, stdin=sys.stdin.buffer):
                    if isinstance(one, Skipped):
                        skipped += 1
                        console.print(say.say("skipped", where=one.where, why=one.why), style="yellow")
                    elif isinstance(one, Dropped):
                        dropped[one.look] += 1
                    elif not (book.holds(one.article.id, reader.name) or may_tell(one.article, reader, way.triage)):
                        dropped["reader"] += 1
                    else:
                        bar.update(task, description=f"{say.say('reading')}: {one.article.doc}")
                        taken = take_in(one.article, reader, book, own, one.original)
                        counts[taken.outcome] += 1
                        claims += taken.claims
                        bar.advance(task)
            except KeyboardInterrupt:
                console.print(say.say("interrupted"), style="yellow")
                raise typer.Exit(130) from None
        if not book.is_weighed():
            with console.status(say.say("weighing")):
                keep_weighed(book)
    if dropped:
        console.print(
            say.say("dropped", count=dropped.total(), **{look: dropped[look] for look in ("bytes", "text", "reader")})
        )
    known = counts[Outcome.KNOWN]
    if known and not (counts[Outcome.NEW] or counts[Outcome.READ_AGAIN] or skipped):
        console.print(say.say("nothing_new", known=known))
        return
    console.print(say.say("read_summary", new=counts[Outcome.NEW], claims=claims, known=known, skipped=skipped))
    if counts[Outcome.READ_AGAIN]:
        console.print(say.say("read_again", count=counts[Outcome.READ_AGAIN]))
    if not sum(counts.values()) and not dropped:
        raise typer.Exit(1)


def intake(
    places: Annotated[list[str], typer.Argument(help="Addresses, files, folders, or - for stdin; see read --help.")],
    explain: Annotated[
        bool, typer.Option("--explain", help="Print what each step took out or changed, and why.")
    ] = False,
    columns: ColumnsOption = None,
    allow_private: PrivateOption = False,
    lang: LanguageOption = None,
) -> None:
    """Print the clean articles of pages, files and archives, as `read` takes them in, without reading them."""
    from quellenlage.intake.original import Skipped
    from quellenlage.intake.taking import Way, explained, originals_of
    from quellenlage.intake.triage import Triage
    from quellenlage.terminal.taking import clean_article, edits_view

    say, console, errors = spoken(lang), printer(), printer(stderr=True)
    way = Way(columns=_columns(columns), allow_private=allow_private)
    seen = 0
    with told():
        for one in originals_of(places, way, stdin=sys.stdin.buffer):
            for found in (one,) if isinstance(one, Skipped) else explained(one):
                if isinstance(found, Skipped):
                    errors.print(say.say("skipped", where=found.where, why=found.why), style="yellow")
                    continue
                arrivals, edits = found
                seen += 1
                for arrival in arrivals:
                    console.print(clean_article(arrival.article, say), highlight=False)
                if explain:
                    console.print(edits_view(edits, say), highlight=False)
                    why = Triage().drops_bytes(arrivals[0].original.data) or Triage().drops_text(
                        "\n".join(arrival.article.text for arrival in arrivals)
                    )
                    console.print(say.say("triage_drops", why=why) if why else say.say("triage_keeps"), style="dim")
    if not seen:
        raise typer.Exit(1)


def original(
    article: Annotated[str, typer.Argument(help="The article's doc or id, or how one begins.")],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="A file to write; standard output without it.")
    ] = None,
    ledger: LedgerOption = DEFAULT_LEDGER,
    lang: LanguageOption = None,
) -> None:
    """Give back the bytes that an article was made of, just as they came."""
    with told(), asked(ledger) as book:
        parts = book.parts(article)
        kept = book.originals(parts[0].id if parts else book.article(article).id)
        if not kept:
            raise LedgerError(spoken(lang).say("no_original", article=article))
        if out is None:
            sys.stdout.buffer.write(kept[-1].data)
        else:
            out.write_bytes(kept[-1].data)


def _columns(written: str | None) -> Mapping[str, str]:
    """`text=Inhalt,published=Datum` as a mapping; raises `BadParameter` where it is none."""
    columns = {}
    for part in (written or "").split(","):
        if not part.strip():
            continue
        name, equals, column = part.partition("=")
        if not (equals and name.strip() and column.strip()):
            raise typer.BadParameter(f"{part!r} is not like text=Inhalt", param_hint="--columns")
        columns[name.strip()] = column.strip()
    return columns
