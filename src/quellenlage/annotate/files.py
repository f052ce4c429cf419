"""Files of annotated articles, written into a folder and read from where people put them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from quellenlage.annotate import corpus_form, label_studio
from quellenlage.annotate.annotation import Annotation, BadAnnotation
from quellenlage.domain import Article, Reading
from quellenlage.intake.encoding import decode
from quellenlage.intake.unreadable import Unreadable
from quellenlage.ledger import LedgerError


@dataclass(frozen=True)
class Exported:
    """How many files were written or there already, how many spans they have not, and which articles none could hold.

    `refused` are docs with the reason.
    """

    files: int
    left_out: int
    refused: tuple[tuple[str, str], ...]


def write_corpus(read: Iterable[tuple[Article, Reading]], folder: Path, register: str) -> Exported:
    """Write articles with their readings into a folder, a file for each, named by the article's id.

    Nothing is overwritten: raises `LedgerError`, before anything is written, where there is another file of that name.
    """
    texts: dict[Path, str] = {}
    left_out = 0
    refused = []
    for article, reading in read:
        try:
            written = corpus_form.written(article, reading, register)
        except corpus_form.Unsayable as why:
            refused.append((article.doc, str(why)))
            continue
        texts[folder / f"{article.id}.txt"] = written.text
        left_out += len(written.left_out)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, text in texts.items():
            if path.exists() and path.read_bytes() != text.encode():
                raise LedgerError(
                    f"{path} is there already and says something else. `quellenlage annotate import` takes it in; "
                    "for a new one name another folder."
                )
        for path, text in texts.items():
            path.write_bytes(text.encode())
    except OSError as problem:
        raise LedgerError(f"{folder} cannot be written to ({problem.strerror}); name a folder that can") from None
    return Exported(len(texts), left_out, tuple(refused))


@dataclass(frozen=True)
class Handed:
    """The annotations of some files, and how many tasks nobody has annotated yet."""

    annotations: tuple[Annotation, ...]
    open_tasks: int


def read_annotations(paths: Sequence[Path]) -> Handed:
    """The annotations of files and folders: corpus files, and exports of Label Studio (`.json`).

    Raises `BadAnnotation` with all mistakes of all files.
    """
    annotations: list[Annotation] = []
    mistakes: list[str] = []
    open_tasks = 0
    for path in _files(paths, mistakes):
        try:
            raw = decode(path.read_bytes(), str(path))
            if path.suffix.lower() == ".json":
                tasks = label_studio.parsed(raw, str(path))
                annotations += tasks.annotations
                open_tasks += tasks.open_tasks
            else:
                annotations.append(corpus_form.parsed(raw, str(path)))
        except BadAnnotation as error:
            mistakes += error.mistakes
        except Unreadable as error:
            mistakes.append(str(error))
        except OSError as problem:
            mistakes.append(f"{path}: cannot be opened ({problem.strerror}); check the path and its permissions")
    if mistakes:
        raise BadAnnotation(mistakes)
    return Handed(tuple(annotations), open_tasks)


def _files(paths: Sequence[Path], mistakes: list[str]) -> Iterator[Path]:
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        found = sorted(
            one
            for one in path.iterdir()
            if one.suffix.lower() in (".txt", ".json") and not one.name.startswith(".") and one.is_file()
        )
        if not found:
            mistakes.append(f"{path}: there is no annotated article (.txt) and no export of Label Studio (.json) in it")
        yield from found
