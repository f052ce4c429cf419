"""A sound ledger is whole; whatever is damaged is found, and what is derived is mended."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

import quellenlage.ledger as ledger_package
from benchmarks.small_articles import SmallReader, small_articles
from quellenlage.domain import JudgedClaim, Judgement, JudgementKind
from quellenlage.ledger import Ledger
from quellenlage.ledger.doctor import Check
from quellenlage.steps import keep_weighed, take_in
from quellenlage.terminal import texts
from tests.commands import call, said
from tests.small_ledgers import plant, small_ledger

DAMAGE = {
    Check.ORPHANS: ["DELETE FROM reading WHERE id = (SELECT min(id) FROM reading)"],
    Check.WORDS: ["UPDATE evidence SET text = 'Panzer' WHERE position = 0 AND claim_key = 1"],
    Check.CLAIMS_TWICE: ["UPDATE claim SET id = (SELECT id FROM claim WHERE key = 1) WHERE key = 2"],
    Check.READINGS_TWICE: [
        "DROP INDEX ix_reading_held",
        "UPDATE reading SET article_id = (SELECT article_id FROM reading WHERE id = 1) , reader = 'x' WHERE id = 2",
    ],
    Check.TIMES: ["UPDATE deal SET until = '2001-01-01 00:00:00.000000' WHERE key = 1"],
    Check.FACETS_MISSING: ["DELETE FROM claim_facet WHERE claim_key = 3"],
    Check.FACET_COUNTS: ["UPDATE facet SET claims = claims + 1 WHERE id = 1"],
}
"""What is done to a ledger, by the check that has to find it."""


def found(target: str | Path) -> dict[Check, int]:
    with Ledger.as_found(target) as book:
        return {finding.check: finding.count for finding in book.examine().findings}


def test_a_sound_ledger_is_whole(target: str) -> None:
    articles = small_ledger(target)
    with Ledger.open(target) as book:
        take_in(articles[0], SmallReader(2), book)
        one, other = book.claims()[:2]
        number = book.judge(Judgement(JudgementKind.REJECT, (JudgedClaim.of(one),), (), "Jana"))
        book.judge(Judgement(JudgementKind.ACCEPT, (JudgedClaim.of(other),), (), "Jana"))
        book.undo(number)
    assert found(target) == {}
    done = call(target, "doctor")
    assert (done.exit_code, "The ledger is whole." in done.output) == (0, True)
    assert "out of date" in done.output
    assert "Alles ist in Ordnung." in call(target, "doctor", lang="de").output
    call(target, "weigh")
    assert "out of date" not in call(target, "doctor").output


@pytest.mark.parametrize("check", DAMAGE)
def test_damage_is_found_and_it_is_said_what_to_do(target: str, check: Check) -> None:
    small_ledger(target)
    plant(target, *DAMAGE[check])
    assert found(target)[check] == 1
    done = call(target, "doctor")
    todo = "mend" if check.is_mendable else check
    assert done.exit_code == 1
    assert texts("en").say(f"check_{check}") in done.output
    assert texts("en").say(f"todo_{todo}") in said(done)
    assert "is whole" not in done.output


def test_the_words_of_hops_are_looked_at_too(target: str) -> None:
    small_ledger(target)
    plant(target, "UPDATE claim_hop SET cue_start = cue_start + 1, cue_end = cue_end + 1 WHERE cue_text IS NOT NULL")
    assert found(target) == {Check.WORDS: 6}


def test_deals_of_claims_that_are_not_there_are_found(target: str) -> None:
    small_ledger(target)
    plant(target, "UPDATE deal_claim SET claim_id = 'nowhere' WHERE deal_key = 1")
    assert found(target) == {Check.ORPHANS: 1}


def test_articles_and_the_text_index_are_compared(target: str) -> None:
    small_ledger(target)
    is_file = "://" not in target
    entries, number = ("article_text_docsize", "id") if is_file else ("article_text", "number")
    plant(target, f"DELETE FROM {entries} WHERE {number} = 2", f"UPDATE {entries} SET {number} = 77 WHERE {number} = 3")
    assert found(target) == {Check.NOT_INDEXED: 2, Check.INDEXED_ONLY: 1}


def test_what_is_derived_is_mended_and_nothing_else(target: str) -> None:
    articles = small_ledger(target)
    with Ledger.open(target) as book:
        facets, claims = book.facets(), book.claims()
        facets_found = book.search("von:NO")
    entries, number = ("article_text_docsize", "id") if "://" not in target else ("article_text", "number")
    plant(
        target,
        *DAMAGE[Check.FACETS_MISSING],
        *DAMAGE[Check.FACET_COUNTS],
        "UPDATE facet SET claims = 0 WHERE id = 5",
        f"DELETE FROM {entries} WHERE {number} = 2",
        *DAMAGE[Check.TIMES],
    )
    assert call(target, "doctor", "--mend").exit_code == 1
    assert found(target) == {Check.TIMES: 1}
    plant(target, "UPDATE deal SET until = NULL")
    assert call(target, "doctor").exit_code == 0
    with Ledger.open(target) as book:
        assert book.facets() == facets
        assert book.claims() == claims
        assert book.search("von:NO") == facets_found
        assert book.search('"Bericht 1"').count == 1
        assert sorted(hit.article.id for hit in book.search("Stellungnahme").hits) == [a.id for a in articles]


def test_without_mend_nothing_is_changed(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    small_ledger(path)
    plant(path, *DAMAGE[Check.FACET_COUNTS])
    before = path.read_bytes()
    call(path, "doctor")
    assert path.read_bytes() == before
    assert found(path) == {Check.FACET_COUNTS: 1}


def test_a_text_index_that_cannot_be_read_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    small_ledger(path)
    plant(path, "DELETE FROM article_text_data WHERE id > 100")
    assert Check.INDEX_BROKEN in found(path)
    assert call(path, "doctor", "--mend").exit_code == 0
    with Ledger.open(path) as book:
        assert book.search("Stellungnahme").count == 6


@pytest.mark.parametrize("kept", [0.5, 0.9])
def test_a_file_that_was_cut_is_found(tmp_path: Path, kept: float) -> None:
    path = tmp_path / "ledger.db"
    small_ledger(path)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * kept)])
    done = call(path, "doctor")
    assert done.exit_code == 1
    assert "quellenlage restore" in done.output
    assert "not looked at" in done.output
    assert call(path, "doctor", "--mend").exit_code == 1


def test_a_page_that_was_written_over_is_found(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    small_ledger(path, 30)
    with path.open("r+b") as file:
        file.seek(4096 * 9)
        file.write(b"\xff" * 4096)
    assert list(found(path)) == [Check.FILE]


def test_an_older_schema_is_told_and_left(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    config = Config()
    config.set_main_option("script_location", str(Path(ledger_package.__file__).with_name("migrations")))
    with create_engine(f"sqlite:///{path}").begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0003")
    done = call(path, "doctor", "--mend")
    assert (done.exit_code, "0003" in done.output) == (1, True)
    assert found(path) == {Check.SCHEMA: 1}
    Ledger.open(path).close()
    assert found(path) == {}


def test_where_there_is_no_ledger_nothing_is_made(tmp_path: Path) -> None:
    assert call(tmp_path / "none.db", "doctor").exit_code == 2
    (tmp_path / "empty.db").touch()
    assert call(tmp_path / "empty.db", "doctor").exit_code == 2
    (tmp_path / "letter.txt").write_text("Sehr geehrte Damen und Herren")
    assert call(tmp_path / "letter.txt", "doctor").exit_code == 2


def test_rows_and_bytes_are_told(target: str) -> None:
    small_ledger(target)
    with Ledger.as_found(target) as book:
        sizes = {size.table: size for size in book.examine().sizes}
    assert (sizes["article"].rows, sizes["evidence"].rows, sizes["article_text"].rows) == (6, 48, 6)
    assert all(size.bytes is None or size.bytes > 0 for size in sizes.values())


def test_the_write_ahead_log_is_measured(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    with Ledger.open(path) as book:
        take_in(small_articles(1)[0], SmallReader(), book)
        keep_weighed(book)
        assert book.examine().log == (tmp_path / "ledger.db-wal").stat().st_size > 0
