"""The interface keeps to its OpenAPI document, whatever it is asked (schemathesis)."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode, openapi
from schemathesis.specs.openapi.checks import positive_data_acceptance

from quellenlage.web import create_app
from tests.reviewed import small_ledger

# What can be read may still be refused: a judgement on what is not there, a place in another order of the deals.
REFUSES = {"POST /api/v1/judgements", "GET /api/v1/deals"}


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_every_answer_is_as_the_document_says(tmp_path: Path, mode: GenerationMode) -> None:
    app = create_app(small_ledger(tmp_path / "ledger.db"))
    for operation in openapi.from_asgi("/api/v1/openapi.json", app).get_all_operations():
        must_keep_to_its_description(operation.ok(), mode)


def must_keep_to_its_description(operation, mode: GenerationMode) -> None:
    excluded = [positive_data_acceptance] if operation.label in REFUSES else []

    @given(operation.as_strategy(generation_mode=mode))
    @settings(max_examples=20, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    def keeps_to_it(case) -> None:
        case.call_and_validate(excluded_checks=excluded)

    keeps_to_it()
