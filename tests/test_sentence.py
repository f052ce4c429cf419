"""The standing of a deal in one sentence, in both languages."""

from dataclasses import replace

import pytest

from quellenlage.domain import Stage
from quellenlage.labels import LANGUAGES, labels
from quellenlage.sentence import standing_sentence
from quellenlage.weigh.origins import Origin
from quellenlage.weigh.standing import Answer, Grade, GradeReason, Standing
from quellenlage.weigh.weighing import Deal


def origins(count: int, possibly_more: bool = False) -> tuple[Origin, ...]:
    return tuple(Origin((f"quelle-{n}",), (f"k{n}",), possibly_more) for n in range(count))


STANDING = Standing(
    Stage.SOUGHT, (), origins(2), (), (Answer("KP", True),), (), (), Grade(3, ((GradeReason.ORIGINS, 2),)), ()
)
DEAL = Deal("KP-RU-x", ("k0", "k1"), ("a0",), ("KP",), ("RU",), ("ammunition",), (), STANDING, (), ())


def said(language: str, deal: Deal = DEAL, **changed: object) -> str:
    return standing_sentence(replace(deal, standing=replace(deal.standing, **changed)), labels(language))


def test_it_tells_the_deal_its_origins_and_who_denies() -> None:
    assert said("en") == "Sought by Russia from North Korea; two independent origins; denied by North Korea."
    assert said("de") == "Von Russland bei Nordkorea gesucht; zwei unabhängige Ursprünge; bestritten von Nordkorea."


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("stage", Stage)
def test_every_stage_has_a_sentence_of_its_own(language: str, stage: Stage) -> None:
    sentence = said(language, stage=stage)
    assert sentence.count("Nord" if language == "de" else "North") == 2
    assert sum(sentence == said(language, stage=other) for other in Stage) == 1
    assert sentence[0].isupper()
    assert sentence.endswith(".")
    assert "{" not in sentence


def test_names_take_their_article() -> None:
    swiss = replace(DEAL, supplier=("CH", "US"), recipient=("UA",))
    assert said("de", swiss, stage=Stage.DELIVERED).startswith("Von der Schweiz und den USA an die Ukraine geliefert;")
    assert said("de", swiss, stage=Stage.OFFERED).startswith("Der Ukraine von der Schweiz und den USA angeboten;")
    assert said("en", swiss, stage=Stage.DELIVERED).startswith(
        "Delivered by Switzerland and the United States to Ukraine;"
    )


@pytest.mark.parametrize(
    ("who", "dative", "accusative"),
    [
        ("AE", "den Vereinigten Arabischen Emiraten", "die Vereinigten Arabischen Emirate"),
        ("FO", "den Färöern", "die Färöer"),
        ("KP", "Nordkorea", "Nordkorea"),
        ("kr-intelligence", "dem Geheimdienst (Südkorea)", "den Geheimdienst (Südkorea)"),
        ("experts", "Fachleuten", "Fachleute"),
        ("imf", "dem Internationalen Währungsfonds", "den Internationalen Währungsfonds"),
        ("new-york-times", "New York Times", "New York Times"),
    ],
)
def test_names_stand_in_their_case(who: str, dative: str, accusative: str) -> None:
    told = said(
        "de", replace(DEAL, supplier=(who,), recipient=(who,)), stage=Stage.DELIVERED, denied_by=(Answer(who, True),)
    )
    assert told.startswith(f"Von {dative} an {accusative} geliefert;")
    assert told.endswith(f"bestritten von {dative}.")


def test_a_party_that_is_not_named_is_said_to_be_none() -> None:
    nobody = replace(DEAL, supplier=("unknown",))
    assert "ungenannter Seite" in said("de", nobody)
    assert "an unnamed party" in said("en", nobody)


def test_what_all_claims_negate_is_not_told_as_a_transfer() -> None:
    grade = Grade(5, ((GradeReason.ORIGINS, 1), (GradeReason.NEGATED, 2)))
    assert said("de", grade=grade).startswith("Nach allen Behauptungen keine Lieferung von Nordkorea an Russland;")
    assert said("en", grade=grade).startswith("By all claims no delivery from North Korea to Russia;")


@pytest.mark.parametrize(
    ("count", "more", "german", "english"),
    [
        (0, False, "kein Ursprung", "no origin"),
        (1, False, "ein unabhängiger Ursprung", "one independent origin"),
        (1, True, "ein unabhängiger Ursprung, vielleicht mehr", "one independent origin, possibly more"),
        (12, False, "zwölf unabhängige Ursprünge", "twelve independent origins"),
        (13, False, "13 unabhängige Ursprünge", "13 independent origins"),
    ],
)
def test_origins_are_counted_in_words(count: int, more: bool, german: str, english: str) -> None:
    for language, words in (("de", german), ("en", english)):
        assert f"; {words}; " in said(language, origins=origins(count, more))


def test_every_kind_of_answer_is_told() -> None:
    answers = {
        "confirmed_by": (Answer("RU", True),),
        "no_comment_by": (Answer("us-officials", False),),
        "unverified_by": (Answer("reuters", False), Answer("dpa", False)),
    }
    english, german = (said(language, **answers) for language in ("en", "de"))
    for words in ("confirmed by Russia", "no comment from officials", "could not be verified by Reuters and dpa"):
        assert words in english
    for words in ("bestätigt von Russland", "ohne Kommentar von Behördenvertretern (USA)", "laut Reuters und dpa"):
        assert words in german


def test_both_languages_have_the_same_words() -> None:
    german, english = (labels(language).words for language in LANGUAGES)
    assert german["standing"].keys() == english["standing"].keys()
    for words in (german, english):
        forms = [*words["in_sentences"].values(), *words["kinds_in_sentences"].values()]
        assert all(len(each) == 2 for each in forms)
        assert words["kinds_in_sentences"].keys() == words["kinds"].keys()
