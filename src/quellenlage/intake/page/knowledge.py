"""What is known of news pages: the lists of `intake/data/page.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from quellenlage.intake.knowledge import load


def known(section: str) -> Any:
    """A section of the lists; raises KeyError where there is none of that name."""
    return _page()[section]


@cache
def _page() -> Mapping[str, Any]:
    return load("page")
