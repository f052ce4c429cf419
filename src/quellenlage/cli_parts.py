"""What the commands share: their options, the user's language and names, and how errors and files are handled."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, BinaryIO, TextIO

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from quellenlage.domain import Article
from quellenlage.labels import LANGUAGES
from quellenlage.ledger import Ledger, LedgerError
from quellenlage.moments import moment_of
from quellenlage.names.own import FILE, NOTHING, OwnNames, OwnNamesError, read_own
from quellenlage.terminal import Texts, texts

LedgerOption = Annotated[
    str,
    typer.Option("--ledger", envvar="QUELLENLAGE_LEDGER", help="The ledger: a file, or a database address."),
]
LanguageOption = Annotated[
    str | None,
    typer.Option("--lang", envvar="QUELLENLAGE_LANG", help="de or en; by default the language of the terminal."),
]
OutOption = Annotated[Path | None, typer.Option("--out", "-o", help="A file to write; standard output without it.")]
NamesOption = Annotated[
    Path | None,
    typer.Option(
        "--names", envvar="QUELLENLAGE_NAMES", help="Your own names; names.yaml beside the ledger without it."
    ),
]
AsOfOption = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        help="What the ledger held at that time: a day like 2026-03-01 (its end), or a time like 2026-03-01T09:00.",
    ),
]
DEFAULT_LEDGER = "quellenlage.db"


def own_names_of(ledger: str, file: Path | None) -> OwnNames:
    """The user's own names: those of `file`, else of the names.yaml in the ledger's folder, else none."""
    from quellenlage.names import items

    beside = Path(ledger).parent / FILE if "://" not in ledger else None
    path = file or (beside if beside and beside.is_file() else None)
    return read_own(path, frozenset(items.classes())) if path else NOTHING


def head_of(article: Article) -> dict[str, object]:
    """What tells of which article a claim is."""
    return {"doc": article.doc, "published": article.published, "outlet": article.outlet}


def spoken(language: str | None) -> Texts:
    """The texts of a language, of the terminal's where none is named; English where there are none for that."""
    chosen = language or next((os.environ[v][:2] for v in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(v)), "en")
    if language and language not in LANGUAGES:
        raise typer.BadParameter(f"{language!r} is none of {', '.join(LANGUAGES)}", param_hint="--lang")
    return texts(chosen if chosen in LANGUAGES else "en")


def printer(*, stderr: bool = False) -> Console:
    """A console that prints words as they are: files and articles may hold what Rich would take for its markup."""
    return Console(stderr=stderr, markup=False)


@contextmanager
def told() -> Iterator[None]:
    """Turn errors that the user can mend into a message and exit code 2."""
    from quellenlage.reader.model import ModelError
    from quellenlage.score import SheetError

    try:
        yield
    except (LedgerError, ModelError, OwnNamesError, SheetError) as problem:
        printer(stderr=True).print(str(problem), style="red")
        raise typer.Exit(2) from None
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(0) from None


@contextmanager
def asked(ledger: str, as_of: str | None = None) -> Iterator[Ledger]:
    """A ledger that is there, to be asked: as it is, or as of a moment. Raises `LedgerError` where it is none."""
    with Ledger.open(ledger, create=False) as book:
        yield book.at(moment_of(as_of, "--as-of") if as_of else None)


@contextmanager
def writing(path: Path | None, say: Texts, what: str) -> Iterator[TextIO]:
    """Standard output, or a file that appears whole or not at all."""
    if path is None:
        yield sys.stdout
        return
    with _appearing(path, say, what) as part, part.open("w", encoding="utf-8") as stream:
        yield stream


@contextmanager
def writing_bytes(path: Path, say: Texts, what: str) -> Iterator[BinaryIO]:
    """A file of bytes that appears whole or not at all."""
    with _appearing(path, say, what) as part, part.open("wb") as stream:
        yield stream


@contextmanager
def _appearing(path: Path, say: Texts, what: str) -> Iterator[Path]:
    """A file to write, which takes the place of `path` once all is written."""
    part = path.with_name(path.name + ".part")
    try:
        yield part
        part.replace(path)
    except OSError as problem:
        raise LedgerError(f"{path} cannot be written ({problem.strerror}); name a file in a folder that can") from None
    finally:
        part.unlink(missing_ok=True)
    printer(stderr=True).print(say.say("written", what=what, path=path))


def progress(console: Console) -> Progress:
    """A line that shows what is being read."""
    what, count = (TextColumn(words, markup=False) for words in ("{task.description}", "{task.completed}"))
    return Progress(SpinnerColumn(), what, BarColumn(), count, TimeElapsedColumn(), console=console, transient=True)
