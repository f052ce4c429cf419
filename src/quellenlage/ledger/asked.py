"""What can be asked of a ledger, of now or of any past moment."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from typing import Any, Self, TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    RowMapping,
    and_,
    exists,
    func,
    select,
)

from quellenlage.domain import Article, Claim, Judgement, Reading
from quellenlage.intake.original import Original
from quellenlage.ledger import (
    claim_rows,
    history_rows,
    original_rows,
    searching,
    tables,
    weighing_rows,
)
from quellenlage.ledger.article_keys import article_called
from quellenlage.ledger.asking import search_of
from quellenlage.ledger.codec import reading_from_json
from quellenlage.ledger.errors import LedgerError, NotFound
from quellenlage.ledger.facets import Facet, names_of
from quellenlage.ledger.history_rows import History
from quellenlage.ledger.opening import for_questions, told
from quellenlage.ledger.queries import EVERY_CLAIM, ClaimFilter, by_date, chosen, held
from quellenlage.ledger.record import Answered, Record, answers_in, counted_of, record_of, some_claims
from quellenlage.ledger.rows import article_of, judgement_of
from quellenlage.ledger.searching import EVERY_DEAL, DealFilter, DealOrder, Deals, FacetCount, Hits, Page
from quellenlage.weigh.copies import Copy
from quellenlage.weigh.stories import Story
from quellenlage.weigh.weighing import Deal

Answer = TypeVar("Answer")
Question = Callable[[Connection, datetime | None], Answer]
"""What another module asks of the database as of a moment, or of now."""
PAGE = 100
"""How many claims or articles a list gives at once."""
DEALS_A_PAGE = 50
"""How many deals a list gives at once, each with all that is known of it."""
PROGRAM = version("quellenlage")
"""A weighing is made anew by another version of the program."""


@dataclass(frozen=True, slots=True)
class Logged:
    """A judgement, when it was made, and when it was taken back, if it was."""

    judgement: Judgement
    made: datetime
    undone: datetime | None


class Asked:
    """A ledger to be asked, as it is or as it was at a moment."""

    def __init__(self, engine: Engine, moment: datetime | None = None) -> None:
        self._engine = engine
        self._moment = moment

    def at(self, moment: datetime | None) -> Self:
        """The ledger as it was at a moment, to be asked only; as it is now without one. It is closed with this one."""
        return type(self)(self._engine, moment)

    @property
    def moment(self) -> datetime | None:
        """The moment as of which it is asked; None for now."""
        return self._moment

    def ask(self, question: Question[Answer]) -> Answer:
        """The answer to a question of another module; all of its statements see the same state."""
        with self._asking() as connection:
            return question(connection, self._moment)

    def judgements(self) -> list[Judgement]:
        """The judgements in force, in the order in which they were made."""
        with self._asking() as connection:
            return judgements_in_force(connection, self._moment)

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
            return state_of(connection, self._moment)

    def is_weighed(self) -> bool:
        """Whether the weighing that is held is of all that the ledger holds.

        One that another version of the program made is none.
        """
        with self._asking() as connection:
            kept = last_weighing(connection, self._moment)
            if kept is None or (self._moment is None and kept["program"] != PROGRAM):
                return False
            return tuple(kept["state"]) == state_of(connection, self._moment)

    def when_weighed(self) -> Self:
        """The ledger as of its last weighing, whose deals, stories and copies it holds; as it is if there is none."""
        with self._asking() as connection:
            kept = last_weighing(connection, self._moment)
        return self if kept is None else self.at(kept["made"])

    def holds(self, article_id: str, reader: str) -> bool:
        """Whether this version of the reader has read the article."""
        with self._asking() as connection:
            return has_read(connection, article_id, reader)

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
        with self._asking() as connection:
            return article_of(article_called(connection, key, self._taken_in()))

    def parts(self, page: str) -> list[Article]:
        """The entries of a ticker that is known as `page`, in their order; none where there is no such ticker."""
        table = tables.article
        with self._asking() as connection:
            wanted = select(table).where(table.c.part_of == page, *self._taken_in()).order_by(table.c.number)
            return [article_of(row) for row in connection.execute(wanted).mappings()]

    def reading(self, article_id: str) -> Reading | None:
        """The current reading of an article."""
        table = tables.reading
        newest = select(table.c.body).where(table.c.article_id == article_id, held(table, self._moment, since="made"))
        with self._asking() as connection:
            body = connection.execute(newest).scalar_one_or_none()
        return None if body is None else reading_from_json(body)

    def originals(self, article_id: str) -> tuple[Original, ...]:
        """The bytes that an article was made of, as they came; none where they were not kept."""
        with self._asking() as connection:
            return original_rows.originals_of(connection, article_id)

    def history(self, article_id: str) -> History:
        """All that was ever held of an article; raises `NotFound` where it is not there."""
        with self._asking() as connection:
            there = exists().where(tables.article.c.id == article_id)
            if not connection.execute(select(there)).scalar_one():
                raise NotFound(article_id)
            return history_rows.history_of(connection, article_id)

    def claims(self, where: ClaimFilter = EVERY_CLAIM, ids: Sequence[str] | None = None) -> list[Claim]:
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
        where: ClaimFilter = EVERY_CLAIM,
        first: int = 0,
        most: int = PAGE,
        by_doubt: bool = False,
    ) -> Page:
        """Some of the claims that are wanted, the latest first, or the least sure on which nobody has judged."""
        with self._asking() as connection:
            return searching.page_of(connection, where, self._moment, first, most, by_doubt)

    def facets(
        self, where: ClaimFilter = EVERY_CLAIM, most: int | None = None
    ) -> Mapping[Facet, tuple[FacetCount, ...]]:
        """The values of all facets among the claims that are wanted, at most so many, those of most claims first."""
        with self._asking() as connection:
            return searching.facet_counts(connection, where, self._moment, most)

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
        where: DealFilter = EVERY_DEAL,
        order: DealOrder = DealOrder.LARGEST,
        first: int = 0,
        most: int = DEALS_A_PAGE,
    ) -> Deals:
        """Some of the deals that are held, in an order."""
        with self._asking() as connection:
            return searching.deals_of(connection, where, order, self._moment, first, most)

    def told_of(self, where: ClaimFilter) -> Record:
        """The deals that the latest of the claims that are wanted tell of, and how these were answered since then."""
        with self._asking() as connection:
            return record_of(connection, where, self._moment)

    def some_claims(self, where: ClaimFilter, first: int, most: int) -> tuple[tuple[Claim, ...], bool]:
        """Some of the claims that are wanted, the latest first, and whether there are more; they are not counted."""
        with self._asking() as connection:
            return some_claims(connection, where, self._moment, first, most)

    def answers(self, where: ClaimFilter) -> tuple[Answered, ...]:
        """The answers to the latest of the claims that are wanted, the latest first."""
        with self._asking() as connection:
            return answers_in(connection, where, self._moment)

    def counted(self, field: Facet, values: Iterable[str]) -> dict[str, int]:
        """How many claims that are held now have some values of a facet, those of most claims first; none of none."""
        with self._asking() as connection:
            return counted_of(connection, field, values)

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


def last_weighing(connection: Connection, moment: datetime | None) -> RowMapping | None:
    """The row of the weighing that was kept last, or last before a moment."""
    table = tables.weighing
    last = select(table).order_by(table.c.id.desc()).limit(1)
    if moment is not None:
        last = last.where(table.c.made <= moment)
    return connection.execute(last).mappings().one_or_none()


def state_of(connection: Connection, moment: datetime | None) -> tuple[int, ...]:
    """Numbers that change with every article, reading and judgement that comes or is taken back."""
    numbers = [
        (func.max(tables.article.c.number), tables.article.c.taken_in),
        (func.max(tables.reading.c.id), tables.reading.c.made),
        (func.max(tables.judgement.c.id), tables.judgement.c.made),
        (func.count(tables.judgement.c.undone), tables.judgement.c.undone),
    ]
    until = [[] if moment is None else [column <= moment] for _, column in numbers]
    asked = (select(func.coalesce(number, 0)).where(*when) for (number, _), when in zip(numbers, until, strict=True))
    return tuple(int(connection.execute(one).scalar_one()) for one in asked)


def judgements_in_force(connection: Connection, moment: datetime | None) -> list[Judgement]:
    """The judgements that are in force, or were at a moment, in the order in which they were made."""
    table = tables.judgement
    in_force = select(table).where(held(table, moment, since="made", until="undone"))
    in_force = in_force.order_by(table.c.made, table.c.id)
    return [judgement_of(row) for row in connection.execute(in_force).mappings()]


def has_read(connection: Connection, article_id: str, reader: str) -> bool:
    """Whether this version of the reader has read the article."""
    table = tables.reading
    wanted = exists().where(table.c.article_id == article_id, table.c.reader == reader)
    return bool(connection.execute(select(wanted)).scalar_one())
