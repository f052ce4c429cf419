"""`python -m benchmarks.weighing.end_to_end`: the story groups from their texts on, read by the shipped reader.

A deal of the answers that several articles tell of is found where one deal of the weighing has its parties and most of
its articles; its origins are right where their number is.
"""

from __future__ import annotations

from benchmarks.weighing.__main__ import ledgers
from benchmarks.weighing.groups import Group, groups
from quellenlage.claims import claims_of
from quellenlage.reader import ModelReader
from quellenlage.weigh.weighing import Deal, weigh


def main() -> None:
    """Print how many deals are found, and of how many the origins are counted right."""
    reader = ModelReader.load()
    found = right = asked = 0
    for part in ledgers(groups()):
        articles = [article for group in part for article in group.articles]
        claims = [claim for article in articles for claim in claims_of(article, reader.read(article))]
        deals = weigh(articles, claims).deals
        for group in part:
            for ids, origins in group.origins.items():
                docs = {claim.article_id for claim in group.claims if claim.id in ids}
                if len(docs) < 2:
                    continue
                asked += 1
                deal = found_deal(group, ids, docs, deals)
                found += deal is not None
                right += deal is not None and len(deal.standing.origins) == origins
    print(f"{found} of {asked} deals that several articles tell of are found ({found / asked:.3f}),")
    print(f"and of {right} of them the number of origins is right ({right / asked:.3f} of all)")


def found_deal(group: Group, ids: frozenset[str], docs: set[str], deals: tuple[Deal, ...]) -> Deal | None:
    """The deal of the weighing that has the parties of the answer, most of its articles, and few others."""
    claims = [claim for claim in group.claims if claim.id in ids]
    supplier, recipient = ({party for c in claims for party in getattr(c, role)} for role in ("supplier", "recipient"))
    for deal in deals:
        alike = bool(supplier & set(deal.supplier)) and bool(recipient & set(deal.recipient))
        if alike and 2 * len(docs & set(deal.articles)) > len(docs | set(deal.articles)):
            return deal
    return None


if __name__ == "__main__":
    main()
