"""What is said when a source cannot become an article."""

from __future__ import annotations


class Unreadable(ValueError):
    """A source that is no article; the message names the place, what was expected, and the next step."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(f"{where}: {why}")
        self.where = where
        self.why = why
