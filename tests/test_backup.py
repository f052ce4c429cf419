"""A backup is whole whatever goes on meanwhile, and takes the place of a ledger only where it is sound."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text

import quellenlage.ledger as ledger_package
from benchmarks.small_articles import SmallReader, small_articles
from quellenlage.ledger import Ledger
from quellenlage.ledger.backup import back_up
from quellenlage.ledger.opening import url_of
from quellenlage.steps import keep_weighed, take_in
from tests.commands import call, said
from tests.postgres import Server
from tests.small_ledgers import plant, small_ledger


def read_on(target: str, begun: Event, stop: Event) -> None:
    with Ledger.open(target) as book:
        version = 2
        while not stop.is_set():
            for article in small_articles(12):
                take_in(article, SmallReader(version), book)
                begun.set()
            version += 1


@contextmanager
def writing(target: str) -> Iterator[None]:
    """Another process that writes all the time."""
    context = get_context("spawn")
    begun, stop = context.Event(), context.Event()
    process = context.Process(target=read_on, args=(target, begun, stop))
    process.start()
    try:
        assert begun.wait(60)
        yield
        assert process.is_alive()
    finally:
        stop.set()
        process.join(60)
    assert process.exitcode == 0


def all_of(target: str | Path) -> tuple[object, ...]:
    with Ledger.open(target, create=False) as book:
        return list(book.articles()), book.claims(), book.log(), book.deals(), book.facets()


def test_a_backup_that_was_made_while_others_write_is_whole(target: str, tmp_path: Path) -> None:
    small_ledger(target)
    held = []
    with writing(target), Ledger.open(target) as book:
        for number in range(5):
            held.append(book.state())
            done = call(target, "backup", tmp_path / f"backup-{number}")
            assert done.exit_code == 0, done.output
    for number in range(5):
        if "://" not in target:
            copy = tmp_path / f"backup-{number}"
            # It needs no log beside it.
            assert copy.read_bytes()[18:20] == b"\x01\x01"
        else:
            copy = target.replace("?", f"_copy_{number}?")
            assert call(copy, "restore", tmp_path / f"backup-{number}").exit_code == 0
        assert call(copy, "doctor").exit_code == 0
        with Ledger.open(copy) as book:
            claimed = {claim.article_id for claim in book.claims()}
            assert claimed == {article.id for article in book.articles()}
            assert book.state() >= held[number]


def test_what_was_backed_up_is_restored_and_what_was_there_is_kept(target: str, tmp_path: Path) -> None:
    small_ledger(target)
    before = all_of(target)
    done = call(target, "backup", tmp_path / "backup")
    assert "6 articles, 6 readings, 6 claims, 0 judgements" in said(done)
    with Ledger.open(target) as book:
        take_in(small_articles(7)[6], SmallReader(), book)
        keep_weighed(book)
    later = all_of(target)
    refused = call(target, "restore", tmp_path / "backup")
    assert (refused.exit_code, "--force" in said(refused)) == (2, True)
    assert all_of(target) == later
    done = call(target, "restore", tmp_path / "backup", "--force")
    assert done.exit_code == 0, done.output
    assert all_of(target) == before
    assert all_of(kept_beside(target, said(done))) == later
    assert call(target, "doctor").exit_code == 0


def kept_beside(target: str, told: str) -> str:
    kept = told.rpartition(" kept as ")[2].rstrip(".")
    return kept if "://" not in target else str(url_of(target).set(database=kept))


def test_what_was_taken_in_is_taken_in_no_second_time_after_a_restore(target: str, tmp_path: Path) -> None:
    articles = small_ledger(target)
    call(target, "backup", tmp_path / "backup")
    call(target, "restore", tmp_path / "backup", "--force")
    with Ledger.open(target) as book:
        assert all(book.holds(article.id, SmallReader().name) for article in articles)
        take_in(small_articles(7)[6], SmallReader(), book)
        assert book.search("Stellungnahme").count == 7


def test_a_file_is_overwritten_on_demand_only(tmp_path: Path) -> None:
    small_ledger(tmp_path / "ledger.db")
    (tmp_path / "letter").write_text("Sehr geehrte Damen und Herren")
    assert call(tmp_path / "ledger.db", "backup", tmp_path / "letter").exit_code == 2
    assert (tmp_path / "letter").read_text() == "Sehr geehrte Damen und Herren"
    assert call(tmp_path / "ledger.db", "backup", tmp_path / "letter", "--force").exit_code == 0
    assert all_of(tmp_path / "letter") == all_of(tmp_path / "ledger.db")


def test_what_goes_wrong_leaves_no_file(tmp_path: Path) -> None:
    assert call(tmp_path / "none.db", "backup", tmp_path / "backup").exit_code == 2
    small_ledger(tmp_path / "ledger.db")
    assert call(tmp_path / "ledger.db", "backup", tmp_path / "nowhere" / "backup").exit_code == 2
    whole = (tmp_path / "ledger.db").read_bytes()
    (tmp_path / "ledger.db").write_bytes(whole[: len(whole) // 2])
    done = call(tmp_path / "ledger.db", "backup", tmp_path / "backup")
    assert (done.exit_code, "restore" in said(done).lower() or "doctor" in said(done)) == (2, True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ledger.db"]


@pytest.mark.parametrize("kept", [0.3, 0.7, 0.99])
def test_a_backup_that_was_cut_is_refused(target: str, tmp_path: Path, kept: float) -> None:
    small_ledger(target)
    before = all_of(target)
    call(target, "backup", tmp_path / "backup")
    whole = (tmp_path / "backup").read_bytes()
    (tmp_path / "backup").write_bytes(whole[: int(len(whole) * kept)])
    for words in ([], ["--anyway"]):
        done = call(target, "restore", tmp_path / "backup", "--force", *words)
        assert done.exit_code == 2
        assert "older backup" in said(done)
        assert all_of(target) == before
    if "://" not in target:
        assert sorted(path.name for path in tmp_path.iterdir()) == ["backup", "ledger.db"]


def test_a_backup_with_wrong_rows_is_taken_on_demand_only(target: str, tmp_path: Path) -> None:
    small_ledger(target)
    before = all_of(target)
    plant(target, "UPDATE evidence SET text = 'Panzer' WHERE position = 0 AND claim_key = 1")
    call(target, "backup", tmp_path / "backup")
    plant(target, "UPDATE evidence SET text = 'überlassen' WHERE position = 0 AND claim_key = 1")
    done = call(target, "restore", tmp_path / "backup", "--force")
    assert (done.exit_code, "Panzer" in said(done), "--anyway" in said(done)) == (2, True, True)
    assert all_of(target) == before
    assert call(target, "restore", tmp_path / "backup", "--force", "--anyway").exit_code == 0
    assert call(target, "doctor").exit_code == 1


def test_a_ledger_that_is_in_use_is_not_replaced(target: str, tmp_path: Path) -> None:
    small_ledger(target)
    call(target, "backup", tmp_path / "backup")
    with Ledger.open(target) as book:
        article = book.article("bericht-1")
        done = call(target, "restore", tmp_path / "backup", "--force")
        assert (done.exit_code, "in use" in said(done)) == (2, True)
        assert book.article("bericht-1") == article


def test_a_damaged_ledger_is_replaced_and_kept_with_its_log(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    small_ledger(path)
    before = all_of(path)
    call(path, "backup", tmp_path / "backup")
    broken = b"SQLite format 3\x00" + b"\x01" * 5000
    path.write_bytes(broken)
    (tmp_path / "ledger.db-wal").write_bytes(b"what stood in the log")
    done = call(path, "restore", tmp_path / "backup", "--force")
    assert done.exit_code == 0, done.output
    assert all_of(path) == before
    (kept,) = (p for p in tmp_path.iterdir() if ".before-" in p.name and not p.name.endswith("-wal"))
    assert kept.read_bytes() == broken
    assert kept.with_name(f"{kept.name}-wal").read_bytes() == b"what stood in the log"


def test_a_backup_of_an_older_version_is_brought_forward(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    config = Config()
    config.set_main_option("script_location", str(Path(ledger_package.__file__).with_name("migrations")))
    with create_engine(f"sqlite:///{path}").begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0003")
        connection.execute(
            text(
                "insert into article (id, doc, authors, text, taken_in) "
                "values ('a', 'a', '[]', 'Text', '2024-01-01 00:00:00')"
            )
        )
    done = call(path, "backup", tmp_path / "backup")
    assert (done.exit_code, "one article" in said(done)) == (0, True)
    with sqlite3.connect(path) as raw:
        assert raw.execute("select version_num from alembic_version").fetchone() == ("0003",)
    old = (tmp_path / "backup").read_bytes()
    assert call(tmp_path / "new.db", "restore", tmp_path / "backup").exit_code == 0
    assert (tmp_path / "backup").read_bytes() == old
    with Ledger.open(tmp_path / "new.db") as book:
        assert [article.id for article in book.articles()] == ["a"]


def test_what_is_no_backup_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("Sehr geehrte Damen und Herren")
    (tmp_path / "dump").write_bytes(b"PGDMP and so on")
    with sqlite3.connect(tmp_path / "other.db") as raw:
        raw.execute("create table addresses (name text)")
    for name, reason in (
        ("letter", "no backup"),
        ("none", "no backup"),
        ("dump", "PostgreSQL"),
        ("other.db", "addresses"),
    ):
        done = call(tmp_path / "ledger.db", "restore", tmp_path / name)
        assert (done.exit_code, reason in said(done)) == (2, True)
    assert not (tmp_path / "ledger.db").exists()


def test_without_the_programs_of_postgresql_it_is_said_what_to_install(
    postgres: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with postgres.database() as address:
        small_ledger(address, 1)
        monkeypatch.setenv("PATH", str(tmp_path))
        done = call(address, "backup", tmp_path / "backup")
    assert (done.exit_code, "postgresql-client" in said(done)) == (2, True)
    assert list(tmp_path.iterdir()) == []


def test_a_database_that_is_not_there_yet_is_made(postgres: Server, tmp_path: Path) -> None:
    with postgres.database() as address:
        small_ledger(address)
        before = all_of(address)
        back_up(address, tmp_path / "backup")
        elsewhere = address.replace("?", "_restored?")
        assert call(elsewhere, "restore", tmp_path / "backup").exit_code == 0
        assert all_of(elsewhere) == before
