"""Dates and languages as sources write them → as the project writes them."""

from __future__ import annotations

import re
from datetime import date, datetime

# EDTF level 0 and 1 (ISO 8601-2:2019): a year, or a year with a month or season, maybe uncertain or approximate.
_EDTF = re.compile(r"\d{4}(-(0[1-9]|1[0-2]|2[1-4]))?[?~%]?|\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])[?~%]")
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_].*)?")


def published(words: str) -> str | None:
    """An ISO 8601 date or time, or an EDTF date where only that is known; None where `words` are neither."""
    words = words.strip()
    if _EDTF.fullmatch(words):
        return words
    for kind in (date, datetime):
        try:
            return kind.fromisoformat(words).isoformat()
        except ValueError:
            continue
    return None


def language(words: str) -> str | None:
    """The language of a tag (BCP 47) without its region: `de-AT` → `de`; None where `words` are no tag."""
    tag = _LANGUAGE.fullmatch(words.strip())
    return tag[1].lower() if tag else None
