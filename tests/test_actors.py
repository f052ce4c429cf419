"""Who the words of an ACT span name: as a source, as a party, and of what kind."""

from collections import Counter
from importlib.resources import files

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from quellenlage.names.actors import Actor, ActorKind, identify, known_names, resolve, slug
from quellenlage.names.knowledge import load
from quellenlage.names.own_outlet import names_own_outlet
from quellenlage.names.text import full_slug

STATES = load("states")


def identity(words: str) -> tuple[str, str]:
    actor = identify(words)
    return actor.source, actor.party


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Nordkorea", "KP"),
        ("Pjöngjang", "KP"),
        ("Pyongyang", "KP"),
        ("der Kreml", "RU"),
        ("Moskaus", "RU"),
        ("Moskauer", "RU"),
        ("Kyjiw", "UA"),
        ("Weißen Hauses", "US"),
        ("Vereinigten Staaten", "US"),
        ("Vereinigten Arabischen Emiraten", "AE"),
        ("Élysée", "FR"),
        ("Elfenbeinküste", "CI"),
        ("Weißrussland", "BY"),
        ("Grossbritannien", "GB"),
        ("Korea", "KR"),
        ("Kongo", "CD"),
        ("Georgien", "GE"),
        ("Niger", "NE"),
        ("Nigeria", "NG"),
        ("Südsudan", "SS"),
        ("Islamischen Republik", "IR"),
        ("US-Amerikanern", "US"),
        ("Franzosen", "FR"),
        ("Ukrainerinnen", "UA"),
        ("Saudis", "SA"),
        ("Aggressor Russland", "RU"),
        ("US-Drohnen", "US"),
    ],
)
def test_a_state_that_speaks_as_a_whole_is_its_code(words: str, code: str) -> None:
    actor = identify(words)
    assert (actor.source, actor.party, actor.kind) == (code, code, ActorKind.STATE)


@pytest.mark.parametrize(
    ("words", "source", "party"),
    [
        ("Bundesregierung", "de-government", "DE"),
        ("Regierung in Kiew", "ua-government", "UA"),
        ("Kiewer Regierung", "ua-government", "UA"),
        ("Biden-Regierung", "us-government", "US"),
        ("Regierung Obama", "us-government", "US"),
        ("britischen Verteidigungsministeriums", "gb-government", "GB"),
        ("Außenministerium in Teheran", "ir-government", "IR"),
        ("Pentagon", "us-government", "US"),
        ("Bundeswehr", "de-military", "DE"),
        ("russische Armee", "ru-military", "RU"),
        ("Putins Armee", "ru-military", "RU"),
        ("Truppen von Lukaschenko", "by-military", "BY"),
        ("Irans Revolutionsgarden", "ir-military", "IR"),
        ("südkoreanische Geheimdienst NIS", "kr-intelligence", "KR"),
        ("Langley", "us-intelligence", "US"),
        ("Botschaft der USA in Berlin", "us-diplomats", "US"),
    ],
)
def test_an_organ_of_a_state_counts_as_the_state_and_keeps_its_kind(words: str, source: str, party: str) -> None:
    actor = identify(words)
    assert (actor.source, actor.party, actor.kind) == (source, party, ActorKind.STATE)


@pytest.mark.parametrize(
    ("words", "source", "party"),
    [
        ("US-Beamte", "us-officials", "US"),
        ("mehrere Regierungsvertreter aus Washington", "us-officials", "US"),
        ("Vertreter des russischen Außenministeriums", "ru-officials", "RU"),
        ("Berater des ukrainischen Präsidenten", "ua-officials", "UA"),
        ("US-Geheimdienstkreise", "us-intelligence", "US"),
        ("israelische Sicherheitskreise", "il-intelligence", "IL"),
        ("zwei französische Offiziere", "fr-military", "FR"),
        ("Militärkreise in Islamabad", "pk-military", "PK"),
        ("Sprecher des ukrainischen Generalstabs", "ua-military", "UA"),
        ("US-Botschafter in Damaskus", "us-diplomats", "US"),
        ("EU-Diplomaten", "eu-diplomats", "EU"),
        ("westliche Geheimdienste", "west-intelligence", "west"),
        ("ägyptischer Regierungssprecher", "eg-government", "EG"),
        ("Sprecher von Bundeskanzler Olaf Scholz", "de-government", "DE"),
        ("Kreise der Bundesregierung", "de-government", "DE"),
        ("drei mit dem Vorgang vertraute Personen", "unnamed-persons", "unknown"),
        ("Insider", "unnamed-persons", "unknown"),
        ("viele Fachleute", "experts", "unknown"),
        ("Militäranalystin", "military-analysts", "unknown"),
        ("dänische Rüstungsfirmen", "dk-companies", "DK"),
        ("israelische Zeitungen", "il-media", "il-media"),
        ("Verbündete der Ukraine", "unnamed-persons", "unknown"),
    ],
)
def test_unnamed_persons_are_known_by_state_and_kind(words: str, source: str, party: str) -> None:
    actor = identify(words)
    assert (actor.source, actor.party, actor.kind) == (source, party, ActorKind.UNNAMED)


@pytest.mark.parametrize(
    ("words", "source", "party"),
    [
        ("Kim Jong-un (39)", "kim-jong-un", "KP"),
        ("Kim Jong Un", "kim-jong-un", "KP"),
        ("Kims", "kim-jong-un", "KP"),
        ("Nordkorea-Diktator", "kim-jong-un", "KP"),
        ("Machthaber in Pjöngjang", "kim-jong-un", "KP"),
        ("Kreml-Chef", "wladimir-putin", "RU"),
        ("Kremlsprecher Dmitri Peskow", "dmitri-peskow", "RU"),
        ("Sprecher des Kremls, Dmitri Peskow (55)", "dmitri-peskow", "RU"),
        ("Putins Sprecher Peskow", "dmitri-peskow", "RU"),
        ("Verteidigungsminister Sergei Shoigu", "sergej-schoigu", "RU"),
        ("ukrainischer Präsident Selenskyj", "wolodymyr-selenskyj", "UA"),
        ("Verteidigungsministerin Kajsa Ollongren", "kajsa-ollongren", "NL"),
        ("Nato-Generalsekretär Mark Rutte", "mark-rutte", "nato"),
        ("belgische Ministerin Lieve Testman", "lieve-testman", "BE"),
        ("russischer Botschafter Anton Musterow", "anton-musterow", "RU"),
        ("pensionierte US-General Bob Testman", "bob-testman", "bob-testman"),
        ("General a.D. Bob Testman", "bob-testman", "bob-testman"),
        ("Experte Martin Kern", "martin-kern", "martin-kern"),
        ("Vorstandschefin Dr. Astrid Muster", "astrid-muster", "astrid-muster"),
        ("Nordkorea-Expertin Hanna von der Heide", "hanna-von-der-heide", "hanna-von-der-heide"),
        ("Sprecher Hans Richter", "hans-richter", "hans-richter"),
        ("Vorstand Han Do-yun", "han-do-yun", "han-do-yun"),
        ("Schlossermeister Peter-Michael Muster", "peter-michael-muster", "peter-michael-muster"),
        ("Saab-Chefin Lena Testson", "lena-testson", "saab"),
        ("Anna Muster von der BBC", "anna-muster", "bbc"),
    ],
)
def test_a_person_is_the_name_without_office_title_and_age(words: str, source: str, party: str) -> None:
    actor = identify(words)
    assert (actor.source, actor.party, actor.kind) == (source, party, ActorKind.PERSON)


def test_a_known_surname_beside_another_name_is_somebody_else() -> None:
    assert identify("Tim Scholz").source == "tim-scholz"
    assert identify("Experte Kim Min-seok").source == "kim-min-seok"
    assert identify("Kanzler Scholz").source == "olaf-scholz"


@pytest.mark.parametrize(
    ("words", "own", "kind"),
    [
        ('"New York Times"', "new-york-times", ActorKind.OUTLET),
        ("WashingtonPost", "washington-post", ActorKind.OUTLET),
        ("“Sun”", "the-sun", ActorKind.OUTLET),
        ("Spiegels", "der-spiegel", ActorKind.OUTLET),
        ("Times", "the-times", ActorKind.OUTLET),
        ("Time", "time", ActorKind.OUTLET),
        ("Korrespondent der BBC in Moskau", "bbc", ActorKind.OUTLET),
        ("Zeitung „Abendbote Nordstrand“", "abendbote-nordstrand", ActorKind.OUTLET),
        ('"Cape Observer"', "cape-observer", ActorKind.OUTLET),
        ("dpa", "dpa", ActorKind.AGENCY),
        ("russische Nachrichtenagentur Tass", "tass", ActorKind.AGENCY),
        ("Kiel Institut", "ifw-kiel", ActorKind.ORGANISATION),
        ("US-Konzern Lockheed Martin", "lockheed-martin", ActorKind.COMPANY),
        ("Nordmuster Optik GmbH", "nordmuster-optik-gmbh", ActorKind.COMPANY),
        ("Taliban-Regierung in Kabul", "taliban", ActorKind.ARMED_GROUP),
        ("jemenitische Huthi-Miliz", "huthi", ActorKind.ARMED_GROUP),
        ("syrische Rebellen", "sy-rebels", ActorKind.ARMED_GROUP),
        ("Nato-Staaten", "nato", ActorKind.ALLIANCE),
        ("westliche Verbündete", "west", ActorKind.ALLIANCE),
        ("Europäischen Union", "EU", ActorKind.ALLIANCE),
    ],
)
def test_outlets_companies_groups_and_alliances_are_their_own_party(words: str, own: str, kind: ActorKind) -> None:
    actor = identify(words)
    assert (actor.source, actor.party, actor.kind) == (own, own, kind)


@pytest.mark.parametrize(
    "words", ["Blatt", "das Land", "Agentur", "der Konzern", "Verteidigungsministerium", "Emirats"]
)
def test_words_that_name_only_a_kind_point_back(words: str) -> None:
    assert identify(words).kind is ActorKind.ANAPHOR
    assert identify(words).party == "unknown"


def test_an_unknown_name_is_kept_word_for_word() -> None:
    assert identity("Xyloda Quant") == ("xyloda-quant", "xyloda-quant")
    assert identity("Justice Xyloda Myanmar") == ("justice-xyloda-myanmar", "justice-xyloda-myanmar")
    assert identify("China Xyloda").kind is ActorKind.UNKNOWN
    assert identify("China Xyloda").party == "china-xyloda"


def test_small_words_are_no_abbreviations() -> None:
    assert identify("mit").kind is ActorKind.UNKNOWN
    assert identify("Leute mit Verbindungen nach oben").party == "unknown"


def test_resolve_takes_the_most_telling_mention() -> None:
    assert resolve(["Zeitung", '"New York Times"', "Blatt"]).source == "new-york-times"
    assert resolve(["Land", "Iran"]).source == "IR"
    assert resolve(["Selenskyj", "ukrainischer Präsident"]).source == "wolodymyr-selenskyj"
    assert resolve(["Beamte", "US-Beamte"]).source == "us-officials"
    assert resolve(["Kern", "Experte Martin Kern"]).source == "martin-kern"
    assert resolve(["Xyloda", "Belgien"]).party == "BE"


def test_resolve_learns_the_sort_of_an_unknown_name() -> None:
    assert resolve(["Xyloda", "der Konzern"]).kind is ActorKind.COMPANY
    assert resolve(["Xyloda", "das Blatt"]).kind is ActorKind.OUTLET


def test_resolve_gives_a_person_the_state_of_the_office() -> None:
    person = resolve(["Lieve Testman", "belgische Verteidigungsministerin"])
    assert (person.source, person.party, person.kind) == ("lieve-testman", "BE", ActorKind.PERSON)


def test_resolve_refuses_an_empty_group() -> None:
    with pytest.raises(ValueError, match="at least one"):
        resolve([])


@given(st.sampled_from(sorted(STATES)), st.sampled_from(["", "e", "er", "en", "em", "es"]))
def test_every_state_has_its_adjective_in_every_ending(code: str, ending: str) -> None:
    for stem in filter(None, STATES[code].get("adjectives", "").split(", ")):
        if stem.endswith("isch") or stem == "deutsch":
            assert identify(stem + ending).party == code


@given(st.sampled_from(sorted(STATES)))
def test_every_capital_is_its_state(code: str) -> None:
    for capital in filter(None, STATES[code].get("capital", "").split(", ")):
        assert identify(capital).party == code


@given(st.text(max_size=60))
def test_any_words_get_an_identity(words: str) -> None:
    actor = identify(words)
    assert isinstance(actor, Actor)
    assert actor.source
    assert actor.party


@given(st.text(max_size=40))
def test_a_slug_is_ascii_and_stable(words: str) -> None:
    made = slug(words)
    assert made.isascii()
    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert slug(made) == made


@pytest.mark.parametrize(
    ("words", "source"),
    [
        ("einem Bericht der Vereinten Nationen", "un"),
        ("Einschätzung des britischen Verteidigungsministeriums", "gb-government"),
        ("SIPRI-Studie", "sipri"),
        ("die Unterlagen", "unnamed-persons"),
        ("CSIS", "center-for-strategic-and-international-studies"),
        ("kanadischer Geheimdienst CSIS", "ca-intelligence"),
    ],
)
def test_of_a_thing_that_holds_words_whoever_made_it_is_the_source(words: str, source: str) -> None:
    assert identify(words).source == source


@pytest.mark.parametrize(
    ("words", "own"),
    [
        ("dieser Zeitung", True),
        ("unserem Magazin", True),
        ("unsere Redaktion", True),
        ("dieses Blatt", False),
        ("die Zeitung", False),
        ("unser Land", False),
        ("dieser renommierten Zeitung", False),
    ],
)
def test_how_an_outlet_speaks_of_itself(words: str, own: bool) -> None:
    assert names_own_outlet(words) is own


def test_slugs_fold_what_ascii_lacks() -> None:
    assert slug("„Süddeutsche Zeitung“") == "sueddeutsche-zeitung"
    assert slug("der Élysée") == "elysee"
    assert slug("Aleksandar Vučić") == "aleksandar-vucic"
    assert slug("Große Straße") == "grosse-strasse"


def test_every_listed_name_leads_to_an_actor_of_the_lists() -> None:
    kinds = Counter(kind for _, kind in known_names())
    assert kinds[ActorKind.STATE] > 1000
    assert kinds[ActorKind.OUTLET] + kinds[ActorKind.AGENCY] > 250
    lost = [name for name, _ in known_names() if identify(name).kind is ActorKind.UNKNOWN]
    assert lost == []


def test_every_outlet_and_person_has_a_slug_of_its_own() -> None:
    outlets = [line.split(";")[0] for group in load("outlets")["groups"] for line in group["outlets"]]
    persons = [line.split(";")[0] for lines in load("persons").values() for line in lines]
    repeated = [name for name, count in Counter(map(full_slug, outlets + persons)).items() if count > 1]
    assert len(outlets) > 250
    assert repeated == []


def test_lists_say_where_they_come_from() -> None:
    for name in ("states", "persons", "outlets", "organisations", "unnamed"):
        text = files("quellenlage.names").joinpath("data", f"{name}.yaml").read_text(encoding="utf-8")
        assert "# Source: own compilation" in text
        assert yaml.safe_load(text)
