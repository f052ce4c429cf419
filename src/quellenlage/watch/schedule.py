"""When something is to be asked again."""

from __future__ import annotations

from datetime import timedelta
from random import Random

FIRST = timedelta(minutes=1)
"""A first failure is mostly over after a minute."""
LONGEST = timedelta(hours=6)
GIVEN_UP_AFTER = timedelta(days=3)
"""How long a page is asked for that does not come."""
FINAL_FAILURES = 3
"""So often a page is asked for that the server says is not there: it may have been announced too early."""


def after_success(every: timedelta, chance: Random) -> timedelta:
    """About `every`: a twentieth more or less, so that sources that began together do not go on so."""
    return every * chance.uniform(0.95, 1.05)


def after_failure(failures: int, longest: timedelta, chance: Random) -> timedelta:
    """A minute after the first of some failures in a row, twice as long after each other one, `longest` at most.

    A quarter more or less, so that those who failed together do not come back together.
    """
    doubled = FIRST * int(2 ** min(failures - 1, 20))
    return min(doubled, longest) * chance.uniform(0.75, 1.25)
