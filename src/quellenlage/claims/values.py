"""Words that were marked for fields of a claim → the values that the lists read from them, and what these correct."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from quellenlage.claims.attribution import speaker
from quellenlage.claims.correcting import LISTS
from quellenlage.claims.mentions import UNKNOWN, called
from quellenlage.claims.notation import written
from quellenlage.domain import Article, Chain, Claim, Correction, Hop, HopKind, Span, Stage
from quellenlage.names import actors, dates, items, money, quantities, returns

Read = TypeVar("Read")


def marked_corrections(
    article: Article, claim: Claim, values: Mapping[str, str], spans: Mapping[str, Sequence[Span]]
) -> tuple[Correction, ...]:
    """What a claim of an article is to say by some values, and by the words that were marked for some fields.

    A value that is written goes before what the words say. A field that says nothing says what the lists read from its
    words; a list that stays as it is has that added.
    """
    before, silent = written(claim), written(_empty(article))

    def value(field: str) -> str:
        now, marked = values.get(field, before[field]).strip(), spans.get(field, ())
        if marked and now == silent[field]:
            return value_from(article, field, marked) or now
        if marked and now == before[field] and field in LISTS:
            parts = [*now.split(","), *value_from(article, field, marked).split(",")]
            return ",".join(dict.fromkeys(part for part in parts if part and part != UNKNOWN))
        return now

    named = dict.fromkeys([*values, *(field for field, marked in spans.items() if marked)])
    return tuple(Correction(field, value(field), tuple(spans.get(field, ()))) for field in named)


def value_from(article: Article, field: str, spans: Sequence[Span]) -> str:
    """What the lists read from the words of a field, in the notation of corrections; empty where that is nothing."""
    found = _read(field, [span.text for span in spans], article.published)
    return written(replace(_empty(article), **found))[field] if found else ""


def _empty(article: Article) -> Claim:
    return Claim("", article.id, Stage.UNSPECIFIED)


def _read(field: str, words: Sequence[str], published: str | None) -> dict[str, Any]:
    who = (called(one, actors.identify(one, day=dates.day_of(published))) for one in words)
    what = (items.identify(one) for one in words)
    match field:
        case "supplier" | "recipient":
            return {field: _known(actor.party for actor in who)}
        case "confirmed_by" | "denied_by" | "no_comment_by" | "unverified_by":
            return {field: _known(map(speaker, who))}
        case "sources":
            hops = (Hop(actor.source, HopKind.SOURCE, actor.name) for actor in reversed(list(who)))
            return {"chains": (Chain((Hop(UNKNOWN, HopKind.OUTLET, UNKNOWN), *hops)),)}
        case "item_classes":
            return {field: tuple(dict.fromkeys(one for item in what for one in item.classes))}
        case "models":
            return {field: tuple(dict.fromkeys(one for item in what for one in item.models))}
        case "quantity_item":
            return {field: next((one for item in what for one in item.classes), None)}
        case "quantity":
            return {field: _first(quantities.parse, words)}
        case "amount":
            return {field: _first(money.parse, words)}
        case "time":
            return {field: _first(lambda one: dates.parse(one, published), words)}
        case "return":
            return {"returns": tuple(dict.fromkeys(map(returns.label, words)))}
        case "negated" | "hedged":
            return {field: True}
        case _:
            return {}


def _known(names: Iterable[str]) -> tuple[str, ...]:
    """The names, each once; that nobody is named is said only where nobody is."""
    found = tuple(dict.fromkeys(names))
    return tuple(name for name in found if name != UNKNOWN) or found


def _first(parse: Callable[[str], Read | None], words: Iterable[str]) -> Read | None:
    return next((value for one in words if (value := parse(one)) is not None), None)
