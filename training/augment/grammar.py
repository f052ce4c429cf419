"""What German grammar asks of words that stand for each other; its lists lie in `grammar.yaml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from quellenlage.names.kind_words import kind_words
from quellenlage.names.text import key

_WORD_OR_MARK = re.compile(r"[\w-]+|[.,;:!?()\n]")
_ATTRIBUTE = re.compile(r"[a-zäöüß-]+(?:e|en|er|es|em)|[A-ZÄÖÜ][\w-]+er")
_NEAR = 80


@cache
def grammar() -> Mapping[str, Any]:
    """What `grammar.yaml` says, read once."""
    content: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("grammar.yaml").read_text(encoding="utf-8"))
    return content


def is_determined(text: str, start: int) -> bool:
    """Whether a determiner stands before the word, perhaps with an adjective between them."""
    before = _WORD_OR_MARK.findall(text[max(0, start - _NEAR) : start])
    determiners = grammar()["determiners"]
    if not before:
        return False
    if before[-1].lower() in determiners:
        return True
    is_attribute = _ATTRIBUTE.fullmatch(before[-1]) and not kind_words().head_of(key(before[-1]))
    return bool(is_attribute) and len(before) > 1 and before[-2].lower() in determiners


def capitalised(word: str) -> str:
    """The word with a capital at its head, and otherwise as it is."""
    return word[0].upper() + word[1:]
