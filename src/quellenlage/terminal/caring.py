"""What was found in a ledger that was looked over, what a backup holds, and what would be removed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from babel.numbers import format_decimal
from rich import box
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from quellenlage.ledger.collecting import Removal
from quellenlage.ledger.doctor import Check, Examination, Finding, Size
from quellenlage.terminal.texts import Texts

_UNITS = ("B", "kB", "MB", "GB", "TB")


def examination_view(examined: Examination, is_weighed: bool | None, texts: Texts) -> Iterator[RenderableType]:
    """What was looked at, the sizes, and what is wrong with what to do, if anything is."""
    yield _checks(examined, is_weighed, texts)
    if examined.sizes:
        yield _sizes(examined, texts)
    for finding in examined.findings:
        yield from finding_view(finding, texts)
    if examined.is_whole:
        yield Text(texts.say("doctor_whole"), style="green")


def finding_view(finding: Finding, texts: Texts, what_to_do: bool = True) -> Iterator[RenderableType]:
    """What is wrong, examples, and what to do."""
    yield Text(f"{texts.say(f'check_{finding.check}')}: {finding.count}", style="red")
    for example in finding.examples:
        yield Padding(Text(example, style="dim"), (0, 0, 0, 2))
    if finding.count > len(finding.examples):
        yield Padding(Text("…", style="dim"), (0, 0, 0, 2))
    if what_to_do:
        todo = "mend" if finding.check.is_mendable else finding.check
        yield Padding(Text(f"→ {texts.say(f'todo_{todo}')}"), (0, 0, 0, 2))


def removal_view(going: Sequence[Removal], texts: Texts) -> Iterator[RenderableType]:
    """What is to go, a line each kind, with the names of articles."""
    for removal in going:
        counts = {
            "articles": len(removal.articles),
            "readings": len(removal.readings),
            "claims": len(removal.claims),
            "judgements": len(removal.judgements),
        }
        told = ", ".join(texts.counted(what, count) for what, count in counts.items() if count)
        yield Text(texts.say("would_go_articles" if removal.articles else "would_go_readings", what=told))
        for article in removal.articles:
            yield Padding(Text(f"{article.doc} ({article.id})", style="dim"), (0, 0, 0, 2))
        if removal.shortened:
            yield Text(texts.say("would_be_shortened", count=len(removal.shortened)))
    if not going:
        yield Text(texts.say("nothing_to_remove"))


def holdings(holds: Mapping[str, int], texts: Texts) -> str:
    """What a ledger holds: "5 articles, 6 readings, 12 claims, one judgement"."""
    return ", ".join(texts.counted(f"{table}s", count) for table, count in holds.items())


def size(bytes: int, texts: Texts) -> str:
    """So many bytes, in the largest unit of which there is one."""
    value, unit = float(bytes), 0
    while value >= 1000 and unit < len(_UNITS) - 1:
        value, unit = value / 1000, unit + 1
    digits = 0 if unit == 0 or value >= 100 else 1
    return f"{_number(round(value, digits), texts)} {_UNITS[unit]}"


def _checks(examined: Examination, is_weighed: bool | None, texts: Texts) -> Table:
    found = {finding.check: finding for finding in examined.findings}
    table = Table(title=texts.say("doctor_title"), box=box.SIMPLE_HEAD)
    table.add_column(texts.say("doctor_check"))
    table.add_column(texts.say("doctor_result"))
    for check in Check:
        if check in found:
            result = Text(texts.say("doctor_wrong", count=found[check].count), style="red")
        elif check not in examined.looked_at:
            result = Text(texts.say("doctor_not_looked_at"), style="dim")
        elif check is Check.SCHEMA:
            result = Text(f"{texts.say('doctor_sound')} ({examined.schema})", style="green")
        else:
            result = Text(texts.say("doctor_sound"), style="green")
        table.add_row(texts.say(f"check_{check}"), result)
    if is_weighed is not None:
        told = texts.say("doctor_weighed" if is_weighed else "doctor_not_weighed")
        table.add_row(texts.say("doctor_weighing"), told)
    return table


def _sizes(examined: Examination, texts: Texts) -> Table:
    table = Table(box=box.SIMPLE_HEAD)
    table.add_column(texts.say("doctor_table"))
    table.add_column(texts.say("doctor_rows"), justify="right")
    table.add_column(texts.say("doctor_size"), justify="right")
    for one in (*examined.sizes, *_total(examined.sizes)):
        name = texts.say("doctor_total") if one.table == "" else one.table
        table.add_row(name, _number(one.rows, texts), "–" if one.bytes is None else size(one.bytes, texts))
    if examined.log is not None:
        table.add_row(texts.say("doctor_log"), "", size(examined.log, texts))
    return table


def _total(sizes: tuple[Size, ...]) -> Iterator[Size]:
    measured = [one.bytes for one in sizes if one.bytes is not None]
    yield Size("", sum(one.rows for one in sizes), sum(measured) if measured else None)


def _number(value: float, texts: Texts) -> str:
    return str(format_decimal(value, locale=texts.labels.language))
