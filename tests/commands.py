"""The commands, called within this process."""

from __future__ import annotations

from pathlib import Path

from click.testing import Result
from typer.testing import CliRunner

from quellenlage.cli import app


def call(ledger: str | Path, *words: str | Path, lang: str = "en", typed: str | None = None) -> Result:
    """What a command does with a ledger."""
    environment = {"QUELLENLAGE_LANG": lang, "QUELLENLAGE_LEDGER": str(ledger), "COLUMNS": "200", "NO_COLOR": "1"}
    return CliRunner(env=environment).invoke(app, list(map(str, words)), input=typed)


def said(done: Result) -> str:
    """What a command said, without the ends of lines, which hang on the length of paths."""
    return " ".join(done.output.split())
