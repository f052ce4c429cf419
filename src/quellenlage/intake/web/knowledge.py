"""What is known of addresses and feeds and is no rule: read once from `data/web.yaml`, which names the sources."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def known() -> Mapping[str, Any]:
    """The lists of `data/web.yaml` by their names."""
    read = yaml.safe_load(files(__package__).joinpath("data/web.yaml").read_text(encoding="utf-8"))
    assert isinstance(read, dict)
    return read
