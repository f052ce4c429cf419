"""The exports as commands, over a ledger that the reader filled from the sample."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import polars
import pytest
import stix2
import typer
from typer.testing import CliRunner, Result

from quellenlage.cli_exports import add_exports
from quellenlage.export import extras
from quellenlage.ledger import Ledger
from quellenlage.steps import weighed
from tests.test_cli import SAMPLE
from tests.test_cli import run as run_program

app = typer.Typer()
add_exports(app)
FORMATS = ("csv", "xlsx", "parquet", "sipri", "ftm", "stix", "jsonld", "graphml", "geojson", "atom")
BINARY = ("xlsx", "parquet")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a ledger of some articles of the sample."""
    folder = tmp_path_factory.mktemp("desk")
    articles = [
        str(SAMPLE / f"{name}.json") for name in ("01-hafenbote-granaten", "02-tagesbote-granaten", "09-weitblick-k2")
    ]
    done = run_program(folder, "read", *articles)
    assert done.returncode == 0, done.stderr
    return folder


def run(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(app, [*words, "--ledger", str(folder / "quellenlage.db")])


def claims_in(folder: Path) -> list[str]:
    with Ledger.open(folder / "quellenlage.db") as book:
        return sorted(claim.id for claim in book.claims())


def test_every_format_is_written_and_holds_every_claim(desk: Path) -> None:
    claims = claims_in(desk)
    assert len(claims) > 1
    written: dict[str, bytes] = {}
    for format in FORMATS:
        done = run(desk, format, "--out", str(desk / format))
        assert done.exit_code == 0, done.output
        assert not (desk / f"{format}.part").exists()
        written[format] = (desk / format).read_bytes()
    texts = {format: content.decode() for format, content in written.items() if format not in BINARY}
    assert sorted(row["claim"] for row in csv.DictReader(io.StringIO(texts["csv"]))) == claims
    assert sorted(polars.read_parquet(desk / "parquet")["claim"].to_list()) == claims
    sheet = openpyxl.load_workbook(io.BytesIO(written["xlsx"])).worksheets[0]
    assert sorted(row[0] for row in sheet.iter_rows(min_row=2, values_only=True)) == claims
    assert len([one for one in stix2.parse(texts["stix"]).objects if one.type == "note"]) == len(claims)
    links = [e for e in map(json.loads, texts["ftm"].splitlines()) if e["schema"] == "UnknownLink"]
    assert len({said for link in links for said in link["properties"]["description"]}) >= len(claims) - 1
    features = json.loads(texts["geojson"])["features"]
    assert sorted({claim for feature in features for claim in feature["properties"]["claims"]}) == claims
    assert all(f'"{claim}"' in texts["jsonld"] for claim in claims)
    edges = {data.text for data in ElementTree.fromstring(texts["graphml"]).iter() if data.get("key") == "edge-claim"}
    assert sorted(edges) == claims
    assert all(f"claim/{claim}<" in texts["atom"] for claim in claims)


def test_every_deal_has_its_rows_in_the_register(desk: Path) -> None:
    with Ledger.open(desk / "quellenlage.db") as book:
        deals = {deal.id for deal in weighed(book).weighing.deals}
    rows = list(csv.DictReader(io.StringIO(run(desk, "sipri").stdout)))
    assert {row["Deal"] for row in rows} == deals
    assert {row["Supplier"] for row in rows if row["Recipient"] == "Russia"} == {"North Korea"}


def test_texts_go_to_standard_output_and_bytes_need_a_file(desk: Path) -> None:
    for format in FORMATS:
        done = run(desk, format)
        if format in BINARY:
            assert (done.exit_code, "--out" in done.stderr) == (2, True)
        else:
            assert done.exit_code == 0
            assert done.stdout.endswith("\n")


def test_deals_and_statements_can_be_had_instead(desk: Path) -> None:
    assert run(desk, "csv", "--deals").stdout.startswith("deal,said,")
    assert run(desk, "ftm", "--statements").stdout.startswith('"canonical_id"')
    assert run(desk, "parquet", "--deals", "--out", str(desk / "deals")).exit_code == 0
    assert polars.read_parquet(desk / "deals").columns[0] == "deal"


def test_the_language_is_the_one_that_is_asked_for(desk: Path) -> None:
    assert "A transfer from" in run(desk, "csv", "--lang", "en").stdout
    assert "Eine Lieferung von" in run(desk, "csv", "--lang", "de").stdout


def test_the_ledger_can_be_asked_as_of_a_moment(desk: Path) -> None:
    for format in FORMATS:
        assert run(desk, format, "--as-of", "2020-01-01", "--out", str(desk / f"old-{format}")).exit_code == 0
    assert len((desk / "old-csv").read_text(encoding="utf-8").splitlines()) == 1
    assert json.loads((desk / "old-geojson").read_text(encoding="utf-8"))["features"] == []


def test_without_a_library_the_user_is_told_and_no_file_is_left(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(module: str) -> object:
        raise ModuleNotFoundError(module)

    monkeypatch.setattr(extras, "import_module", missing)
    for format, extra in (("xlsx", "exports"), ("parquet", "exports"), ("ftm", "ftm"), ("stix", "exports")):
        done = run(desk, format, "--out", str(desk / "nowhere"))
        assert done.exit_code == 2
        assert f'pip install "quellenlage[{extra}]"' in " ".join(done.stderr.split())
        assert not list(desk.glob("nowhere*"))
    for format in ("csv", "sipri", "jsonld", "graphml", "geojson", "atom"):
        assert run(desk, format).exit_code == 0


def test_a_ledger_that_is_not_there_is_told(tmp_path: Path) -> None:
    done = run(tmp_path, "atom", "--out", str(tmp_path / "feed"))
    assert (done.exit_code, "there is no ledger" in " ".join(done.stderr.split())) == (2, True)
    assert not list(tmp_path.iterdir())


def test_help_says_who_wants_it() -> None:
    told = " ".join(CliRunner().invoke(app, ["--help"], env={"COLUMNS": "300"}).stdout.split())
    for reader in (
        "users of spreadsheets",
        "data scientists",
        "arms-control researchers",
        "investigative reporters",
        "threat-intelligence teams",
        "search engines and linked data",
        "network analysts",
        "makers of maps",
        "feed readers",
    ):
        assert reader in told
