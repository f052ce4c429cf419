"""Libraries that only some exports need, and that a plain installation does not have."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from quellenlage.ledger import LedgerError


class MissingLibrary(LedgerError):
    """An export needs a library that is not installed; the message says how to get it."""

    def __init__(self, library: str) -> None:
        self.library = library
        extra = "ftm" if library == "followthemoney" else "exports"
        super().__init__(
            f'this export needs the library {library}; install it with: pip install "quellenlage[{extra}]"'
        )


def need(module: str) -> Any:
    """A module of such a library; raises `MissingLibrary` where it is not installed."""
    try:
        return import_module(module)
    except ImportError:
        raise MissingLibrary(module.partition(".")[0]) from None
