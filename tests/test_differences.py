"""Two texts side by side, word by word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quellenlage.weigh import differences as module
from quellenlage.weigh.differences import Kind, Piece, differences

TEXT = st.text("ab \n.", max_size=60)


def kinds(pieces: tuple[Piece, ...]) -> list[tuple[Kind, str]]:
    return [(piece.kind, piece.text.strip()) for piece in pieces]


@given(TEXT, TEXT)
def test_no_letter_of_either_text_is_lost_and_every_word_is_counted(one: str, other: str) -> None:
    found = differences(one, other)
    assert "".join(piece.text for row in found.rows for piece in row.one) == one
    assert "".join(piece.text for row in found.rows for piece in row.other) == other
    assert all(piece.kind is not Kind.ADDED for row in found.rows for piece in row.one)
    assert all(piece.kind is not Kind.LEFT_OUT for row in found.rows for piece in row.other)
    assert found.same + found.left_out == len(one.split())
    assert found.same + found.added == len(other.split())


@given(TEXT)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    found = differences(text, text)
    assert (found.left_out, found.added) == (0, 0)
    assert all(row.one == row.other for row in found.rows)


def test_words_that_were_left_out_and_added_stand_where_they_did() -> None:
    (row,) = differences("Moskau soll Granaten kaufen", "Moskau kauft Granaten aus Pjöngjang").rows
    assert kinds(row.one) == [
        (Kind.SAME, "Moskau"),
        (Kind.LEFT_OUT, "soll"),
        (Kind.SAME, "Granaten"),
        (Kind.LEFT_OUT, "kaufen"),
    ]
    assert (Kind.ADDED, "aus Pjöngjang") in kinds(row.other)


def test_paragraphs_stand_side_by_side_and_one_that_was_left_out_stands_alone() -> None:
    found = differences("Erster Satz hier.\nZweiter Satz da.\nDritter.\n", "Erster Satz hier.\nDritter.\n")
    assert [("".join(p.text for p in row.one), "".join(p.text for p in row.other)) for row in found.rows] == [
        ("Erster Satz hier.\n", "Erster Satz hier.\n"),
        ("Zweiter Satz da.\n", ""),
        ("Dritter.\n", "Dritter.\n"),
    ]


def test_a_word_that_both_have_by_chance_does_not_tear_a_change_apart() -> None:
    one = "Gleich wie vorher steht es. Auch Minsk hatte die Lieferung zuletzt bestritten."
    other = "Gleich wie vorher steht es. Schiffe liefen ein und aus, die ihre Sender abgeschaltet hatten."
    (row,) = differences(one, other).rows
    assert [piece.kind for piece in row.one] == [Kind.SAME, Kind.LEFT_OUT]
    assert [piece.kind for piece in row.other] == [Kind.SAME, Kind.ADDED]


def test_very_long_texts_are_compared_line_by_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_WORDS", 5)
    found = differences("eins zwei drei\nvier fünf sechs\n", "eins zwei drei\nvier fünf sieben\n")
    assert (found.same, found.left_out, found.added) == (3, 3, 3)
