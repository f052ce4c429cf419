"""All that a ledger ever held of an article, with its moments: read from the tables, and written into another ledger's.

Only one reading of an article is current at any moment. What a ledger held of an article stays as it was there; so what
comes from another is kept for the time before the first own reading, and from the moment on in which it came.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from sqlalchemy import Connection, RowMapping, insert, select, update

from quellenlage.domain import Article, Claim, Judgement, Reading
from quellenlage.intake.original import Original
from quellenlage.ledger import claim_rows, original_rows, tables
from quellenlage.ledger.codec import reading_from_json, reading_to_json
from quellenlage.ledger.queries import held
from quellenlage.ledger.rows import article_of


@dataclass(frozen=True, slots=True)
class HeldClaim:
    """A claim in one of its states, and from when until when it was held so; `until` is None while it is."""

    claim: Claim
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class KeptReading:
    """A reading with its claims, when it was made and until when it was the current one."""

    reading: Reading
    made: datetime
    until: datetime | None
    claims: tuple[HeldClaim, ...] = ()


@dataclass(frozen=True, slots=True)
class History:
    """An article, when it was taken in, the bytes it was made of, and its readings in the order they were recorded."""

    article: Article
    taken_in: datetime
    readings: tuple[KeptReading, ...] = ()
    originals: tuple[Original, ...] = ()

    @property
    def current(self) -> KeptReading | None:
        """The reading that is current."""
        return next((one for one in self.readings if one.until is None), None)

    def renumbered(self, numbers: Mapping[int, int], rules: Mapping[str, str]) -> Self:
        """The same, where judgements have other numbers, and evidence names them by other rules."""

        def other(one: HeldClaim) -> HeldClaim:
            claim = one.claim
            if not claim.judgements:
                return one
            evidence = tuple(
                replace(entry, rule=rules.get(entry.rule, entry.rule)) if entry.rule else entry
                for entry in claim.evidence
            )
            judgements = tuple(sorted(numbers[number] for number in claim.judgements))
            return replace(one, claim=replace(claim, judgements=judgements, evidence=evidence))

        return replace(
            self, readings=tuple(replace(kept, claims=tuple(map(other, kept.claims))) for kept in self.readings)
        )


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a history that was taken over: whether the article is new, and how many readings came."""

    is_new: bool
    readings: int
    is_spaced_otherwise: bool = False


def history_of(connection: Connection, article_id: str) -> History:
    """All that was ever held of an article that is there."""
    article, reading, claim = tables.article, tables.reading, tables.claim
    row = connection.execute(select(article).where(article.c.id == article_id)).mappings().one()
    rows = connection.execute(
        select(reading).where(reading.c.article_id == article_id).order_by(reading.c.id)
    ).mappings()
    readings = []
    for kept in rows:
        of_it = select(claim).where(claim.c.reading_id == kept["id"]).order_by(claim.c.key)
        claims = connection.execute(of_it).mappings().all()
        states = zip(claims, claim_rows.claims_of_rows(connection, claims), strict=True)
        held_claims = tuple(HeldClaim(one, state["since"], state["until"]) for state, one in states)
        readings.append(KeptReading(reading_from_json(kept["body"]), kept["made"], kept["until"], held_claims))
    originals = original_rows.originals_of(connection, article_id)
    return History(article_of(row), row["taken_in"], tuple(readings), originals)


def write(connection: Connection, history: History, dated: str, judgements: Sequence[Judgement], now: datetime) -> int:
    """Keep the readings of an article that are not there yet, with their claims; gives how many those were.

    The article is there, and `dated`; its claims become what the judgements make of them.
    """
    article_id = history.article.id
    article, reading = tables.article, tables.reading
    before = article.c.id == article_id, article.c.taken_in > history.taken_in
    connection.execute(update(article).where(*before).values(taken_in=history.taken_in))
    rows = connection.execute(select(reading).where(reading.c.article_id == article_id)).mappings().all()
    own = {row["reader"]: row for row in rows}
    new = [kept for kept in history.readings if kept.reading.reader not in own]
    first = min((row["made"] for row in rows), default=None)
    current = next((row for row in rows if row["until"] is None), None)
    winner = history.current if current is not None and _goes_first(history, current, own) else None
    if not new and winner is None:
        return 0
    if winner is not None:
        connection.execute(
            update(reading).where(reading.c.article_id == article_id, held(reading, None)).values(until=now)
        )
        claim_rows.close(connection, claim_rows.held_keys(connection, article_id), now)
        again = reading.c.article_id == article_id, reading.c.reader == winner.reading.reader
        connection.execute(update(reading).where(*again).values(made=now, until=None))
    for kept in new:
        made, until = (now, None) if kept is winner else (kept.made, _end(kept.made, kept.until, first))
        row = {
            "article_id": article_id,
            "reader": kept.reading.reader,
            "made": made,
            "until": until,
            "body": reading_to_json(kept.reading),
        }
        reading_id = connection.execute(insert(reading).values(row).returning(reading.c.id)).scalar_one()
        states = ((one, _end(one.since, one.until, first)) for one in kept.claims)
        claim_rows.write(
            connection, [claim_rows.Row(one.claim, reading_id, dated, one.since, end) for one, end in states]
        )
    claim_rows.settle(connection, article_id, judgements, now)
    return len(new)


def _goes_first(history: History, current: RowMapping, own: Mapping[str, RowMapping]) -> bool:
    """Whether the current reading of a history is to be current instead of the own current one.

    A person's goes before a program's; then that of the ledger which has gone on from the other's to its own; then the
    one that was made later. Both ledgers come to the same.
    """
    theirs = history.current
    if theirs is None or theirs.reading.reader == current["reader"]:
        return False
    mine = reading_from_json(current["body"])
    if theirs.reading.is_by_person != mine.is_by_person:
        return theirs.reading.is_by_person
    known_here = theirs.reading.reader in own
    known_there = any(kept.reading.reader == mine.reader for kept in history.readings)
    if known_here != known_there:
        return known_there
    return (theirs.made, theirs.reading.reader) > (current["made"], mine.reader)


def _end(since: datetime, until: datetime | None, first: datetime | None) -> datetime | None:
    """Until when something is held that would be held from one moment to another, where own readings begin."""
    if first is None:
        return until
    return max(since, first if until is None else min(until, first))
