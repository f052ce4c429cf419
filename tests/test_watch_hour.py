"""An hour of simulated time over a server that fails in every way it can: nothing is lost, nothing taken in twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.watching import BAD, hour


@pytest.mark.parametrize(("badness", "stops"), [(0.5, 5)])
def test_an_hour(tmp_path: Path, badness: float, stops: int) -> None:
    came = hour(tmp_path / "ledger.db", badness, stops=stops)
    assert len(came.published) == 120
    assert (came.lost, came.twice, came.foreign) == (set(), set(), set())
    assert set(came.done) == {bad.__name__.strip("_") for bad in BAD} | {"well"}, "all that can go wrong has"
