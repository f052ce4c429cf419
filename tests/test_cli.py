"""The commands, as a person calls them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from quellenlage.intake import Arrival
from quellenlage.intake.taking import Way, taken_from
from tests.commands import call, said

REPORT = """Warschau kauft Raketenwerfer in Seoul
Polen kauft in Südkorea 218 Raketenwerfer vom Typ Chunmoo. Das teilte das Verteidigungsministerium in Warschau mit.
Der Kreml wollte sich dazu nicht äußern.
"""
WEATHER = "Sonne im Norden\nAm Wochenende wird es an der Küste warm und trocken.\n"
SAMPLE = Path(__file__).resolve().parents[1] / "sample"


def run(folder: Path, *words: str, stdin: str | None = None, lang: str = "en") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "QUELLENLAGE_LANG": lang, "COLUMNS": "160", "NO_COLOR": "1"}
    environment.pop("QUELLENLAGE_LEDGER", None)
    return subprocess.run(
        [sys.executable, "-m", "quellenlage", *words],
        cwd=folder,
        env=environment,
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two articles, and a ledger into which they were read."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "werfer.txt").write_text(REPORT, encoding="utf-8")
    (folder / "wetter.txt").write_text(WEATHER, encoding="utf-8")
    done = run(folder, "read", "--no-triage", "werfer.txt", "wetter.txt")
    assert done.returncode == 0, done.stderr
    assert "2 new articles" in done.stderr
    return folder


def test_reading_again_changes_nothing_and_says_so(desk: Path) -> None:
    before = run(desk, "export", "claims").stdout
    done = run(desk, "read", "--no-triage", "werfer.txt", "wetter.txt")
    assert (done.returncode, "Nothing new" in done.stderr) == (0, True)
    assert run(desk, "export", "claims").stdout == before


def test_a_broken_file_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    (tmp_path / "gut.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "kaputt.json").write_text('{"text": "Oslo liefert Riga zwölf Haubitzen.', encoding="utf-8")
    (tmp_path / "leer.txt").write_text("", encoding="utf-8")
    done = run(tmp_path, "read", "kaputt.json", "gut.txt", "leer.txt", "fehlt.txt")
    assert done.returncode == 0
    for name in ("kaputt.json", "leer.txt", "fehlt.txt"):
        assert f"Skipped: {name}" in done.stderr
    assert "1 new articles" in done.stderr
    assert "3 skipped" in done.stderr


def test_words_that_look_like_markup_of_the_terminal_are_printed_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("[/i];[red]\nx;y\n", encoding="utf-8")
    (tmp_path / "b.html").write_text(f"<title>[/b]</title><p>{REPORT}</p>", encoding="utf-8")
    done = call(tmp_path / "l.db", "intake", tmp_path / "a.csv", tmp_path / "b.html")
    assert done.exit_code == 0
    assert "the columns are [/i], [red];" in said(done)
    assert "[/b] ─" in done.output
    assert "[/i], [red]" in said(call(tmp_path / "l.db", "read", tmp_path / "a.csv"))


def test_where_nothing_could_be_read_the_command_fails(tmp_path: Path) -> None:
    assert run(tmp_path, "read", "fehlt.txt").returncode == 1


def test_an_article_comes_in_through_standard_input(tmp_path: Path) -> None:
    done = run(tmp_path, "read", "-", stdin=REPORT)
    assert "1 new articles" in done.stderr


def test_the_ledger_shows_who_sends_what_to_whom(desk: Path) -> None:
    table = run(desk, "ledger").stdout
    assert "South Korea → Poland" in table
    assert "Artillery" in table
    assert "Südkorea → Polen" in run(desk, "ledger", lang="de").stdout


def test_the_ledger_is_filtered(desk: Path) -> None:
    assert json.loads(run(desk, "ledger", "--recipient", "PL", "--json").stdout)
    assert json.loads(run(desk, "ledger", "--recipient", "FR", "--json").stdout) == []
    assert "No claim" in run(desk, "ledger", "--recipient", "FR").stdout


def test_the_least_sure_claims_come_first_on_demand(tmp_path: Path) -> None:
    run(tmp_path, "read", str(SAMPLE / "08-abendecho-ticker.json"), str(SAMPLE / "14-weitblick-jets.json"))
    listed = json.loads(run(tmp_path, "ledger", "--by-doubt", "--json").stdout)
    sureness = [row["confidence"] for row in listed]
    assert len(listed) > 2
    assert sureness == sorted(sureness)
    assert sureness != [row["confidence"] for row in json.loads(run(tmp_path, "ledger", "--json").stdout)]


def test_show_marks_the_text_and_gives_every_field_its_words(desk: Path) -> None:
    page = run(desk, "show", "werfer").stdout
    assert "Raketenwerfer" in page
    assert "»Südkorea«" in page
    assert "⟨declines to comment⟩" in page


def test_show_names_what_comes_near_an_article_that_is_not_there(desk: Path) -> None:
    done = run(desk, "show", "werfr")
    assert done.returncode == 2
    assert "werfer" in done.stderr


def test_exported_claims_have_their_evidence_in_the_exported_text(desk: Path) -> None:
    assert run(desk, "export", "claims", "-o", "claims.jsonl").returncode == 0
    assert run(desk, "export", "articles", "-o", "articles.jsonl").returncode == 0
    texts = {a["doc"]: a["text"] for a in map(json.loads, (desk / "articles.jsonl").read_text("utf-8").splitlines())}
    documents = [json.loads(line) for line in (desk / "claims.jsonl").read_text("utf-8").splitlines()]
    assert [d["doc"] for d in documents] == ["werfer", "wetter"]
    (transfer,) = documents[0]["transfers"]
    assert (transfer["supplier"], transfer["recipient"], transfer["quantity"]) == (["KR"], ["PL"], [218, 218])
    for entry in transfer["evidence"]:
        assert texts["werfer"][entry["start"] : entry["end"]] == entry["text"]
    assert documents[1]["transfers"] == []


def test_own_names_explain_what_no_list_knows(tmp_path: Path) -> None:
    report = REPORT.replace("in Südkorea", "bei Flurbelag Ost").replace("in Seoul", "bei Flurbelag Ost")
    (tmp_path / "werfer.txt").write_text(report, encoding="utf-8")
    assert run(tmp_path, "read", "werfer.txt").returncode == 0
    assert "Flurbelag Ost" in run(tmp_path, "names", "unknown").stdout
    entry = "actors:\n  - {name: Flurbelag Ost, kind: company, slug: osthandel}\n"
    (tmp_path / "names.yaml").write_text(entry, encoding="utf-8")
    assert "Flurbelag Ost" not in run(tmp_path, "names", "unknown").stdout
    assert run(tmp_path, "names", "check").returncode == 0
    again = run(tmp_path, "read", "werfer.txt")
    assert "read again" in again.stderr
    claims = json.loads(run(tmp_path, "export", "claims").stdout)
    assert ["osthandel"] in [transfer["supplier"] for transfer in claims["transfers"]]


def test_mistakes_in_own_names_are_told_with_their_line(desk: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "mine.yaml"
    wrong.write_text("actors:\n  - {name: X, kind: firm}\n", encoding="utf-8")
    done = run(desk, "names", "check", "--names", str(wrong))
    assert (done.returncode, "mine.yaml, line 2" in done.stderr.replace("\n", "")) == (2, True)


def test_a_ledger_scores_all_against_its_own_export(desk: Path) -> None:
    run(desk, "export", "claims", "-o", "own.jsonl")
    figures = json.loads(run(desk, "score", "own.jsonl", "--json").stdout)
    assert figures["pairs"]["f1"] == figures["triples"]["f1"] == figures["fields_with_evidence"] == 1.0
    listed = run(desk, "score", "own.jsonl", "--verbose").stdout
    assert "hit: werfer: KR → PL" in listed


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["ledger", "--ledger", "nirgends.db"], "quellenlage read"),
        (["ledger", "--ledger", "werfer.txt"], "no SQLite database"),
        (["score", "fehlt.jsonl"], "fehlt.jsonl"),
        (["export", "claims", "-o", "kein/ordner/x.jsonl"], "kein/ordner"),
    ],
)
def test_what_cannot_be_done_is_said_with_the_next_step(desk: Path, words: list[str], said: str) -> None:
    done = run(desk, *words)
    assert done.returncode == 2
    assert said in done.stderr.replace("\n", "")
    assert "Traceback" not in done.stderr


def test_an_unknown_language_is_refused(desk: Path) -> None:
    assert run(desk, "ledger", "--lang", "fr").returncode == 2


def test_the_sample_makes_a_ledger_with_its_denials(tmp_path: Path) -> None:
    count = sum(isinstance(one, Arrival) for one in taken_from(sorted(SAMPLE.glob("*.json")), Way()))
    done = run(tmp_path, "read", *map(str, sorted(SAMPLE.glob("*.json"))))
    assert f"{count} new articles" in done.stderr
    claims = json.loads(run(tmp_path, "ledger", "--json").stdout)
    assert {"KP", "IR"} <= {s for c in claims for s in c["supplier"]}
    assert any(c["denied_by"] for c in claims)
    figures = json.loads(run(tmp_path, "score", str(SAMPLE / "claims.jsonl"), "--json").stdout)
    assert figures["pairs"]["f1"] > 0.5
    assert figures["fields_with_evidence"] == 1.0


@pytest.mark.shared
def test_the_seeds_are_read_and_read_again(tmp_path: Path, seeds: Path) -> None:
    articles = [str(path) for path in sorted(seeds.glob("*.txt"))]
    broken = tmp_path / "kaputt.txt"
    broken.write_bytes(b"\x00\x01\x02\x03" * 50)
    done = run(tmp_path, "read", *articles[:2], str(broken), *articles[2:])
    assert "5 new articles" in done.stderr
    assert "kaputt.txt" in done.stderr
    assert "Nothing new" in run(tmp_path, "read", *articles).stderr
    figures = json.loads(run(tmp_path, "score", str(seeds / "claims.jsonl"), "--json").stdout)
    assert figures["pairs"]["f1"] >= 0.60
    assert figures["triples"]["f1"] >= 0.45
    assert figures["fields_with_evidence"] == 1.0


@pytest.mark.shared
@pytest.mark.parametrize(
    "stance",
    [
        "⟨denies⟩",
        "⟨declines to comment⟩",
        pytest.param(
            "⟨could not be verified⟩",
            marks=pytest.mark.xfail(strict=True, reason="the model holds a cue at 'nicht in der Lage' for 0.43 likely"),
        ),
    ],
)
def test_the_fourth_seed_shows_who_answers_and_how(tmp_path: Path, seeds: Path, stance: str) -> None:
    (fourth,) = seeds.glob("004_*.txt")
    run(tmp_path, "read", str(fourth))
    assert stance in run(tmp_path, "show", "004").stdout
