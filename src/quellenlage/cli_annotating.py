"""The commands by which readings and judgements go out to people and come back, and ledgers into one; no logic."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from quellenlage.cli_judging import PersonOption, whoever
from quellenlage.cli_parts import (
    DEFAULT_LEDGER,
    AsOfOption,
    LanguageOption,
    LedgerOption,
    NamesOption,
    OutOption,
    asked,
    own_names_of,
    progress,
    spoken,
    told,
    writing,
)
from quellenlage.ledger import Ledger, LedgerError
from quellenlage.steps import keep_weighed
from quellenlage.terminal import Texts


def add_annotating(app: typer.Typer, judge: typer.Typer, export: typer.Typer) -> None:
    """Add these commands to the program, to its judgements and to its exports."""
    annotate = typer.Typer(
        no_args_is_help=True,
        help="Let people correct what was read: write readings as annotated articles, and take back in what they made "
        "of them.",
    )
    annotate.command("export")(export_annotations)
    annotate.command("import")(import_annotations)
    annotate.command("label-config")(print_label_config)
    app.add_typer(annotate, name="annotate")
    app.command("merge-ledger")(merge_ledger)
    judge.command("import")(import_judgements)
    export.command("judgements")(export_judgements)


def export_annotations(
    articles: Annotated[
        list[str] | None, typer.Argument(help="Articles by their doc or id, or how one begins; all without it.")
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="A folder for corpus files, one an article.")] = None,
    label_studio: Annotated[
        Path | None, typer.Option("--label-studio", help="A file for tasks of Label Studio (JSON).")
    ] = None,
    doubtful: Annotated[
        int, typer.Option("--doubtful", min=0, help="Only so many articles whose claims were read least surely.")
    ] = 0,
    register: Annotated[
        str, typer.Option(help="Which kind of text it is in the corpus: agency, quality, tabloid, regional, …")
    ] = "quality",
    ledger: LedgerOption = DEFAULT_LEDGER,
    lang: LanguageOption = None,
) -> None:
    """Write articles with their current readings for people to correct and for training.

    Corpus files have the form of corpus/GUIDE.md. Tasks of Label Studio have the reading as a prediction; `annotate
    label-config` prints the configuration of the project. Files that are there already are not overwritten.
    """
    from quellenlage.annotate.choosing import doubtful as choose_doubtful
    from quellenlage.annotate.choosing import read_articles, surety_of
    from quellenlage.annotate.corpus_form import REGISTERS
    from quellenlage.annotate.files import write_corpus
    from quellenlage.annotate.label_studio import write_tasks

    say, console = spoken(lang), Console(stderr=True)
    with told(), asked(ledger) as book:
        if (out is None) == (label_studio is None):
            raise LedgerError("name a folder with --out, or a file with --label-studio")
        if register not in REGISTERS:
            raise LedgerError(f"{register!r} is no register; write one of {', '.join(REGISTERS)}")
        if doubtful and articles:
            raise LedgerError("name articles, or ask for doubtful ones with --doubtful, and not both")
        chosen = choose_doubtful(book, doubtful) if doubtful else articles or []
        read = read_articles(book, chosen) if chosen or not doubtful else []
        if label_studio is not None:
            with writing(label_studio, say, say.counted("tasks", len(read))) as stream:
                write_tasks(read, surety_of(book), stream)
            return
        assert out is not None
        written = write_corpus(read, out, register)
    console.print(say.say("written", what=say.counted("annotated", written.files), path=out), highlight=False)
    if written.left_out:
        console.print(say.say("left_out_spans", count=written.left_out), style="yellow")
    for doc, why in written.refused:
        console.print(say.say("skipped", where=doc, why=why), style="yellow", markup=False)


def import_annotations(
    paths: Annotated[list[Path], typer.Argument(help="Corpus files, exports of Label Studio (.json), or folders.")],
    person: Annotated[str, typer.Option("--by", help="Who annotated; your login name without it.")] = "",
    ledger: LedgerOption = DEFAULT_LEDGER,
    own_names: NamesOption = None,
    lang: LanguageOption = None,
) -> None:
    """Take annotated articles in as readings that a person made, with their claims.

    A person's reading becomes the current one of its article, and stays so when a program reads the article again. All
    files are checked first; where one is wrong nothing changes. Handing in the same again changes nothing.
    """
    from quellenlage.annotate.files import read_annotations
    from quellenlage.annotate.recording import record

    say, console = spoken(lang), Console(stderr=True)
    with told():
        handed = read_annotations(paths)
        with Ledger.open(ledger, create=False) as book:
            recorded = record(handed.annotations, whoever(person), book, own_names_of(ledger, own_names))
            _weigh(book, say, console)
    console.print(
        say.say("annotations_taken_in", new=recorded.new, claims=recorded.claims, known=recorded.known),
        highlight=False,
    )
    if handed.open_tasks:
        console.print(say.say("open_tasks", count=handed.open_tasks))


def print_label_config(lang: LanguageOption = None) -> None:
    """Print the labelling configuration for a project of Label Studio (XML), to be pasted into its settings."""
    from quellenlage.annotate.label_studio import label_config

    typer.echo(label_config(spoken(lang).labels), nl=False)


def merge_ledger(
    other: Annotated[str, typer.Argument(help="Another ledger: a file, or a database address.")],
    ledger: LedgerOption = DEFAULT_LEDGER,
    lang: LanguageOption = None,
) -> None:
    """Take into this ledger all that another one holds: articles, readings, claims, judgements; nothing is doubled.

    The other is only read (and brought to the newest form first, where an older version made it). Everything keeps its
    moments: who judged when, and from when until when a claim was held. Of an article that both have read this ledger's
    history stays as it is; where the same reader has read it in both, the own reading stays, and else a person's is
    current before a program's, the newer before the older. Ledgers in files and in PostgreSQL go into one another.
    Doing it again changes nothing; where it was interrupted, the same command goes on.
    """
    from quellenlage.ledger.merging import merge

    say, console = spoken(lang), Console(stderr=True)
    with told(), Ledger.open(other, create=False) as theirs, Ledger.open(ledger) as book:
        try:
            with progress(console) as bar:
                task = bar.add_task(say.say("merging"), total=None)

                def hear(doc: str) -> None:
                    bar.update(task, description=f"{say.say('merging')}: {doc}", advance=1)

                merged = merge(book, theirs, hear)
        except KeyboardInterrupt:
            console.print(say.say("merging_interrupted"), style="yellow")
            raise typer.Exit(130) from None
        _weigh(book, say, console)
    if merged.is_nothing:
        console.print(say.say("merged_nothing", known=merged.known))
    else:
        console.print(
            say.say(
                "merged",
                articles=merged.articles,
                readings=merged.readings,
                judgements=merged.judgements,
                known=merged.known,
            )
        )
    if merged.spaced_otherwise:
        docs = ", ".join(merged.spaced_otherwise)
        console.print(say.say("spaced_otherwise", docs=docs), style="yellow", markup=False)


def import_judgements(
    file: Annotated[Path, typer.Argument(help="A table (CSV), as `quellenlage export judgements` writes it.")],
    person: PersonOption = "",
    ledger: LedgerOption = DEFAULT_LEDGER,
    lang: LanguageOption = None,
) -> None:
    """Make the judgements of a table (CSV), a row each.

    Columns: kind (accept, reject, correct, merge, split, identify), claim (a number, or how it begins), deal, articles,
    field, value, name, actor, person, note. accept and reject need claim; correct claim, field, value; merge two deals
    under deal; split deal and articles; identify name and actor. Several in a cell are separated by semicolons. The
    whole table is checked first; where a line is wrong nothing changes. The same table again changes nothing, even
    where a judgement was taken back since.
    """
    from quellenlage.annotate.judgement_csv import checked, table_of

    say, console = spoken(lang), Console(stderr=True)
    with told(), Ledger.open(ledger, create=False) as book:
        table = checked(table_of(file), str(file), book, whoever(person))
        if table.new:
            book.keep_log(table.new)
        _weigh(book, say, console)
    console.print(say.say("judgements_taken_in", new=len(table.new), known=table.known))


def export_judgements(
    ledger: LedgerOption = DEFAULT_LEDGER, out: OutOption = None, as_of: AsOfOption = None, lang: LanguageOption = None
) -> None:
    """Write all judgements as a table (CSV), those that were taken back too, as `judge import` reads it."""
    from quellenlage.annotate.judgement_csv import write_log

    with told(), asked(ledger, as_of) as book, writing(out, spoken(lang), "judgements") as stream:
        write_log(book, stream)


def _weigh(book: Ledger, say: Texts, console: Console) -> None:
    """Weigh anew where something has come."""
    if not book.is_weighed():
        with console.status(say.say("weighing")):
            keep_weighed(book)
