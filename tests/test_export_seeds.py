"""Every export of the real articles is valid by the format's own tools."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from click.testing import Result

from quellenlage.ledger import Ledger
from tests.commands import call

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def ledger(seeds: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("seeds") / "seeds.db"
    done = call(path, "read", *sorted(seeds.glob("*.txt")))
    assert done.exit_code == 0, done.output
    return path


def exported(ledger: Path, tmp_path: Path, format: str, *options: str) -> bytes:
    out = tmp_path / format
    done: Result = call(ledger, "export", format, *options, "--out", out)
    assert done.exit_code == 0, done.output
    return out.read_bytes()


def claims_in(ledger: Path) -> int:
    with Ledger.open(ledger) as book:
        return len(book.claims())


def test_tables_are_read_by_polars_pandas_and_openpyxl(ledger: Path, tmp_path: Path) -> None:
    import openpyxl
    import pandas
    import polars

    count = claims_in(ledger)
    assert polars.read_csv(io.BytesIO(exported(ledger, tmp_path, "csv"))).height == count
    assert len(pandas.read_parquet(io.BytesIO(exported(ledger, tmp_path, "parquet")))) == count
    sheet = openpyxl.load_workbook(io.BytesIO(exported(ledger, tmp_path, "xlsx"))).worksheets[0]
    assert sheet.max_row == count + 1
    assert "Recipient" in polars.read_csv(io.BytesIO(exported(ledger, tmp_path, "sipri"))).columns


def test_stix_is_parsed_by_its_library(ledger: Path, tmp_path: Path) -> None:
    import stix2

    bundle = stix2.parse(exported(ledger, tmp_path, "stix").decode())
    kinds = {one.type for one in bundle.objects}
    assert {"report", "identity", "relationship"} <= kinds


def test_entities_are_valid_by_followthemoney(ledger: Path, tmp_path: Path) -> None:
    model = pytest.importorskip("followthemoney").model
    lines = exported(ledger, tmp_path, "ftm").decode().splitlines()
    for line in lines:
        model.get_proxy(json.loads(line)).schema.validate(json.loads(line))
    assert lines


def test_linked_data_graphs_maps_and_feeds_are_parsed(ledger: Path, tmp_path: Path) -> None:
    import feedparser
    import networkx
    import rdflib

    graph = rdflib.Graph().parse(data=exported(ledger, tmp_path, "jsonld"), format="json-ld")
    assert len(graph) > claims_in(ledger)
    assert networkx.parse_graphml(exported(ledger, tmp_path, "graphml").decode()).number_of_edges() > 0
    assert json.loads(exported(ledger, tmp_path, "geojson"))["type"] == "FeatureCollection"
    feed = feedparser.parse(exported(ledger, tmp_path, "atom"))
    assert (feed.bozo, len(feed.entries)) == (False, claims_in(ledger))
