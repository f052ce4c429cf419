"""Claims and deals as tables: what CSV, XLSX and Parquet share.

A column has a name that never changes, the kind of value that it holds, and a note for readers in German and English
(`data/columns.yaml`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Generic, TypeVar

import yaml

from quellenlage.domain import Article, Chain, Claim, Evidence, Money, Quantity
from quellenlage.export.plain import plain
from quellenlage.export.said import claim_said, deal_said
from quellenlage.labels import Labels
from quellenlage.names.knowledge import load
from quellenlage.steps import Weighed
from quellenlage.weigh.days import days_of
from quellenlage.weigh.parties import outlet_of
from quellenlage.weigh.standing import Answer
from quellenlage.weigh.weighing import Deal

Value = str | int | float | bool | date | tuple[str, ...] | None
Row = TypeVar("Row")
SEPARATOR = "; "
"""What stands between the members of a list where a format has no lists."""


class Kind(StrEnum):
    """What a column holds; a list where `TEXTS`, a whole number where `COUNT`."""

    TEXT = "text"
    TEXTS = "texts"
    NUMBER = "number"
    COUNT = "count"
    FLAG = "flag"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim with its article and its deal."""

    claim: Claim
    article: Article
    deal: Deal
    labels: Labels


@dataclass(frozen=True, slots=True)
class DealRow:
    """A deal with what it rests on."""

    deal: Deal
    all_of_it: Weighed
    labels: Labels


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column: its name, what it holds, how to get it from a row, and how many characters wide it is drawn."""

    name: str
    kind: Kind
    get: Callable[[Row], Value]
    width: int = 14

    def value(self, row: Row) -> Value:
        """The value in a row, without characters that no format can hold."""
        value = self.get(row)
        if isinstance(value, str):
            return plain(value)
        return tuple(map(plain, value)) if isinstance(value, tuple) else value


@dataclass(frozen=True, slots=True)
class Table(Generic[Row]):
    """The columns of one kind of row; `name` is the table's key in `data/columns.yaml`."""

    name: str
    columns: tuple[Column[Row], ...]

    def note(self, column: Column[Row], language: str) -> str:
        """What a column tells, in a language of `labels.LANGUAGES`."""
        return _notes()[self.name][column.name][language]


CLAIMS: Table[ClaimRow] = Table(
    "claims",
    (
        Column("claim", Kind.TEXT, lambda row: row.claim.id, 18),
        Column("deal", Kind.TEXT, lambda row: row.deal.id, 28),
        Column("doc", Kind.TEXT, lambda row: row.article.doc, 24),
        Column("outlet", Kind.TEXT, lambda row: outlet_of(row.article), 18),
        Column("published", Kind.TEXT, lambda row: row.article.published, 12),
        Column("published_day", Kind.DAY, lambda row: _first_day(row.article.published), 12),
        Column("language", Kind.TEXT, lambda row: row.article.language, 9),
        Column("title", Kind.TEXT, lambda row: row.article.title, 40),
        Column("url", Kind.TEXT, lambda row: row.article.url, 30),
        Column("said", Kind.TEXT, lambda row: claim_said(row.claim, row.article, row.labels), 60),
        Column("kind", Kind.TEXT, lambda row: row.claim.kind, 9),
        Column("supplier", Kind.TEXTS, lambda row: row.claim.supplier, 10),
        Column("recipient", Kind.TEXTS, lambda row: row.claim.recipient, 10),
        Column("item_classes", Kind.TEXTS, lambda row: row.claim.item_classes, 20),
        Column("un_register", Kind.TEXTS, lambda row: categories(row.claim.item_classes, "un_register"), 11),
        Column("sipri_category", Kind.TEXTS, lambda row: categories(row.claim.item_classes, "sipri"), 18),
        Column("models", Kind.TEXTS, lambda row: row.claim.models, 18),
        Column("quantity_low", Kind.NUMBER, lambda row: _part(row.claim.quantity, "low"), 12),
        Column("quantity_high", Kind.NUMBER, lambda row: _part(row.claim.quantity, "high"), 12),
        Column("quantity_words", Kind.TEXT, lambda row: _part(row.claim.quantity, "words"), 18),
        Column("quantity_unit", Kind.TEXT, lambda row: _part(row.claim.quantity, "unit"), 12),
        Column("approximate", Kind.FLAG, lambda row: _part(row.claim.quantity, "approximate"), 11),
        Column("quantity_item", Kind.TEXT, lambda row: row.claim.quantity_item, 16),
        Column("amount_low", Kind.NUMBER, lambda row: _part(row.claim.amount, "low"), 14),
        Column("amount_high", Kind.NUMBER, lambda row: _part(row.claim.amount, "high"), 14),
        Column("amount_currency", Kind.TEXT, lambda row: _part(row.claim.amount, "currency"), 9),
        Column("amount_words", Kind.TEXT, lambda row: _part(row.claim.amount, "words"), 20),
        Column("stage", Kind.TEXT, lambda row: row.claim.stage.value, 12),
        Column("negated", Kind.FLAG, lambda row: row.claim.negated, 9),
        Column("hedged", Kind.FLAG, lambda row: row.claim.hedged, 9),
        Column("return", Kind.TEXTS, lambda row: row.claim.returns, 16),
        Column("time", Kind.TEXT, lambda row: row.claim.time, 14),
        Column("time_from", Kind.DAY, lambda row: _first_day(row.claim.time), 12),
        Column("time_until", Kind.DAY, lambda row: _last_day(row.claim.time), 12),
        Column("sources", Kind.TEXTS, lambda row: row.claim.sources, 28),
        Column("origins", Kind.TEXTS, lambda row: row.claim.origins, 22),
        Column("chains", Kind.TEXTS, lambda row: tuple(map(_chain, row.claim.chains)), 40),
        Column("confirmed_by", Kind.TEXTS, lambda row: row.claim.confirmed_by, 16),
        Column("denied_by", Kind.TEXTS, lambda row: row.claim.denied_by, 16),
        Column("no_comment_by", Kind.TEXTS, lambda row: row.claim.no_comment_by, 16),
        Column("unverified_by", Kind.TEXTS, lambda row: row.claim.unverified_by, 16),
        Column("confidence", Kind.NUMBER, lambda row: row.claim.confidence, 11),
        Column("verdict", Kind.TEXT, lambda row: row.claim.verdict and row.claim.verdict.value, 11),
        Column("evidence", Kind.TEXTS, lambda row: tuple(map(_evidence, row.claim.evidence)), 40),
    ),
)

DEALS: Table[DealRow] = Table(
    "deals",
    (
        Column("deal", Kind.TEXT, lambda row: row.deal.id, 28),
        Column("said", Kind.TEXT, lambda row: deal_said(row.deal, row.all_of_it, row.labels), 60),
        Column("supplier", Kind.TEXTS, lambda row: row.deal.supplier, 10),
        Column("recipient", Kind.TEXTS, lambda row: row.deal.recipient, 10),
        Column("item_classes", Kind.TEXTS, lambda row: row.deal.item_classes, 20),
        Column("models", Kind.TEXTS, lambda row: row.deal.models, 18),
        Column("stage", Kind.TEXT, lambda row: row.deal.standing.stage.value, 12),
        Column("independent_origins", Kind.COUNT, lambda row: len(row.deal.standing.origins), 12),
        Column("possibly_more", Kind.FLAG, lambda row: any(o.possibly_more for o in row.deal.standing.origins), 10),
        Column("origins", Kind.TEXTS, lambda row: tuple("/".join(o.names) for o in row.deal.standing.origins), 30),
        Column("confirmed_by", Kind.TEXTS, lambda row: _actors(row.deal.standing.confirmed_by), 16),
        Column("denied_by", Kind.TEXTS, lambda row: _actors(row.deal.standing.denied_by), 16),
        Column("no_comment_by", Kind.TEXTS, lambda row: _actors(row.deal.standing.no_comment_by), 16),
        Column("unverified_by", Kind.TEXTS, lambda row: _actors(row.deal.standing.unverified_by), 16),
        Column("credibility", Kind.COUNT, lambda row: row.deal.standing.grade.value, 10),
        Column("first_told", Kind.DAY, lambda row: _day_told(row.deal, 0), 12),
        Column("last_changed", Kind.DAY, lambda row: _day_told(row.deal, -1), 12),
        Column("articles", Kind.COUNT, lambda row: len(row.deal.articles), 9),
        Column("docs", Kind.TEXTS, lambda row: docs_of(row.deal, row.all_of_it), 40),
        Column("claims", Kind.TEXTS, lambda row: row.deal.claims, 30),
    ),
)


def claim_rows(all_of_it: Weighed, labels: Labels) -> Iterator[ClaimRow]:
    """One row a claim, in the order of the ledger."""
    deals = {claim: deal for deal in all_of_it.weighing.deals for claim in deal.claims}
    for claim in all_of_it.claims.values():
        yield ClaimRow(claim, all_of_it.articles[claim.article_id], deals[claim.id], labels)


def deal_rows(all_of_it: Weighed, labels: Labels) -> Iterator[DealRow]:
    """One row a deal, those that most articles tell of first."""
    for deal in all_of_it.weighing.largest_first:
        yield DealRow(deal, all_of_it, labels)


def docs_of(deal: Deal, all_of_it: Weighed) -> tuple[str, ...]:
    """The articles that tell of a deal, by the names that people know them by."""
    return tuple(all_of_it.articles[id].doc for id in deal.articles)


def categories(item_classes: tuple[str, ...], standard: str) -> tuple[str, ...]:
    """The categories that item classes fall under, each once; `standard` is `un_register` or `sipri`."""
    known = _item_classes()
    named = (known.get(item_class, {}).get(standard) for item_class in item_classes)
    return tuple(dict.fromkeys(name for name in named if name))


def _part(whole: Quantity | Money | None, name: str) -> Value:
    value: Value = None if whole is None else getattr(whole, name)
    return value


def _chain(chain: Chain) -> str:
    return " ← ".join(hop.actor for hop in chain.hops)


def _evidence(entry: Evidence) -> str:
    return f"{entry.field} {entry.start}–{entry.end}: {entry.text}"


def _actors(answers: tuple[Answer, ...]) -> tuple[str, ...]:
    return tuple(answer.actor for answer in answers)


def _first_day(edtf: str | None) -> date | None:
    days = days_of(edtf)
    return days[0] if days else None


def _last_day(edtf: str | None) -> date | None:
    days = days_of(edtf)
    return days[1] if days else None


def _day_told(deal: Deal, place: int) -> date | None:
    history = deal.standing.history
    return date.fromisoformat(history[place].day) if history else None


@cache
def _item_classes() -> Mapping[str, Mapping[str, str | None]]:
    return load("item_classes")


@cache
def _notes() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    text = (files("quellenlage.export") / "data" / "columns.yaml").read_text(encoding="utf-8")
    notes: dict[str, dict[str, dict[str, str]]] = yaml.safe_load(text)
    return notes
