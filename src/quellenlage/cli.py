"""The commands; no logic of their own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from quellenlage.cli_accounts import add_accounts
from quellenlage.cli_annotating import add_annotating
from quellenlage.cli_care import add_care
from quellenlage.cli_exports import add_exports
from quellenlage.cli_judging import add_judging
from quellenlage.cli_parts import (
    DEFAULT_LEDGER,
    AsOfOption,
    LanguageOption,
    LedgerOption,
    NamesOption,
    OutOption,
    asked,
    head_of,
    own_names_of,
    spoken,
    told,
    writing,
)
from quellenlage.cli_serving import add_serving
from quellenlage.cli_taking import add_taking
from quellenlage.cli_watching import add_watching
from quellenlage.cli_weighing import add_weighing
from quellenlage.domain import Stage
from quellenlage.ledger import ClaimFilter
from quellenlage.moments import moment_of
from quellenlage.names.own import FILE
from quellenlage.terminal import article_view, ledger_table, score_table

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Reads news about arms transfers and keeps a ledger of who is said to send what to whom, and who says so.",
)
export = typer.Typer(no_args_is_help=True, help="Write what the ledger holds as files for other programs.")
app.add_typer(export, name="export")
names = typer.Typer(
    no_args_is_help=True, help="What the lists of names know, yours (names.yaml) and those of the program."
)
app.add_typer(names, name="names")
add_taking(app)
add_watching(app)
add_weighing(app, export)
add_annotating(app, add_judging(app), export)
add_care(app)
add_serving(app)
add_accounts(app)
add_exports(export)


@app.command("ledger")
def show_ledger(
    ledger: LedgerOption = DEFAULT_LEDGER,
    supplier: Annotated[str | None, typer.Option(help="Only this supplier: a code like KP, or a slug.")] = None,
    recipient: Annotated[str | None, typer.Option(help="Only this recipient: a code like RU, or a slug.")] = None,
    item: Annotated[str | None, typer.Option(help="Only this item class, such as ammunition.")] = None,
    stage: Annotated[Stage | None, typer.Option(help="Only this stage.")] = None,
    source: Annotated[str | None, typer.Option(help="Only what this source says: a slug.")] = None,
    article: Annotated[str | None, typer.Option(help="Only the claims of this article.")] = None,
    by_doubt: Annotated[bool, typer.Option("--by-doubt", help="The claims that were read least surely first.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for other programs.")] = False,
    as_of: AsOfOption = None,
    lang: LanguageOption = None,
) -> None:
    """Print the claims of the ledger as a table."""
    from quellenlage.export.claims import transfer_document

    say = spoken(lang)
    with told(), asked(ledger, as_of) as book:
        only = book.article(article).id if article else None
        claims = book.claims(ClaimFilter(supplier, recipient, item, stage, source, only))
        articles = {a.id: a for a in book.articles()}
    if by_doubt:
        claims = sorted(claims, key=lambda claim: claim.confidence)
    if as_json:
        rows = [{**head_of(articles[claim.article_id]), **transfer_document(claim)} for claim in claims]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    elif claims:
        Console().print(ledger_table(claims, articles, say))
    else:
        Console().print(say.say("no_claims"))


@app.command()
def show(
    article: Annotated[str, typer.Argument(help="The article's doc or id, or how one begins.")],
    ledger: LedgerOption = DEFAULT_LEDGER,
    as_of: AsOfOption = None,
    lang: LanguageOption = None,
) -> None:
    """Print an article with its spans marked, and its claims, each field with its words; of a ticker all entries."""
    say = spoken(lang)
    with told(), asked(ledger, as_of) as book:
        for found in book.parts(article) or [book.article(article)]:
            claims = book.claims(ClaimFilter(article=found.id))
            Console().print(article_view(found, book.reading(found.id), claims, say))


@app.command()
def search(
    words: Annotated[list[str], typer.Argument(help="What to look for; see below.")],
    most: Annotated[int, typer.Option("--most", "-n", min=1, help="How many articles to print.")] = 20,
    ledger: LedgerOption = DEFAULT_LEDGER,
    as_of: AsOfOption = None,
    lang: LanguageOption = None,
) -> None:
    """Look for articles and their claims.

    Words are looked for by their stems, in any order, and in compounds; "words in quotation marks" stand one after
    another; a word after a minus must not stand there (write -- before the first such word); drohn* is a beginning.
    from:KP (von:) chooses a supplier, to:RU (an:) a recipient, item: (gut:) a class of goods, stage: (stufe:), source:
    (quelle:), origin: (ursprung:), outlet: (medium:), stance: (haltung:) denied, confirmed, no_comment, unverified,
    hedged or negated, since: (ab:) and until: (bis:) a day, a month or a year of publication.
    """
    from quellenlage.terminal.asking import hits_view

    # The shell has taken the quotation marks off.
    written = " ".join(f'"{word}"' if " " in word and ":" not in word else word for word in words)
    with told(), asked(ledger, as_of) as book:
        found = book.search(written, most=most)
    Console().print(hits_view(found, spoken(lang)))


@app.command()
def diff(
    since: Annotated[str, typer.Option(help="A day like 2026-03-01 (its end), or a time like 2026-03-01T09:00.")],
    ledger: LedgerOption = DEFAULT_LEDGER,
    as_of: AsOfOption = None,
    lang: LanguageOption = None,
) -> None:
    """Print what is new, changed, denied, merged and judged since a moment."""
    from quellenlage.changed_since import differences
    from quellenlage.terminal.asking import differences_view

    say, console = spoken(lang), Console()
    with told(), asked(ledger, as_of) as book:
        found = differences(book, moment_of(since, "--since"))
        articles = {article.id: article for article in book.articles()}
    lines = list(differences_view(found, articles, say))
    for line in lines or [say.say("nothing_changed")]:
        console.print(line, highlight=False)


@app.command()
def score(
    answers: Annotated[Path, typer.Argument(help="The answer sheet: JSON Lines in the form of the claims export.")],
    ledger: LedgerOption = DEFAULT_LEDGER,
    own_names: NamesOption = None,
    verbose: Annotated[bool, typer.Option("--verbose", help="List every hit, miss and false alarm.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for other programs.")] = False,
    as_of: AsOfOption = None,
    lang: LanguageOption = None,
) -> None:
    """Compare the claims of the ledger with an answer sheet."""
    from quellenlage.export.claims import claims_documents
    from quellenlage.score import figures, read_sheet
    from quellenlage.score import score as compare

    with told():
        sheet = read_sheet(answers)
        with asked(ledger, as_of) as book:
            scores = compare(claims_documents(book, own_names_of(ledger, own_names)), sheet)
    if as_json:
        typer.echo(json.dumps(figures(scores), indent=2))
    else:
        Console().print(score_table(scores, spoken(lang), verbose))


@export.command("claims")
def export_claims(
    ledger: LedgerOption = DEFAULT_LEDGER,
    out: OutOption = None,
    own_names: NamesOption = None,
    as_of: AsOfOption = None,
    lang: LanguageOption = None,
) -> None:
    """Write the claims as JSON Lines, one line an article."""
    from quellenlage.export.claims import write_claims

    with told(), asked(ledger, as_of) as book, writing(out, spoken(lang), "claims") as stream:
        write_claims(book, stream, own_names_of(ledger, own_names))


@export.command("articles")
def export_articles(
    ledger: LedgerOption = DEFAULT_LEDGER, out: OutOption = None, as_of: AsOfOption = None, lang: LanguageOption = None
) -> None:
    """Write the articles as JSON Lines, in the form that `read` takes in."""
    from quellenlage.export.articles import write_articles

    with told(), asked(ledger, as_of) as book, writing(out, spoken(lang), "articles") as stream:
        write_articles(book, stream)


@names.command("unknown")
def show_unknown(
    ledger: LedgerOption = DEFAULT_LEDGER,
    own_names: NamesOption = None,
    most: Annotated[int, typer.Option("--most", "-n", min=1, help="How many to print.")] = 40,
    as_of: AsOfOption = None,
    lang: LanguageOption = None,
) -> None:
    """Print the actors and goods that no list knows, most frequent first, with examples."""
    from quellenlage.names.unknown import unknown_names
    from quellenlage.terminal.names import unknown_table

    with told(), asked(ledger, as_of) as book:
        own = own_names_of(ledger, own_names)
        read = [(article, reading) for article in book.articles() if (reading := book.reading(article.id))]
        unknown = unknown_names(read, own)
    Console().print(unknown_table(unknown[:most], spoken(lang)) if unknown else spoken(lang).say("nothing_unknown"))


@names.command("check")
def check_names(
    ledger: LedgerOption = DEFAULT_LEDGER, own_names: NamesOption = None, lang: LanguageOption = None
) -> None:
    """Check all lists, yours and those of the program: no name of two actors, no class that there is not."""
    from quellenlage.names.checking import problems_of
    from quellenlage.terminal.names import problems_table

    with told():
        problems = problems_of(own_names_of(ledger, own_names), str(own_names or FILE))
    if problems:
        Console().print(problems_table(problems, spoken(lang)))
        raise typer.Exit(1)
    Console().print(spoken(lang).say("names_sound"))


def main() -> None:
    """The entry point of the `quellenlage` command."""
    app()
