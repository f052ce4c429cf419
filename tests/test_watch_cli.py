"""The command `watch`: once, and until it is told to stop or killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import typer
from sqlalchemy import create_engine
from typer.testing import CliRunner

from quellenlage.cli_watching import add_watching
from quellenlage.ledger import Ledger
from quellenlage.ledger.opening import url_of
from tests.small_server import Answer, Site, site

PAGE = "<!DOCTYPE html><html lang='de'><head><title>{0}</title></head><body><article><h1>{0}</h1>{1}</article></body>"
ALONE = "import typer; from quellenlage.cli_watching import add_watching; app = typer.Typer(); add_watching(app); app()"
PATIENCE = 120.0


@pytest.fixture
def outlet() -> Iterator[Site]:
    with site() as made:
        items = []
        for number in range(1, 5):
            title = f"Schweden liefert der Ukraine {number}0 Haubitzen"
            sentence = f"Das Ministerium bestätigte, dass Schweden der Ukraine {number}0 Haubitzen liefert."
            text = f"<p>{sentence}</p>" * 4
            page = PAGE.format(title, text).encode()
            made.routes[f"/{number}"] = Answer(page, headers={"Content-Type": "text/html; charset=utf-8"})
            items.append(f"<item><title>{title}</title><link>/{number}</link></item>")
        feed = f"<rss version='2.0'><channel><title>Kurier</title>{''.join(items)}</channel></rss>"
        made.routes["/feed"] = Answer(feed.encode(), headers={"Content-Type": "application/rss+xml"})
        yield made


@pytest.fixture
def sources(outlet: Site, tmp_path: Path) -> Path:
    file = tmp_path / "sources.toml"
    source = f'[[source]]\naddress = "{outlet.address}/feed"\noutlet = "Kurier"\n'
    file.write_text(f"delay = 0.5\n{source}", encoding="utf-8")
    return file


def taken(ledger: Path) -> list[str]:
    with Ledger.open(ledger, create=False) as book:
        return [article.title or "" for article in book.articles()]


def wait_for(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.05)


def started(sources: Path, ledger: Path, log: Path) -> subprocess.Popen[bytes]:
    words = [str(sources), "--allow-private", "--ledger", str(ledger), "--log", str(log)]
    return subprocess.Popen([sys.executable, "-c", ALONE, *words], env={**os.environ, "PYTHONUNBUFFERED": "1"})


def call(*words: str | Path) -> tuple[int, str]:
    app = typer.Typer()
    add_watching(app)
    done = CliRunner(env={"COLUMNS": "300", "NO_COLOR": "1"}).invoke(app, list(map(str, words)))
    return done.exit_code, done.output


def test_once(sources: Path, tmp_path: Path, outlet: Site) -> None:
    ledger = tmp_path / "ledger.db"
    code, output = call(sources, "--once", "--allow-private", "--ledger", ledger, "--log", tmp_path / "log")
    assert (code, output) == (0, "")
    assert len(taken(ledger)) == 4
    with Ledger.open(ledger) as book:
        assert {article.outlet for article in book.articles()} == {"Kurier"}
        assert book.is_weighed()
    assert "4 new" in (tmp_path / "log").read_text(encoding="utf-8")
    assert call(sources, "--once", "--allow-private", "--ledger", ledger)[0] == 0
    assert [outlet.paths.count(f"/{number}") for number in range(1, 5)] == [1, 1, 1, 1]


def test_private_addresses_are_not_asked_unless_allowed(sources: Path, tmp_path: Path, outlet: Site) -> None:
    code, output = call(sources, "--once", "--ledger", tmp_path / "ledger.db", "--log", tmp_path / "log")
    assert (code, output, outlet.seen) == (0, "", [])
    assert "no address of the public internet" in (tmp_path / "log").read_text(encoding="utf-8")


def test_what_is_wrong_is_told(sources: Path, tmp_path: Path) -> None:
    ledger = ("--ledger", tmp_path / "ledger.db")
    for words, why in (
        ((tmp_path / "fehlt.toml",), "cannot be read"),
        ((sources, "--metrics", "überall"), "nothing can be served there"),
        ((sources, "--log", tmp_path / "fehlt" / "log"), "cannot be written"),
    ):
        code, output = call(*words, *ledger)
        assert (code, why in output) == (2, True), output


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_when_it_is_told_to(sources: Path, tmp_path: Path, outlet: Site, number: signal.Signals) -> None:
    process = started(sources, tmp_path / "ledger.db", tmp_path / "log")
    wait_for(lambda: len(outlet.seen) > 2)
    process.send_signal(number)
    assert process.wait(PATIENCE) == 0


def test_killed_at_any_moment_it_loses_nothing_and_takes_nothing_twice(
    sources: Path, tmp_path: Path, outlet: Site
) -> None:
    ledger = tmp_path / "ledger.db"
    for pages in (0, 1, 3):
        process = started(sources, ledger, tmp_path / "log")
        seen = len(outlet.seen)
        wait_for(lambda seen=seen, pages=pages: len(outlet.seen) > seen + pages)  # type: ignore[misc]
        process.kill()
        process.wait()
    # What was in hand when it was killed would wait for a minute.
    with create_engine(url_of(ledger)).begin() as connection:
        connection.exec_driver_sql("UPDATE watch_entry SET due = found")
    assert call(sources, "--once", "--allow-private", "--ledger", ledger, "--log", tmp_path / "log")[0] == 0
    assert len(taken(ledger)) == len(set(taken(ledger))) == 4
