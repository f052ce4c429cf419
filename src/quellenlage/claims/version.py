"""A claim → the name of its present state, by which one tells whether it is still what one saw."""

from __future__ import annotations

import hashlib

import orjson

from quellenlage.domain import Claim

_DIGITS = 20


def version_of(claim: Claim) -> str:
    """20 hexadecimal digits that change with whatever the claim says and with every judgement on it."""
    return hashlib.sha256(orjson.dumps(claim)).hexdigest()[:_DIGITS]
