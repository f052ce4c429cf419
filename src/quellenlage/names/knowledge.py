"""What the room knows from its lists: packaged YAML files, and the spelling-blind form in which words are compared."""

from __future__ import annotations

import unicodedata
from importlib.resources import files
from typing import Any

import yaml

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DASHES_AND_SPACES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-") | dict.fromkeys("\u00a0\u2007\u2009\u202f\t\n", " "))


def load(name: str) -> dict[str, Any]:
    """The packaged list `names/data/<name>.yaml` as a mapping; raises `FileNotFoundError` where there is none."""
    text = (files("quellenlage.names") / "data" / f"{name}.yaml").read_text(encoding="utf-8")
    content: dict[str, Any] = yaml.load(text, Loader=_LOADER)
    return content


def fold(words: str) -> str:
    """`words` without case, accents, and kinds of dash or space: "Übungs–Munition" and "ubungs-munition" are one."""
    plain = unicodedata.normalize("NFKD", words.translate(_DASHES_AND_SPACES).casefold())
    return "".join(c for c in plain if not unicodedata.combining(c))
