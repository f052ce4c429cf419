"""What is said when a source cannot become an article."""

from __future__ import annotations

_LONGEST_PLACE, _LONGEST_REASON = 500, 1_000  # characters
_KEPT_AT_THE_END = 100


class Unreadable(ValueError):
    """A source that is no article; the message names the place, what was expected, and the next step.

    Both are made `sayable`.
    """

    def __init__(self, where: str, why: str) -> None:
        self.where, self.why = sayable(where, why)
        super().__init__(f"{self.where}: {self.why}")


def sayable(where: str, why: str) -> tuple[str, str]:
    """A place and a reason on one line each and not too long, without what a terminal would obey or cannot show.

    Messages quote sources, which may hold anything.
    """
    return _line(where, _LONGEST_PLACE), _line(why, _LONGEST_REASON)


def _line(words: str, longest: int) -> str:
    # Before the signs are looked at one by one: there may be millions.
    if len(words) > longest:
        words = f"{words[: longest - _KEPT_AT_THE_END]} … {words[-_KEPT_AT_THE_END:]}"
    if words.isprintable():
        return words
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in " ".join(words.split()))
