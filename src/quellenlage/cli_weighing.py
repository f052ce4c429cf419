"""The commands of the weighing: deals, stories, why, weigh, judge; no logic of their own."""

from __future__ import annotations

import getpass
import json
from difflib import get_close_matches
from typing import Annotated

import typer
from rich.console import Console

from quellenlage.cli_parts import DEFAULT_LEDGER, LanguageOption, LedgerOption, OutOption, spoken, told, writing
from quellenlage.domain import Claim, JudgedClaim, Judgement, JudgementKind
from quellenlage.ledger import Ledger, LedgerError
from quellenlage.steps import Weighed, weighed
from quellenlage.terminal import Texts
from quellenlage.weigh.deals import share_a_pair
from quellenlage.weigh.weighing import Deal

DealArgument = Annotated[
    str, typer.Argument(help="The deal's name, as `quellenlage deals` prints it, or how it begins.")
]
PersonOption = Annotated[str, typer.Option("--by", help="Who judges; your login name without it.")]
NoteOption = Annotated[str, typer.Option("--note", help="Why.")]


def add_weighing(app: typer.Typer, export: typer.Typer) -> None:
    """Add these commands to the program and to its exports."""
    judge = typer.Typer(no_args_is_help=True, help="Decide what is one deal; your word goes before the program's.")
    for command in (deals, deal, story, why):
        app.command(command.__name__)(command)
    app.command("weigh")(weigh_anew)
    judge.command("split")(split)
    judge.command("merge")(merge)
    judge.command("undo")(undo)
    judge.command("list")(list_judgements)
    app.add_typer(judge, name="judge")
    export.command("weighing")(export_weighing)


def deals(ledger: LedgerOption = DEFAULT_LEDGER, lang: LanguageOption = None) -> None:
    """Print the deals that the claims add up to, those with the most articles first."""
    from quellenlage.terminal.weighing import deals_table

    with told(), Ledger.open(ledger, create=False) as book:
        all_of_it = weighed(book)
    listed = all_of_it.weighing.largest_first
    say = spoken(lang).with_names(all_of_it.names)
    Console().print(deals_table(listed, say) if listed else say.say("no_deals"))


def deal(name: DealArgument, ledger: LedgerOption = DEFAULT_LEDGER, lang: LanguageOption = None) -> None:
    """Print all of one deal: standing, tree of origins, timeline, contradictions, drift, and the words."""
    from quellenlage.terminal.weighing import deal_view

    say = spoken(lang)
    with told(), Ledger.open(ledger, create=False) as book:
        all_of_it = weighed(book)
        found = deal_called(name, all_of_it, say)
    Console().print(deal_view(found, all_of_it, say.with_names(all_of_it.names)))


def story(
    article: Annotated[str, typer.Argument(help="An article of the story: its doc or id, or how one begins.")],
    ledger: LedgerOption = DEFAULT_LEDGER,
    lang: LanguageOption = None,
) -> None:
    """Print the story that an article belongs to: its articles, who copied whom, and what joins them."""
    from quellenlage.terminal.weighing import story_view

    with told(), Ledger.open(ledger, create=False) as book:
        found = book.article(article)
        all_of_it = weighed(book)
    own = next(one for one in all_of_it.weighing.stories if found.id in one.articles)
    Console().print(story_view(own, all_of_it, spoken(lang)))


def why(
    one: Annotated[str, typer.Argument(help="An article: its doc or id, or how one begins.")],
    other: Annotated[str, typer.Argument(help="Another article.")],
    ledger: LedgerOption = DEFAULT_LEDGER,
    lang: LanguageOption = None,
) -> None:
    """Print why two articles are of one story or not, and their claims of one deal and one origin or not."""
    from quellenlage.terminal.weighing import why_articles, why_claims

    say, console = spoken(lang), Console()
    with told(), Ledger.open(ledger, create=False) as book:
        first, second = book.article(one), book.article(other)
        all_of_it = weighed(book)
    say = say.with_names(all_of_it.names)
    console.print(why_articles(first, second, all_of_it, say))
    for mine in claims_of(first.id, all_of_it):
        for theirs in claims_of(second.id, all_of_it):
            if share_a_pair(mine, theirs):
                console.print(why_claims(mine, theirs, all_of_it, say))


def weigh_anew(ledger: LedgerOption = DEFAULT_LEDGER, lang: LanguageOption = None) -> None:
    """Weigh all claims and print what has changed since this was last asked."""
    from quellenlage.export.weighing import weighing_document
    from quellenlage.terminal.weighing import changed_line
    from quellenlage.weigh.changes import changes

    say, console = spoken(lang), Console()
    with told(), Ledger.open(ledger, create=False) as book:
        all_of_it = weighed(book)
        now = weighing_document(all_of_it.weighing, all_of_it.articles.values())
        changed = changes(book.last_weighing() or {"deals": []}, now)
        if changed:
            book.keep_weighing(now)
    weighing = all_of_it.weighing
    for change in changed:
        console.print(changed_line(change, say), markup=False, highlight=False)
    if not changed:
        console.print(say.say("weighed_same"))
    counts = {"deals": len(weighing.deals), "stories": len(weighing.stories), "copies": len(weighing.copy_groups)}
    console.print(say.say("weighed_summary", **counts))


def split(
    name: DealArgument,
    articles: Annotated[list[str], typer.Argument(help="Articles whose claims are of another deal.")],
    person: PersonOption = "",
    note: NoteOption = "",
    ledger: LedgerOption = DEFAULT_LEDGER,
    lang: LanguageOption = None,
) -> None:
    """Part the claims of some articles from a deal: they are another one."""
    say = spoken(lang)
    with told(), Ledger.open(ledger, create=False) as book:
        all_of_it = weighed(book)
        found = deal_called(name, all_of_it, say)
        ids = {book.article(article).id for article in articles}
        claims = claims_in(found, all_of_it)
        parted = [claim for claim in claims if claim.article_id in ids]
        rest = [claim for claim in claims if claim.article_id not in ids]
        if not ids <= set(found.articles) or not parted or not rest:
            docs = sorted({all_of_it.articles[id].doc for id in found.articles})
            raise LedgerError(f"name some of the articles of {found.id}, and not all: {', '.join(docs)}")
        number = book.judge(judgement(JudgementKind.APART, parted, rest, person, note))
    Console().print(say.say("judged", number=number))


def merge(
    name: DealArgument,
    other: DealArgument,
    person: PersonOption = "",
    note: NoteOption = "",
    ledger: LedgerOption = DEFAULT_LEDGER,
    lang: LanguageOption = None,
) -> None:
    """Put two deals together: they are one."""
    say = spoken(lang)
    with told(), Ledger.open(ledger, create=False) as book:
        all_of_it = weighed(book)
        two = [deal_called(called, all_of_it, say) for called in (name, other)]
        if two[0] == two[1]:
            raise LedgerError(f"{name} and {other} are one deal already; name two")
        both = [claim for one in two for claim in claims_in(one, all_of_it)]
        number = book.judge(judgement(JudgementKind.TOGETHER, both, [], person, note))
    Console().print(say.say("judged", number=number))


def undo(
    number: Annotated[int, typer.Argument(help="The judgement's number, as `quellenlage judge list` prints it.")],
    ledger: LedgerOption = DEFAULT_LEDGER,
    lang: LanguageOption = None,
) -> None:
    """Take a judgement back; it stays in the log."""
    with told(), Ledger.open(ledger, create=False) as book:
        book.undo(number)
    Console().print(spoken(lang).say("undone", number=number))


def list_judgements(ledger: LedgerOption = DEFAULT_LEDGER, lang: LanguageOption = None) -> None:
    """Print the judgements in force."""
    say, console = spoken(lang), Console()
    with told(), Ledger.open(ledger, create=False) as book:
        listed = book.judgements()
        doc = {article.id: article.doc for article in book.articles()}
    for one in listed:
        about = ", ".join(sorted({doc[claim.article_id] for claim in one.claims}))
        kind = say.say(f"judgement_{one.kind.value}")
        console.print(f"{one.number}  {kind}: {about}  {one.person}  {one.note}", markup=False, highlight=False)
    if not listed:
        console.print(say.say("no_judgements"))


def export_weighing(ledger: LedgerOption = DEFAULT_LEDGER, out: OutOption = None, lang: LanguageOption = None) -> None:
    """Write copies, stories, deals and drift as one JSON object."""
    from quellenlage.export.weighing import weighing_document

    with told(), Ledger.open(ledger, create=False) as book, writing(out, spoken(lang), "weighing") as stream:
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


def claims_in(found: Deal, all_of_it: Weighed) -> list[Claim]:
    """The claims of a deal."""
    return [all_of_it.claims[id] for id in found.claims]


def claims_of(article: str, all_of_it: Weighed) -> list[Claim]:
    """The claims of an article."""
    return [claim for claim in all_of_it.claims.values() if claim.article_id == article]


def judgement(kind: JudgementKind, claims: list[Claim], others: list[Claim], person: str, note: str) -> Judgement:
    """A judgement by a person, or by whoever is logged in; raises `LedgerError` where the system knows nobody."""
    if not person:
        try:
            person = getpass.getuser()
        except (KeyError, OSError):
            raise LedgerError("the system does not say who you are; name yourself with --by") from None
    return Judgement(kind, tuple(map(JudgedClaim.of, claims)), tuple(map(JudgedClaim.of, others)), person, note)
