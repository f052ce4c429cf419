"""Story groups: articles of our own wording, the claims that they make, and what these add up to.

A group is a file in `groups/`; `GUIDE.md` tells its form and what is held to be a copy, a story, a deal, an origin and
a drift.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from quellenlage.domain import Article, Chain, Claim, Evidence, Hop, HopKind, Quantity, Stage

FOLDER = Path(__file__).with_name("groups")
Pairs = frozenset[frozenset[str]]


@dataclass(frozen=True)
class Group:
    """Articles and claims, and the answers: pairs of copies, of articles of one story and of claims of one deal; how
    many origins the deal of some claims has; and the drifts as (from, to, kind).
    """

    name: str
    articles: tuple[Article, ...]
    claims: tuple[Claim, ...]
    copies: Pairs
    stories: Pairs
    deals: Pairs
    origins: dict[frozenset[str], int]
    drifts: frozenset[tuple[str, str, str]]


def groups(folder: Path = FOLDER) -> tuple[Group, ...]:
    """All groups, in the order of their names."""
    return tuple(group_of(json.loads(path.read_text(encoding="utf-8"))) for path in sorted(folder.glob("*.json")))


def group_of(content: dict[str, Any]) -> Group:
    """A group by what its file holds."""
    return Group(
        content["name"],
        tuple(article_of(entry) for entry in content["articles"]),
        tuple(claim_of(entry) for entry in content["claims"]),
        pairs_of(content["copies"]),
        pairs_of(content["stories"]),
        pairs_of(deal["claims"] for deal in content["deals"]),
        {frozenset(deal["claims"]): deal["independent_origins"] for deal in content["deals"]},
        frozenset((drift["from"], drift["to"], drift["kind"]) for drift in content["drift"]),
    )


def article_of(entry: dict[str, Any]) -> Article:
    """An article of a group."""
    return Article(
        entry["id"], entry["id"], entry["text"], entry["title"], entry["outlet"], published=entry["published"]
    )


def claim_of(entry: dict[str, Any]) -> Claim:
    """A claim of a group, with its words as the evidence for all it says."""
    quantity = entry["quantity"]
    return Claim(
        id=entry["id"],
        article_id=entry["article"],
        stage=Stage(entry["stage"]),
        supplier=tuple(entry["supplier"]),
        recipient=tuple(entry["recipient"]),
        item_classes=tuple(entry["item_classes"]),
        models=tuple(entry["models"]),
        quantity=Quantity(quantity[0], quantity[1], "–".join(map(str, quantity))) if quantity else None,
        quantity_item=entry.get("quantity_item"),
        negated=entry["negated"],
        hedged=entry["hedged"],
        time=entry["time"],
        chains=tuple(
            Chain(tuple(Hop(actor, HopKind(kind), actor) for actor, kind in hops)) for hops in entry["chains"]
        ),
        denied_by=tuple(entry["denied_by"]),
        confirmed_by=tuple(entry["confirmed_by"]),
        no_comment_by=tuple(entry["no_comment_by"]),
        unverified_by=tuple(entry["unverified_by"]),
        evidence=(Evidence("stage", 0, len(entry["words"]), entry["words"]),),
    )


def pairs_of(sets: Any) -> Pairs:
    """All pairs within some sets."""
    return frozenset(frozenset(pair) for one in sets for pair in combinations(one, 2))
