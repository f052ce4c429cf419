"""Names for things in other programs that stay the same from one export to the next."""

from __future__ import annotations

from urllib.parse import quote
from uuid import UUID, uuid5

_NAMESPACE = UUID("636063ac-a71e-4119-b60f-9a04282985b8")
"""Drawn once; all identifiers rest on it, so it never changes."""


def identifier(kind: str, *content: str) -> UUID:
    """The identifier of what is of a kind and has this content (UUID of version 5, RFC 9562)."""
    return uuid5(_NAMESPACE, "\x1f".join((kind, *content)))


def tag(kind: str, name: str) -> str:
    """A `tag:` address (RFC 4151), for formats whose names must be addresses but need not lead anywhere."""
    return f"tag:quellenlage,2026:{kind}/{quote(name, safe='')}"
