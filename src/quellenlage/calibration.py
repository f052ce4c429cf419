"""From what the network gives out as probabilities to what they are worth: how often it is right when it is this sure.

One curve a kind (Platt 1999, "Probabilistic Outputs for Support Vector Machines"): calibrated log odds = slope × log
odds + offset. The reader's curves come with its model and were fitted on held-back articles (`training/calibrate.py`).
They change how sure it says it is, never what it finds.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import exp, log
from typing import Self

LEAST = 1e-6


@dataclass(frozen=True)
class Curve:
    """Calibrated log odds = `slope` × log odds + `offset`."""

    slope: float = 1.0
    offset: float = 0.0

    def at(self, probability: float) -> float:
        """The calibrated probability."""
        return 1.0 / (1.0 + exp(-(self.slope * log_odds(probability) + self.offset)))


@dataclass(frozen=True)
class Calibration:
    """Curves by kind: a span type, a relation, `stage` or `stance`; a kind without a curve is left as it is."""

    curves: Mapping[str, Curve] = field(default_factory=dict)

    def of(self, kind: str, probability: float) -> float:
        """How often something of this kind is right when the network gives it this probability."""
        curve = self.curves.get(kind)
        return probability if curve is None else curve.at(probability)

    def to_json(self) -> str:
        """The curves as a JSON object of [slope, offset] by kind."""
        curves = sorted(self.curves.items())
        lines = [f"{json.dumps(kind)}: [{curve.slope:.4f}, {curve.offset:.4f}]" for kind, curve in curves]
        return "{\n" + ",\n".join(lines) + "\n}\n"

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The curves from their JSON form; raises `ValueError` where it is another."""
        try:
            return cls({kind: Curve(float(slope), float(offset)) for kind, (slope, offset) in json.loads(text).items()})
        except (AttributeError, TypeError, ValueError) as error:
            raise ValueError("curves are a JSON object of [slope, offset] by kind") from error


UNCALIBRATED = Calibration()


def log_odds(probability: float) -> float:
    """log(p / (1 − p)), bounded where p is 0 or 1."""
    bounded = min(max(probability, LEAST), 1.0 - LEAST)
    return log(bounded / (1.0 - bounded))
