"""What is coordinated plays one role."""

from __future__ import annotations

from pathlib import Path

import pytest

from quellenlage.reader.coordination import with_conjuncts
from tests.annotated import read_as


def suppliers(folder: Path, text: str, relation: str) -> list[str]:
    article, reading = read_as(folder, text, relation)
    (transfer,) = with_conjuncts(reading, article.text).transfers
    return [link.span.text for link in transfer.supplier]


@pytest.mark.parametrize(
    ("between", "joined"),
    [
        (" und ", True),
        (" sowie die ", True),
        (" und aus ", True),
        (", ", False),
        (" für ", False),
        (" liefert mit ", False),
    ],
)
def test_a_conjunction_joins_what_stands_beside_it(tmp_path: Path, between: str, joined: bool) -> None:
    text = f"[[Prag|ACT:a1]]{between}[[Riga|ACT:a2]] [[geben|TRG:t1]] [[Kiew|ACT:a3]] [[Helme|ITM:i1]]."
    found = suppliers(tmp_path, text, "transfer t1 stage=agreed supplier=a1 recipient=a3 item=i1")
    assert found == (["Prag", "Riga"] if joined else ["Prag"])


def test_a_row_of_three_is_joined_by_its_last_conjunction(tmp_path: Path) -> None:
    text = "[[Prag|ACT:a1]], [[Riga|ACT:a2]] und [[Rom|ACT:a3]] [[geben|TRG:t1]] [[Helme|ITM:i1]]."
    assert suppliers(tmp_path, text, "transfer t1 stage=agreed supplier=a2 item=i1") == ["Riga", "Prag", "Rom"]


def test_who_receives_does_not_become_a_supplier(tmp_path: Path) -> None:
    text = "[[Prag|ACT:a1]] und [[Riga|ACT:a2]] schließen einen [[Vertrag|TRG:t1]] über [[Helme|ITM:i1]]."
    assert suppliers(tmp_path, text, "transfer t1 stage=agreed supplier=a1 recipient=a2 item=i1") == ["Prag"]
