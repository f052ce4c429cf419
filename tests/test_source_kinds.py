"""What kind of source somebody or something is."""

from __future__ import annotations

import pytest

from quellenlage.domain import HopKind
from quellenlage.names.actors import identify
from quellenlage.names.source_kinds import source_kind


@pytest.mark.parametrize(
    ("words", "cue", "kind"),
    [
        ("die New York Times", "berichtete", HopKind.OUTLET),
        ("die Nachrichtenagentur Reuters", "meldete", HopKind.AGENCY),
        ("Verteidigungsminister Boris Pistorius", "sagte", HopKind.PERSON),
        ("US-Beamte", "zufolge", HopKind.OFFICIALS),
        ("der südkoreanische Geheimdienst", "Angaben", HopKind.SERVICE),
        ("der ukrainische Generalstab", "teilte mit", HopKind.MILITARY),
        ("das Außenministerium in Teheran", "wies zurück", HopKind.GOVERNMENT),
        ("Moskau", "dementierte", HopKind.GOVERNMENT),
        ("ein Nato-Diplomat", "sagte", HopKind.DIPLOMATS),
        ("Militärexperten", "glauben", HopKind.EXPERTS),
        ("drei mit der Sache vertraute Personen", "sagten", HopKind.UNNAMED),
        ("Rheinmetall", "bestätigte", HopKind.COMPANY),
        ("die Taliban", "bestritten", HopKind.ARMED_GROUP),
        ("Sipri", "zufolge", HopKind.ORGANISATION),
        ("ukrainischer Militärs", "Satellitenbilder", HopKind.IMAGE),
        ("des Ministeriums", "Unterlagen", HopKind.DOCUMENT),
        ("Flurbelag Ost", "sagte", HopKind.SOURCE),
    ],
)
def test_a_source_has_a_kind(words: str, cue: str, kind: HopKind) -> None:
    assert source_kind(identify(words), cue) is kind


def test_a_newspaper_that_shows_images_is_a_newspaper() -> None:
    assert source_kind(identify("der Spiegel"), "Satellitenbilder") is HopKind.OUTLET


def test_outlets_and_agencies_relay() -> None:
    assert {kind for kind in HopKind if kind.relays} == {HopKind.OUTLET, HopKind.AGENCY}
