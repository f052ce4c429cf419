"""Curves from what the network gives out to how often it is right."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quellenlage.calibration import UNCALIBRATED, Calibration, Curve
from training.calibrate import Judged, curve_through, expected_calibration_error, fitted

probabilities = st.floats(0.0, 1.0)
curves = st.builds(Curve, st.floats(0.05, 5.0), st.floats(-4.0, 4.0))


@given(curves, probabilities, probabilities)
def test_a_curve_keeps_the_order_and_stays_a_probability(curve: Curve, one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert 0.0 <= curve.at(low) <= curve.at(high) <= 1.0


@given(st.floats(0.001, 0.999))
def test_without_a_curve_nothing_changes(probability: float) -> None:
    assert UNCALIBRATED.of("ACT", probability) == probability
    assert Calibration({"ACT": Curve()}).of("ACT", probability) == pytest.approx(probability)


@given(st.dictionaries(st.text(max_size=5), curves, max_size=4), probabilities)
def test_curves_survive_their_json(by_kind: dict[str, Curve], probability: float) -> None:
    calibration = Calibration(by_kind)
    again = Calibration.from_json(calibration.to_json())
    for kind in by_kind:
        assert again.of(kind, probability) == pytest.approx(calibration.of(kind, probability), abs=1e-3)


@pytest.mark.parametrize("text", ["[1, 2]", '{"ACT": 3}', '{"ACT": [1]}', "no json"])
def test_curves_in_another_form_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="curves are a JSON object"):
        Calibration.from_json(text)


def overconfident(count: int) -> list[Judged]:
    """Finds of a reader that says 0.9 and 0.6 where it is right in 7 and 5 of 10 cases."""
    chance = Random(5)
    return [
        Judged("ACT", said, chance.random() < right) for said, right in ((0.9, 0.7), (0.6, 0.5)) for _ in range(count)
    ]


def test_a_fitted_curve_says_how_often_finds_are_right() -> None:
    finds = overconfident(2000)
    curve = fitted(finds).curves["ACT"]
    assert curve.at(0.9) == pytest.approx(0.7, abs=0.03)
    assert curve.at(0.6) == pytest.approx(0.5, abs=0.03)
    calibrated = [Judged(f.kind, curve.at(f.probability), f.right) for f in finds]
    assert expected_calibration_error(finds) > 0.1
    assert expected_calibration_error(calibrated) < 0.03


def test_few_finds_move_a_curve_little() -> None:
    curve = curve_through([Judged("RET", 0.5, False)], towards_identity=4.0)
    assert 0.35 < curve.at(0.5) < 0.5
