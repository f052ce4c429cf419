"""Scoring against an answer sheet."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from quellenlage.score import SheetError, aligned, figures, read_sheet, score


def transfer(supplier: str, recipient: str, *classes: str, **more: Any) -> dict[str, Any]:
    return {
        "supplier": [supplier],
        "recipient": [recipient],
        "item_classes": list(classes) or ["drones"],
        "stage": "agreed",
        "sources": [],
        "quantity": None,
        "evidence": [],
        **more,
    }


def evidence(**words: str) -> list[dict[str, Any]]:
    return [{"field": field, "start": 0, "end": len(text), "text": text} for field, text in words.items()]


def one(doc: str, *transfers: dict[str, Any]) -> dict[str, Any]:
    return {"doc": doc, "transfers": list(transfers)}


def test_the_answers_themselves_score_all() -> None:
    sheet = [one("x", transfer("IR", "RU", "drones", "missiles", sources=["dpa"], quantity=[5, None]))]
    numbers = figures(score(sheet, sheet))
    assert numbers["pairs"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert numbers["triples"] == numbers["sources"] == numbers["pairs"]
    assert (numbers["stage_accuracy"], numbers["quantity_accuracy"]) == (1.0, 1.0)


def test_a_missed_and_a_made_up_pair_cost_recall_and_precision() -> None:
    scores = score(
        [one("x", transfer("IR", "RU"), transfer("CN", "RU"))], [one("x", transfer("IR", "RU"), transfer("KP", "RU"))]
    )
    assert (scores.pairs.precision, scores.pairs.recall, scores.pairs.f1) == (0.5, 0.5, 0.5)
    assert scores.pairs.misses == ["x: KP → RU"]
    assert scores.pairs.false_alarms == ["x: CN → RU"]


def test_an_optional_transfer_counts_neither_way() -> None:
    sheet = [one("x", transfer("IR", "RU"), transfer("CN", "RU", optional=True))]
    for found in ([transfer("IR", "RU")], [transfer("IR", "RU"), transfer("CN", "RU")]):
        scores = score([one("x", *found)], sheet)
        assert (scores.pairs.f1, scores.triples.f1) == (1.0, 1.0)


def test_any_stage_of_a_list_is_right() -> None:
    sheet = [one("x", transfer("IR", "RU", stage=["sought", "agreed"]))]
    assert score([one("x", transfer("IR", "RU", stage="agreed"))], sheet).stages.recall == 1.0
    assert score([one("x", transfer("IR", "RU", stage="halted"))], sheet).stages.recall == 0.0


def test_two_deals_of_one_pair_are_told_apart_by_stage() -> None:
    offered, delivered = transfer("KP", "RU", stage="offered"), transfer("KP", "RU", stage="delivered")
    matched = aligned([delivered, offered], [offered, delivered])
    assert all(answer["stage"] == claim["stage"] for answer, claim in matched)


def test_sources_and_quantities_are_compared_on_the_same_transfer() -> None:
    sheet = [one("x", transfer("IR", "RU", sources=["reuters", "us-officials"], quantity=[None, 40]))]
    found = [one("x", transfer("IR", "RU", sources=["reuters", "dpa"], quantity=[40, 40]))]
    scores = score(found, sheet)
    assert (scores.sources.precision, scores.sources.recall) == (0.5, 0.5)
    assert scores.quantities.recall == 0.0


def test_fields_without_words_lower_the_share_of_evidence() -> None:
    words = evidence(supplier="Iran", recipient="Moskau", item_classes="Drohnen", stage="liefert")
    sheet = [one("x", transfer("IR", "RU"))]
    assert score([one("x", transfer("IR", "RU", evidence=words))], sheet).evidence == 1.0
    assert score([one("x", transfer("IR", "RU", evidence=words[:3]))], sheet).evidence == 0.75


def test_an_article_that_was_not_read_is_named_and_counts_as_missed() -> None:
    scores = score([], [one("x", transfer("IR", "RU"))])
    assert scores.unread == ["x"]
    assert scores.pairs.recall == 0.0


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "is no JSON"),
        ("[]", "`doc`"),
        ('{"doc": "x"}', "`transfers`"),
        (json.dumps(one("x", {**transfer("IR", "RU"), "supplier": "IR"})), "`supplier`"),
        (json.dumps(one("x", {**transfer("IR", "RU"), "stage": None})), "stage"),
    ],
)
def test_a_broken_sheet_is_named_by_its_line(tmp_path: Path, line: str, said: str) -> None:
    sheet = tmp_path / "sheet.jsonl"
    sheet.write_text(json.dumps(one("w", transfer("IR", "RU"))) + "\n" + line + "\n", encoding="utf-8")
    with pytest.raises(SheetError, match="line 2") as problem:
        read_sheet(sheet)
    assert said in str(problem.value)


def test_a_sheet_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SheetError, match=r"nowhere\.jsonl"):
        read_sheet(tmp_path / "nowhere.jsonl")
