"""Who held an office on the day an article was published."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from quellenlage.names.actors import ActorKind, identify
from quellenlage.names.offices import Office, holder, offices


@pytest.mark.parametrize(
    ("words", "day", "source", "party"),
    [
        ("der französische Präsident", date(2019, 5, 1), "emmanuel-macron", "FR"),
        ("Frankreichs Präsident", date(2010, 5, 1), "nicolas-sarkozy", "FR"),
        ("die Bundeskanzlerin", date(2020, 5, 1), "angela-merkel", "DE"),
        ("der deutsche Kanzler", date(2023, 5, 1), "olaf-scholz", "DE"),
        ("dem US-Präsidenten", date(2018, 5, 1), "donald-trump", "US"),
        ("der amerikanische Präsident", date(2022, 5, 1), "joe-biden", "US"),
        ("der ukrainische Verteidigungsminister", date(2022, 5, 1), "olexij-resnikow", "UA"),
        ("Kremlchef", date(2022, 5, 1), "wladimir-putin", "RU"),
        ("der iranische Präsident", date(2022, 5, 1), "ebrahim-raisi", "IR"),
        ("der nordkoreanische Machthaber", None, "kim-jong-un", "KP"),
    ],
)
def test_an_office_is_whoever_held_it(words: str, day: date | None, source: str, party: str) -> None:
    found = identify(words, day=day)
    assert (found.source, found.party) == (source, party)


def test_a_former_holder_is_not_the_one_in_office() -> None:
    assert identify("der frühere französische Präsident", day=date(2019, 5, 1)).kind is not ActorKind.PERSON


def test_who_works_for_the_holder_is_somebody_else() -> None:
    assert identify("ein Berater des französischen Präsidenten", day=date(2019, 5, 1)).source == "fr-officials"


def test_without_a_day_an_office_is_only_that_of_somebody_who_has_long_held_it() -> None:
    assert holder("US", Office.HEAD, None) is None
    assert identify("der US-Präsident").source == "us-government"


def test_on_a_day_with_two_holders_nobody_is_named() -> None:
    assert holder("FR", Office.HEAD, date(2017, 5, 14)) is None
    assert holder("FR", Office.HEAD, date(2017, 5, 15)) == "Emmanuel Macron"


def test_terms_of_an_office_should_follow_one_another() -> None:
    for (state, office), terms in offices().items():
        ordered = sorted(terms, key=lambda term: term.begin)
        for term in ordered:
            assert term.end is None or term.begin <= term.end, (state, office, term)
        for earlier, later in pairwise(ordered):
            assert earlier.end is not None, (state, office, earlier)
            exact = earlier.end.day not in (28, 29, 30, 31) and later.begin.day != 1
            assert earlier.end <= later.begin or not exact or (earlier.end - later.begin).days <= 1
