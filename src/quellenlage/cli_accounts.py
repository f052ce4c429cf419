"""The commands of the accounts of a server that listens beyond this machine; no logic of their own."""

from __future__ import annotations

import getpass
import json
import sys
from datetime import timedelta
from typing import Annotated

import typer
from rich.console import Console

from quellenlage.accounts.account import Role
from quellenlage.cli_parts import DEFAULT_LEDGER, LanguageOption, LedgerOption, asked, spoken, told
from quellenlage.terminal import Texts

NameArgument = Annotated[str, typer.Argument(help="The account's name; judgements bear it.")]


def add_accounts(app: typer.Typer) -> None:
    """Add these commands to the program."""
    accounts = typer.Typer(
        no_args_is_help=True,
        help="Who may use the pages where `quellenlage serve` listens beyond this machine, or with --accounts.",
    )
    for name, command in (
        ("add", add),
        ("list", list_accounts),
        ("role", change_role),
        ("password", change_password),
        ("token", make_token),
        ("remove", remove),
        ("log", show_log),
    ):
        accounts.command(name)(command)
    app.add_typer(accounts, name="accounts")


def add(
    name: NameArgument,
    role: Annotated[Role, typer.Option(help="What it may do: look, judge too, or see the audit log too.")],
    ledger: LedgerOption = DEFAULT_LEDGER,
    lang: LanguageOption = None,
) -> None:
    """Make an account. The password is asked twice; from a pipe it is the first line."""
    from quellenlage.accounts.account import name_of
    from quellenlage.accounts.accounts import Accounts
    from quellenlage.accounts.audit import Doer
    from quellenlage.accounts.passwords import Passwords

    say = spoken(lang)
    with told(), asked(ledger) as book:
        called = name_of(name)
        made = Accounts(book).add(called, role, Passwords().hashed(_new_password(say), called), Doer(_user()))
    Console().print(say.say("account_added", name=made.name, role=made.role), highlight=False, markup=False)


def list_accounts(ledger: LedgerOption = DEFAULT_LEDGER, lang: LanguageOption = None) -> None:
    """Print the accounts, and how many sessions and tokens are open."""
    from quellenlage.accounts.accounts import Accounts
    from quellenlage.terminal.accounts import accounts_table

    with told(), asked(ledger) as book:
        listed = Accounts(book).listed()
    Console().print(accounts_table(listed, spoken(lang)) if listed else spoken(lang).say("no_accounts"))


def change_role(
    name: NameArgument,
    role: Annotated[Role, typer.Argument(help="The new role.")],
    ledger: LedgerOption = DEFAULT_LEDGER,
    lang: LanguageOption = None,
) -> None:
    """Give an account another role, which holds at once."""
    from quellenlage.accounts.accounts import Accounts
    from quellenlage.accounts.audit import Doer

    with told(), asked(ledger) as book:
        Accounts(book).change_role(name, role, Doer(_user()))
    Console().print(spoken(lang).say("role_changed", name=name, role=role), highlight=False, markup=False)


def change_password(name: NameArgument, ledger: LedgerOption = DEFAULT_LEDGER, lang: LanguageOption = None) -> None:
    """Give an account another password, asked as for `add`. Its sessions end and its tokens are revoked."""
    from quellenlage.accounts.accounts import Accounts
    from quellenlage.accounts.audit import Doer
    from quellenlage.accounts.passwords import Passwords

    say = spoken(lang)
    with told(), asked(ledger) as book:
        Accounts(book).change_password(name, Passwords().hashed(_new_password(say), name), Doer(_user()))
    Console().print(say.say("password_changed", name=name), highlight=False, markup=False)


def make_token(
    name: NameArgument,
    days: Annotated[int, typer.Option(min=1, max=3650, help="How long it opens the account.")] = 90,
    revoke: Annotated[bool, typer.Option("--revoke", help="Make none, and revoke all that there are.")] = False,
    ledger: LedgerOption = DEFAULT_LEDGER,
    lang: LanguageOption = None,
) -> None:
    """Print a token with which a program may do what the account may: Authorization: Bearer TOKEN. It is not kept."""
    from quellenlage.accounts.accounts import Accounts
    from quellenlage.accounts.audit import Doer

    with told(), asked(ledger) as book:
        accounts, doer = Accounts(book), Doer(_user())
        if revoke:
            count = accounts.revoke_tokens(name, doer)
            Console().print(spoken(lang).say("tokens_revoked", name=name, count=count), highlight=False, markup=False)
        else:
            typer.echo(accounts.make_token(name, timedelta(days=days), doer))


def remove(name: NameArgument, ledger: LedgerOption = DEFAULT_LEDGER, lang: LanguageOption = None) -> None:
    """Remove an account. Its sessions end and its tokens are revoked; its judgements stay."""
    from quellenlage.accounts.accounts import Accounts
    from quellenlage.accounts.audit import Doer

    with told(), asked(ledger) as book:
        Accounts(book).remove(name, Doer(_user()))
    Console().print(spoken(lang).say("account_removed", name=name), highlight=False, markup=False)


def show_log(
    most: Annotated[int, typer.Option("--most", "-n", min=1, help="How many entries to print.")] = 50,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON Lines for other programs.")] = False,
    ledger: LedgerOption = DEFAULT_LEDGER,
    lang: LanguageOption = None,
) -> None:
    """Print the audit log: who did what, when and from where, the newest first."""
    from quellenlage.accounts.accounts import Accounts
    from quellenlage.accounts.audit import entry_document
    from quellenlage.terminal.accounts import log_table

    with told(), asked(ledger) as book:
        found = Accounts(book).log(most)
    if as_json:
        for entry in found:
            typer.echo(json.dumps(entry_document(entry), ensure_ascii=False))
    else:
        Console().print(log_table(found, spoken(lang)) if found else spoken(lang).say("log_empty"))


def _new_password(say: Texts) -> str:
    if sys.stdin.isatty():
        again = say.say("new_password_again")
        return str(typer.prompt(say.say("new_password"), hide_input=True, confirmation_prompt=again))
    return sys.stdin.readline().rstrip("\r\n")


def _user() -> str:
    """Whoever is logged in to the system; empty where it does not say."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""
