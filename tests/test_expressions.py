"""German expressions as they stand in the news, with what they come to: `expressions/` holds some eight hundred."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml

from quellenlage.names import actors, dates, hedges, items, money, quantities

HERE = Path(__file__).parent / "expressions"
ENOUGH = 0.98
KIND_OF_HEDGE = {0: "none", 1: "hedged", 2: "hedged", 3: "speculative", 4: "hearsay", 5: "doubted"}

Expression = Mapping[str, Any]


def amount_is_right(expression: Expression) -> bool:
    words, wanted = expression["words"], expression["is"]
    found = money.parse(words) if "currency" in expression else quantities.parse(words)
    if found is None or wanted is None:
        return found is wanted
    return (
        [found.low, found.high] == wanted
        and found.approximate == expression.get("approximate", False)
        and getattr(found, "currency", None) == expression.get("currency")
        and ("unit" not in expression or getattr(found, "unit", None) == expression["unit"])
    )


def date_is_right(expression: Expression) -> bool:
    return dates.parse(expression["words"], expression["published"]) == expression["is"]


def actor_is_right(expression: Expression) -> bool:
    found = actors.identify(expression["words"])
    return all(getattr(found, role) == expression[role] for role in ("source", "party") if role in expression)


def item_is_right(expression: Expression) -> bool:
    found = items.identify(expression["words"])
    models = expression.get("models", found.models)
    return set(found.classes) == set(expression["classes"]) and set(found.models) == set(models)


def hedge_is_right(expression: Expression) -> bool:
    words = expression["words"]
    kind = "hearsay" if hedges.is_hearsay(words) else KIND_OF_HEDGE[hedges.strength(words)]
    return kind == expression["kind"]


CHECKS: Mapping[str, Callable[[Expression], bool]] = {
    "quantities": amount_is_right,
    "dates": date_is_right,
    "actors": actor_is_right,
    "items": item_is_right,
    "hedges": hedge_is_right,
}


def test_expressions_should_be_read_as_a_careful_reader_does() -> None:
    read, wrong = 0, []
    for file, is_right in CHECKS.items():
        expressions: list[Expression] = yaml.safe_load((HERE / f"{file}.yaml").read_text(encoding="utf-8"))
        read += len(expressions)
        wrong += [expression for expression in expressions if not is_right(expression)]
    assert read >= 800
    assert len(wrong) <= (1 - ENOUGH) * read, "\n".join(map(str, wrong))
