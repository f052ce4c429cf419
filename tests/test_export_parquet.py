import io
from datetime import date

import polars
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from quellenlage.export import parquet
from quellenlage.export.parquet import write_parquet
from quellenlage.export.table import CLAIMS, DEALS, claim_rows, deal_rows
from tests.exported import CLAIMS as ALL_CLAIMS
from tests.exported import FORMULA, NOTHING, TAMED, WHOLE, named


def claims_file(all_of_it=WHOLE) -> io.BytesIO:
    out = io.BytesIO()
    write_parquet(CLAIMS, claim_rows(all_of_it, named(all_of_it)), out)
    out.seek(0)
    return out


def test_columns_are_typed_and_lists_are_lists() -> None:
    table = pq.read_table(claims_file())
    assert table.schema.names == [column.name for column in CLAIMS.columns]
    types = {field.name: field.type for field in table.schema}
    assert types["supplier"] == pa.list_(pa.string())
    assert (types["quantity_low"], types["negated"]) == (pa.float64(), pa.bool_())
    assert (types["published_day"], types["said"]) == (pa.date32(), pa.string())
    assert table.schema.field("stage").metadata[b"note_de"].decode() == "Wie weit die Lieferung sein soll."


def test_every_claim_is_a_row_as_it_is() -> None:
    frame = polars.read_parquet(claims_file())
    assert frame["claim"].to_list() == [claim.id for claim in ALL_CLAIMS]
    rows = frame.to_dicts()
    assert rows[0]["evidence"] == ["supplier 22–30: Norwegen", "stage 62–71: übergeben"]
    assert (rows[0]["published_day"], rows[4]["published_day"]) == (date(2024, 9, 2), None)
    assert (rows[0]["amount_low"], rows[0]["amount_high"]) == (1_500_000.0, None)
    assert (rows[1]["doc"], rows[4]["models"]) == (FORMULA, [FORMULA, TAMED])
    assert rows[3]["item_classes"] == []


def test_deals_are_a_table_too() -> None:
    out = io.BytesIO()
    write_parquet(DEALS, deal_rows(WHOLE, named(WHOLE)), out)
    rows = pq.read_table(io.BytesIO(out.getvalue())).to_pylist()
    assert {row["deal"]: row["claims"] for row in rows} == {d.id: list(d.claims) for d in WHOLE.weighing.deals}


def test_rows_are_written_some_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "ROWS_AT_ONCE", 2)
    file = pq.ParquetFile(claims_file())
    assert file.num_row_groups == 3
    assert file.read().column("claim").to_pylist() == [claim.id for claim in ALL_CLAIMS]


def test_an_empty_ledger_is_a_table_without_rows() -> None:
    table = pq.read_table(claims_file(NOTHING))
    assert (table.num_rows, table.num_columns) == (0, len(CLAIMS.columns))
