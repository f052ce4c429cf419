"""Reported speech goes on with whoever spoke last, and chains of citing outlets come out in order."""

from __future__ import annotations

from pathlib import Path

from quellenlage.claims import claims_of
from quellenlage.domain import Claim
from tests.annotated import read_as

SAID = """
[[Der Minister|ACT:a9]] [[erklärte|CUE:c1]], [[Oslo|ACT:a1]] [[gebe|TRG:t1]] [[Riga|ACT:a2]] [[Boote|ITM:i1]].
"""
FIRST = """
transfer t1 stage=agreed supplier=a1 recipient=a2 item=i1
says c1 stance=asserts source=a9 about=t1
"""
SECOND = "transfer t2 stage=delivered supplier=a3 recipient=a4 item=i2\n"


def paths(claim: Claim) -> list[list[str]]:
    return [[hop.name for hop in chain.hops] for chain in claim.chains]


def last_claim(folder: Path, text: str, relations: str) -> Claim:
    return claims_of(*read_as(folder, text, relations))[-1]


def test_konjunktiv_without_a_verb_of_saying_goes_on_with_the_last_source(tmp_path: Path) -> None:
    text = SAID.strip() + " [[Bonn|ACT:a3]] habe [[Prag|ACT:a4]] schon [[Panzer|ITM:i2]] [[geschickt|TRG:t2]]."
    assert paths(last_claim(tmp_path, text, FIRST + SECOND)) == [["Hafenkurier", "Der Minister"]]


def test_the_indicative_is_the_outlets_own(tmp_path: Path) -> None:
    text = SAID.strip() + " [[Bonn|ACT:a3]] hat [[Prag|ACT:a4]] schon [[Panzer|ITM:i2]] [[geschickt|TRG:t2]]."
    assert paths(last_claim(tmp_path, text, FIRST + SECOND)) == [["Hafenkurier"]]


def test_two_paragraphs_on_nobody_goes_on(tmp_path: Path) -> None:
    later = "[[Bonn|ACT:a3]] habe [[Prag|ACT:a4]] schon [[Panzer|ITM:i2]] [[geschickt|TRG:t2]]."
    text = SAID + "Es regnet.\nAm Abend war Ruhe.\n" + later
    assert paths(last_claim(tmp_path, text, FIRST + SECOND)) == [["Hafenkurier"]]


def test_demnach_has_the_last_source_and_bare_hearsay_has_none(tmp_path: Path) -> None:
    after = "[[Bonn|ACT:a3]] [[{cue}|CUE:c2]] [[Prag|ACT:a4]] [[Panzer|ITM:i2]] [[geschickt|TRG:t2]] haben."
    says = "says c2 stance=asserts about=t2\n"
    told = last_claim(tmp_path, SAID + after.format(cue="demnach"), FIRST + SECOND + says)
    assert paths(told) == [["Hafenkurier", "Der Minister"]]
    hearsay = last_claim(tmp_path, SAID + after.format(cue="soll"), FIRST + SECOND + says)
    assert paths(hearsay) == [["Hafenkurier"]]


def test_an_agency_that_cites_a_paper_that_cites_officials_is_one_chain(tmp_path: Path) -> None:
    claim = last_claim(
        tmp_path,
        """
[[Oslo|ACT:a1]] [[gibt|TRG:t1]] [[Riga|ACT:a2]] [[Boote|ITM:i1]].
Das [[meldet|CUE:c1]] [[dpa|ACT:a5]] [[unter Berufung auf|CUE:c2]] die [[New York Times|ACT:a6]].
Die Zeitung [[beruft sich|CUE:c3]] auf [[US-Beamte|ACT:a7]].
""",
        """
transfer t1 stage=agreed supplier=a1 recipient=a2 item=i1
says c1 stance=asserts reporter=a5 about=t1
says c2 stance=asserts reporter=a5 source=a6 about=t1
says c3 stance=asserts reporter=a6 source=a7 about=t1
""",
    )
    actors = [[hop.actor for hop in chain.hops[1:]] for chain in claim.chains]
    assert actors == [["dpa", "new-york-times", "us-officials"]]
