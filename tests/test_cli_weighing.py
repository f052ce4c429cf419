"""The commands of the weighing, as a person calls them: one newspaper text, its copy, and a report of another."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from tests.test_cli import run

REPORT = (
    "Warschau kauft Raketenwerfer in Seoul\n"
    "Polen kauft in Südkorea 218 Raketenwerfer vom Typ Chunmoo. Das teilte das Ministerium in Warschau am Montag mit. "
    "Die ersten Geräte sollen noch vor dem Winter in Danzig eintreffen, hieß es aus dem Haus weiter.\n"
)
LATER = (
    "Raketenwerfer aus Seoul sind da\n"
    "Südkorea hat Polen 18 Raketenwerfer vom Typ Chunmoo geliefert. Das meldete die Agentur Yonhap am Sonntag.\n"
)


def page(folder: Path, name: str, outlet: str, day: str, text: str) -> None:
    (folder / f"{name}.json").write_text(
        json.dumps({"id": name, "outlet": outlet, "published": day, "text": text}), encoding="utf-8"
    )


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desk")
    page(folder, "bote", "Warschauer Bote", "2024-09-02", REPORT)
    page(folder, "blatt", "Elbtaler Blatt", "2024-09-03", f"{REPORT}Mehr dazu lesen Sie morgen in unserer Zeitung.\n")
    page(folder, "kurier", "Kurier", "2024-12-01", LATER)
    done = run(folder, "read", "bote.json", "blatt.json", "kurier.json")
    assert "3 new articles" in done.stderr
    return folder


def deal_ids(folder: Path) -> list[str]:
    return [deal["id"] for deal in json.loads(run(folder, "export", "weighing").stdout)["deals"]]


def test_deals_count_origins_and_not_articles(desk: Path) -> None:
    out = run(desk, "deals").stdout
    assert "KR-PL-artillery-2024-09" in out
    assert "in 2 articles" in out or "in 3 articles" in out
    assert "Südkorea" in run(desk, "deals", lang="de").stdout


def test_a_deal_tells_its_standing_its_origins_and_its_words(desk: Path) -> None:
    out = run(desk, "deal", "KR-PL-artillery-2024-09").stdout
    for told in ("from South Korea to Poland", "Who says it first", "Elbtaler Blatt", "Grade", "Timeline", "“kauft”"):
        assert told in out


def test_a_story_tells_who_copied_whom(desk: Path) -> None:
    out = run(desk, "story", "blatt").stdout
    assert "One story in 2 articles" in out
    assert "of the shorter text from Warschauer Bote" in out
    assert "it appeared later" in out


def test_why_tells_the_parts_of_every_score(desk: Path) -> None:
    out = run(desk, "why", "bote", "blatt").stdout
    for told in ("One story: bote and blatt", "rare words in common", "One deal:", "same goods", "Same origin:"):
        assert told in out


def test_the_export_has_the_form_of_the_contract(desk: Path) -> None:
    out = json.loads(run(desk, "export", "weighing").stdout)
    assert out["copies"] == [["blatt", "bote"]] or out["copies"] == [["bote", "blatt"]]
    assert sorted(map(sorted, out["stories"])) == [["blatt", "bote"], ["kurier"]]
    (first, *_) = out["deals"]
    assert {"id", "docs", "supplier", "stage", "independent_origins", "origins", "denied_by"} <= set(first)
    assert all(set(drift) == {"from", "to", "kind"} for drift in out["drift"])


def test_a_split_survives_new_articles_and_a_new_weighing(desk: Path, tmp_path: Path) -> None:
    run(desk, "weigh")
    before = deal_ids(desk)
    (deal,) = [name for name in before if name.startswith("KR-PL")][:1]
    before_the_split = datetime.now().isoformat()
    first = run(desk, "judge", "split", deal, "blatt", "--by", "Jana", "--note", "anderer Vertrag")
    assert "Judgement 1 is kept" in first.stdout
    split = deal_ids(desk)
    assert len(split) == len(before) + 1
    page(desk, "spaet", "Nachzügler", "2024-09-03", f"Eilmeldung\n{REPORT}")
    assert "1 new article" in run(desk, "read", "spaet.json").stderr
    assert f"{deal}-2" in run(desk, "diff", "--since", before_the_split).stdout
    weighing = json.loads(run(desk, "export", "weighing").stdout)
    assert not any({"blatt", "bote"} <= set(deal["docs"]) for deal in weighing["deals"])
    assert "Jana" in run(desk, "judge", "list").stdout
    assert "Nothing has changed" in run(desk, "weigh").stdout
    assert "taken back" in run(desk, "judge", "undo", "1").stdout
    weighing = json.loads(run(desk, "export", "weighing").stdout)
    assert any({"blatt", "bote"} <= set(deal["docs"]) for deal in weighing["deals"])
    assert "No judgement in force" in run(desk, "judge", "list").stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["deal", "KR-XX"], "No deal is called 'KR-XX'"),
        (["judge", "undo", "99"], "no judgement in force has the number 99"),
        (
            ["judge", "split", "KR-PL-artillery-2024-09", "kurier", "bote", "blatt", "spaet"],
            "name some of the articles",
        ),
        (["judge", "merge", "KR-PL-artillery-2024-09", "KR-PL-artillery-2024-09"], "name two deals"),
        (["judge", "identify", "NO", ""], "an identity needs a name and an actor"),
        (["why", "bote", "gibtesnicht"], "no article in the ledger"),
    ],
)
def test_what_cannot_be_done_is_said_with_the_next_step(desk: Path, words: list[str], said: str) -> None:
    done = run(desk, *words)
    assert done.returncode == 2
    assert said in done.stderr
