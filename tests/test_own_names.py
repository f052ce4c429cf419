"""The user's own names: read, heeded before the packaged lists, and what the lists did not know."""

from __future__ import annotations

from pathlib import Path

import pytest

from quellenlage.claims.mentions import mentions_of
from quellenlage.domain import Article, Reading, Span, SpanType
from quellenlage.names import actors, compounds, items
from quellenlage.names.checking import problems_of
from quellenlage.names.own import NOTHING, OwnNames, OwnNamesError, read_own
from quellenlage.names.unknown import unknown_names

CLASSES = frozenset(items.classes())

FILE = """
actors:
  - {name: Musterwerke AG, kind: company, also: [MWX]}
  - {name: Vera Musterfrau, kind: person, state: UA, also: [Musterfrau]}
  - {name: Amt für Gerät, kind: government, state: DE}
  - {name: Moskau, kind: outlet, slug: moskauer-blatt}
models:
  - {name: Zunderbüchs-9, class: drones, from: UA, also: [ZB-9]}
words:
  - {word: Rumpelstilz, class: artillery}
"""


@pytest.fixture
def own(tmp_path: Path) -> OwnNames:
    path = tmp_path / "names.yaml"
    path.write_text(FILE, encoding="utf-8")
    return read_own(path, CLASSES)


def test_own_actors_should_be_known(own: OwnNames) -> None:
    assert actors.identify("MWX", own).source == "musterwerke-ag"
    assert actors.identify("der Musterwerke AG", own).kind is actors.ActorKind.COMPANY
    person = actors.identify("die Ministerin Vera Musterfrau", own)
    assert (person.source, person.party) == ("vera-musterfrau", "UA")
    assert actors.identify("das Amt für Gerät", own).source == "de-government"


def test_own_names_should_go_before_the_packaged_ones(own: OwnNames) -> None:
    assert actors.identify("Moskau", own).source == "moskauer-blatt"
    assert actors.identify("Moskau").source == "RU"


def test_own_goods_should_be_known_in_compounds_too(own: OwnNames) -> None:
    assert items.identify("ZB-9", own) == items.Item(("drones",), ("Zunderbüchs-9",))
    assert items.identify("drei schwere Feldrumpelstilze", own).classes == ("artillery",)
    assert compounds.item_in("Rumpelstilzlieferung", own).classes == ("artillery",)
    assert items.identify("Feldrumpelstilze").classes == ()


def test_readings_should_be_named_with_own_names(own: OwnNames) -> None:
    span = Span.of("MWX liefert", 0, 3, SpanType.ACTOR)
    reading = Reading("a", "r", (span,))
    assert mentions_of(reading, own).actors[span].party == "musterwerke-ag"
    assert mentions_of(reading).actors[span].party == "mwx"


def test_other_names_should_be_another_version(own: OwnNames) -> None:
    assert own.version
    assert own.version != OwnNames(actors=own.actors).version
    assert not NOTHING.version


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- a\n", "expected the sections"),
        ("actors:\n  - {name: X, kind: firm}\n", "line 2: kind must be one of"),
        ("people: []\n", "line 1: there is no section 'people'"),
        ("actors:\n  - {name: X, kind: company, country: DE}\n", "line 2: there is no field 'country'"),
        ("actors:\n  - {kind: company}\n", "line 2: the field 'name' is missing"),
        ("actors:\n  - {name: X, kind: military}\n", "line 2: a military needs its state"),
        ("actors:\n  - {name: X, kind: company, state: NO}\n", "quote NO"),
        ("models:\n  - {name: X, class: planes}\n", "line 2: class must be one of"),
        ("words: {word: X}\n", "line 1: expected a list"),
        ("words:\n  - X\n", "line 2: expected an entry"),
        ("actors: [\n", "is no YAML"),
    ],
)
def test_mistakes_should_be_told_with_their_line(text: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "names.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(OwnNamesError, match=told):
        read_own(path, CLASSES)


def test_a_missing_or_empty_file(tmp_path: Path) -> None:
    with pytest.raises(OwnNamesError, match="cannot be read"):
        read_own(tmp_path / "names.yaml", CLASSES)
    (tmp_path / "empty.yaml").write_text("", encoding="utf-8")
    assert read_own(tmp_path / "empty.yaml", CLASSES) == NOTHING


def test_the_packaged_lists_should_be_sound() -> None:
    assert problems_of(NOTHING, "names.yaml") == []


def test_one_name_of_two_own_actors_should_be_told(tmp_path: Path) -> None:
    path = tmp_path / "names.yaml"
    path.write_text(
        "actors:\n  - {name: A1, kind: company}\n  - {name: B1, kind: company, also: [A1]}\n", encoding="utf-8"
    )
    assert [problem.file for problem in problems_of(read_own(path, CLASSES), "names.yaml")] == ["names.yaml"]


def test_unknown_words_should_be_listed_by_how_often_they_stand() -> None:
    text = "Flurbelag Ost und Moskau. Flurbelag Ost schickt Knibbel, die Flurbelag Ost hat."
    marks = [(0, 13, SpanType.ACTOR), (18, 24, SpanType.ACTOR), (26, 39, SpanType.ACTOR), (48, 55, SpanType.ITEM)]
    reading = Reading("a", "r", tuple(Span.of(text, start, end, type) for start, end, type in marks))
    found = unknown_names([(Article("a", "doc-1", text), reading)])
    assert [(unknown.words, unknown.count) for unknown in found] == [("Flurbelag Ost", 2), ("Knibbel", 1)]
    assert found[0].examples[0].doc == "doc-1"
    assert found[0].examples[1].before.endswith("Moskau.")
