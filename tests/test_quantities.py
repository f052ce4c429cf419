import pytest
from hypothesis import given
from hypothesis import strategies as st

from quellenlage.names import quantities

OPEN = None


@pytest.mark.parametrize(
    ("words", "low", "high", "approximate"),
    [
        ("mehr als 100", 100, OPEN, False),
        ("bis zu 500.000", OPEN, 500_000, False),
        ("bis zu eine halbe Million", OPEN, 500_000, False),
        ("Millionen", 2_000_000, OPEN, False),
        ("mehrere Millionen", 2_000_000, OPEN, False),
        ("tausende", 2000, OPEN, False),
        ("Hunderte", 200, OPEN, False),
        ("Dutzende", 24, OPEN, False),
        ("hunderttausende", 200_000, OPEN, False),
        ("rund 40", 40, 40, True),
        ("zwei bis drei", 2, 3, False),
        ("30 bis 40", 30, 40, False),
        ("30-40", 30, 40, False),
        ("zwischen 5 und 7", 5, 7, False),
        ("zwei bis drei Millionen", 2_000_000, 3_000_000, False),
        ("fast 300", OPEN, 300, True),
        ("knapp zwanzig", OPEN, 20, True),
        ("gut 600", 600, OPEN, True),
        ("über 70", 70, OPEN, False),
        ("mindestens acht", 8, OPEN, False),
        ("höchstens 12", OPEN, 12, False),
        ("nicht mehr als 1.500", OPEN, 1500, False),
        ("weniger als zehn", OPEN, 10, False),
        ("ein Dutzend", 12, 12, False),
        ("ein halbes Dutzend", 6, 6, False),
        ("zwei Dutzend", 24, 24, False),
        ("ein paar", 2, OPEN, False),
        ("einige Hundert", 200, OPEN, False),
        ("eine Million", 1_000_000, 1_000_000, False),
        ("1,5 Millionen", 1_500_000, 1_500_000, False),
        ("anderthalb Millionen", 1_500_000, 1_500_000, False),
        ("2,5 Mio.", 2_500_000, 2_500_000, False),
        ("die ersten zehn", 10, 10, False),
        ("weitere 14", 14, 14, False),
        ("insgesamt 31", 31, 31, False),
        ("je zwei", 2, 2, False),
        ("dreitausend", 3000, 3000, False),
        ("zweihundertfünfzig", 250, 250, False),
        ("vierundzwanzig", 24, 24, False),
        ("eintausendzweihundertfünfunddreißig", 1235, 1235, False),
        ("12 400", 12_400, 12_400, False),
        ("12'400", 12_400, 12_400, False),
        ("1,000", 1000, 1000, False),
        ("mindestens 20, höchstens 30", 20, 30, False),
    ],
)
def test_words_become_an_interval(words: str, low: float | None, high: float | None, approximate: bool) -> None:
    found = quantities.parse(words)
    assert found is not None
    assert (found.low, found.high, found.approximate) == (low, high, approximate)
    assert found.words == words


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        ("300.000 Schuss", "Schuss"),
        ("10.000 Tonnen", "Tonne"),
        ("zwei Bataillone", "Bataillon"),
        ("ein Bataillon", "Bataillon"),
        ("420 Containern", "Container"),
        ("sieben Waggons", "Waggon"),
        ("rund 40", None),
    ],
)
def test_the_unit_is_the_noun_that_is_counted(words: str, unit: str | None) -> None:
    found = quantities.parse(words)
    assert found is not None
    assert found.unit == unit


@pytest.mark.parametrize(
    "words", ["", "ein Drittel", "die Hälfte", "acht Prozent", "ebenso viele", "eine große Menge", "Container", "alle"]
)
def test_shares_and_vague_words_name_no_number(words: str) -> None:
    assert quantities.parse(words) is None


def test_one_batch_is_one() -> None:
    found = quantities.parse("Batterie")
    assert found is not None
    assert (found.low, found.high, found.unit) == (1, 1, "Batterie")


NUMBER_WORDS = [
    "ein", "zwei", "hundert", "tausend", "Million", "Dutzende", "halbe", "mehrere", "bis", "zu", "und", "über",
    "fast", "von", "12", "1.000", "1,5", "-", "dreistellige", "erste", "null", "zwischen", "oder",
]  # fmt: skip


@given(st.text(max_size=60) | st.lists(st.sampled_from(NUMBER_WORDS), max_size=9).map(" ".join))
def test_any_words_give_an_interval_in_order_or_nothing(words: str) -> None:
    found = quantities.parse(words)
    if found is not None and found.low is not None and found.high is not None:
        assert found.low <= found.high


@given(st.integers(min_value=0, max_value=10**12))
def test_numerals_with_points_for_thousands_are_read_back(number: int) -> None:
    found = quantities.parse(f"{number:,}".replace(",", "."))
    assert found is not None
    assert (found.low, found.high) == (number, number)


@given(
    st.integers(min_value=2, max_value=10**9),
    st.sampled_from(
        ["{}", "mehr als {}", "mindestens {}", "bis zu {}", "höchstens {}", "rund {}", "knapp {}", "über {}"]
    ),
)
def test_an_interval_holds_the_number_that_it_names(number: int, words: str) -> None:
    found = quantities.parse(words.format(f"{number:,}".replace(",", ".")))
    assert found is not None
    assert found.low is None or found.low <= number
    assert found.high is None or number <= found.high


@given(st.integers(min_value=1, max_value=10**6), st.integers(min_value=1, max_value=10**6))
def test_a_range_runs_from_the_smaller_to_the_larger(one: int, other: int) -> None:
    low, high = sorted((one, other))
    found = quantities.parse(f"zwischen {low} und {high} Stück")
    assert found is not None
    assert (found.low, found.high) == (low, high)
