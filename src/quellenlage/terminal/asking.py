"""What was found, and what has changed, in the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from quellenlage.changed_since import Differences
from quellenlage.domain import Article, Claim
from quellenlage.ledger.searching import Hit, Hits, Snippet
from quellenlage.terminal.articles import publication
from quellenlage.terminal.judging import judgement_line
from quellenlage.terminal.ledgers import answers, goods, parties, stage
from quellenlage.terminal.texts import Texts
from quellenlage.terminal.weighing import changed_line

SHOWN_CLAIMS = 3


def hits_view(found: Hits, texts: Texts) -> RenderableType:
    """The articles that were found, each with its words and its first claims, and how many there are."""
    count = texts.say("more_than", count=f"{found.count:,}") if found.more else texts.counted("found", found.count)
    return Group(*(_hit(hit, texts) for hit in found.hits), Text(count, style="dim"))


def differences_view(found: Differences, articles: Mapping[str, Article], texts: Texts) -> Iterator[RenderableType]:
    """What is new, changed, denied and merged, a heading and lines for each that there is."""
    doc = {id: article.doc for id, article in articles.items()}
    parts: list[tuple[str, list[RenderableType]]] = [
        ("diff_articles", [Text(f"{article.doc}, {publication(article, texts)}") for article in found.articles]),
        ("diff_claims", [_claim(claim, doc, texts) for claim in found.claims]),
        ("diff_gone", [_claim(claim, doc, texts) for claim in found.gone]),
        ("diff_denied", [_claim(claim, doc, texts) for claim in found.denied]),
        ("diff_deals", [Text(changed_line(change, texts)) for change in found.deals]),
        ("diff_judgements", [judgement_line(one, doc, texts) for one in found.judgements]),
    ]
    for heading, lines in parts:
        if lines:
            yield Text(f"{texts.say(heading)} ({len(lines)})", style="bold")
            yield from (Padding(line, (0, 0, 0, 2)) for line in lines)


def _hit(hit: Hit, texts: Texts) -> RenderableType:
    head = Text(hit.article.title or hit.article.doc, style="bold")
    head.append(f"  {hit.article.doc}, {publication(hit.article, texts)}", style="dim")
    lines: list[RenderableType] = [Padding(_snippet(hit.snippet), (0, 0, 0, 2))]
    for claim in hit.claims[:SHOWN_CLAIMS]:
        lines.append(Padding(_claim(claim, {}, texts), (0, 0, 0, 2)))
    if len(hit.claims) > SHOWN_CLAIMS:
        more = texts.say("more_claims", count=len(hit.claims) - SHOWN_CLAIMS)
        lines.append(Padding(Text(more, style="dim"), (0, 0, 0, 2)))
    return Group(head, *lines, Text())


def _snippet(snippet: Snippet) -> Text:
    told = Text(" ".join(snippet.text.split("\n")))
    for start, end in snippet.marks:
        told.stylize("bold yellow", start, end)
    return told


def _claim(claim: Claim, doc: Mapping[str, str], texts: Texts) -> Text:
    told = Text(f"{parties(claim.supplier, texts)} → {parties(claim.recipient, texts)}: ", style="bold")
    told.append(goods(claim, texts) + " · ")
    told.append(Text(" ").join(stage(claim, texts).split("\n")))
    if said := answers(claim, texts):
        told.append(" · ").append(Text(", ").join(said.split("\n")))
    if claim.article_id in doc:
        told.append(f" · {doc[claim.article_id]}", style="dim")
    return told
