"""What can go wrong with a ledger, each with the next step."""

from __future__ import annotations

from collections.abc import Sequence

from quellenlage.refusal import Refusal


class LedgerError(ValueError):
    """The ledger cannot do what was asked; the message says what and the next step."""


class Refused(Refusal, LedgerError):
    """The ledger cannot do what a person asks for, for a reason that can be said in his language."""


class NotFound(LedgerError):
    """No article goes by this name; `near` are the docs that come close."""

    def __init__(self, key: str, near: Sequence[str] = ()) -> None:
        self.key, self.near = key, tuple(near)
        hint = f"Near: {', '.join(near)}." if near else "`quellenlage export articles` lists all there are."
        super().__init__(f"no article in the ledger goes by {key!r}. {hint}")


class Ambiguous(LedgerError):
    """Several articles go by this name; `candidates` are their (id, doc)."""

    def __init__(self, key: str, candidates: Sequence[tuple[str, str]]) -> None:
        self.key, self.candidates = key, tuple(candidates)
        listed = ", ".join(f"{doc} ({id})" for id, doc in candidates)
        super().__init__(f"{key!r} could be {listed}. Say which by its whole id.")
