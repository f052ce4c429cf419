import pytest
from hypothesis import given
from hypothesis import strategies as st

from quellenlage.names.cue_words import Manner, manner
from quellenlage.names.knowledge import load
from quellenlage.names.word_classes import entries


@pytest.mark.parametrize(
    ("expected", "words"),
    [
        ("says", "sagte, sagten, gesagt, teilte, teilte mit, mitgeteilt, laut, zufolge, nach Angaben, Medienberichten"),
        ("says", "unter Berufung auf, beruft sich, heißt es, hieß es, schrieb, nannte, said, according to, reports"),
        ("hearsay", "soll, sollen, will, angeblich, Gerüchten, dem Vernehmen nach, munkelt, reportedly"),
        ("confirms", "bestätigte, bestätigt, räumte, räumte ein, einräumte, bekräftigt, gab zu, nicht bestritten"),
        ("confirms", "confirmed, acknowledges"),
        ("denies", "dementierte, Dementi, bestritt, bestritten, zurückgewiesen, wies zurück, widersprach, stritt ab"),
        ("denies", "sprach von Lügen, treffen nicht zu, will davon nichts wissen, denied, denies"),
        ("declines", "wollte sich nicht äußern, nicht kommentieren, kein Kommentar, keine Angaben, schwieg, wich aus"),
        (
            "declines",
            "lehnte eine Stellungnahme ab, ließ eine Anfrage unbeantwortet, reagierte nicht, äußerte sich nicht",
        ),
        ("declines", "weder bestätigen noch dementieren, nicht zu erreichen, declined to comment, did not respond"),
        ("unverified", "nicht unabhängig überprüfen, ließ sich nicht überprüfen, nicht bestätigen, keine Belege"),
        ("unverified", "unabhängig bestätigt ist das nicht, nicht verifizieren, could not be independently verified"),
        ("assesses", "schätzt, vermutet, geht davon aus, hält, rechnet, Einschätzung, glaubt, schließt nicht aus"),
        ("assesses", "kritisierte, Ansicht, believes, estimates"),
        (
            "demands",
            "forderte, warnte, gewarnt, rief auf, riefen, mahnt, drängt, Appell, Forderungen, schlug vor, urged",
        ),
        ("refuses", "lehnte, lehnt, wies, weist"),
        (
            "evidence",
            "Erkenntnissen, Recherchen, US-Dokumenten, Satellitenbilder, Informationen, zeigen, belegen, hervorgeht",
        ),
        ("unknown", "Zebra, nicht, am, "),
    ],
)
def test_a_cue_has_the_manner_of_its_words(expected: str, words: str) -> None:
    assert {cue: manner(cue) for cue in words.split(", ")} == dict.fromkeys(words.split(", "), expected)


def test_listed_words_have_the_manner_under_which_they_are_listed() -> None:
    listed = load("cue_words")
    for kind in ("verbs", "nouns", "words", "english"):
        for expected, word in entries(listed, kind):
            assert (word, manner(word.replace("|", ""))) == (word, Manner(expected))


@pytest.mark.parametrize("said", ["sagen", "kommentiert", "geantwortet", "bestätigt"])
def test_what_is_not_said_is_declined(said: str) -> None:
    assert manner(said) in {Manner.SAYS, Manner.CONFIRMS}
    assert manner(f"nicht {said}") == Manner.DECLINES


@given(st.text(max_size=40) | st.sampled_from(["bestätigte", "laut", "Äußerungen", "nicht sagen", "Dementi"]))
def test_space_around_and_a_capital_do_not_matter(words: str) -> None:
    found = manner(words)
    assert manner(f"  {words}\n") == found
    if words.isalpha() and words[0].swapcase().swapcase() == words[0]:
        assert manner(words[0].swapcase() + words[1:]) == found
