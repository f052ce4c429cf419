"""What a watch has seen and what became of it, as it is kept in the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from quellenlage.intake.web.entry import Entry
from quellenlage.intake.web.fetching import NOTHING_KNOWN, Validators


class State(StrEnum):
    """What became of an entry."""

    WAITING = "waiting"
    TAKEN = "taken"
    NOTHING = "nothing"
    """There was no article, or triage dropped it."""
    GIVEN_UP = "given_up"
    PASSED = "passed"
    """Too old when it was found."""


@dataclass(frozen=True, slots=True)
class Look:
    """What is known of an address that is looked at again and again, after the last look.

    `due` is when it is to be looked at again, None for an address that never was; `answered` when something came at
    last. `digest` is of the bytes of a page. `failures` counts those in a row, `why` is the last one's.
    """

    address: str
    due: datetime | None = None
    answered: datetime | None = None
    validators: Validators = NOTHING_KNOWN
    digest: str | None = None
    failures: int = 0
    why: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """An entry that a source names: its key, the host that its page is at, empty where none is needed.

    `again` says that it is to be taken in again where it was updated since.
    """

    key: str
    host: str
    entry: Entry
    state: State = State.WAITING
    again: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry that is to be taken in, when it was found, and how often that has failed."""

    key: str
    entry: Entry
    source: str
    found: datetime
    failures: int
