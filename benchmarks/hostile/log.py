"""What came of each input, a line of JSON each: a run that was ended goes on behind the last line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from benchmarks.hostile.came import Came
from benchmarks.hostile.inputs import Hostile


class Log:
    """The file of a run; `came` holds what it says, by kind and number of the input."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._came: dict[tuple[str, int], Came] = {}
        if path.exists():
            for line in path.read_text(encoding="utf-8").splitlines():
                written = json.loads(line)
                kind, number = written.pop("kind"), written.pop("number")
                self._came[kind, number] = Came(**written)

    def holds(self, one: Hostile) -> bool:
        """Whether it is known what came of an input."""
        return (one.kind, one.number) in self._came

    def add(self, one: Hostile, came: Came) -> None:
        """Write down what came of an input."""
        self._came[one.kind, one.number] = came
        with self._path.open("a", encoding="utf-8") as file:
            print(json.dumps({"kind": one.kind, "number": one.number, **asdict(came)}), file=file)

    def by_kind(self) -> Mapping[str, list[Came]]:
        """All that came so far."""
        found: dict[str, list[Came]] = {}
        for (kind, _), came in self._came.items():
            found.setdefault(kind, []).append(came)
        return found
