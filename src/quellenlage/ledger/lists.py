"""Long lists in parts: each part says behind which of its entries the next one begins, so that no part is slow.

The functions give questions for `Ledger.ask`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, literal, or_, select, tuple_

from quellenlage.domain import Article, Claim, Judgement
from quellenlage.ledger import tables, weighing_rows
from quellenlage.ledger.asked import Logged, Question
from quellenlage.ledger.claim_rows import claims_of_rows
from quellenlage.ledger.errors import LedgerError
from quellenlage.ledger.facets import in_parts
from quellenlage.ledger.queries import ClaimFilter, chosen, held, latest_first
from quellenlage.ledger.rows import article_of, judgement_of
from quellenlage.ledger.searching import DealFilter, DealOrder, chosen_deals, way_of
from quellenlage.weigh.copies import Copy
from quellenlage.weigh.stories import Story
from quellenlage.weigh.weighing import Deal

Entry = TypeVar("Entry")
_APART = "~"


@dataclass(frozen=True, slots=True)
class Part(Generic[Entry]):
    """Some entries of a list, and behind which place the next ones stand; None where there are no more."""

    entries: tuple[Entry, ...]
    after: str | None


def claims_after(where: ClaimFilter, after: str | None, most: int) -> Question[Part[Claim]]:
    """The claims that are wanted, those of the latest articles first."""

    def question(connection: Connection, moment: datetime | None) -> Part[Claim]:
        way = way_of(connection, where)
        order = latest_first(way)
        day, key = (tables.claim.c.dated, tables.claim.c.key) if way is None else _of_facet()
        wanted = chosen(where, moment, way)
        if after is not None:
            begin, place = _place(after)
            wanted = wanted.where(tuple_(day, key) < tuple_(literal(begin), literal(_whole(place))))
        rows = connection.execute(wanted.order_by(*order).limit(most + 1)).mappings().all()
        last = rows[most - 1] if len(rows) > most else None
        behind = None if last is None else f"{last['dated']}{_APART}{last['key']}"
        return Part(tuple(claims_of_rows(connection, rows[:most])), behind)

    return question


def articles_after(after: str | None, most: int) -> Question[Part[Article]]:
    """The articles, those that came into the ledger last first."""
    table = tables.article

    def question(connection: Connection, moment: datetime | None) -> Part[Article]:
        wanted = select(table).order_by(table.c.number.desc()).limit(most + 1)
        if moment is not None:
            wanted = wanted.where(table.c.taken_in <= moment)
        return _part(connection, _before(wanted, table.c.number, after), "number", most, article_of)

    return question


def deals_after(where: DealFilter, order: DealOrder, after: str | None, most: int) -> Question[Part[Deal]]:
    """The deals that are wanted, in an order."""
    table = tables.deal
    by, is_rising = {
        DealOrder.LARGEST: (table.c.articles, False),
        DealOrder.LATEST: (table.c.last_day, False),
        DealOrder.DISPUTED: (table.c.denials, False),
        DealOrder.UNSUPPORTED: (table.c.origins, True),
    }[order]

    def question(connection: Connection, moment: datetime | None) -> Part[Deal]:
        wanted = select(table.c.body, table.c.name, by.label("by")).where(*chosen_deals(where, moment))
        if after is not None:
            begin, name = _place(after)
            at = tuple_(literal(begin if order is DealOrder.LATEST else _whole(begin)), literal(name))
            here = tuple_(by, table.c.name)
            wanted = wanted.where(here > at if is_rising else here < at)
        columns = (by, table.c.name)
        wanted = wanted.order_by(*(columns if is_rising else (column.desc() for column in columns)))
        rows = connection.execute(wanted.limit(most + 1)).mappings().all()
        last = rows[most - 1] if len(rows) > most else None
        behind = None if last is None else f"{last['by']}{_APART}{last['name']}"
        return Part(weighing_rows.of_bodies(Deal, [row["body"] for row in rows[:most]]), behind)

    return question


def stories_after(article: str | None, after: str | None, most: int) -> Question[Part[Story]]:
    """The stories of an article, by its id, or all, those that were told last first."""
    table, members = tables.story, tables.story_article

    def question(connection: Connection, moment: datetime | None) -> Part[Story]:
        wanted = select(table).where(held(table, moment)).order_by(table.c.key.desc()).limit(most + 1)
        if article is not None:
            wanted = wanted.where(table.c.key.in_(select(members.c.story_key).where(members.c.article_id == article)))
        return _part(connection, _before(wanted, table.c.key, after), "key", most, _body(Story))

    return question


def copies_after(article: str | None, after: str | None, most: int) -> Question[Part[Copy]]:
    """The text that an article, by its id, shares with others, or that any share, that which was found last first."""
    table = tables.shared_text

    def question(connection: Connection, moment: datetime | None) -> Part[Copy]:
        wanted = select(table).where(held(table, moment)).order_by(table.c.key.desc()).limit(most + 1)
        if article is not None:
            wanted = wanted.where(or_(table.c.original == article, table.c.copy == article))
        return _part(connection, _before(wanted, table.c.key, after), "key", most, _body(Copy))

    return question


def judgements_after(in_force: bool, after: str | None, most: int) -> Question[Part[Logged]]:
    """The judgements in force, or all, the newest first."""
    table = tables.judgement

    def question(connection: Connection, moment: datetime | None) -> Part[Logged]:
        wanted = select(table).order_by(table.c.id.desc()).limit(most + 1)
        if in_force:
            wanted = wanted.where(held(table, moment, since="made", until="undone"))
        elif moment is not None:
            wanted = wanted.where(table.c.made <= moment)
        return _part(connection, _before(wanted, table.c.id, after), "id", most, _logged)

    return question


def judgement_of_number(number: int) -> Question[Logged | None]:
    """The judgement of this number, in force or taken back."""
    table = tables.judgement

    def question(connection: Connection, moment: datetime | None) -> Logged | None:
        row = connection.execute(select(table).where(table.c.id == number)).mappings().one_or_none()
        return None if row is None else _logged(row)

    return question


def last_judgement_by(person: str) -> Question[Judgement | None]:
    """The last judgement of a person that is in force."""
    table = tables.judgement

    def question(connection: Connection, moment: datetime | None) -> Judgement | None:
        of_him = select(table).where(table.c.person == person, table.c.undone.is_(None))
        row = connection.execute(of_him.order_by(table.c.id.desc()).limit(1)).mappings().one_or_none()
        return None if row is None else judgement_of(row)

    return question


def docs_of(articles: Iterable[str]) -> Question[dict[str, str]]:
    """The docs under which readers know some articles, by the ids of these."""
    table = tables.article

    def question(connection: Connection, moment: datetime | None) -> dict[str, str]:
        found: dict[str, str] = {}
        for part in in_parts(sorted(set(articles))):
            rows = connection.execute(select(table.c.id, table.c.doc, table.c.part_of).where(table.c.id.in_(part)))
            found |= {row.id: row.part_of or row.doc for row in rows}
        return found

    return question


def _of_facet() -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    return tables.claim_facet.c.dated, tables.claim_facet.c.claim_key


def _before(wanted: Select[Any], column: ColumnElement[Any], after: str | None) -> Select[Any]:
    return wanted if after is None else wanted.where(column < _whole(after))


def _part(
    connection: Connection, wanted: Select[Any], key: str, most: int, entry_of: Callable[[Any], Entry]
) -> Part[Entry]:
    rows = connection.execute(wanted).mappings().all()
    behind = str(rows[most - 1][key]) if len(rows) > most else None
    return Part(tuple(entry_of(row) for row in rows[:most]), behind)


def _body(kind: type[weighing_rows.Kept]) -> Callable[[Any], weighing_rows.Kept]:
    return lambda row: weighing_rows.of_bodies(kind, [row["body"]])[0]


def _logged(row: Any) -> Logged:
    return Logged(judgement_of(row), row["made"], row["undone"])


def _place(after: str) -> tuple[str, str]:
    begin, apart, place = after.partition(_APART)
    if not apart:
        raise _nowhere(after)
    return begin, place


def _whole(written: str) -> int:
    if not written.isascii() or not written.isdigit() or len(written) > 18:
        raise _nowhere(written)
    return int(written)


def _nowhere(after: str) -> LedgerError:
    return LedgerError(f"{after!r} is no place in this list; follow the address under `next` of the part before")
