"""The ledger: articles, their readings, the claims read from them and what people judged, kept in a database.

Nothing is overwritten: `Ledger.at` asks what the ledger held at any past moment.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import (
    Connection,
    Table,
    exists,
    func,
    insert,
    select,
    update,
)

from quellenlage.domain import PERSON, Article, Claim, Judgement, JudgementKind, Reading
from quellenlage.intake.original import Original
from quellenlage.ledger import (
    claim_rows,
    collecting,
    doctor,
    history_rows,
    mending,
    original_rows,
    overtaking,
    tables,
    text_index,
    weighing_rows,
)
from quellenlage.ledger.asked import (
    PROGRAM,
    Answer,
    Asked,
    Logged,
    has_read,
    judgements_in_force,
    last_weighing,
    state_of,
)
from quellenlage.ledger.codec import reading_to_json
from quellenlage.ledger.collecting import Removal
from quellenlage.ledger.doctor import Check, Examination
from quellenlage.ledger.errors import LedgerError, Refused
from quellenlage.ledger.facets import in_parts
from quellenlage.ledger.history_rows import History, Taken
from quellenlage.ledger.migrate import WRITES, migrate
from quellenlage.ledger.opening import engine_of, must_be_usable, told, url_of
from quellenlage.ledger.queries import held
from quellenlage.ledger.rows import article_of, article_row, day_of, judgement_of, judgement_row
from quellenlage.weigh.weighing import Weighing


class Ledger(Asked):
    """Articles with their readings and claims. Open one with `Ledger.open`; leave it with `close` or `with`."""

    @classmethod
    def open(cls, target: str | Path, *, create: bool = True) -> Self:
        """The ledger in a file or at a SQLAlchemy URL, brought to the newest schema.

        Raises `LedgerError` where `target` is no ledger, where its schema is newer than this version, or, without
        `create`, where there is none yet.
        """
        url = url_of(target)
        if url.get_backend_name() == "sqlite" and url.database:
            must_be_usable(Path(url.database), create)
        with told(url):
            engine = engine_of(url)
            try:
                migrate(engine)
            except BaseException:
                engine.dispose()
                raise
        return cls(engine)

    @classmethod
    def as_found(cls, target: str | Path) -> Self:
        """The ledger as it is, whatever its schema, to be examined only; raises `LedgerError` where there is none."""
        url = url_of(target)
        if url.get_backend_name() == "sqlite" and url.database:
            must_be_usable(Path(url.database), create=False)
        return cls(engine_of(url))

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Writing

    def add_article(self, article: Article) -> bool:
        """Keep `article`; False where its content is kept already."""
        with self._writing() as connection:
            return _add_article(connection, article, datetime.now(UTC))

    def record(
        self, article: Article, reading: Reading, claims: Sequence[Claim], original: Original | None = None
    ) -> bool:
        """Keep an article, the bytes that it was made of, one reading of it and its claims, all or nothing.

        False, and nothing changes, where this version of the reader has read the article already. A reading by another
        version is added beside the older ones and becomes the current one, unless it is a program's and a person made
        that; judgements go on to hold for the claims that are held.
        Raises `LedgerError` where the three do not belong together or two claims share an id.
        """
        _must_belong_together(article, reading, claims)
        with self._writing() as connection:
            if has_read(connection, article.id, reading.reader):
                return False
            now = datetime.now(UTC)
            _add_article(connection, article, now)
            if original is not None:
                original_rows.keep(connection, article.id, original)
            table = tables.reading
            before = table.c.article_id == article.id, held(table, None)
            current = connection.execute(select(table.c.reader).where(*before)).scalar_one_or_none() or ""
            body = reading_to_json(reading)
            row = {"article_id": article.id, "reader": reading.reader, "made": now, "body": body}
            if current.startswith(PERSON) and not reading.is_by_person:
                reading_id = _inserted(connection, table, {**row, "until": now})
                day = day_of(article)
                claim_rows.write(connection, [claim_rows.Row(claim, reading_id, day, now, now) for claim in claims])
                return True
            connection.execute(update(table).where(*before).values(until=now))
            claim_rows.close(connection, claim_rows.held_keys(connection, article.id), now)
            reading_id = _inserted(connection, table, row)
            judgements = judgements_in_force(connection, None)
            claim_rows.write_read(connection, article, reading_id, claims, judgements, now)
            return True

    def judge(self, judgement: Judgement, seen: Mapping[str, str] | None = None) -> int:
        """Keep a judgement and let it hold; gives its number.

        `seen` are claims as whoever judges saw them: the versions (`claims.version`) by their ids. Raises `Overtaken`
        where one of these is another by now, and `LedgerError` where a correction cannot be read.
        """
        with self._writing() as connection:
            overtaking.must_be_as_seen(connection, seen or {})
            now = datetime.now(UTC)
            number = _inserted(connection, tables.judgement, judgement_row(judgement, now))
            _settle(connection, judgement, number, now)
            return number

    def undo(self, number: int) -> None:
        """Take a judgement back; it stays in the log. Raises `Refused` where none in force has this number."""
        table = tables.judgement
        with self._writing() as connection:
            now = datetime.now(UTC)
            wanted = table.c.id == number, table.c.undone.is_(None)
            row = connection.execute(select(table).where(*wanted)).mappings().one_or_none()
            if row is None:
                raise Refused("not_in_force", number=number)
            connection.execute(update(table).where(*wanted).values(undone=now))
            _settle(connection, judgement_of(row), number, now)

    def keep_log(self, logged: Sequence[Logged]) -> list[int]:
        """Keep judgements that were made elsewhere, with who and when, all or nothing; gives their numbers here.

        One of the same kind, claims, person and moment is the same and kept once; it is taken back where either was.
        """
        table = tables.judgement
        with self._writing() as connection:
            now = datetime.now(UTC)
            rows = connection.execute(select(table)).mappings()
            kept = {_sameness(judgement_of(row), row["made"]): (row["id"], row["undone"]) for row in rows}
            numbers, changed = [], []
            for one in logged:
                key = _sameness(one.judgement, one.made)
                if key not in kept:
                    row = {**judgement_row(one.judgement, one.made), "undone": one.undone}
                    kept[key] = _inserted(connection, table, row), one.undone
                    changed.append(one.judgement)
                number, undone = kept[key]
                if one.undone is not None and undone is None:
                    connection.execute(update(table).where(table.c.id == number).values(undone=one.undone))
                    kept[key] = number, one.undone
                    changed.append(one.judgement)
                numbers.append(number)
            in_force = judgements_in_force(connection, None)
            for article_id in sorted(_concerned(connection, changed)):
                claim_rows.settle(connection, article_id, in_force, now)
            return numbers

    def take_over(self, history: History) -> Taken:
        """Keep what another ledger held of an article, all or nothing.

        The judgements that its claims name are those of this ledger. Readings of a text that is spaced otherwise here
        stay behind: their places would be others.
        """
        with self._writing() as connection:
            now = datetime.now(UTC)
            is_new = _add_article(connection, history.article, history.taken_in)
            table = tables.article
            wanted = select(table).where(table.c.id == history.article.id)
            article = article_of(connection.execute(wanted).mappings().one())
            for original in history.originals:
                original_rows.keep(connection, article.id, original)
            if article.text != history.article.text:
                return Taken(is_new=False, readings=0, is_spaced_otherwise=True)
            count = history_rows.write(connection, history, day_of(article), judgements_in_force(connection, None), now)
            return Taken(is_new, count)

    def settled(self) -> datetime:
        """A moment of which all is kept: whoever was writing then has done so."""
        with self._writing():
            return datetime.now(UTC)

    def keep_weighing(self, weighing: Weighing, article_of: Mapping[str, str], moment: datetime) -> None:
        """Hold what a weighing says of the ledger as it was at a moment, beside what earlier ones said.

        `article_of` gives the article of every claim. Where a weighing of a later moment is kept, nothing changes.
        """
        with self._writing() as connection:
            last = last_weighing(connection, None)
            if last is not None and last["made"] >= moment:
                return
            weighing_rows.keep(connection, weighing, article_of, moment)
            state = list(state_of(connection, moment))
            _inserted(connection, tables.weighing, {"made": moment, "state": state, "program": PROGRAM})

    def change(self, change: Callable[[Connection], Answer]) -> Answer:
        """Let another module write, all or nothing; gives what it gives."""
        with self._writing() as connection:
            return change(connection)

    # Caring

    def examine(self) -> Examination:
        """Look the ledger over, without changing anything; raises `LedgerError` where it is none."""
        with told(self._engine.url):
            return doctor.examine(self._engine)

    def mend(self, checks: Collection[Check]) -> None:
        """Make anew what is derived, where some checks found it wrong."""
        with self._writing() as connection:
            mending.mend(connection, checks)

    def removable(self, before: datetime | None, articles: Sequence[str] = ()) -> tuple[Removal, ...]:
        """What would go: readings that were superseded before a moment, and articles with all that rests on them."""
        with self._asking() as connection:
            return collecting.removals(connection, before, articles)

    def remove(self, before: datetime | None, articles: Sequence[str] = ()) -> tuple[Removal, ...]:
        """Remove readings that were superseded before a moment, and articles with all that rests on them."""
        with self._writing() as connection:
            going = collecting.removals(connection, before, articles)
            for one in going:
                collecting.remove(connection, one)
            return going

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        if self._moment is not None:
            raise LedgerError("the past cannot be written to; leave out the moment as of which you ask")
        engine = self._engine.execution_options(**{WRITES: True})
        with told(self._engine.url), engine.begin() as connection:
            yield connection


def _must_belong_together(article: Article, reading: Reading, claims: Sequence[Claim]) -> None:
    for what, article_id in [("reading", reading.article_id)] + [(f"claim {c.id}", c.article_id) for c in claims]:
        if article_id != article.id:
            raise LedgerError(f"the {what} is of article {article_id}, not of {article.id}. Record it with its own.")
    if len({claim.id for claim in claims}) < len(claims):
        raise LedgerError(f"two claims of article {article.id} have the same id. Give each its own.")


def _settle(connection: Connection, judgement: Judgement, number: int, now: datetime) -> None:
    """Let the claims that a judgement is on be what the judgements in force make of them."""
    if judgement.is_of_deals:
        return
    articles = {claim.article_id for claim in judgement.claims}
    if judgement.kind is JudgementKind.IDENTIFY:
        articles |= _naming(connection, [one.field for one in judgement.corrections], number)
    in_force = judgements_in_force(connection, None)
    for article_id in sorted(articles):
        claim_rows.settle(connection, article_id, in_force, now)


def _naming(connection: Connection, actors: Sequence[str], number: int) -> set[str]:
    """The articles whose claims name one of some actors, or do not any more because of a judgement."""
    claim, entered, facet = tables.claim, tables.claim_facet, tables.facet
    naming = (
        select(claim.c.article_id)
        .join(entered, entered.c.claim_key == claim.c.key)
        .join(facet, facet.c.id == entered.c.facet_id)
        .where(facet.c.value.in_(actors), held(claim, None))
    )
    renamed = (
        select(claim.c.article_id)
        .join(tables.claim_judgement, tables.claim_judgement.c.claim_key == claim.c.key)
        .where(tables.claim_judgement.c.judgement_id == number, held(claim, None))
    )
    return set(connection.execute(naming.union(renamed)).scalars())


def _concerned(connection: Connection, judgements: Sequence[Judgement]) -> set[str]:
    """The articles whose claims may be others because of judgements that came among those that were made before."""
    of_claims = [judgement for judgement in judgements if not judgement.is_of_deals]
    articles = {claim.article_id for judgement in of_claims for claim in judgement.claims}
    names = sorted({one.field for judgement in of_claims if not judgement.claims for one in judgement.corrections})
    claim, value, hop = tables.claim, tables.claim_value, tables.claim_hop
    for kept, name in ((value, value.c.value), (hop, hop.c.actor)):
        for part in in_parts(names):
            naming = select(claim.c.article_id).join(kept, kept.c.claim_key == claim.c.key).where(name.in_(part))
            articles |= set(connection.execute(naming.distinct()).scalars())
    return articles


def _sameness(judgement: Judgement, made: datetime) -> tuple[object, ...]:
    """What two judgements share that are the same."""
    sides = (tuple(claim.id for claim in side) for side in (judgement.claims, judgement.others))
    return (judgement.kind, *sides, judgement.corrections, judgement.person, made)


def _add_article(connection: Connection, article: Article, now: datetime) -> bool:
    table = tables.article
    if connection.execute(select(exists().where(table.c.id == article.id))).scalar_one():
        return False
    number = int(connection.execute(select(func.coalesce(func.max(table.c.number), 0) + 1)).scalar_one())
    connection.execute(insert(table).values(article_row(article, number, now)))
    text_index.index(connection, article, number)
    return True


def _inserted(connection: Connection, table: Table, row: Mapping[str, Any]) -> int:
    """Insert a row and give its key."""
    (key,) = table.primary_key.columns
    return int(connection.execute(insert(table).values(row).returning(key)).scalar_one())
