"""One ledger into another: articles, readings, claims and judgements, each once, with its moments.

What is worked out (facets, the index of words, deals, stories, copies) is not taken over but made anew.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from quellenlage.claims.judging import rule_of
from quellenlage.ledger.store import Ledger


@dataclass(frozen=True, slots=True)
class Merged:
    """How much came into a ledger.

    `known` are the articles of the other of which nothing was new, `spaced_otherwise` the docs of those whose readings
    stayed behind because their text has other white space here.
    """

    articles: int
    readings: int
    judgements: int
    known: int
    spaced_otherwise: tuple[str, ...] = ()

    @property
    def is_nothing(self) -> bool:
        """Whether all was there already."""
        return not (self.articles or self.readings or self.judgements)


def merge(own: Ledger, other: Ledger, told: Callable[[str], None] = lambda doc: None) -> Merged:
    """Take all that `other` holds into `own`; `told` hears of every article by its doc.

    Judgements come first, then article by article, each all or nothing: killed in between, the same again goes on.
    Where the same reader has read an article in both, the own reading stays. Which of two readings is the current one
    hangs on the readings alone, so both ledgers come to hold the same claims, whichever is merged into which. Raises
    `LedgerError` where a ledger cannot be read or written.
    """
    log = other.log()
    before = {one.judgement.number for one in own.log()}
    kept = own.keep_log(log)
    numbers = {one.judgement.number: number for one, number in zip(log, kept, strict=True)}
    rules = {
        rule_of(one.judgement): rule_of(replace(one.judgement, number=number))
        for one, number in zip(log, kept, strict=True)
    }
    articles = readings = known = 0
    spaced_otherwise = []
    for article in other.articles():
        told(article.doc)
        taken = own.take_over(other.history(article.id).renumbered(numbers, rules))
        articles += taken.is_new
        readings += taken.readings
        known += not (taken.is_new or taken.readings)
        if taken.is_spaced_otherwise:
            spaced_otherwise.append(article.doc)
    return Merged(articles, readings, len(set(kept) - before), known, tuple(spaced_otherwise))
