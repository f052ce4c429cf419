"""What all tests share."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.postgres import Server, binaries, server

# How long an example takes is the machine's business; timings belong in benchmarks.
settings.register_profile("quellenlage", deadline=None)
settings.load_profile("quellenlage")

SHARED = Path(__file__).resolve().parents[2] / "shared"
SAMPLE = Path(__file__).resolve().parents[1] / "sample"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what reads articles beside the project where there are none."""
    if not SHARED.is_dir():
        for item in items:
            if item.get_closest_marker("shared"):
                item.add_marker(pytest.mark.skip(reason="there is no folder `shared` beside the project"))


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of real articles with their answer sheet."""
    return SHARED / "seeds"


@pytest.fixture(scope="session")
def sample_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ledger of the sample's articles, to be asked only: reading them takes longer than any test over it."""
    ledger = tmp_path_factory.mktemp("sample") / "sample.db"
    articles = sorted(str(path) for path in SAMPLE.glob("*.json"))
    command = [sys.executable, "-m", "quellenlage", "read", *articles, "--ledger", str(ledger)]
    subprocess.run(command, check=True, capture_output=True)
    return ledger


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server for the whole session."""
    programs = binaries()
    if programs is None:
        pytest.skip("there is no PostgreSQL here, or no psycopg")
    with server(programs) as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def target(request: pytest.FixtureRequest) -> Iterator[str]:
    """Where a new ledger can be made: a file, and a database."""
    if request.param == "sqlite":
        yield str(request.getfixturevalue("tmp_path") / "ledger.db")
    else:
        with request.getfixturevalue("postgres").database() as address:
            yield address
