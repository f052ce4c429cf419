"""Accounts and the audit log in the terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.table import Table
from rich.text import Text

from quellenlage.accounts.accounts import Listed
from quellenlage.accounts.audit import Entry
from quellenlage.terminal.texts import Texts


def accounts_table(listed: Iterable[Listed], texts: Texts) -> Table:
    """Accounts with their roles, the day they were made, and what opens them."""
    heads = ("account_name", "account_role", "account_made", "account_sessions", "account_tokens")
    table = Table(*map(texts.say, heads), box=None, pad_edge=False)
    for one in listed:
        made = f"{one.account.made.astimezone():%Y-%m-%d}"
        table.add_row(Text(one.account.name), one.account.role.value, made, str(one.sessions), str(one.tokens))
    return table


def log_table(entries: Iterable[Entry], texts: Texts) -> Table:
    """Entries of the audit log, in the time of this machine."""
    heads = ("log_at", "log_person", "log_address", "log_action", "log_about")
    table = Table(*map(texts.say, heads), box=None, pad_edge=False)
    for entry in entries:
        at = f"{entry.at.astimezone():%Y-%m-%d %H:%M:%S}"
        person, address = entry.person or texts.say("log_nobody"), entry.address or texts.say("log_here")
        table.add_row(at, Text(person), Text(address), entry.action.value, Text(entry.about))
    return table
