"""A model that runs once for the same input, for measures that read the same articles again and again."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any

from quellenlage.reader.model import Floats, Integers, Model


@dataclass(frozen=True)
class Remembering(Model):
    """A model with the answers that it has given, by input."""

    answers: dict[bytes, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, model: Model) -> Remembering:
        """The same model with nothing to remember yet."""
        return cls(**{part.name: getattr(model, part.name) for part in fields(Model)})

    def encode(self, ids: Integers) -> tuple[Floats, Floats]:
        """As `Model.encode`."""
        key = ids.tobytes()
        if key not in self.answers:
            self.answers[key] = super().encode(ids)
        found: tuple[Floats, Floats] = self.answers[key]
        return found

    def link(self, spans: Floats, *features: Any) -> tuple[Floats, Floats, Floats, Floats]:
        """As `Model.link`."""
        key = spans.tobytes()
        if key not in self.answers:
            self.answers[key] = super().link(spans, *features)
        found: tuple[Floats, Floats, Floats, Floats] = self.answers[key]
        return found
