"""The commands that care for a ledger: doctor, backup, restore, gc; no logic of their own."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from quellenlage.cli_parts import DEFAULT_LEDGER, LanguageOption, LedgerOption, spoken, told
from quellenlage.ledger import Ledger, LedgerError
from quellenlage.moments import moment_of


def add_care(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command("doctor")(look_over)
    app.command("backup")(back_up_ledger)
    app.command("restore")(restore_ledger)
    app.command("gc")(remove_from_ledger)


def look_over(
    mend: Annotated[
        bool,
        typer.Option("--mend", help="Make facets, their counts and the full-text index anew where they are wrong."),
    ] = False,
    ledger: LedgerOption = DEFAULT_LEDGER,
    lang: LanguageOption = None,
) -> None:
    """Look the ledger over: whether it is whole, and how large it is.

    Nothing is changed without --mend, which makes anew only what is derived from the rest. The exit code is 1 where
    something is wrong.
    """
    from quellenlage.terminal.caring import examination_view

    say, console = spoken(lang), Console()
    with told(), Ledger.as_found(ledger) as book, Console(stderr=True).status(say.say("doctor_looking")):
        examined = book.examine()
        wrong = [finding.check for finding in examined.findings if finding.check.is_mendable]
        if mend and wrong:
            book.mend(wrong)
            examined = book.examine()
        is_weighed = book.is_weighed() if examined.is_complete else None
    for part in examination_view(examined, is_weighed, say):
        console.print(part, highlight=False)
    if not examined.is_whole:
        raise typer.Exit(1)


def back_up_ledger(
    file: Annotated[Path, typer.Argument(help="The file to write.")],
    force: Annotated[bool, typer.Option("--force", help="Replace the file where it is there already.")] = False,
    ledger: LedgerOption = DEFAULT_LEDGER,
    lang: LanguageOption = None,
) -> None:
    """Copy the whole ledger into one file, while it is in use: as it is at this moment, or not at all."""
    from quellenlage.ledger.backup import back_up
    from quellenlage.terminal.caring import holdings, size

    say = spoken(lang)
    with told(), Console(stderr=True).status(say.say("backing_up")):
        made = back_up(ledger, file, force)
    Console().print(say.say("backed_up", path=file, size=size(made.bytes, say), holds=holdings(made.holds, say)))


def restore_ledger(
    file: Annotated[Path, typer.Argument(help="A file that `quellenlage backup` wrote.")],
    force: Annotated[
        bool, typer.Option("--force", help="Take the place of a ledger that is there; it is kept beside the new one.")
    ] = False,
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Take a backup that is not whole, unless its file is damaged.")
    ] = False,
    ledger: LedgerOption = DEFAULT_LEDGER,
    lang: LanguageOption = None,
) -> None:
    """Put a backup in the place of the ledger, after it was looked over."""
    from quellenlage.ledger.backup import NotWhole, restore
    from quellenlage.terminal.caring import finding_view, holdings

    say, console = spoken(lang), Console()
    with told():
        try:
            with Console(stderr=True).status(say.say("restoring")):
                restored = restore(file, ledger, force, anyway)
        except NotWhole as problem:
            for finding in problem.findings:
                for line in finding_view(finding, say, what_to_do=False):
                    Console(stderr=True).print(line, highlight=False)
            raise
    console.print(say.say("restored", path=file, holds=holdings(restored.holds, say)))
    if restored.kept:
        console.print(say.say("kept_beside", path=restored.kept))


def remove_from_ledger(
    readings_before: Annotated[
        str | None,
        typer.Option(
            "--readings-before",
            help="Readings that a newer one replaced before that day (its end) or time, with their claims, unless a "
            "judgement rests on one of these.",
        ),
    ] = None,
    article: Annotated[
        list[str] | None,
        typer.Option("--article", help="An article with all that rests on it: its doc or id. Can be given repeatedly."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Remove it, without asking.")] = False,
    ledger: LedgerOption = DEFAULT_LEDGER,
    lang: LanguageOption = None,
) -> None:
    """Remove what you name from the ledger for good. Without --yes it is only printed what would go.

    The ledger can then not be asked any more what it held of this at earlier times.
    """
    from quellenlage.steps import keep_weighed
    from quellenlage.terminal.caring import removal_view

    say, console = spoken(lang), Console()
    with told(), Ledger.open(ledger, create=False) as book:
        before = moment_of(readings_before, "--readings-before") if readings_before else None
        if not before and not article:
            raise LedgerError("say what is to go: --readings-before with a day, or --article with an article")
        articles = [book.article(name).id for name in article or []]
        going = book.removable(before, articles)
        for line in removal_view(going, say):
            console.print(line, highlight=False)
        if not going:
            return
        asked_for = yes or (bool(article) and sys.stdin.isatty() and typer.confirm(say.say("really_remove")))
        if not asked_for:
            console.print(say.say("nothing_removed"))
            return
        book.remove(before, articles)
        if not book.is_weighed():
            keep_weighed(book)
    console.print(say.say("removed"))
