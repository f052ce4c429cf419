"""Judgements find their claims again when articles are read anew."""

from __future__ import annotations

from quellenlage.domain import Claim, JudgedClaim, Judgement, JudgementKind, Stage
from quellenlage.steps import judged_of
from tests.weighable import claim


def of_articles(*claims: Claim) -> dict[str, dict[str, Claim]]:
    found: dict[str, dict[str, Claim]] = {}
    for one in claims:
        found.setdefault(one.article_id, {})[one.id] = one
    return found


def test_a_claim_that_is_still_there_is_itself_and_no_other() -> None:
    judged = Judgement(JudgementKind.TOGETHER, (JudgedClaim.of(claim("1", "a")),), (), "Jana")
    now = of_articles(claim("1", "a"), claim("2", "a"))
    assert judged_of(judged, now).claims == {"1"}


def test_in_a_new_reading_it_is_the_one_that_looks_most_like_it() -> None:
    ordered, wanted = claim("1", "a"), claim("2", "a", stage=Stage.SOUGHT, item_classes=("tanks",))
    judged = Judgement(JudgementKind.APART, (JudgedClaim.of(ordered),), (JudgedClaim.of(wanted),), "Jana")
    now = of_articles(
        claim("x", "a", stage=Stage.SOUGHT, item_classes=("tanks",)),
        claim("y", "a", item_classes=("artillery", "ammunition")),
        claim("z", "b"),
    )
    found = judged_of(judged, now)
    assert (found.claims, found.others) == ({"y"}, {"x"})


def test_what_is_no_longer_claimed_is_left_alone() -> None:
    judged = Judgement(JudgementKind.TOGETHER, (JudgedClaim.of(claim("1", "a")),), (), "Jana")
    assert judged_of(judged, of_articles(claim("x", "a", supplier=("SE",), recipient=("FI",)))).claims == frozenset()
