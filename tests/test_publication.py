"""When an article was published, worked out from its text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quellenlage.domain import Article
from quellenlage.names import dates
from quellenlage.names.publication import events, publication_of
from quellenlage.steps import dated

WAR = "Seit dem russischen Einmarsch in die Ukraine im vergangenen Jahr sucht Moskau Granaten."
TRIP = "Kim Jong-un ist am Mittwoch im Zug zu einem Treffen mit Putin gereist."


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("date 2023-11 Moskau sucht Granaten\nPjöngjang schweigt.", "2023-11"),
        ("Moskau sucht Granaten\nStand: 12.09.2023, 14:10 Uhr\nPjöngjang schweigt.", "2023-09-12"),
        ("Moskau sucht Granaten\nDienstag, 12. September 2023\nPjöngjang schweigt.", "2023-09-12"),
        ("Moskau sucht Granaten\nSeoul, 3. März 2024 – Pjöngjang schweigt.", "2024-03-03"),
        ("Moskau sucht Granaten\nPjöngjang schweigt.\nVeröffentlicht am 5. Mai 2024", "2024-05-05"),
        (WAR, "2023?"),
        ("Vor zwei Jahren begann Russlands Invasion in der Ukraine. Seither fehlt es an Granaten.", "2024?"),
        (f"{TRIP} {WAR}", "2023-09?"),
        (
            "Putin ist am Mittwoch zu einem Besuch nach Nordkorea gereist. Der Krieg in der Ukraine dauert an.",
            "2024-06?",
        ),
    ],
)
def test_a_date_that_the_text_tells(text: str, published: str) -> None:
    found = publication_of(text)
    assert found is not None
    assert found.published == published
    assert found.words in text


@pytest.mark.parametrize(
    "text",
    [
        "Moskau sucht Granaten. Pjöngjang schweigt.",
        "Am Mittwoch sprach der Kreml von Granaten. 2021 war noch die Rede von Raketen.",
        # Two such journeys, and nothing says which.
        TRIP,
        # Looking back at the journey, months later.
        "Kim Jong-un war zu einem Treffen mit Putin gereist. Der Krieg in der Ukraine dauert an.",
        # A sentence about a day is no date line.
        "Moskau sucht Granaten\nVom 5. Mai 2024 an gilt für die Ausfuhr von Granaten ein neues Gesetz in Seoul.",
    ],
)
def test_what_the_text_does_not_tell_is_left_open(text: str) -> None:
    assert publication_of(text) is None


def test_a_stated_date_stays_and_an_inferred_one_names_its_words() -> None:
    stated = Article("a", "a", WAR, published="2024-05-01")
    assert dated(stated) is stated
    inferred = dated(Article("a", "a", WAR))
    assert (inferred.published, inferred.dated_by) == ("2023?", WAR)


@pytest.mark.parametrize(
    ("words", "published", "expected"),
    [
        ("im April", "2023-11", "2023-04?"),
        ("am Mittwoch", "2023-11", "2023-11?"),
        ("im vergangenen Jahr", "2023?", "2022?"),
        ("Ende August 2022", "2023-11", "2022-08~"),
        ("seit April", "2023-11", "2023-04?/.."),
        ("Ende Sommer", "2023-11", "2023?"),
        ("Ende Sommer", "2023-11-02", "2023-22"),
    ],
)
def test_times_against_a_vague_date_are_uncertain(words: str, published: str, expected: str) -> None:
    assert dates.parse(words, published) == expected


def test_the_events_are_in_reach_of_news() -> None:
    assert all(2000 <= event.begin.year <= 2100 and event.words for event in events())


@given(st.text())
def test_any_text_may_be_asked(text: str) -> None:
    publication_of(text)
