"""One article in the terminal: its text with the spans marked, and its claims, each field with its words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from quellenlage.domain import Article, Claim, Evidence, Reading, SpanType
from quellenlage.terminal.ledgers import answers, goods, origins, parties, stage
from quellenlage.terminal.texts import Texts

SPAN_STYLES = {
    SpanType.ACTOR: "bold blue",
    SpanType.ITEM: "bold green",
    SpanType.QUANTITY: "green",
    SpanType.AMOUNT: "green",
    SpanType.TIME: "cyan",
    SpanType.PLACE: "cyan",
    SpanType.TRIGGER: "bold red",
    SpanType.RETURN: "bold yellow",
    SpanType.CUE: "bold magenta",
    SpanType.HEDGE: "italic yellow",
}


NUMBER = 8
"""How much of a claim's number is printed; so much tells it apart among billions."""


def article_view(article: Article, reading: Reading | None, claims: Sequence[Claim], texts: Texts) -> RenderableType:
    """The article's head, its marked text, the statements and the claims."""
    head = Text(article.title or article.doc, style="bold")
    about = [article.outlet, publication(article, texts), article.url, article.id]
    parts: list[RenderableType] = [head, Text(" · ".join(filter(None, about)), style="dim"), Text()]
    if reading is None:
        return Group(*parts, Text(article.text), Text(), Text(texts.say("not_read"), style="yellow"))
    parts += [marked(article, reading, texts), Text(), legend(texts), Text()]
    heading = texts.say("claims_heading", count=len(claims)) if claims else texts.say("no_claims_here")
    parts.append(Rule(heading, align="left", style="dim"))
    for number, claim in enumerate(claims, start=1):
        parts += [Text(), claim_view(number, claim, texts)]
    return Group(*parts)


def publication(article: Article, texts: Texts) -> str:
    """When the article was published, and by which words where that was worked out."""
    if not article.published:
        return texts.say("undated")
    day = texts.labels.date(article.published)
    return texts.say("dated_by", date=day, words=article.dated_by) if article.dated_by else day


def marked(article: Article, reading: Reading, texts: Texts) -> Text:
    """The text with its spans in colour; the stance of every cue stands behind it."""
    stances = {s.cue: texts.labels.stance(s.stance) for s in reading.statements}
    told = Text()
    at = 0
    for span in sorted(reading.spans):
        told.append(article.text[at : span.start])
        told.append(span.text, style=SPAN_STYLES[span.type])
        if span in stances:
            told.append(f"⟨{stances[span]}⟩", style="magenta")
        at = span.end
    told.append(article.text[at:])
    return told


def legend(texts: Texts) -> Text:
    """Which colour marks what."""
    told = Text(texts.say("legend") + " ", style="dim")
    for type, style in SPAN_STYLES.items():
        told.append(texts.labels.span(type), style=style)
        told.append("  ")
    return told


def claim_view(number: int, claim: Claim, texts: Texts) -> RenderableType:
    """One claim: a line that sums it up, then every field with the words it rests on."""
    first = Text(f"{number}. ", style="bold")
    first.append(f"{parties(claim.supplier, texts)} → {parties(claim.recipient, texts)}: ", style="bold")
    first.append(goods(claim, texts) + " · ")
    first.append(Text(" ").join(stage(claim, texts).split("\n")))
    read = f"{texts.say('confidence')} {claim.confidence:.0%}"
    first.append(f" · {texts.say(f'verdict_{claim.verdict.value}') if claim.verdict else read}", style="dim")
    first.append(f" · {claim.id[:NUMBER]}", style="cyan")
    lines: list[RenderableType] = [first]
    for summary in (origins(claim, texts), answers(claim, texts)):
        if summary:
            lines.append(Padding(summary, (0, 0, 0, 3)))
    for field, entries in groupby(sorted(claim.evidence, key=lambda e: e.field), key=lambda e: e.field):
        lines.append(Padding(evidence_line(field, list(entries), texts), (0, 0, 0, 3)))
    return Group(*lines)


def evidence_line(field: str, entries: Sequence[Evidence], texts: Texts) -> Text:
    """A field and its words, with their places in the text."""
    told = Text(f"{texts.say('field_' + field)}: ", style="dim")
    for n, entry in enumerate(sorted(entries, key=lambda e: e.start)):
        told.append(", " if n else "")
        told.append(f"»{entry.text.strip()}«")
        told.append(f" {entry.start}–{entry.end}", style="dim")
        if entry.rule:
            told.append(f" ({texts.say('rule', rule=texts.labels.rule(entry.rule))})", style="dim")
    return told
