import pytest
from hypothesis import given
from hypothesis import strategies as st

from quellenlage.names import items, knowledge, weapons

CLASSES = {
    "tanks", "armoured_vehicles", "artillery", "combat_aircraft", "helicopters", "drones", "warships", "submarines",
    "missiles", "air_defence", "small_arms", "ammunition", "engines_parts", "vehicles", "sensors", "other_equipment",
    "materials_components", "technology", "personnel", "weapons_unspecified",
}  # fmt: skip


@pytest.mark.parametrize(
    ("words", "item_class"),
    [
        ("Artilleriegranaten", "ammunition"),
        ("Panzergranaten", "ammunition"),
        ("155-Millimeter-Geschossen", "ammunition"),
        ("Flugabwehrmunition", "ammunition"),
        ("Hubschraubertriebwerken", "engines_parts"),
        ("Transporthubschrauber", "helicopters"),
        ("Panzerfäuste", "small_arms"),
        ("Maschinengewehren", "small_arms"),
        ("Flugabwehrpanzer", "air_defence"),
        ("Schützenpanzern", "armoured_vehicles"),
        ("Panzer", "tanks"),
        ("Panzerhaubitze", "artillery"),
        ("Mehrfachraketenwerfer", "artillery"),
        ("Kampfflugzeuge", "combat_aircraft"),
        ("Aufklärungsdrohnen", "drones"),
        ("Fregatten", "warships"),
        ("Jagd-U-Boote", "submarines"),
        ("Kurzstreckenraketen", "missiles"),
        ("Flugabwehrraketen", "missiles"),
        ("Luftabwehrsysteme", "air_defence"),
        ("Raketentechnik", "technology"),
        ("Know-how", "technology"),
        ("Mikrochips", "materials_components"),
        ("Nitrozellulose", "materials_components"),
        ("Stahlhelme", "other_equipment"),
        ("Nachtsichtgeräte", "sensors"),
        ("Rüstungsgütern", "weapons_unspecified"),
        ("schwere Waffen", "weapons_unspecified"),
        ("Pioniertruppen", "personnel"),
        ("Militärlastwagen", "vehicles"),
    ],
)
def test_the_last_part_of_a_compound_gives_the_class(words: str, item_class: str) -> None:
    assert items.identify(words).classes == (item_class,)


@pytest.mark.parametrize(
    ("words", "item_class"),
    [
        ("Rotorblätter für Mi-24-Hubschrauber", "engines_parts"),
        ("Teile von Kampfpanzern", "engines_parts"),
        ("Munition zur Abwehr von Drohnen", "ammunition"),
        ("Baupläne der Panzerhaubitze", "technology"),
        ("Raketen für das Luftabwehrsystem", "missiles"),
        ("Fregatten mit Hubschrauberdeck", "warships"),
    ],
)
def test_what_follows_a_preposition_is_not_the_head(words: str, item_class: str) -> None:
    found = items.identify(words)
    assert found.classes == (item_class,)
    assert found.models == ()


@pytest.mark.parametrize(
    ("words", "item_class", "models"),
    [
        ("Kampfpanzer vom Typ Leopard 2A7", "tanks", ("Leopard 2",)),
        ("Leopard-2-Panzern", "tanks", ("Leopard 2",)),
        ("Panzer vom Typ Marder", "armoured_vehicles", ("Marder",)),
        ("Maschinen des Typs Su-30SM", "combat_aircraft", ("Su-30",)),
        ("F 16", "combat_aircraft", ("F-16",)),
        ("Schahed-136-Drohnen", "drones", ("Shahed-136",)),
        ("Systeme der Luftverteidigung S 300", "air_defence", ("S-300",)),
        ("Patriots", "air_defence", ("Patriot",)),
        ("Patriotsysteme", "air_defence", ("Patriot",)),
        ("Himars-Raketen", "missiles", ("HIMARS",)),
        ("Raketen der Typen KN-23 und KN-24", "missiles", ("KN-23", "KN-24")),
        ("U-Boote der Klasse 214", "submarines", ("Type 214",)),
        ("Leopard-Munition", "ammunition", ()),
    ],
)
def test_models_are_named_as_the_contract_spells_them(words: str, item_class: str, models: tuple[str, ...]) -> None:
    found = items.identify(words)
    assert found.classes == (item_class,)
    assert found.models == models


def test_a_model_that_nobody_listed_is_kept_as_printed() -> None:
    assert items.identify("Haubitzen vom Typ Nordwind 7").models == ("Nordwind 7",)
    assert items.identify("Raketen QX-881").models == ("QX-881",)
    assert items.identify("155-Millimeter-Granaten").models == ()


def test_a_system_is_air_defence_and_its_missile_a_missile() -> None:
    assert items.identify("Patriot-Batterie").classes == ("air_defence",)
    assert items.identify("Patriot-Abfangraketen").classes == ("missiles",)


@pytest.mark.parametrize(
    ("words", "classes"),
    [
        ("Waffen und Munition", ("weapons_unspecified", "ammunition")),
        ("Kampf- und Schützenpanzer", ("tanks", "armoured_vehicles")),
        ("Kisten mit Gewehren und Handgranaten", ("small_arms", "ammunition")),
        ("Jets, Drohnen sowie Ersatzteile", ("combat_aircraft", "drones", "engines_parts")),
    ],
)
def test_a_coordination_has_several_classes(words: str, classes: tuple[str, ...]) -> None:
    assert items.identify(words).classes == classes


@pytest.mark.parametrize("words", ["Maschinen", "die bestellte Ware", "Systeme", "Gerät", "Ladung", "erste Exemplare"])
def test_words_that_say_nothing_are_generic(words: str) -> None:
    assert items.identify(words) == items.Item(generic=True)


@pytest.mark.parametrize("words", ["", "Blumenstrauß", "Gedichte", "42"])
def test_unknown_words_have_no_class_and_are_not_generic(words: str) -> None:
    assert items.identify(words) == items.Item()


@pytest.mark.parametrize(
    ("words", "item_class"),
    [
        ("unbemannte Luftfahrzeuge", "drones"),
        ("gepanzerte Fahrzeuge", "armoured_vehicles"),
        ("elektronische Bauteile", "materials_components"),
        ("tödliche Ausrüstung", "weapons_unspecified"),
        ("nichttödliche Ausrüstung", "other_equipment"),
        ("militärische Ausrüstung", "other_equipment"),
        ("Waren mit doppeltem Verwendungszweck", "materials_components"),
    ],
)
def test_adjectives_and_phrases_settle_what_a_loose_word_leaves_open(words: str, item_class: str) -> None:
    assert items.identify(words).classes == (item_class,)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=80))
def test_any_words_give_classes_of_the_design(words: str) -> None:
    found = items.identify(words)
    assert set(found.classes) <= CLASSES
    assert not (found.generic and found.classes)


def test_the_lists_speak_of_the_classes_of_the_design_only() -> None:
    assert set(items.classes()) == CLASSES
    assert {item_class for _, item_class in items.known_words()} <= CLASSES | {items.GENERIC}
    for entry in knowledge.load("item_words")["adjectives"]:
        assert entry["makes"] in CLASSES
        assert set(entry["of"]) <= CLASSES | {items.GENERIC}


def test_every_listed_weapon_is_found_by_its_own_name() -> None:
    every = weapons.all_weapons()
    assert len(every) >= 700
    assert len({weapon.name for weapon in every}) == len(every)
    assert all(len(weapon.country) == 2 and weapon.country.isupper() for weapon in every)
    astray = [weapon.name for weapon in every if weapon not in weapons.find(knowledge.fold(weapon.name))]
    assert astray == []
