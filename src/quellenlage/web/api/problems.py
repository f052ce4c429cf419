"""What went wrong → the status and the object that say so."""

from __future__ import annotations

from typing import Any

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from quellenlage.deciding import Missing
from quellenlage.ledger import NotFound
from quellenlage.ledger.overtaking import Overtaken
from quellenlage.web.api.documents import judgement_told


def status_of(error: Exception) -> int:
    """The status of an answer that there is none (RFC 9110, 15.5)."""
    match error:
        case HTTPException():
            return error.status_code
        case NotFound() | Missing():
            return 404
        case Overtaken():
            return 412
        case RequestValidationError():
            return 422
        case _:
            return 400


def problem_document(error: Exception) -> dict[str, Any]:
    """What went wrong, and what to do; with what others did, where they were quicker."""
    match error:
        case HTTPException():
            return {"error": str(error.detail)}
        case RequestValidationError():
            mistakes = [{"where": ".".join(map(str, one["loc"])), "what": str(one["msg"])} for one in error.errors()]
            first = mistakes[0] if mistakes else {"where": "the request", "what": "cannot be read"}
            return {
                "error": f"{first['where']}: {first['what']}; /api/v1/openapi.json says what can be",
                "mistakes": mistakes,
            }
        case Overtaken():
            told = [judgement_told(one) for one in error.judgements]
            return {"error": str(error), "changed": list(error.changed), "judgements": told}
        case _:
            return {"error": str(error)}
