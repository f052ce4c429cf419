"""What the lists do not know, and what is wrong with them, as tables."""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.table import Table
from rich.text import Text

from quellenlage.names.checking import Problem
from quellenlage.names.unknown import Unknown
from quellenlage.terminal.texts import Texts


def unknown_table(unknown: Sequence[Unknown], texts: Texts) -> Table:
    """Unknown words as rows, in the order given, each with the places where it stands."""
    table = Table(
        title=texts.say("unknown_title", count=len(unknown)), caption=texts.say("unknown_note"), box=box.SIMPLE_HEAD
    )
    for key in ("unknown_words", "unknown_type", "unknown_count", "unknown_examples"):
        table.add_column(
            texts.say(key), overflow="fold", vertical="top", justify="right" if key.endswith("count") else "left"
        )
    for entry in unknown:
        places = Text("\n").join(
            Text.assemble(f"{example.doc}: … {example.before} ", (example.words, "bold"), f" {example.after} …")
            for example in entry.examples
        )
        table.add_row(Text(entry.words, style="bold"), texts.say(f"type_{entry.type.value}"), str(entry.count), places)
    return table


def problems_table(problems: Sequence[Problem], texts: Texts) -> Table:
    """Problems of the lists as rows."""
    table = Table(title=texts.say("problems_title", count=len(problems)), box=box.SIMPLE_HEAD, show_header=False)
    for problem in problems:
        table.add_row(f"{problem.file}:{problem.line}" if problem.line else problem.file, problem.what)
    return table
