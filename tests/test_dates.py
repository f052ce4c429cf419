import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quellenlage.names import dates

SATURDAY = "2023-10-14"
_DATE = r"(?:\d{4}(?:-\d\d(?:-\d\d)?)?|\d{3}X)~?"
EDTF = re.compile(rf"{_DATE}|(?:{_DATE}|\.\.)/(?:{_DATE}|\.\.)")


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("2024", "2024"),
        ("im Jahr 2019", "2019"),
        ("im Dezember 2023", "2023-12"),
        ("am 5. September 2022", "2022-09-05"),
        ("5.9.2022", "2022-09-05"),
        ("Sommer 2021", "2021-22"),
        ("im Winter 2022/23", "2022-24"),
        ("Ende 2022", "2022~"),
        ("seit August 2021", "2021-08/.."),
        ("bis 2027", "../2027"),
        ("vor 2014", "../2013"),
        ("frühestens 2026", "2026/.."),
        ("von 2030 an", "2030/.."),
        ("zwischen 2015 und 2019", "2015/2019"),
        ("zwischen Juni und Dezember 2022", "2022-06/2022-12"),
        ("im ersten Quartal 2025", "2025-01/2025-03"),
        ("in den 1980er Jahren", "198X"),
        ("nach dem Abkommen von 2015", "2015/.."),
    ],
)
def test_absolute_times_need_no_day_of_publication(words: str, edtf: str) -> None:
    assert dates.parse(words, None) == edtf
    assert dates.parse(words, SATURDAY) == edtf


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("heute", "2023-10-14"),
        ("gestern", "2023-10-13"),
        ("gestern Abend", "2023-10-13"),
        ("am Samstag", "2023-10-14"),
        ("am Dienstag", "2023-10-10"),
        ("Montagabend", "2023-10-09"),
        ("am vergangenen Samstag", "2023-10-07"),
        ("am kommenden Dienstag", "2023-10-17"),
        ("bis Mittwoch", "../2023-10-18"),
        ("in der Nacht zum Donnerstag", "2023-10-12"),
        ("vergangene Woche", "2023-10-02/2023-10-08"),
        ("am Wochenende", "2023-10-14/2023-10-15"),
        ("zu Wochenbeginn", "2023-10-09/2023-10-15"),
        ("vor zwei Wochen", "2023-09-30~"),
        ("vor drei Monaten", "2023-07~"),
        ("vor anderthalb Jahren", "2022-04~"),
        ("in zwei Jahren", "2025~"),
        ("in den vergangenen Wochen", "2023-09-16~/2023-10-14"),
        ("in den nächsten Tagen", "2023-10-14/2023-10-18~"),
        ("seit Monaten", "2023-06~/.."),
        ("Ende August", "2023-08~"),
        ("Mitte Mai", "2023-05~"),
        ("im Januar", "2024-01"),
        ("im April", "2023-04"),
        ("schon im Januar", "2023-01"),
        ("noch im Dezember", "2023-12"),
        ("seit Dezember", "2022-12/.."),
        ("im vergangenen Oktober", "2022-10"),
        ("im März des vergangenen Jahres", "2022-03"),
        ("noch in diesem Monat", "2023-10"),
        ("Anfang des Monats", "2023-10~"),
        ("im vergangenen Jahr", "2022"),
        ("im Vorjahr", "2022"),
        ("bis Jahresende", "../2023-12~"),
        ("seit Jahresbeginn", "2023-01~/.."),
        ("im Frühjahr", "2023-21"),
        ("im kommenden Sommer", "2024-22"),
        ("im zweiten Halbjahr", "2023-07/2023-12"),
        ("in den neunziger Jahren", "199X"),
        ("demnächst", "2023-10-14/.."),
    ],
)
def test_relative_times_are_read_against_the_day_of_publication(words: str, edtf: str) -> None:
    assert dates.parse(words, SATURDAY) == edtf
    assert dates.parse(words, None) is None


@pytest.mark.parametrize(
    "words",
    ["", "zwei Tage später", "kurz darauf", "am selben Tag", "seit Kriegsbeginn", "drei Jahre lang", "am 31. Februar"],
)
def test_what_points_elsewhere_gives_nothing(words: str) -> None:
    assert dates.parse(words, SATURDAY) is None


def test_an_interval_begins_or_ends_with_a_year_of_the_decade() -> None:
    assert dates.parse("seit den Neunzigerjahren", SATURDAY) == "1990/.."
    assert dates.parse("bis in die Achtzigerjahre", SATURDAY) == "../1989"


def test_a_time_of_publication_is_as_good_as_a_day() -> None:
    assert dates.parse("gestern", "2023-10-14T08:30:00+02:00") == "2023-10-13"
    assert dates.parse("gestern", "neulich") is None


TIME_WORDS = [
    "am", "im", "seit", "bis", "vor", "nach", "von", "zwischen", "und", "Ende", "vergangenen", "kommenden",
    "zwei", "Mai", "Dienstag", "Sommer", "2021", "0000", "9999", "5.", "31.", "Jahren", "Wochen", "Woche", "Jahr",
    "Monat", "Neunzigerjahre", "tausend", "Jahrhunderten", "ersten", "Quartal", "Weihnachten", "noch", "schon",
]  # fmt: skip


@given(
    st.text(max_size=60) | st.lists(st.sampled_from(TIME_WORDS), min_size=1, max_size=6).map(" ".join),
    st.none() | st.dates(min_value=date(1950, 1, 1)).map(date.isoformat),
)
def test_any_words_give_edtf_or_nothing(words: str, published: str | None) -> None:
    found = dates.parse(words, published)
    assert found is None or EDTF.fullmatch(found)


@given(st.lists(st.sampled_from(TIME_WORDS), min_size=1, max_size=5).map(" ".join))
def test_what_is_read_is_edtf_to_another_reader_too(words: str) -> None:
    edtf = pytest.importorskip("edtf")
    if found := dates.parse(words, SATURDAY):
        assert edtf.parse_edtf(found)


@given(
    st.integers(min_value=1990, max_value=2040),
    st.sampled_from(
        [
            "{}",
            "im Mai {}",
            "am 3. Mai {}",
            "Ende {}",
            "im Sommer {}",
            "seit {}",
            "seit Mai {}",
            "ab {}",
            "im Jahr {}",
            "Mai {}",
        ]
    ),
    st.dates(min_value=date(2000, 1, 1), max_value=date(2040, 12, 31)).map(date.isoformat),
)
def test_a_date_lies_in_the_year_that_it_names(year: int, words: str, published: str) -> None:
    found = dates.parse(words.format(year), published)
    assert found is not None
    assert found.startswith(str(year))
