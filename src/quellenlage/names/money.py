"""Words for money → an interval in a currency (ISO 4217), by the rules of `quantities`."""

from __future__ import annotations

import re
from functools import cache

from quellenlage.domain import Money
from quellenlage.names import knowledge, quantities
from quellenlage.names.knowledge import fold

_ENDING = "(?:s|n|en)?"


def parse(words: str) -> Money | None:
    """The sum that `words` (an amount span) name, or None where they name no number. Never raises.

    The currency is None where the words name none, or one that several states share ("33 Millionen Kronen").
    """
    amount = quantities.read_amount(words)
    if amount is None:
        return None
    return Money(amount.low, amount.high, words, _currency(fold(words)), amount.approximate)


def _currency(folded: str) -> str | None:
    pattern, codes = _currencies()
    found = pattern.search(folded)
    return codes[found.group("name")] if found else None


@cache
def _currencies() -> tuple[re.Pattern[str], dict[str, str]]:
    codes = {fold(name): code for code, names in knowledge.load("currencies").items() for name in names}
    longest_first = "|".join(sorted(map(re.escape, codes), key=len, reverse=True))
    return re.compile(rf"(?<![^\W\d_])(?P<name>{longest_first}){_ENDING}(?![^\W\d_])"), codes
