from dataclasses import replace

import pytest

from quellenlage.domain import Stage
from quellenlage.export.said import claim_said, deal_said
from tests.exported import DE, DELIVERED, EN, OSLO, PRIVATE, REFUSED, SEOUL, UNDATED, WHOLE


@pytest.mark.parametrize("stage", Stage)
def test_every_stage_is_told_as_what_is_said_and_so_is_its_negation(stage: Stage) -> None:
    claim = replace(DELIVERED, stage=stage)
    for labels, doubt, negation in ((EN, " is said to ", " is said not to "), (DE, " soll ", " soll nicht ")):
        said = claim_said(claim, OSLO, labels)
        denied = claim_said(replace(claim, negated=True), OSLO, labels)
        assert doubt in said
        assert negation not in said
        assert negation in denied


def test_without_a_source_the_outlet_says_so_and_without_an_outlet_the_article() -> None:
    assert ", according to andenkurier." in claim_said(REFUSED, SEOUL, EN).lower()
    assert ", according to hof." in claim_said(PRIVATE, UNDATED, EN)


def test_a_deal_that_is_only_denied_is_told_so() -> None:
    deals = {deal.id: deal_said(deal, WHOLE, EN) for deal in WHOLE.weighing.deals}
    assert "is said not to take place" in deals["KR-UA-2025-03"]
    assert [id for id, said in deals.items() if "is said not to" in said] == ["KR-UA-2025-03"]
    assert "2 independent origins, 2 articles" in deals["NO-EE-artillery-2024-09"]
    assert "1 independent origin, 1 article)" in deals["KR-PE-ammunition-2025-03"]


def test_who_is_not_named_is_called_so() -> None:
    said = claim_said(replace(DELIVERED, supplier=("unknown",), recipient=()), OSLO, EN)
    assert "from an unnamed supplier to an unnamed recipient" in said
