"""The memory of a watch in the database of a ledger."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, and_, delete, func, insert, select, text, update

from quellenlage.intake.web.dates import moment
from quellenlage.intake.web.entry import Entry
from quellenlage.intake.web.fetching import Validators
from quellenlage.ledger.facets import in_parts
from quellenlage.ledger.store import Ledger
from quellenlage.ledger.tables import watch_entry, watch_look
from quellenlage.ledger.watched import Found, Look, State, Waiting

_LONGEST_WHY = 500


class LedgerMemory:
    """What a watch remembers, kept in a ledger; see `quellenlage.watch.memory.Memory` for what its calls do."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def look(self, address: str) -> Look:
        """What is known of an address."""
        with self._ledger._asking() as connection:
            wanted = select(watch_look).where(watch_look.c.address == address)
            row = connection.execute(wanted).mappings().one_or_none()
        if row is None:
            return Look(address)
        validators = Validators(row["etag"], row["modified"])
        return Look(address, row["due"], row["answered"], validators, row["digest"], row["failures"], row["why"])

    def keep(self, look: Look, found: Sequence[Found], now: datetime) -> int:
        """Keep a look, and those entries that it does not know yet; gives how many of them wait to be taken in."""
        # Of two entries with one key the first counts, as if the other had come later.
        first = {one.key: one for one in reversed(found)}
        with self._ledger._writing() as connection:
            connection.execute(delete(watch_look).where(watch_look.c.address == look.address))
            connection.execute(insert(watch_look), _look_row(look))
            known: dict[str, RowMapping] = {}
            for part in in_parts(sorted(first)):
                columns = watch_entry.c.key, watch_entry.c.updated, watch_entry.c.state
                rows = connection.execute(select(*columns).where(watch_entry.c.key.in_(part))).mappings()
                known |= {row["key"]: row for row in rows}
            new = [one for one in first.values() if one.key not in known]
            if new:
                connection.execute(insert(watch_entry), [_entry_row(one, look.address, now) for one in new])
            changed = [one for one in first.values() if one.key in known and _is_to_come_again(one, known[one.key])]
            for one in changed:
                row = _entry_row(one, look.address, now)
                connection.execute(update(watch_entry).where(watch_entry.c.key == one.key).values(**row))
        return len(changed) + sum(one.state is State.WAITING for one in new)

    def next(self, now: datetime, busy: Collection[str]) -> Waiting | None:
        """The entry that has waited longest of those that are due and not at a busy host."""
        table = watch_entry
        wanted = select(table).where(_waits(busy), table.c.due <= now).order_by(table.c.due, table.c.key).limit(1)
        with self._ledger._asking() as connection:
            row = connection.execute(wanted).mappings().one_or_none()
        if row is None:
            return None
        body = dict(row["body"] or {})
        entry = Entry(**{**body, "authors": tuple(body.get("authors", ()))})
        return Waiting(row["key"], entry, row["source"], row["found"], row["failures"])

    def soonest(self, busy: Collection[str]) -> datetime | None:
        """When the next entry is due that is not at a busy host; None where none waits."""
        table = watch_entry
        wanted = select(table.c.due).where(_waits(busy)).order_by(table.c.due, table.c.key).limit(1)
        with self._ledger._asking() as connection:
            return connection.execute(wanted).scalar_one_or_none()

    def put_off(self, key: str, due: datetime, failures: int, why: str) -> None:
        """Let an entry wait until then."""
        self._change(key, due=due, failures=failures, why=_short(why))

    def settle(self, key: str, state: State, why: str = "") -> None:
        """Say what became of an entry; what is given up may be tried again, so its body is kept."""
        kept = {} if state is State.GIVEN_UP else {"body": None}
        self._change(key, state=state.value, why=_short(why), **kept)

    def again(self, now: datetime) -> int:
        """Let all entries wait again that were given up; gives how many."""
        given_up = watch_entry.c.state == State.GIVEN_UP.value
        anew = {"state": State.WAITING.value, "due": now, "found": now, "failures": 0}
        with self._ledger._writing() as connection:
            count = connection.execute(select(func.count()).select_from(watch_entry).where(given_up)).scalar_one()
            connection.execute(update(watch_entry).where(given_up).values(**anew))
        return int(count)

    def waiting(self) -> int:
        """How many entries wait."""
        with self._ledger._asking() as connection:
            wanted = select(func.count()).select_from(watch_entry).where(_waits(()))
            return int(connection.execute(wanted).scalar_one())

    def _change(self, key: str, **values: Any) -> None:
        with self._ledger._writing() as connection:
            connection.execute(update(watch_entry).where(watch_entry.c.key == key).values(**values))


def _waits(busy: Collection[str]) -> Any:
    # Written out, so that the index of what waits is used.
    waits = text("state = 'waiting'")
    return and_(waits, watch_entry.c.host.not_in(sorted(busy))) if busy else waits


def _is_to_come_again(one: Found, row: RowMapping) -> bool:
    """Whether an entry that is known was updated since, and its source is followed for that."""
    if not one.again or one.state is not State.WAITING or row["state"] == State.WAITING.value:
        return False
    new, old = moment(one.entry.updated), moment(row["updated"])
    return new is not None and (old is None or new > old)


def _look_row(look: Look) -> dict[str, Any]:
    return {
        "address": look.address,
        "due": look.due,
        "answered": look.answered,
        "etag": look.validators.etag,
        "modified": look.validators.modified,
        "digest": look.digest,
        "failures": look.failures,
        "why": _short(look.why),
    }


def _entry_row(one: Found, source: str, now: datetime) -> dict[str, Any]:
    body = {name: value for name, value in asdict(one.entry).items() if value}
    return {
        "key": one.key,
        "source": source,
        "host": one.host,
        "updated": one.entry.updated,
        "state": one.state.value,
        "found": now,
        "due": now,
        "failures": 0,
        "why": "",
        "body": body if one.state is State.WAITING else None,
    }


def _short(why: str) -> str:
    return why.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")[:_LONGEST_WHY]
