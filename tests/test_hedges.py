import pytest
from hypothesis import given
from hypothesis import strategies as st

from quellenlage.names import hedges, returns


@pytest.mark.parametrize(
    "words",
    ["angeblich", "mutmaßlichen", "Offenbar", "möglicherweise", "könnte", "dürften", "wohl", "unwahrscheinlich"],
)
def test_words_that_weaken_are_hedges(words: str) -> None:
    assert hedges.is_hedge(words)


@pytest.mark.parametrize("words", ["", "gestern", "konnte", "sicher", "durfte"])
def test_plain_words_are_no_hedges(words: str) -> None:
    assert not hedges.is_hedge(words)


def test_doubt_weighs_more_than_inference() -> None:
    assert hedges.strength("offenbar") < hedges.strength("wahrscheinlich") < hedges.strength("womöglich")
    assert hedges.strength("möglich") < hedges.strength("angeblich") < hedges.strength("zweifelhaft")


@pytest.mark.parametrize(
    "words", ["soll", "Sollen", "angeblich", "heißt es", "hieß es", "Gerüchten", "behauptet", "will"]
)
def test_talk_is_hearsay(words: str) -> None:
    assert hedges.is_hearsay(words)


@pytest.mark.parametrize("words", ["sagte", "bestätigte", "laut", "Bericht"])
def test_named_saying_is_not(words: str) -> None:
    assert not hedges.is_hearsay(words)


@pytest.mark.parametrize(
    ("sentence", "reported"),
    [
        ("Die Lieferung sei längst unterwegs.", True),
        ("Man habe nichts verschickt.", True),
        ("Die Kisten hätten den Hafen verlassen.", True),
        ("Sie würden bald ankommen.", True),
        ("Hätte die Regierung zugestimmt, wäre der Vertrag fertig.", True),
        ("Ich habe den Vertrag gelesen.", False),
        ("Sie hatte den Vertrag gelesen.", False),
        ("Die Schiffe konnten auslaufen.", False),
        ("Es geht um die Würde des Amtes.", False),
        ("", False),
    ],
)
def test_the_mood_of_reported_speech_is_seen(sentence: str, reported: bool) -> None:
    assert bool(hedges.reported_mood(sentence)) is reported


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("diplomatische Anerkennung", "recognition"),
        ("Nahrungsmittellieferungen", "food"),
        ("Reis", "food"),
        ("verbilligtes Öl", "oil"),
        ("Erdgas", "gas"),
        ("Satellitentechnologie", "technology"),
        ("Know-how", "technology"),
        ("Goldbarren", "gold"),
        ("Devisen", "money"),
        ("Unterstützung im Sicherheitsrat", "diplomatic support"),
        ("ein Veto", "diplomatic support"),
        ("Schürfrechte", "mining rights"),
        ("Kampfjets", "weapons"),
        ("Preise und Reisen", "Preise und Reisen"),
        ("ein Zirkuszelt", "ein Zirkuszelt"),
    ],
)
def test_returns_have_short_labels(words: str, label: str) -> None:
    assert returns.label(words) == label


@given(st.text(max_size=60))
def test_any_words_are_survived(words: str) -> None:
    assert 0 <= hedges.strength(words) <= 5
    found = hedges.reported_mood(words)
    assert found is None or words[found[0] : found[1]].strip() == words[found[0] : found[1]] != ""
    assert returns.label(words) or not words
