import io
from datetime import datetime

import openpyxl
import pytest

from quellenlage.export import xlsx
from quellenlage.export.table import CLAIMS, DEALS
from quellenlage.export.xlsx import write_xlsx
from quellenlage.ledger import LedgerError
from quellenlage.steps import Weighed
from tests.exported import CLAIMS as ALL_CLAIMS
from tests.exported import FORMULA, NOTHING, OSLO, PRIVATE, TAMED, WHOLE, named, weighed_of


def book_of(all_of_it: Weighed, language: str = "en") -> openpyxl.Workbook:
    out = io.BytesIO()
    write_xlsx(all_of_it, out, named(all_of_it, language))
    out.seek(0)
    return openpyxl.load_workbook(out)


def rows_of(sheet) -> list[dict[str, object]]:
    header, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def test_a_sheet_of_claims_and_one_of_deals() -> None:
    book = book_of(WHOLE)
    assert book.sheetnames == ["Claims", "Deals"]
    claims, deals = rows_of(book["Claims"]), rows_of(book["Deals"])
    assert [row["claim"] for row in claims] == [claim.id for claim in ALL_CLAIMS]
    assert {row["deal"] for row in deals} == {deal.id for deal in WHOLE.weighing.deals}
    first = claims[0]
    assert (first["quantity_low"], first["amount_high"], first["negated"]) == (12, None, False)
    assert first["published_day"] == datetime(2024, 9, 2)
    assert first["evidence"] == "supplier 22–30: Norwegen; stage 62–71: übergeben"


@pytest.mark.parametrize(("language", "sheet"), [("en", "Claims"), ("de", "Behauptungen")])
def test_headers_are_frozen_filtered_wide_and_explained(language: str, sheet: str) -> None:
    claims = book_of(WHOLE, language)[sheet]
    assert claims.freeze_panes == "A2"
    assert claims.auto_filter.ref == claims.dimensions
    for place, column in enumerate(CLAIMS.columns, start=1):
        cell = claims.cell(1, place)
        assert cell.value == column.name
        assert cell.comment is not None
        assert cell.comment.text == CLAIMS.note(column, language)
    assert claims.column_dimensions["J"].width > claims.column_dimensions["G"].width > 5


def test_nothing_becomes_a_formula_and_names_survive() -> None:
    claims = book_of(WHOLE)["Claims"]
    assert {cell.data_type for row in claims.iter_rows() for cell in row} <= {"s", "n", "b", "d"}
    rows = rows_of(claims)
    assert rows[1]["doc"] == FORMULA
    assert rows[4]["models"] == f"{FORMULA}; {TAMED}"


def test_an_empty_ledger_is_two_headers() -> None:
    book = book_of(NOTHING)
    assert [rows_of(sheet) for sheet in book] == [[], []]
    assert [cell.value for cell in book["Deals"][1]] == [column.name for column in DEALS.columns]


def test_what_is_too_long_for_a_cell_is_cut_and_says_so() -> None:
    from dataclasses import replace

    article = replace(OSLO, title="x" * 40_000)
    (row,) = rows_of(book_of(weighed_of([article], [replace(PRIVATE, article_id=article.id)]))["Claims"])
    assert row["title"] == "x" * 32_766 + "…"


def test_more_rows_than_a_sheet_holds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_ROWS", len(ALL_CLAIMS))
    with pytest.raises(LedgerError, match="export parquet"):
        book_of(WHOLE)
    monkeypatch.setattr(xlsx, "MOST_ROWS", len(ALL_CLAIMS) + 1)
    assert len(rows_of(book_of(WHOLE)["Claims"])) == len(ALL_CLAIMS)
