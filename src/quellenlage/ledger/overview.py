"""What there is at a glance: how much, what is new, what flows between whom, and how many claims a week.

Each question is for `Ledger.ask` and goes through a bounded part of the ledger, so that it is quick over any.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, Select, func, literal_column, select

from quellenlage.domain import Stage
from quellenlage.ledger.facets import Facet
from quellenlage.ledger.queries import held
from quellenlage.ledger.tables import article, claim, claim_facet, deal, deal_claim, deal_value, facet
from quellenlage.ledger.weighing_rows import of_bodies
from quellenlage.weigh.deals import STAGES
from quellenlage.weigh.parties import UNKNOWN
from quellenlage.weigh.weighing import Deal

LOOKED_AT = 10_000
"""Of how many deals, those of most articles, the flows are added up."""
WIDELY_TOLD = 2_000
"""Among how many deals, those of most articles, the ones are looked for that fewest origins stand behind."""
WEEKS = 52
NEW = 2_000
"""Up to how many new claims are counted; of more it is only said that there are more."""
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Size:
    """How much a ledger holds."""

    articles: int
    claims: int
    deals: int


@dataclass(frozen=True, slots=True)
class News:
    """The claims that are held and were not held so at a moment, at least so many if there are `more`.

    They come from so many `articles`, in so many of them somebody denies, and they belong to these deals above all,
    each with how many of them.
    """

    claims: int
    more: bool
    articles: int
    denied: int
    deals: tuple[tuple[Deal, int], ...]


@dataclass(frozen=True, slots=True)
class Flow:
    """What goes from one party to another: how many deals, the furthest stage among them, and how many are denied.

    A party that no article names is `UNKNOWN`. `origins` are the independent origins of each deal, added up: who
    stands behind two deals counts in both.
    """

    supplier: str
    recipient: str
    stage: Stage
    origins: int
    deals: int
    denied: int


@dataclass(frozen=True, slots=True)
class Week:
    """A week, by its Monday, and how many claims the articles of its days make."""

    monday: date
    claims: int


def size(connection: Connection, moment: datetime | None) -> Size:
    """How much the ledger holds."""
    articles = select(func.count()).select_from(article)
    # A claim has one stage, so the claims of all stages are all claims.
    claims = select(func.coalesce(func.sum(facet.c.claims), 0)).where(facet.c.field == Facet.STAGE.value)
    deals = select(func.count()).select_from(deal).where(held(deal, moment))
    if moment is not None:
        articles = articles.where(article.c.taken_in <= moment)
        begun, ended = (
            select(func.count()).select_from(claim).where(column <= moment).scalar_subquery()
            for column in (claim.c.since, claim.c.until)
        )
        claims = select(begun - ended)
    return Size(*(int(connection.execute(one).scalar_one()) for one in (articles, claims, deals)))


def news(connection: Connection, moment: datetime | None, since: datetime, most: int) -> News:
    """What is held that was not at a moment `since`, with the deals, at most so many, to which most of it belongs."""
    new = (
        select(claim.c.key, claim.c.id, claim.c.article_id)
        .where(held(claim, moment), claim.c.since > since)
        .order_by(claim.c.since.desc())
        .limit(NEW + 1)
        .cte("new")
    )
    claims, articles = connection.execute(
        select(func.count(), func.count(new.c.article_id.distinct())).select_from(new)
    ).one()
    denials = select(facet.c.id).where(facet.c.field == Facet.STANCE.value, facet.c.value == "denied")
    denied = connection.execute(
        select(func.count())
        .select_from(new)
        .join(claim_facet, claim_facet.c.claim_key == new.c.key)
        .where(claim_facet.c.facet_id.in_(denials))
    ).scalar_one()
    count = func.count(deal_claim.c.claim_id).label("claims")
    rows = connection.execute(
        select(deal.c.key, count)
        .select_from(new)
        .join(deal_claim, deal_claim.c.claim_id == new.c.id)
        .join(deal, deal.c.key == deal_claim.c.deal_key)
        .where(held(deal, moment))
        .group_by(deal.c.key, deal.c.name)
        .order_by(count.desc(), deal.c.name)
        .limit(most)
    ).all()
    counts = {row.key: row.claims for row in rows}
    found = _deals(connection, list(counts))
    return News(min(claims, NEW), claims > NEW, articles, denied, tuple((found[key], counts[key]) for key in counts))


def widely_told(connection: Connection, moment: datetime | None, most: int) -> tuple[Deal, ...]:
    """Of the deals that most articles tell of (`WIDELY_TOLD`) those that fewest independent origins stand behind."""
    told = _largest(moment, WIDELY_TOLD).cte("told")
    order = told.c.origins, told.c.articles.desc(), told.c.name
    keys = list(connection.execute(select(told.c.key).order_by(*order).limit(most)).scalars())
    found = _deals(connection, keys)
    return tuple(found[key] for key in keys)


def flows(connection: Connection, moment: datetime | None, most: int) -> tuple[Flow, ...]:
    """The flows of most origins, at most so many, of the deals that most articles tell of (`LOOKED_AT`)."""
    told = _largest(moment, LOOKED_AT).cte("told")
    supplier, recipient = deal_value.alias("supplier"), deal_value.alias("recipient")
    giver, taker = (func.coalesce(role.c.value, literal_column(f"'{UNKNOWN}'")) for role in (supplier, recipient))
    is_denied = func.count(func.nullif(told.c.denials, 0))
    rows = connection.execute(
        select(giver, taker, told.c.stage, func.sum(told.c.origins), func.count(), is_denied)
        .select_from(told)
        .outerjoin(supplier, (supplier.c.deal_key == told.c.key) & (supplier.c.field == "supplier"))
        .outerjoin(recipient, (recipient.c.deal_key == told.c.key) & (recipient.c.field == "recipient"))
        .group_by(giver, taker, told.c.stage)
    )
    parts: dict[tuple[str, str], list[Flow]] = defaultdict(list)
    for here, there, stage, origins, deals, denied in rows:
        parts[here, there].append(Flow(here, there, Stage(stage), int(origins), deals, denied))
    found = sorted(
        map(_together, parts.values()), key=lambda one: (-one.origins, -one.deals, one.supplier, one.recipient)
    )
    return tuple(found[:most])


def weeks(connection: Connection, moment: datetime | None, today: date) -> tuple[Week, ...]:
    """The last `WEEKS` weeks up to that of the latest article, and how many claims their articles make.

    Weeks begin on Monday (ISO 8601). What is dated after `today` is left out: no article comes from the future.
    """
    until = (today + timedelta(days=1)).isoformat()
    last = _last_day(connection, moment, until)
    if last is None:
        return ()
    end = last - timedelta(days=last.weekday())
    first = end - (WEEKS - 1) * _WEEK
    days = _claims_of_days(moment, first.isoformat(), until)
    counts: dict[date, int] = defaultdict(int)
    for row in connection.execute(days):
        if (day := _day(row.dated)) is not None:
            counts[day - timedelta(days=day.weekday())] += row.claims
    return tuple(Week(monday, counts[monday]) for monday in (first + number * _WEEK for number in range(WEEKS)))


def _together(parts: Sequence[Flow]) -> Flow:
    """One flow of those that differ in the stage alone."""
    return Flow(
        parts[0].supplier,
        parts[0].recipient,
        furthest(part.stage for part in parts),
        sum(part.origins for part in parts),
        sum(part.deals for part in parts),
        sum(part.denied for part in parts),
    )


def furthest(stages: Iterable[Stage]) -> Stage:
    """The furthest of some stages; halted where all that are told are."""
    told = set(stages)
    forward = [stage for stage in STAGES if stage in told]
    return forward[-1] if forward else Stage.HALTED if Stage.HALTED in told else Stage.UNSPECIFIED


def _largest(moment: datetime | None, most: int) -> Select[tuple[int, str, str, int, int, int]]:
    columns = deal.c.key, deal.c.name, deal.c.stage, deal.c.articles, deal.c.origins, deal.c.denials
    largest = (
        select(*columns)
        .where(held(deal, moment), ~deal.c.doubtful)
        .order_by(deal.c.articles.desc(), deal.c.name.desc())
    )
    # Written into the statement: a number that it does not know SQLite takes for a large one, and reads all values.
    return largest.limit(literal_column(str(most)))


def _deals(connection: Connection, keys: Sequence[int]) -> dict[int, Deal]:
    rows = connection.execute(select(deal.c.key, deal.c.body).where(deal.c.key.in_(keys))).all()
    return dict(zip((row.key for row in rows), of_bodies(Deal, (row.body for row in rows)), strict=True))


def _last_day(connection: Connection, moment: datetime | None, until: str) -> date | None:
    """The day of the latest article that makes a claim and comes from before `until`."""
    if moment is None:
        latest = select(claim.c.dated).where(held(claim, None), claim.c.dated < until, claim.c.dated != "")
        written = connection.execute(latest.order_by(claim.c.dated.desc(), claim.c.key.desc()).limit(1)).scalar()
        return _day(written or "", whole=False)
    months = select(facet.c.id).where(facet.c.field == Facet.MONTH.value, facet.c.value < until)
    for month in connection.execute(months.order_by(facet.c.value.desc())).scalars():
        in_it = select(func.max(claim_facet.c.dated)).join(claim, claim.c.key == claim_facet.c.claim_key)
        held_then = in_it.where(claim_facet.c.facet_id == month, claim_facet.c.dated < until, held(claim, moment))
        if (written := connection.execute(held_then).scalar()) is not None:
            return _day(written, whole=False)
    return None


def _claims_of_days(moment: datetime | None, first: str, until: str) -> Select[tuple[str, int]]:
    """How many claims the articles of each day make, from the first on and before `until`."""
    if moment is None:
        counted = select(claim.c.dated, func.count().label("claims")).where(
            held(claim, None), claim.c.dated >= first, claim.c.dated < until
        )
        return counted.group_by(claim.c.dated)
    # The claims of the past have no index by their days but that of the facets.
    months = select(facet.c.id).where(
        facet.c.field == Facet.MONTH.value, facet.c.value >= first[:7], facet.c.value < until
    )
    return (
        select(claim_facet.c.dated, func.count().label("claims"))
        .join(claim, claim.c.key == claim_facet.c.claim_key)
        .where(claim_facet.c.facet_id.in_(months), claim_facet.c.dated >= first, claim_facet.c.dated < until)
        .where(held(claim, moment))
        .group_by(claim_facet.c.dated)
    )


def _day(written: str, whole: bool = True) -> date | None:
    """A day; where not all of it must be known, the first that it may be."""
    missing = "" if whole else "0001-01-01"[len(written) :] if written else ""
    try:
        return date.fromisoformat(written + missing)
    except ValueError:
        return None
