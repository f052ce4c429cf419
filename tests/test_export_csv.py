import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quellenlage.export.csv_table import cell, harmless, write_csv
from quellenlage.export.plain import INSTEAD, plain
from quellenlage.export.table import CLAIMS, DEALS, Kind, claim_rows, deal_rows
from quellenlage.labels import LANGUAGES
from quellenlage.steps import Weighed
from tests.exported import CLAIMS as ALL_CLAIMS
from tests.exported import FORMULA, NOTHING, TAMED, WHOLE, named


def claims_read(all_of_it: Weighed, language: str = "en") -> list[dict[str, str]]:
    out = io.StringIO(newline="")
    write_csv(CLAIMS, claim_rows(all_of_it, named(all_of_it, language)), out)
    return list(csv.DictReader(io.StringIO(out.getvalue(), newline=""), strict=True))


def test_every_claim_is_a_row_with_its_values() -> None:
    rows = claims_read(WHOLE)
    assert [row["claim"] for row in rows] == [claim.id for claim in ALL_CLAIMS]
    first, again, sought, refused, private = rows
    assert (first["supplier"], first["recipient"], first["stage"]) == ("NO", "EE", "delivered")
    assert (first["quantity_low"], first["quantity_high"], first["quantity_words"]) == ("12", "12", "zwölf")
    assert (first["amount_low"], first["amount_high"], first["amount_currency"]) == ("1500000", "", "EUR")
    assert (first["published"], first["published_day"], again["published_day"]) == (
        "2024-09-02",
        "2024-09-02",
        "2024-10-01",
    )
    assert (first["time_from"], first["time_until"]) == ("2024-08-01", "2024-08-31")
    assert (first["un_register"], first["sipri_category"]) == ("III", "Artillery")
    assert first["chains"] == "fjordbote ← no-officials"
    assert first["sources"] == "no-officials"
    assert first["evidence"] == "supplier 22–30: Norwegen; stage 62–71: übergeben"
    assert (first["denied_by"], first["confirmed_by"], first["no_comment_by"]) == ("RU", "NO", "EE")
    assert (sought["item_classes"], sought["approximate"]) == ("tanks; ammunition", "true")
    assert (first["negated"], refused["negated"]) == ("false", "true")
    assert private["quantity_low"] == private["approximate"] == private["published_day"] == ""
    assert (first["verdict"], again["verdict"]) == ("corrected", "")
    assert first["deal"] == again["deal"] != sought["deal"]


def test_sentences_attribute_what_they_say_in_the_chosen_language() -> None:
    english, german = claims_read(WHOLE)[0]["said"], claims_read(WHOLE, "de")[0]["said"]
    assert "is said to have been completed, according to officials (Norway); reported by fjordbote" in english
    assert "Denied by Russia." in english
    assert "soll erfolgt sein, so Behördenvertreter (Norwegen); berichtet von fjordbote" in german
    assert "Bestritten von: Russland." in german


def test_deals_are_rows_too() -> None:
    out = io.StringIO(newline="")
    write_csv(DEALS, deal_rows(WHOLE, named(WHOLE)), out)
    rows = {row["deal"]: row for row in csv.DictReader(io.StringIO(out.getvalue(), newline=""))}
    assert set(rows) == {deal.id for deal in WHOLE.weighing.deals}
    found = rows["NO-EE-artillery-2024-09"]
    assert (found["claims"], found["docs"], found["articles"]) == ("c1; c2", f"oslo; '{FORMULA}", "2")
    assert (found["first_told"], found["last_changed"]) == ("2024-09-02", "2024-10-01")
    assert int(found["independent_origins"]) == len(WHOLE.weighing.deals[2].standing.origins)
    assert "according to" in found["said"]


def test_an_empty_ledger_is_a_header() -> None:
    out = io.StringIO()
    write_csv(CLAIMS, claim_rows(NOTHING, named(NOTHING)), out)
    assert out.getvalue() == ",".join(column.name for column in CLAIMS.columns) + "\n"


def test_nothing_becomes_a_formula_and_names_survive() -> None:
    rows = claims_read(WHOLE)
    cells = [value for row in rows for value in row.values()]
    assert not [value for value in cells if value.lstrip()[:1] in tuple("=+-@") and value.strip()]
    assert rows[1]["doc"] == f"'{FORMULA}"
    assert rows[4]["models"] == f"'{FORMULA}; {TAMED}"
    assert rows[4]["denied_by"] == "'@stahlhof"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, ""),
        (True, "true"),
        (3.0, "3"),
        (-2.5, "-2.5"),
        (7, "7"),
        ("-5 Grad", "'-5 Grad"),
        (" =1+1", "' =1+1"),
        ("a=b", "a=b"),
        ("＝1", "'＝1"),
        (("a", "=b"), "a; '=b"),
        ((), ""),
    ],
)
def test_cells(value: object, written: str) -> None:
    assert cell(value) == written  # type: ignore[arg-type]


@given(st.text())
def test_no_text_begins_like_a_formula(text: str) -> None:
    assert harmless(text).lstrip(" \n")[:1] not in set("=+-@\t\r＝＋－＠")
    assert harmless(text).removeprefix("'") == text.removeprefix("'")


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_plain_text_is_what_xml_allows(text: str) -> None:
    allowed = plain(text)
    assert len(allowed) == len(text)
    assert all(
        one in "\t\n\r" or "\x20" <= one <= "\ud7ff" or "\ue000" <= one <= "\ufffd" or one >= "\U00010000"
        for one in allowed
    )
    assert all(new in (old, INSTEAD) for old, new in zip(text, allowed, strict=True))


@pytest.mark.parametrize("table", [CLAIMS, DEALS])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_has_a_note_of_its_own(table, language: str) -> None:
    names = [column.name for column in table.columns]
    assert len(set(names)) == len(names)
    for column in table.columns:
        assert table.note(column, language).endswith(".")
        assert table.note(column, language) != table.note(column, "en" if language == "de" else "de")


def test_columns_hold_what_they_promise() -> None:
    kinds = {Kind.TEXT: str, Kind.TEXTS: tuple, Kind.NUMBER: float, Kind.COUNT: int, Kind.FLAG: bool}
    for table, rows in ((CLAIMS, claim_rows(WHOLE, named(WHOLE))), (DEALS, deal_rows(WHOLE, named(WHOLE)))):
        for row in rows:
            for column in table.columns:
                value = column.value(row)  # type: ignore[arg-type]
                assert value is None or column.kind is Kind.DAY or type(value) is kinds[column.kind], column.name
