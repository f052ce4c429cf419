"""Scores against an answer sheet as a table, and hit by hit."""

from __future__ import annotations

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from quellenlage.score import Scores
from quellenlage.terminal.texts import Texts


def score_table(scores: Scores, texts: Texts, verbose: bool = False) -> RenderableType:
    """The measures as a table; `verbose` lists every hit, miss and false alarm above it."""
    table = Table(box=box.SIMPLE_HEAD)
    for key in ("measure", "precision", "recall", "f1", "counts"):
        table.add_column(texts.say(f"score_{key}"), justify="left" if key == "measure" else "right")
    lists: list[RenderableType] = []
    for name in ("pairs", "triples", "stages", "sources", "quantities"):
        tally = getattr(scores, name)
        counts = f"{len(tally.hits)} / {len(tally.misses)} / {len(tally.false_alarms)}"
        title = texts.say(f"score_{name}")
        if name in ("stages", "quantities"):
            table.add_row(title, "", f"{tally.recall:.3f}", "", counts)
        else:
            table.add_row(title, f"{tally.precision:.3f}", f"{tally.recall:.3f}", f"{tally.f1:.3f}", counts)
        lists.append(Text(title, style="bold"))
        for kind, style, entries in (
            ("hit", "green", tally.hits),
            ("miss", "yellow", tally.misses),
            ("false_alarm", "red", tally.false_alarms),
        ):
            lists += [Text(f"  {texts.say(kind)}: {entry}", style=style) for entry in entries]
    fields = f"{scores.fields_with_evidence} / {scores.fields - scores.fields_with_evidence} /"
    table.add_row(texts.say("score_evidence"), "", f"{scores.evidence:.3f}", "", fields)
    parts: list[RenderableType] = [*lists, table] if verbose else [table]
    if scores.unread:
        parts.append(Text(texts.say("score_unread", docs=", ".join(scores.unread)), style="yellow"))
    return Group(*parts)
