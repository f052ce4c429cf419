"""The ledger: articles, their readings, the claims read from them and what people judged, kept in a database.

Nothing is overwritten: `Ledger.at` asks what the ledger held at any past moment.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import get_close_matches
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    RowMapping,
    Table,
    and_,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from quellenlage.domain import PERSON, Article, Claim, Judgement, JudgementKind, Reading
from quellenlage.ledger import (
    claim_rows,
    collecting,
    doctor,
    history_rows,
    mending,
    searching,
    tables,
    text_index,
    weighing_rows,
)
from quellenlage.ledger.asking import search_of
from quellenlage.ledger.codec import reading_from_json, reading_to_json
from quellenlage.ledger.collecting import Removal
from quellenlage.ledger.doctor import Check, Examination
from quellenlage.ledger.errors import Ambiguous, LedgerError, NotFound
from quellenlage.ledger.facets import Facet, in_parts, names_of
from quellenlage.ledger.history_rows import History, Taken
from quellenlage.ledger.migrate import WRITES, migrate
from quellenlage.ledger.opening import engine_of, for_questions, must_be_usable, told, url_of
from quellenlage.ledger.queries import ClaimFilter, by_date, chosen, held
from quellenlage.ledger.rows import article_of, article_row, judgement_of, judgement_row
from quellenlage.ledger.searching import DealFilter, DealOrder, Deals, FacetCount, Hits, Page
from quellenlage.weigh.copies import Copy
from quellenlage.weigh.stories import Story
from quellenlage.weigh.weighing import Deal, Weighing

PAGE = 100
"""How many claims, deals or articles a list gives at once."""
PROGRAM = version("quellenlage")
"""A weighing is made anew by another version of the program."""


@dataclass(frozen=True, slots=True)
class Logged:
    """A judgement, when it was made, and when it was taken back, if it was."""

    judgement: Judgement
    made: datetime
    undone: datetime | None


class Ledger:
    """Articles with their readings and claims. Open one with `Ledger.open`; leave it with `close` or `with`."""

    def __init__(self, engine: Engine, moment: datetime | None = None) -> None:
        self._engine = engine
        self._moment = moment

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

    def at(self, moment: datetime | None) -> Self:
        """The ledger as it was at a moment, to be asked only; as it is now without one. It is closed with this one."""
        return type(self)(self._engine, moment)

    @property
    def moment(self) -> datetime | None:
        """The moment as of which it is asked; None for now."""
        return self._moment

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

    def record(self, article: Article, reading: Reading, claims: Sequence[Claim]) -> bool:
        """Keep an article, one reading of it and its claims, all or nothing.

        False, and nothing changes, where this version of the reader has read the article already. A reading by another
        version is added beside the older ones and becomes the current one, unless it is a program's and a person made
        that; judgements go on to hold for the claims that are held.
        Raises `LedgerError` where the three do not belong together or two claims share an id.
        """
        _must_belong_together(article, reading, claims)
        with self._writing() as connection:
            if _holds(connection, article.id, reading.reader):
                return False
            now = datetime.now(UTC)
            _add_article(connection, article, now)
            table = tables.reading
            before = table.c.article_id == article.id, held(table, None)
            current = connection.execute(select(table.c.reader).where(*before)).scalar_one_or_none() or ""
            body = reading_to_json(reading)
            row = {"article_id": article.id, "reader": reading.reader, "made": now, "body": body}
            if current.startswith(PERSON) and not reading.is_by_person:
                reading_id = _inserted(connection, table, {**row, "until": now})
                day = _day(article.published)
                claim_rows.write(connection, [claim_rows.Row(claim, reading_id, day, now, now) for claim in claims])
                return True
            connection.execute(update(table).where(*before).values(until=now))
            claim_rows.close(connection, claim_rows.held_keys(connection, article.id), now)
            reading_id = _inserted(connection, table, row)
            judgements = _judgements(connection, None)
            claim_rows.write_read(connection, reading_id, _day(article.published), claims, judgements, now)
            return True

    def judge(self, judgement: Judgement) -> int:
        """Keep a judgement and let it hold; gives its number.

        Raises `LedgerError` where it corrects a claim in a way that cannot be read.
        """
        with self._writing() as connection:
            now = datetime.now(UTC)
            number = _inserted(connection, tables.judgement, judgement_row(judgement, now))
            _settle(connection, judgement, number, now)
            return number

    def undo(self, number: int) -> None:
        """Take a judgement back; it stays in the log. Raises `LedgerError` where none in force has this number."""
        table = tables.judgement
        with self._writing() as connection:
            now = datetime.now(UTC)
            wanted = table.c.id == number, table.c.undone.is_(None)
            row = connection.execute(select(table).where(*wanted)).mappings().one_or_none()
            if row is None:
                raise LedgerError(
                    f"no judgement in force has the number {number}; `quellenlage judge list` shows those in force"
                )
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
            in_force = _judgements(connection, None)
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
            if article.text != history.article.text:
                return Taken(is_new=False, readings=0, is_spaced_otherwise=True)
            day = _day(article.published)
            count = history_rows.write(connection, history, day, _judgements(connection, None), now)
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
            last = _last_weighing(connection, None)
            if last is not None and last["made"] >= moment:
                return
            weighing_rows.keep(connection, weighing, article_of, moment)
            state = list(_state(connection, moment))
            _inserted(connection, tables.weighing, {"made": moment, "state": state, "program": PROGRAM})

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

    # Asking

    def judgements(self) -> list[Judgement]:
        """The judgements in force, in the order in which they were made."""
        with self._asking() as connection:
            return _judgements(connection, self._moment)

    def log(self) -> list[Logged]:
        """All judgements, those that were taken back among them, in the order in which they were made."""
        table = tables.judgement
        made = [table.c.made <= self._moment] if self._moment else []
        with self._asking() as connection:
            rows = connection.execute(select(table).where(*made).order_by(table.c.made, table.c.id)).mappings()
            return [Logged(judgement_of(row), row["made"], row["undone"]) for row in rows]

    def state(self) -> tuple[int, ...]:
        """Numbers that change with every article, reading and judgement that comes or is taken back."""
        with self._asking() as connection:
            return _state(connection, self._moment)

    def is_weighed(self) -> bool:
        """Whether the weighing that is held is of all that the ledger holds.

        One that another version of the program made is none.
        """
        with self._asking() as connection:
            kept = _last_weighing(connection, self._moment)
            if kept is None or (self._moment is None and kept["program"] != PROGRAM):
                return False
            return tuple(kept["state"]) == _state(connection, self._moment)

    def when_weighed(self) -> Self:
        """The ledger as of its last weighing, whose deals, stories and copies it holds; as it is if there is none."""
        with self._asking() as connection:
            kept = _last_weighing(connection, self._moment)
        return self if kept is None else self.at(kept["made"])

    def holds(self, article_id: str, reader: str) -> bool:
        """Whether this version of the reader has read the article."""
        with self._asking() as connection:
            return _holds(connection, article_id, reader)

    def articles(self, ids: Sequence[str] | None = None) -> Iterator[Article]:
        """All articles, or some, in order of their publication (unknown last), then doc."""
        wanted = select(tables.article).where(*self._taken_in()).order_by(*by_date())
        if ids is not None:
            wanted = wanted.where(tables.article.c.id.in_(ids))
        with self._asking() as connection:
            rows = connection.execute(wanted).mappings().all()
        return (article_of(row) for row in rows)

    def article(self, key: str) -> Article:
        """The article whose doc or id is `key`, else the only one whose doc or id begins so.

        Raises `NotFound` with what comes near, or `Ambiguous` with the candidates.
        """
        table = tables.article
        with self._asking() as connection:
            whole = select(table).where(or_(table.c.doc == key, table.c.id == key), *self._taken_in())
            found = connection.execute(whole).mappings().all()
            if not found:
                names = [(str(id), str(doc)) for id, doc in connection.execute(select(table.c.id, table.c.doc))]
                begun = [id for id, doc in names if key and _begins(key, id, doc)]
                if not begun:
                    raise NotFound(key, get_close_matches(key, sorted({doc for _, doc in names}), n=3, cutoff=0.5))
                if len(begun) > 1:
                    raise Ambiguous(key, [(id, doc) for id, doc in names if id in begun])
                found = connection.execute(select(table).where(table.c.id == begun[0])).mappings().all()
        # An id is unique, so it wins over another article that has the same word for its doc.
        exact = [row for row in found if row["id"] == key] or found
        if len(exact) > 1:
            raise Ambiguous(key, [(row["id"], row["doc"]) for row in exact])
        return article_of(exact[0])

    def reading(self, article_id: str) -> Reading | None:
        """The current reading of an article."""
        table = tables.reading
        newest = select(table.c.body).where(table.c.article_id == article_id, held(table, self._moment, since="made"))
        with self._asking() as connection:
            body = connection.execute(newest).scalar_one_or_none()
        return None if body is None else reading_from_json(body)

    def history(self, article_id: str) -> History:
        """All that was ever held of an article; raises `NotFound` where it is not there."""
        with self._asking() as connection:
            there = exists().where(tables.article.c.id == article_id)
            if not connection.execute(select(there)).scalar_one():
                raise NotFound(article_id)
            return history_rows.history_of(connection, article_id)

    def claims(self, where: ClaimFilter = ClaimFilter(), ids: Sequence[str] | None = None) -> list[Claim]:  # noqa: B008 (frozen)
        """The claims that are held, or some, in order of their articles and then of their first evidence."""
        order = (*by_date(), tables.claim.c.position, tables.claim.c.key)
        wanted = chosen(where, self._moment).join(tables.article, tables.article.c.id == tables.claim.c.article_id)
        if ids is not None:
            wanted = wanted.where(tables.claim.c.id.in_(ids))
        with self._asking() as connection:
            return claim_rows.claims_of(connection, wanted.order_by(*order))

    def claim(self, key: str) -> Claim:
        """The claim that is held whose id begins so; raises `LedgerError` where there is none or several."""
        table = tables.claim
        begun = select(table).where(held(table, self._moment), table.c.id.startswith(key.casefold(), autoescape=True))
        with self._asking() as connection:
            found = claim_rows.claims_of(connection, begun.order_by(table.c.id).limit(5))
        if not key or not found:
            raise LedgerError(f"no claim is held whose number begins with {key!r}. `quellenlage show` prints them.")
        if len(found) > 1:
            raise LedgerError(f"{key!r} could be {', '.join(claim.id for claim in found)}. Say which.")
        return found[0]

    def claim_ever(self, key: str) -> Claim:
        """The claim whose id begins so, as it is held or as it was read last; raises `LedgerError` as `claim` does."""
        table = tables.claim
        begun = select(table).where(table.c.id.startswith(key.casefold(), autoescape=True))
        order = table.c.until.is_not(None), table.c.key.desc()
        with self._asking() as connection:
            states = claim_rows.claims_of(connection, begun.order_by(*order).limit(PAGE)) if key else []
        found = {claim.id: claim for claim in reversed(states)}
        if not found:
            raise LedgerError(f"no claim has a number that begins with {key!r}. `quellenlage show` prints them.")
        if len(found) > 1:
            raise LedgerError(f"{key!r} could be {', '.join(sorted(found)[:5])}. Say which.")
        return next(iter(found.values()))

    def new_claims(self, since: datetime) -> list[Claim]:
        """The claims that are held and were not held so at a moment, the latest articles' last."""
        table = tables.claim
        new = chosen(ClaimFilter(), self._moment).where(table.c.since > since).order_by(table.c.dated, table.c.key)
        with self._asking() as connection:
            return claim_rows.claims_of(connection, new)

    def claims_no_more(self, since: datetime) -> list[Claim]:
        """The claims that were held at a moment and are not held so any more."""
        table = tables.claim
        gone = chosen(ClaimFilter(), since).where(table.c.until.is_not(None)).order_by(table.c.dated, table.c.key)
        with self._asking() as connection:
            return claim_rows.claims_of(connection, gone)

    def page(
        self,
        where: ClaimFilter = ClaimFilter(),  # noqa: B008 (frozen)
        first: int = 0,
        most: int = PAGE,
        by_doubt: bool = False,
    ) -> Page:
        """Some of the claims that are wanted, the latest first, or the least sure on which nobody has judged."""
        with self._asking() as connection:
            return searching.page_of(connection, where, self._moment, first, most, by_doubt)

    def facets(self, where: ClaimFilter = ClaimFilter()) -> Mapping[Facet, tuple[FacetCount, ...]]:  # noqa: B008 (frozen)
        """The values of all facets among the claims that are wanted, those of most claims first."""
        with self._asking() as connection:
            return searching.facet_counts(connection, where, self._moment)

    def names(self, sources: Iterable[str]) -> dict[str, str]:
        """What articles call some sources, by their identities."""
        with self._asking() as connection:
            return names_of(connection, sources)

    def search(self, written: str, first: int = 0, most: int = PAGE) -> Hits:
        """The articles that are looked for in the words of `asking`, the latest first.

        Raises `LedgerError` where it cannot be told what is looked for.
        """
        asked = search_of(written)
        with self._asking() as connection:
            return searching.search(connection, asked, self._moment, first, most)

    def deals_page(
        self,
        where: DealFilter = DealFilter(),  # noqa: B008 (frozen)
        order: DealOrder = DealOrder.LARGEST,
        first: int = 0,
        most: int = PAGE,
    ) -> Deals:
        """Some of the deals that are held, in an order."""
        with self._asking() as connection:
            return searching.deals_of(connection, where, order, self._moment, first, most)

    def deal(self, name: str) -> Deal | None:
        """The deal of this name that is held."""
        with self._asking() as connection:
            wanted = select(tables.deal.c.body).where(tables.deal.c.name == name, held(tables.deal, self._moment))
            return next(iter(weighing_rows.read(connection, Deal, wanted)), None)

    def deals(self) -> tuple[Deal, ...]:
        """The deals that are held, by their names."""
        return self._weighed(Deal, tables.deal.c.name, tables.deal.c.key)

    def stories(self, articles: Sequence[str] | None = None) -> tuple[Story, ...]:
        """The stories that are held, or those of some articles."""
        members = tables.story_article
        of_these = tables.story.c.key.in_(select(members.c.story_key).where(members.c.article_id.in_(articles or [])))
        return self._weighed(Story, tables.story.c.key, where=None if articles is None else of_these)

    def copies(self, articles: Sequence[str] | None = None) -> tuple[Copy, ...]:
        """The shared text that is held, or that among some articles."""
        shared = tables.shared_text
        among = and_(*(column.in_(articles or []) for column in (shared.c.original, shared.c.copy)))
        return self._weighed(Copy, shared.c.key, where=None if articles is None else among)

    def _weighed(
        self, kind: type[weighing_rows.Kept], *order: ColumnElement[Any], where: ColumnElement[bool] | None = None
    ) -> tuple[weighing_rows.Kept, ...]:
        table = weighing_rows.TABLES[kind]
        wanted = select(table.c.body).where(held(table, self._moment)).order_by(*order)
        if where is not None:
            wanted = wanted.where(where)
        with self._asking() as connection:
            return weighing_rows.read(connection, kind, wanted)

    def _taken_in(self) -> list[ColumnElement[bool]]:
        return [] if self._moment is None else [tables.article.c.taken_in <= self._moment]

    @contextmanager
    def _asking(self) -> Iterator[Connection]:
        with told(self._engine.url), for_questions(self._engine).begin() as connection:
            yield connection

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
    in_force = _judgements(connection, None)
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


def _last_weighing(connection: Connection, moment: datetime | None) -> RowMapping | None:
    table = tables.weighing
    last = select(table).order_by(table.c.id.desc()).limit(1)
    if moment is not None:
        last = last.where(table.c.made <= moment)
    return connection.execute(last).mappings().one_or_none()


def _state(connection: Connection, moment: datetime | None) -> tuple[int, ...]:
    numbers = [
        (func.max(tables.article.c.number), tables.article.c.taken_in),
        (func.max(tables.reading.c.id), tables.reading.c.made),
        (func.max(tables.judgement.c.id), tables.judgement.c.made),
        (func.count(tables.judgement.c.undone), tables.judgement.c.undone),
    ]
    until = [[] if moment is None else [column <= moment] for _, column in numbers]
    asked = (select(func.coalesce(number, 0)).where(*when) for (number, _), when in zip(numbers, until, strict=True))
    return tuple(int(connection.execute(one).scalar_one()) for one in asked)


def _judgements(connection: Connection, moment: datetime | None) -> list[Judgement]:
    table = tables.judgement
    in_force = select(table).where(held(table, moment, since="made", until="undone"))
    in_force = in_force.order_by(table.c.made, table.c.id)
    return [judgement_of(row) for row in connection.execute(in_force).mappings()]


def _sameness(judgement: Judgement, made: datetime) -> tuple[object, ...]:
    """What two judgements share that are the same."""
    sides = (tuple(claim.id for claim in side) for side in (judgement.claims, judgement.others))
    return (judgement.kind, *sides, judgement.corrections, judgement.person, made)


def _holds(connection: Connection, article_id: str, reader: str) -> bool:
    table = tables.reading
    wanted = exists().where(table.c.article_id == article_id, table.c.reader == reader)
    return bool(connection.execute(select(wanted)).scalar_one())


def _add_article(connection: Connection, article: Article, now: datetime) -> bool:
    table = tables.article
    if connection.execute(select(exists().where(table.c.id == article.id))).scalar_one():
        return False
    number = int(connection.execute(select(func.coalesce(func.max(table.c.number), 0) + 1)).scalar_one())
    connection.execute(insert(table).values(article_row(article, number, now)))
    text_index.index(connection, article, number)
    return True


def _day(published: str | None) -> str:
    """The day of an article, or as much of it as is known: EDTF's marks of doubt say nothing of the order."""
    return (published or "").partition("/")[0].partition("T")[0].strip("?~%.")


def _inserted(connection: Connection, table: Table, row: Mapping[str, Any]) -> int:
    """Insert a row and give its key."""
    (key,) = table.primary_key.columns
    return int(connection.execute(insert(table).values(row).returning(key)).scalar_one())


def _begins(key: str, *names: str) -> bool:
    return any(name.casefold().startswith(key.casefold()) for name in names)
