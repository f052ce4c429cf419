"""What the benchmarks count."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.calibration import cross_fitted, judged_claims
from benchmarks.measures import Measures, by_transfer, intervals, measures, summed
from benchmarks.phenomena import found_by_phenomenon
from quellenlage.domain import Reading, Stage
from tests.annotated import read_as
from training.calibrate import Judged, judged
from training.corpus import Annotated, annotated, checker
from training.evaluate import Tally

TEXT = """
[[Oslo|ACT:a1]] [[gibt|TRG:t1]] [[Riga|ACT:a2]] [[Boote|ITM:i1]].
[[Norwegen|ACT:a3]] [[schickt|TRG:t2]] sie [[Lettland|ACT:a4]] im Mai, [[sagt|CUE:c1]] [[der Minister|ACT:a5]].
"""
RELATIONS = """
transfer t1 stage=agreed supplier=a1 recipient=a2 item=i1
transfer t2 stage=agreed supplier=a3 recipient=a4 item=i1
says c1 stance=asserts source=a5 about=t2
same a1 a3
same a2 a4
event t1 t2
"""


def both(folder: Path) -> tuple[Annotated, Reading]:
    """An annotated article, and its annotation as a reading."""
    _, reading = read_as(folder, TEXT, RELATIONS)
    parsed, _ = checker().parse(folder / "t-001.txt")
    return annotated(parsed), reading


def test_a_reading_like_the_annotation_is_right_in_everything(tmp_path: Path) -> None:
    article, reading = both(tmp_path)
    assert all(tally.f1 == 1.0 for tally in measures(article, reading).values() if tally.wanted)
    assert all(find.right for find in (*judged(article, reading), *judged_claims(article, reading)))


def test_by_transfer_any_mention_will_do(tmp_path: Path) -> None:
    article, reading = both(tmp_path)
    first, second = reading.transfers
    crossed = replace(reading, transfers=(replace(first, supplier=second.supplier, recipient=()), second))
    found = by_transfer(article, crossed)
    assert (found["supplier"].f1, found["recipient"].f1) == (1.0, 1.0)
    silent = replace(reading, transfers=(replace(first, recipient=()), replace(second, recipient=())))
    assert by_transfer(article, silent)["recipient"].recall == 0.0
    turned = replace(reading, transfers=(replace(first, supplier=first.recipient), second))
    assert by_transfer(article, turned)["supplier"].precision == 0.5


def test_a_wrong_stage_counts_against_stage_alone(tmp_path: Path) -> None:
    article, reading = both(tmp_path)
    first, second = reading.transfers
    wrong = measures(article, replace(reading, transfers=(replace(first, stage=Stage.HALTED), second)))
    assert wrong["stage"].f1 == 0.5
    assert wrong["links"].f1 == 1.0


def test_missed_links_are_sorted_by_phenomenon(tmp_path: Path) -> None:
    article, reading = both(tmp_path)
    first, second = reading.transfers
    found = found_by_phenomenon([(article, replace(reading, transfers=(replace(first, supplier=()), second)))])
    assert found["in the headline"]["supplier"].recall == 0.0
    assert found["in one sentence"]["supplier"].recall == 0.5
    assert found["in neighbouring sentences"]["item"].recall == 1.0
    assert "adjective as party" not in found


def test_an_interval_holds_the_score_and_is_narrow_where_all_articles_are_alike() -> None:
    alike: list[Measures] = [{"spans": Tally(3, 4, 4)} for _ in range(20)]
    low, high = intervals(alike)["spans"]
    assert low == high == 0.75
    mixed: list[Measures] = [{"spans": Tally(4 * (n % 2), 4, 4)} for n in range(20)]
    low, high = intervals(mixed)["spans"]
    assert low < summed(mixed)["spans"].f1 == 0.5 < high


def test_no_find_is_judged_by_a_curve_that_has_seen_it() -> None:
    says = [[Judged("ACT", 0.9, n == 0)] * 50 for n in range(5)]
    found = cross_fitted(says)
    first = [find.probability for find in found if find.right]
    rest = [find.probability for find in found if not find.right]
    assert max(first) < 0.02
    assert min(rest) == pytest.approx(0.25, abs=0.02)
