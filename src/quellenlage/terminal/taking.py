"""What came of an intake: the clean article with what its page says of itself, and what was done to get it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from rich.console import Group, RenderableType
from rich.rule import Rule
from rich.text import Text

from quellenlage.domain import Article
from quellenlage.intake.edits import Edit
from quellenlage.terminal.texts import Texts

_LONGEST = 160


def clean_article(article: Article, texts: Texts) -> RenderableType:
    """What is known of an article, and its text with datelines and ages dimmed."""
    paywalled = {None: None, True: texts.say("paywalled"), False: texts.say("free_to_read")}[article.paywalled]
    about = {
        "doc": article.doc,
        "outlet": article.outlet,
        "published": article.published,
        "updated": article.updated,
        "authors": ", ".join(article.authors),
        "credits": ", ".join(article.credits),
        "url": article.url,
        "language": article.language,
        "paywall": paywalled,
    }
    lines = [
        Text.assemble((f"{texts.say(f'intake_{name}')}: ", "dim"), str(value)) for name, value in about.items() if value
    ]
    body = Text(article.text)
    for mark in article.marks:
        body.stylize("dim", mark.start, mark.end)
    return Group(Rule(article.title or article.doc, align="left"), *lines, Text(), body, Text())


def edits_view(edits: Sequence[Edit], texts: Texts) -> RenderableType:
    """What each step took out or changed, and why."""
    if not edits:
        return Text(texts.say("no_edits"), style="dim")
    lines: list[RenderableType] = [Rule(texts.say("edits_heading", count=len(edits)), align="left", style="dim")]
    for (step, why), done in groupby(edits, key=lambda edit: (edit.step, edit.why)):
        lines.append(Text.assemble((step, "bold"), (f" – {why}", "dim")))
        lines += [Text(_told(edit)) for edit in done]
    return Group(*lines)


def _told(edit: Edit) -> str:
    return f"  − {_short(edit.words)}" if not edit.became else f"  {_short(edit.words)} → {_short(edit.became)}"


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
