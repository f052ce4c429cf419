"""A small trained classifier: how likely a sentence that names weapons speaks of their transfer.

It is a logistic regression over the words of the sentence, their beginnings and ends (the first and the last part of
German compounds), and pairs of neighbours. Its weights are written out by name in `intake/data/triage_weights.json`;
`training/triage.py` makes them.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from itertools import pairwise

from quellenlage.names.text import to_ascii

_WORD = re.compile(r"[a-z]+|\d+")
_BEGINNING = 5
_END = 6
_LONG = 8


@dataclass(frozen=True, slots=True)
class Classifier:
    """Weights of features, and the one that every sentence has."""

    bias: float
    weights: Mapping[str, float]

    @classmethod
    def load(cls) -> Classifier:
        """The classifier that comes with the package."""
        written = json.loads((files("quellenlage.intake") / "data" / "triage_weights.json").read_text(encoding="utf-8"))
        return cls(written["bias"], written["weights"])

    def likelihood(self, sentence: str) -> float:
        """How likely the sentence speaks of a transfer, between 0 and 1."""
        weights = self.weights
        total = self.bias + sum(weights[feature] for feature in features(sentence) if feature in weights)
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def features(sentence: str) -> frozenset[str]:
    """What the classifier looks at: words, `beginning-`, `-end`, and `first second` of neighbours cut to beginnings.

    Numbers are all one.
    """
    words = ["0" if word.isdigit() else word for word in _WORD.findall(to_ascii(sentence))]
    beginnings = [word[:_BEGINNING] for word in words]
    found = set(words)
    found.update(f"{beginning}-" for beginning in beginnings if len(beginning) == _BEGINNING)
    found.update(f"-{word[-_END:]}" for word in words if len(word) >= _LONG)
    found.update(f"{first} {second}" for first, second in pairwise(beginnings))
    return frozenset(found)
