"""What all tests share."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

# How long an example takes is the machine's business; timings belong in benchmarks.
settings.register_profile("quellenlage", deadline=None)
settings.load_profile("quellenlage")

SHARED = Path(__file__).resolve().parents[2] / "shared"


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
