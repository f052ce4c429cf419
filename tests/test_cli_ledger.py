"""Search, history and judgements through the command line."""

from __future__ import annotations

import json
import time
from datetime import datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from quellenlage.cli import app
from quellenlage.domain import Article, Claim, Evidence, Reading, Stage
from quellenlage.ledger import Ledger
from quellenlage.steps import keep_weighed

TEXT = "Oslo bestätigt: Norwegen hat Estland sechs Panzerhaubitzen überlassen."


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QUELLENLAGE_LANG", "en")
    monkeypatch.setenv("COLUMNS", "160")
    evidence = (Evidence("stage", 58, 69, "überlassen."[:11]), Evidence("supplier", 16, 24, "Norwegen"))
    claim = Claim("abcd1234ef", "a1", Stage.AGREED, ("NO",), ("EE",), ("artillery",), evidence=evidence)
    with Ledger.open("quellenlage.db") as ledger:
        ledger.record(Article("a1", "haubitzen", TEXT, published="2024-03-02"), Reading("a1", "1"), [claim])
        keep_weighed(ledger)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def said(result: Result) -> str:
    return " ".join((result.stdout + result.stderr).split())


def test_a_correction_is_seen_everywhere_and_the_past_is_as_it_was(desk: Path) -> None:
    before = datetime.now().isoformat()
    time.sleep(0.01)
    judged = run("judge", "correct", "abcd", "stage=delivered", "quantity=6", "--by", "Jana", "--note", "im Titel")
    assert (judged.exit_code, "Judgement 1 is kept" in said(judged)) == (0, True)
    (now,) = json.loads(run("ledger", "--json").stdout)
    assert (now["stage"], now["quantity"]) == ("delivered", [6, 6])
    (then,) = json.loads(run("ledger", "--json", "--as-of", before).stdout)
    assert (then["stage"], then["quantity"]) == ("agreed", None)
    assert "corrected by a person" in said(run("show", "haubitzen"))
    assert "judgement 1 by Jana: im Titel" in said(run("show", "haubitzen"))
    assert "delivered" in said(run("deals"))
    assert "agreed" in said(run("deals", "--as-of", before))
    changed = said(run("diff", "--since", before))
    assert "New or changed claims (1)" in changed
    assert "agreed → delivered" in changed
    listed = said(run("judge", "list"))
    assert "corrected: haubitzen stage = delivered quantity = 6 Jana" in listed
    assert run("judge", "undo", "1").exit_code == 0
    (again,) = json.loads(run("ledger", "--json").stdout)
    assert again["stage"] == "agreed"
    assert "taken back" in said(run("judge", "list", "--all"))
    assert "No judgement in force" in said(run("judge", "list"))


def test_a_rejected_claim_is_gone_and_an_identified_name_is_found(desk: Path) -> None:
    assert run("judge", "identify", "NO", "norwegischer-staat", "--by", "Jana").exit_code == 0
    (claim,) = json.loads(run("ledger", "--json", "--supplier", "norwegischer-staat").stdout)
    assert claim["supplier"] == ["norwegischer-staat"]
    assert run("judge", "reject", "abcd", "--by", "Jana").exit_code == 0
    assert json.loads(run("ledger", "--json").stdout) == []
    assert "No deal" in said(run("deals"))


def test_a_search_finds_by_compound_and_field(desk: Path) -> None:
    found = said(run("search", "Haubitze", "von:Norwegen"))
    assert "1 article found." in found
    assert "Norway → Estonia" in found
    assert "0 articles found." in said(run("search", "Haubitze", "von:Schweden"))
    assert "1 article found." in said(run("search", "sechs Panzerhaubitzen"))
    assert "0 articles found." in said(run("search", "Panzerhaubitzen sechs"))
    assert "0 articles found." in said(run("search", "Haubitze", "--as-of", "2020-01-01"))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["judge", "accept", "ffff"], "no claim is held whose number begins with 'ffff'"),
        (["judge", "correct", "abcd", "stage"], "write field=value"),
        (["judge", "correct", "abcd", "stage=weg"], "'weg' is no stage"),
        (["judge", "correct", "abcd", "laune=gut"], "is no correction"),
        (["ledger", "--as-of", "gestern"], "--as-of 'gestern' is no day or time"),
        (["diff", "--since", "neulich"], "--since 'neulich' is no day or time"),
        (["search", "stage:weg"], "'weg' is no stage"),
    ],
)
def test_what_cannot_be_done_says_what_could(desk: Path, words: list[str], told: str) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert told in said(result)
    with Ledger.open("quellenlage.db") as ledger:
        assert ledger.log() == []


def test_nothing_changed_is_said(desk: Path) -> None:
    time.sleep(0.01)
    assert "Nothing has changed" in said(run("diff", "--since", datetime.now().isoformat()))
