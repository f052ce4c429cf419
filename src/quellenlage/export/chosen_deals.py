"""Rows of some deals alone, without all that a ledger holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quellenlage.export.table import DealRow
from quellenlage.labels import Labels
from quellenlage.ledger import Ledger
from quellenlage.steps import Weighed
from quellenlage.weigh.weighing import Deal, Weighing

AT_ONCE = 25
"""With how many deals claims and articles are in memory together; a deal may have some hundreds."""


def chosen_deal_rows(ledger: Ledger, deals: Sequence[Deal], labels: Labels) -> Iterator[DealRow]:
    """One row a deal, in the order given; the ledger is asked as of the weighing that the deals are from."""
    for start in range(0, len(deals), AT_ONCE):
        some = tuple(deals[start : start + AT_ONCE])
        claims = {claim.id: claim for claim in ledger.claims(ids=[id for deal in some for id in deal.claims])}
        articles = sorted({id for deal in some for id in deal.articles})
        found = {article.id: article for article in ledger.articles(articles)}
        all_of_it = Weighed(Weighing((), (), some, {}), found, claims, ())
        named = labels.with_names(all_of_it.names)
        yield from (DealRow(deal, all_of_it, named) for deal in some)
