"""The commands by which a person decides; no logic of their own."""

from __future__ import annotations

import getpass
from collections.abc import Mapping, Sequence
from typing import Annotated

import typer
from rich.console import Console

from quellenlage import deciding
from quellenlage.claims.correcting import NOTATION, NoCorrection
from quellenlage.claims.marking import spans_written
from quellenlage.claims.values import marked_corrections
from quellenlage.cli_parts import DEFAULT_LEDGER, AsOfOption, LanguageOption, LedgerOption, asked, spoken, told
from quellenlage.cli_weighing import DealArgument, deal_called
from quellenlage.domain import Article, JudgementKind, Span
from quellenlage.ledger import Ledger, LedgerError
from quellenlage.steps import Weighed, keep_weighed, weighed

ClaimArgument = Annotated[
    str, typer.Argument(help="The claim's number as `quellenlage show` prints it, or how it begins.")
]
ClaimsArgument = Annotated[
    list[str], typer.Argument(help="Claims as `quellenlage show` numbers them, or how they begin.")
]
ValuesArgument = Annotated[
    list[str] | None, typer.Argument(help="What it is to say, as in stage=delivered or quantity=100..500.")
]
WordsOption = Annotated[
    list[str] | None,
    typer.Option(
        "--words", help="Words of the article for a field, as in supplier=Serbien, or their place: supplier=44-51."
    ),
]
PersonOption = Annotated[str, typer.Option("--by", help="Who judges; your login name without it.")]
NoteOption = Annotated[str, typer.Option("--note", help="Why.")]


def add_judging(app: typer.Typer) -> typer.Typer:
    """Add these commands to the program; gives their group, for those that are not of one judgement."""
    judge = typer.Typer(
        no_args_is_help=True,
        help="Decide what a claim says and what is one deal. Your word goes before the program's, whatever it reads "
        "later, is kept with your name, and can be taken back.",
    )
    for command in (accept, reject, correct, add, identify, split, merge, undo):
        judge.command(command.__name__)(command)
    judge.command("list")(list_judgements)
    app.add_typer(judge, name="judge")
    return judge


def accept(
    claims: ClaimsArgument,
    person: PersonOption = "",
    note: NoteOption = "",
    ledger: LedgerOption = DEFAULT_LEDGER,
    lang: LanguageOption = None,
) -> None:
    """Say that claims are right as they were read: they want no more looking at."""
    on_claims(JudgementKind.ACCEPT, claims, person, note, ledger, lang)


def reject(
    claims: ClaimsArgument,
    person: PersonOption = "",
    note: NoteOption = "",
    ledger: LedgerOption = DEFAULT_LEDGER,
    lang: LanguageOption = None,
) -> None:
    """Say that what was read there is no claim; it is held no longer."""
    on_claims(JudgementKind.REJECT, claims, person, note, ledger, lang)


def correct(
    claim: ClaimArgument,
    values: ValuesArgument = None,
    words: WordsOption = None,
    person: PersonOption = "",
    note: NoteOption = "",
    ledger: LedgerOption = DEFAULT_LEDGER,
    lang: LanguageOption = None,
) -> None:
    """Let a claim say something else in some of its fields. An empty value, as in models=, empties a field.

    The fields: supplier, recipient, item_classes, models, quantity, quantity_item, amount, stage, negated, return,
    sources (whoever said it first comes first), hedged, denied_by, confirmed_by, no_comment_by, unverified_by, time.
    With --words a field rests on these words of the article; a field that said nothing says what they name.
    """
    with told(), Ledger.open(ledger, create=False) as book:
        found = book.claim(claim)
        article = book.article(found.article_id)
        told_values, told_words = by_field(values), by_field(words)
        if not told_values and not told_words:
            raise LedgerError(f"nothing is to be corrected; write field=value with one of {', '.join(NOTATION)}")
        corrections = marked_corrections(article, found, told_values, spans_of(article, told_words))
        number = deciding.decide_on_claims(book, JudgementKind.CORRECT, [found.id], whoever(person), note, corrections)
        keep_weighed(book)
    Console().print(spoken(lang).say("judged", number=number))


def add(
    article: Annotated[str, typer.Argument(help="An article by its doc or id, or how one begins.")],
    values: ValuesArgument = None,
    words: WordsOption = None,
    person: PersonOption = "",
    note: NoteOption = "",
    ledger: LedgerOption = DEFAULT_LEDGER,
    lang: LanguageOption = None,
) -> None:
    """Add a claim that was missed. It needs words for the transfer, as in --words stage=liefert, and a party.

    A field with words and no value says what they name. The fields are those of `judge correct`.
    """
    with told(), Ledger.open(ledger, create=False) as book:
        found = book.article(article)
        spans = spans_of(found, by_field(words))
        number, id = deciding.add(book, found.id, by_field(values), spans, whoever(person), note)
        keep_weighed(book)
    say = spoken(lang)
    Console().print(say.say("added", claim=id[:8]), say.say("judged", number=number))


def identify(
    name: Annotated[str, typer.Argument(help="A name as the program has it: a slug, or the words themselves.")],
    actor: Annotated[str, typer.Argument(help="Who that is: a code like KP, or a slug like rheinmetall.")],
    person: PersonOption = "",
    note: NoteOption = "",
    ledger: LedgerOption = DEFAULT_LEDGER,
    lang: LanguageOption = None,
) -> None:
    """Say which actor a name stands for, in all claims that there are and that will come."""
    with told(), Ledger.open(ledger, create=False) as book:
        number = deciding.identify(book, name, actor, whoever(person), note)
        keep_weighed(book)
    Console().print(spoken(lang).say("judged", number=number))


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
        found = deal_called(name, up_to_date(book), say)
        parted = [book.article(article).id for article in articles]
        number = deciding.split(book, found.id, parted, whoever(person), note)
        keep_weighed(book)
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
        deals = up_to_date(book)
        two = [deal_called(called, deals, say).id for called in (name, other)]
        number = deciding.merge(book, two, whoever(person), note)
        keep_weighed(book)
    Console().print(say.say("judged", number=number))


def undo(
    number: Annotated[int, typer.Argument(help="The judgement's number, as `quellenlage judge list` prints it.")],
    ledger: LedgerOption = DEFAULT_LEDGER,
    lang: LanguageOption = None,
) -> None:
    """Take a judgement back; it stays in the log."""
    with told(), Ledger.open(ledger, create=False) as book:
        book.undo(number)
        keep_weighed(book)
    Console().print(spoken(lang).say("undone", number=number))


def list_judgements(
    all_of_them: Annotated[bool, typer.Option("--all", help="Those that were taken back too.")] = False,
    ledger: LedgerOption = DEFAULT_LEDGER,
    as_of: AsOfOption = None,
    lang: LanguageOption = None,
) -> None:
    """Print the judgements in force, or the whole log."""
    from quellenlage.terminal.judging import judgement_line

    say, console = spoken(lang), Console()
    with told(), asked(ledger, as_of) as book:
        listed = [one for one in book.log() if all_of_them or one.undone is None]
        doc = {article.id: article.doc for article in book.articles()}
    for one in listed:
        console.print(judgement_line(one, doc, say), highlight=False)
    if not listed:
        console.print(say.say("no_judgements"))


def on_claims(
    kind: JudgementKind, claims: Sequence[str], person: str, note: str, ledger: str, language: str | None
) -> None:
    """Keep a judgement on some claims, weigh anew, and say its number."""
    with told(), Ledger.open(ledger, create=False) as book:
        found = [book.claim(one).id for one in claims]
        number = deciding.decide_on_claims(book, kind, found, whoever(person), note)
        keep_weighed(book)
    Console().print(spoken(language).say("judged", number=number))


def by_field(written: Sequence[str] | None) -> dict[str, str]:
    """What is written as "field=value", by its fields; raises `LedgerError` where there is no such field."""
    found = {}
    for one in written or ():
        field, equals, value = one.partition("=")
        if not equals or field not in NOTATION:
            raise LedgerError(f"{one!r} is no correction; write field=value with one of {', '.join(NOTATION)}")
        found[field] = value
    return found


def spans_of(article: Article, words: Mapping[str, str]) -> dict[str, tuple[Span, ...]]:
    """The words of an article that are named for fields; raises `LedgerError` where they do not stand there."""
    try:
        return {field: spans_written(article.text, field, written) for field, written in words.items()}
    except NoCorrection as error:
        raise LedgerError(str(error)) from None


def up_to_date(book: Ledger) -> Weighed:
    """What is held of the deals of a ledger, weighed anew where something has come since it was."""
    return weighed(book) if book.is_weighed() else keep_weighed(book)


def whoever(person: str) -> str:
    """The person who judges, or whoever is logged in; raises `LedgerError` where the system knows nobody."""
    try:
        return person or getpass.getuser()
    except (KeyError, OSError):
        raise LedgerError("the system does not say who you are; name yourself with --by") from None
