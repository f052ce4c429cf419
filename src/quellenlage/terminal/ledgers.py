"""The ledger as a table that a person wants to read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich import box
from rich.table import Table
from rich.text import Text

from quellenlage.domain import Article, Claim, Stage
from quellenlage.terminal.texts import Texts

STAGE_STYLES = {
    Stage.DELIVERED: "green",
    Stage.UNDERWAY: "green",
    Stage.AGREED: "cyan",
    Stage.NEGOTIATING: "yellow",
    Stage.OFFERED: "yellow",
    Stage.SOUGHT: "yellow",
    Stage.HALTED: "red",
    Stage.UNSPECIFIED: "dim",
}
ANSWER_FIELDS = ("denied_by", "confirmed_by", "no_comment_by", "unverified_by")
ANSWER_STYLES = {"denied_by": "red", "confirmed_by": "green", "no_comment_by": "yellow", "unverified_by": "magenta"}


def ledger_table(claims: Sequence[Claim], articles: Mapping[str, Article], texts: Texts) -> Table:
    """Claims as rows, in the order given; `articles` holds the article of each by its id.

    Five columns, so that words stay whole in a terminal of 80 characters.
    """
    count = len({claim.article_id for claim in claims})
    table = Table(
        title=texts.say("ledger_title", claims=len(claims), articles=count),
        caption=texts.say("ledger_note"),
        box=box.SIMPLE_HEAD,
        expand=False,
    )
    for key in ("transfer", "items", "stage", "origins", "article"):
        table.add_column(texts.say(key), overflow="fold", vertical="top")
    for claim in claims:
        article = articles[claim.article_id]
        table.add_row(
            Text(f"{parties(claim.supplier, texts)} → {parties(claim.recipient, texts)}", style="bold"),
            below(goods(claim, texts), texts.labels.quantity(claim.quantity) if claim.quantity else None),
            stage(claim, texts),
            below(origins(claim, texts), answers(claim, texts)),
            below(
                Text(article.outlet or article.doc, style="dim"),
                texts.labels.date(article.published) if article.published else None,
            ),
        )
    return table


def below(first: str | Text, second: str | Text | None) -> Text:
    """Two values of one cell, a line each; the second only where there is one."""
    lines = [part if isinstance(part, Text) else Text(part) for part in (first, second) if part]
    return Text("\n").join(lines)


def parties(identities: Iterable[str], texts: Texts) -> str:
    """The names of suppliers or recipients; says so where the text names none."""
    return ", ".join(map(texts.labels.actor, identities)) or f"({texts.say('unnamed')})"


def goods(claim: Claim, texts: Texts) -> str:
    """Item classes, and the models in brackets."""
    classes = ", ".join(map(texts.labels.item_class, claim.item_classes))
    return f"{classes} ({', '.join(claim.models)})" if claim.models else classes


def stage(claim: Claim, texts: Texts) -> Text:
    """The stage, negated where the claim is that it did not come to it; whether it is hedged, and read with doubt."""
    name = texts.labels.stage(claim.stage)
    told = Text(texts.say("negated", stage=name) if claim.negated else name, style=STAGE_STYLES[claim.stage])
    if claim.hedged:
        told.append(f"\n{texts.say('hedged_mark')}", style="dim")
    if claim.is_doubtful:
        told.append(f"\n{texts.say('doubtful_mark', confidence=f'{claim.confidence:.0%}')}", style="yellow")
    return told


def origins(claim: Claim, texts: Texts) -> Text:
    """The last hop of each chain, and by whom it was relayed."""
    told = Text()
    for chain in claim.chains:
        if told:
            told.append("\n")
        if len(chain.hops) == 1:
            told.append(texts.say("own"), style="dim")
            continue
        told.append(texts.labels.actor(chain.origin.actor))
        if relays := [texts.labels.actor(hop.actor) for hop in chain.hops[1:-1]]:
            told.append(f" ({texts.say('via')} {', '.join(relays)})", style="dim")
    return told


def answers(claim: Claim, texts: Texts) -> Text:
    """Who denies, confirms, declines or could not verify, a line each."""
    told = Text()
    for field in ANSWER_FIELDS:
        who: tuple[str, ...] = getattr(claim, field)
        if who:
            if told:
                told.append("\n")
            told.append(f"{texts.say('field_' + field)} ", style=ANSWER_STYLES[field])
            told.append(", ".join(map(texts.labels.actor, who)))
    return told
