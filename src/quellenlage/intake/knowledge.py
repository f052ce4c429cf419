"""What the room knows from its lists: packaged YAML files."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import yaml

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load(name: str) -> dict[str, Any]:
    """The packaged list `intake/data/<name>.yaml` as a mapping; raises `FileNotFoundError` where there is none."""
    text = (files("quellenlage.intake") / "data" / f"{name}.yaml").read_text(encoding="utf-8")
    content: dict[str, Any] = yaml.load(text, Loader=_LOADER)
    return content
