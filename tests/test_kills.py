"""A ledger is whole however the processes end that work on it, and holds what they had said to be done."""

from __future__ import annotations

from pathlib import Path

from benchmarks.kills import WORK, kills


def test_a_ledger_survives_kills(tmp_path: Path) -> None:
    tally = kills(tmp_path, many=8, seed=8)
    assert tally.wrong == []
    assert tally.kills == dict.fromkeys(WORK, 2)
    assert tally.done.total() > 8
