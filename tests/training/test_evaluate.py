"""Scores of readings against the annotation."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.annotated import HEADER
from training.corpus import Annotated, annotated, checker, reading_of
from training.evaluate import score

TEXT = """
[[Prag|ACT:a1]] [[gibt|TRG:t1]] [[Kiew|ACT:a2]] [[Panzer|ITM:i1]] ab, [[sagt|CUE:c1]] die [[Ukraine|ACT:a3]].
"""
RELATIONS = """
transfer t1 stage=agreed supplier=a1 recipient=a2 item=i1
says c1 stance=confirms source=a3 about=t1
same a2 a3
"""


def small(folder: Path) -> Annotated:
    path = folder / "t-001.txt"
    path.write_text(HEADER.format(id="t-001") + TEXT.strip() + "\n---\n" + RELATIONS.strip(), encoding="utf-8")
    parsed, _ = checker().parse(path)
    return annotated(parsed)


def test_the_annotation_itself_scores_all(tmp_path: Path) -> None:
    article = small(tmp_path)
    scores = score([(article, reading_of(article))])
    assert scores.overall(scores.spans).f1 == scores.overall(scores.links).f1 == 1.0
    assert all(tally.recall == 1.0 for tally in scores.classes.values())


def test_another_mention_of_the_same_actor_is_as_right(tmp_path: Path) -> None:
    article = small(tmp_path)
    reading = reading_of(article)
    (transfer,) = reading.transfers
    other = replace(transfer, recipient=reading.statements[0].source)
    scores = score([(article, replace(reading, transfers=(other,)))])
    assert scores.links["recipient"].f1 == 1.0


def test_a_wrong_supplier_costs_both_ways(tmp_path: Path) -> None:
    article = small(tmp_path)
    reading = reading_of(article)
    (transfer,) = reading.transfers
    turned = replace(transfer, supplier=transfer.recipient, recipient=transfer.supplier)
    scores = score([(article, replace(reading, transfers=(turned,)))])
    assert scores.links["supplier"].hits == 0
    assert (scores.links["supplier"].found, scores.links["supplier"].wanted) == (1, 1)
