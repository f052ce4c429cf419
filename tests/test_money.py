import pytest
from hypothesis import given
from hypothesis import strategies as st

from quellenlage.names import money


@pytest.mark.parametrize(
    ("words", "low", "high", "currency"),
    [
        ("rund drei Milliarden Dollar", 3e9, 3e9, "USD"),
        ("40,3 Millionen Euro", 40_300_000, 40_300_000, "EUR"),
        ("2,8 Mrd. US-Dollar", 2.8e9, 2.8e9, "USD"),
        ("100 Millionen Zloty", 1e8, 1e8, "PLN"),
        ("9,4 Billionen Won", 9.4e12, 9.4e12, "KRW"),
        ("Gut 20 Milliarden", 2e10, None, None),
        ("bis zu 13 Milliarden australische Dollar", None, 1.3e10, "AUD"),
        ("mehr als 600 Millionen Schweizer Franken", 6e8, None, "CHF"),
        ("zwölf Milliarden schwedische Kronen", 1.2e10, 1.2e10, "SEK"),
        ("33 Millionen Kronen", 3.3e7, 3.3e7, None),
        ("500 bis 700 Rubel", 500, 700, "RUB"),
        ("$ 40 Mio", 4e7, 4e7, "USD"),
        ("Hunderte Millionen Pfund", 2e8, None, "GBP"),
        ("einen zweistelligen Millionenbetrag", 1e7, None, None),
    ],
)
def test_words_become_a_sum(words: str, low: float | None, high: float | None, currency: str | None) -> None:
    found = money.parse(words)
    assert found is not None
    assert (found.low, found.high, found.currency) == (low, high, currency)


def test_about_is_kept() -> None:
    found, exact = money.parse("etwa zwei Millionen Euro"), money.parse("zwei Millionen Euro")
    assert found is not None
    assert exact is not None
    assert (found.approximate, exact.approximate) == (True, False)


@pytest.mark.parametrize("words", ["", "ein Drittel des Preises", "kostenlos", "Euro"])
def test_no_number_is_no_sum(words: str) -> None:
    assert money.parse(words) is None


@given(st.text(max_size=60))
def test_any_words_are_survived(words: str) -> None:
    found = money.parse(words)
    assert found is None or found.words == words
