"""The commands of the weighing: deals, stories, why, weigh; no logic of their own."""

from __future__ import annotations

import json
from difflib import get_close_matches
from typing import Annotated

import typer
from rich.console import Console

from quellenlage.cli_parts import (
    DEFAULT_LEDGER,
    AsOfOption,
    LanguageOption,
    LedgerOption,
    OutOption,
    asked,
    spoken,
    told,
    writing,
)
from quellenlage.domain import Claim
from quellenlage.ledger import Ledger, LedgerError
from quellenlage.steps import Weighed, keep_weighed, weighed
from quellenlage.terminal import Texts
from quellenlage.weigh.deals import share_a_pair
from quellenlage.weigh.weighing import Deal

DealArgument = Annotated[
    str, typer.Argument(help="The deal's name, as `quellenlage deals` prints it, or how it begins.")
]


def add_weighing(app: typer.Typer, export: typer.Typer) -> None:
    """Add these commands to the program and to its exports."""
    for command in (deals, deal, story, why):
        app.command(command.__name__)(command)
    app.command("weigh")(weigh_anew)
    export.command("weighing")(export_weighing)


def deals(
    doubtful: Annotated[bool, typer.Option("--doubtful", help="Those as well that were not read surely.")] = False,
    ledger: LedgerOption = DEFAULT_LEDGER,
    as_of: AsOfOption = None,
    lang: LanguageOption = None,
) -> None:
    """Print the deals that the claims add up to, those with the most articles first."""
    from quellenlage.terminal.weighing import deals_table

    with told(), asked(ledger, as_of) as book:
        all_of_it = weighed(book)
    every = all_of_it.weighing.largest_first
    listed = [deal for deal in every if doubtful or not deal.is_doubtful]
    say = spoken(lang).with_names(all_of_it.names)
    console = Console()
    console.print(deals_table(listed, say) if listed else say.say("no_deals"))
    if left_out := len(every) - len(listed):
        console.print(say.say("doubtful_left_out", deals=say.counted("deals", left_out)))


def deal(
    name: DealArgument, ledger: LedgerOption = DEFAULT_LEDGER, as_of: AsOfOption = None, lang: LanguageOption = None
) -> None:
    """Print all of one deal: standing, tree of origins, timeline, contradictions, drift, and the words."""
    from quellenlage.terminal.weighing import deal_view

    say = spoken(lang)
    with told(), asked(ledger, as_of) as book:
        all_of_it = weighed(book)
        found = deal_called(name, all_of_it, say)
    Console().print(deal_view(found, all_of_it, say.with_names(all_of_it.names)))


def story(
    article: Annotated[str, typer.Argument(help="An article of the story: its doc or id, or how one begins.")],
    ledger: LedgerOption = DEFAULT_LEDGER,
    as_of: AsOfOption = None,
    lang: LanguageOption = None,
) -> None:
    """Print the story that an article belongs to: its articles, who copied whom, and what joins them."""
    from quellenlage.terminal.weighing import story_view

    with told(), asked(ledger, as_of) as book:
        found = book.article(article)
        all_of_it = weighed(book)
    own = next(one for one in all_of_it.weighing.stories if found.id in one.articles)
    Console().print(story_view(own, all_of_it, spoken(lang)))


def why(
    one: Annotated[str, typer.Argument(help="An article: its doc or id, or how one begins.")],
    other: Annotated[str, typer.Argument(help="Another article.")],
    ledger: LedgerOption = DEFAULT_LEDGER,
    as_of: AsOfOption = None,
    lang: LanguageOption = None,
) -> None:
    """Print why two articles are of one story or not, and their claims of one deal and one origin or not."""
    from quellenlage.terminal.weighing import why_articles, why_claims

    say, console = spoken(lang), Console()
    with told(), asked(ledger, as_of) as book:
        first, second = book.article(one), book.article(other)
        all_of_it = weighed(book)
    say = say.with_names(all_of_it.names)
    console.print(why_articles(first, second, all_of_it, say))
    for mine in claims_of(first.id, all_of_it):
        for theirs in claims_of(second.id, all_of_it):
            if share_a_pair(mine, theirs):
                console.print(why_claims(mine, theirs, all_of_it, say))


def weigh_anew(ledger: LedgerOption = DEFAULT_LEDGER, lang: LanguageOption = None) -> None:
    """Weigh all claims and print what that says otherwise than the weighing before."""
    from quellenlage.changed_since import told_deals
    from quellenlage.terminal.weighing import changed_line
    from quellenlage.weigh.changes import changes

    say, console = spoken(lang), Console()
    with told(), Ledger.open(ledger, create=False) as book:
        before = book.deals()
        all_of_it = keep_weighed(book)
        changed = changes(*(told_deals(deals, all_of_it.articles) for deals in (before, all_of_it.weighing.deals)))
    weighing = all_of_it.weighing
    for change in changed:
        console.print(changed_line(change, say), markup=False, highlight=False)
    if not changed:
        console.print(say.say("weighed_same"))
    counts = {"deals": len(weighing.deals), "stories": len(weighing.stories), "copies": len(weighing.copy_groups)}
    console.print(say.say("weighed_summary", **counts))


def export_weighing(
    ledger: LedgerOption = DEFAULT_LEDGER, out: OutOption = None, as_of: AsOfOption = None, lang: LanguageOption = None
) -> None:
    """Write copies, stories, deals and drift as one JSON object."""
    from quellenlage.export.weighing import weighing_document

    with told(), asked(ledger, as_of) as book, writing(out, spoken(lang), "weighing") as stream:
        all_of_it = weighed(book)
        json.dump(
            weighing_document(all_of_it.weighing, all_of_it.articles.values()), stream, ensure_ascii=False, indent=1
        )
        stream.write("\n")


def deal_called(name: str, all_of_it: Weighed, say: Texts) -> Deal:
    """The deal of this name, or the only one whose name begins so; raises `LedgerError` with what comes near."""
    found = {one.id: one for one in all_of_it.weighing.deals}
    if name in found:
        return found[name]
    begun = [id for id in found if id.casefold().startswith(name.casefold())]
    if len(begun) == 1:
        return found[begun[0]]
    near = begun or get_close_matches(name, found, n=5, cutoff=0.4)
    hint = say.say("near_deals", near=", ".join(near)) if near else say.say("all_deals")
    raise LedgerError(say.say("no_such_deal", name=name, hint=hint))


def claims_of(article: str, all_of_it: Weighed) -> list[Claim]:
    """The claims of an article."""
    return [claim for claim in all_of_it.claims.values() if claim.article_id == article]
