"""Pages and an interface for programs over the ledger; no logic of its own."""

from quellenlage.web.app import create_app

__all__ = ["create_app"]
