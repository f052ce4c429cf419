import csv
import io
from dataclasses import replace

import pandas as pd
import pytest

from quellenlage.domain import Article, Quantity, Stage
from quellenlage.export.sipri import OWN, REGISTER, write_sipri
from quellenlage.steps import Weighed
from tests.exported import DELIVERED, EN, FORMULA, LATER, NOTHING, OSLO, SOUGHT, WHOLE, weighed_of


def lines_of(all_of_it: Weighed) -> list[list[str]]:
    out = io.StringIO(newline="")
    write_sipri(all_of_it, out, EN)
    return list(csv.reader(io.StringIO(out.getvalue(), newline=""), strict=True))


def row_of(*claims, articles: tuple[Article, ...] = (OSLO, LATER)) -> list[str]:
    _, row = lines_of(weighed_of(articles, claims))
    return row


def own(row: list[str], name: str) -> str:
    return row[len(REGISTER) + OWN.index(name)]


AGREED = replace(DELIVERED, stage=Stage.AGREED, time="2023-05", confirmed_by=(), denied_by=())


def test_the_header_is_sipris_and_ours_comes_behind() -> None:
    header, *rows = lines_of(WHOLE)
    assert ",".join(header[:16]) == (
        "Recipient,Supplier,Year of order, ,Number ordered, ,Weapon designation,Weapon description,"
        "Deliveries in the Year Range, ,Year(s) of delivery,status,Comments,"
        "SIPRI TIV per unit,SIPRI TIV for total order,SIPRI TIV of delivered weapons"
    )
    assert tuple(header[16:]) == OWN
    assert all(row[11] == row[13] == row[14] == row[15] == "" for row in rows)


def test_one_row_a_deal_and_item_class_and_every_deal_is_there() -> None:
    _, *rows = lines_of(WHOLE)
    expected = [(d.id, c) for d in WHOLE.weighing.deals for c in d.item_classes or ("weapons_unspecified",)]
    assert sorted((own(row, "Deal"), row[7]) for row in rows) == sorted((d, EN.item_class(c)) for d, c in expected)


def test_a_delivery_is_told_with_its_number_and_year_and_no_order() -> None:
    row = row_of(DELIVERED)
    assert row[:8] == ["Estonia", "Norway", "", "", "", "", "", "Artillery"]
    assert row[8:11] == ["12", "", "2024"]
    assert (own(row, "Stage"), own(row, "SIPRI armament category"), own(row, "UN Register category")) == (
        "delivered",
        "Artillery",
        "III",
    )
    assert (own(row, "Denied by"), own(row, "Confirmed by"), own(row, "Articles")) == ("Russia", "Norway", "oslo")
    assert "is said to have been completed, according to officials (Norway)" in row[12]


@pytest.mark.parametrize(
    ("changes", "year"),
    [
        ({}, ["2023", ""]),
        ({"hedged": True}, ["2023", "?"]),
        ({"time": "2023~"}, ["2024", "?"]),
        ({"time": None}, ["2024", "?"]),
        ({"stage": Stage.SOUGHT}, ["", ""]),
        ({"negated": True}, ["", ""]),
    ],
)
def test_the_year_of_order_is_flagged_where_it_is_not_told(changes: dict[str, object], year: list[str]) -> None:
    assert row_of(replace(AGREED, **changes))[2:4] == year


@pytest.mark.parametrize(
    ("quantity", "number"),
    [
        (Quantity(12.0, 12.0, "zwölf"), ["12", ""]),
        (Quantity(12.0, 12.0, "rund zwölf", approximate=True), ["12", "?"]),
        (Quantity(12.0, None, "mehr als zwölf"), ["12", "?"]),
        (Quantity(None, 20.0, "bis zu 20"), ["20", "?"]),
        (Quantity(0.0, 0.0, "null"), ["0", ""]),
        (None, ["", ""]),
    ],
)
def test_numbers_are_flagged_where_they_are_vague(quantity: Quantity | None, number: list[str]) -> None:
    assert row_of(replace(AGREED, quantity=quantity))[4:6] == number


def test_numbers_of_another_class_are_not_counted() -> None:
    row = row_of(replace(AGREED, quantity_item="tanks"))
    assert row[4:6] == ["", ""]
    assert own(row, "Numbers claimed") == ""


def test_models_stand_with_their_class() -> None:
    _, *rows = lines_of(weighed_of(claims=[SOUGHT]))
    assert {row[7]: row[6] for row in rows} == {"Battle tanks": "K2", "Ammunition": ""}


def test_unknown_parties_are_called_as_sipri_calls_them() -> None:
    _, *rows = lines_of(WHOLE)
    assert "unknown recipient(s)" in {row[0] for row in rows}
    (row,) = lines_of(weighed_of([OSLO], [replace(DELIVERED, supplier=())]))[1:]
    assert row[1] == "unknown supplier(s)"


def test_nothing_becomes_a_formula_and_pandas_reads_it() -> None:
    out = io.StringIO()
    write_sipri(WHOLE, out, EN)
    frame = pd.read_csv(io.StringIO(out.getvalue()))
    assert set(frame["Deal"]) == {deal.id for deal in WHOLE.weighing.deals}
    cells = [str(value) for value in frame.to_numpy().ravel()]
    assert not [value for value in cells if value[:1] in set("=+-@")]
    assert any(f"'{FORMULA}" in value for value in cells)


def test_an_empty_ledger_is_a_header() -> None:
    assert lines_of(NOTHING) == [[*REGISTER, *OWN]]
