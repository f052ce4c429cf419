"""One deal with all that its claims add up to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import HTMLResponse

from quellenlage.domain import Article, Claim, Stage
from quellenlage.labels import labels
from quellenlage.ledger import Ledger
from quellenlage.sentence import standing_sentence
from quellenlage.steps import Weighed, weighed_around
from quellenlage.web.asking import asked, page_of
from quellenlage.web.drawing.intervals import interval_drawings
from quellenlage.web.drawing.scale import cut
from quellenlage.web.drawing.timeline import timeline_drawing
from quellenlage.web.drawing.tree import MOST_ORIGINS, beside, tree_drawing
from quellenlage.web.marking import pieces_of
from quellenlage.web.rendering import language_of, page
from quellenlage.weigh.bonds import bonds_of
from quellenlage.weigh.contradictions import Contradiction, ContradictionKind
from quellenlage.weigh.copies import Copy, shares_of
from quellenlage.weigh.drift import Drift, DriftKind
from quellenlage.weigh.lines import lines_of
from quellenlage.weigh.quotes import Quote, quote_of
from quellenlage.weigh.standing import ANSWERS
from quellenlage.weigh.tree import trees_of

CLAIMS_A_PAGE = 150
MOST_PAIRS = 30
"""How many contradictions and how many drifts are shown with their words."""
MOST_BONDS = 60
"""Of how many claims it is told why they belong together; their comparisons grow with the square."""
_QUOTED = {
    ContradictionKind.DENIAL: ("stage", "denied_by"),
    ContradictionKind.QUANTITY: ("quantity", "quantity"),
    ContradictionKind.STAGE: ("stage", "stage"),
}
_DRIFTED = {
    DriftKind.HEDGE_LOST: ("hedged", "stage"),
    DriftKind.NUMBER_GROWN: ("quantity", "quantity"),
    DriftKind.ORIGIN_DROPPED: ("sources", "stage"),
    DriftKind.STAGE_MOVED: ("stage", "stage"),
}


@dataclass(frozen=True, slots=True)
class Side:
    """What one article says, in its own words, if there are any for it."""

    article: Article
    says: tuple[str, ...]
    quote: Quote | None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two articles against each other: a contradiction, or a drift from the first to the second."""

    kind: str
    sides: tuple[Side, Side]
    times: int = 1


def deal_routes(ledger: Ledger) -> APIRouter:
    """The page of a deal."""
    routes = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

    @routes.get("/deal/{name:path}")
    def deal_page(request: Request, name: str) -> Response:
        book = asked(ledger, request.query_params)
        deal = book.deal(name)
        if deal is None:
            raise HTTPException(404)
        found = weighed_around(book, deal)
        timeline = found.timeline(deal)
        number = min(page_of(request.query_params), -(-len(timeline) // CLAIMS_A_PAGE))
        settings, copies = found.weighing.settings, found.weighing.copies
        trees = trees_of(deal.standing.origins, lines_of(timeline, settings))
        drawing = tree_drawing(trees)
        names = found.names | book.names(one.actor for one in deal.standing.answers)
        return page(
            request,
            "deal.html",
            names=names,
            deal=deal,
            sentence=standing_sentence(deal, labels(language_of(request)).with_names(names)),
            answers=ANSWERS,
            articles=found.articles,
            told_in=[found.articles[id] for id in dict.fromkeys(claim.article_id for claim in timeline)],
            claims=found.claims,
            stages={stage.value for stage in Stage},
            timeline=timeline,
            rows=timeline[CLAIMS_A_PAGE * (number - 1) : CLAIMS_A_PAGE * number],
            page=number,
            pages=-(-len(timeline) // CLAIMS_A_PAGE),
            page_of={claim.id: place // CLAIMS_A_PAGE + 1 for place, claim in enumerate(timeline)},
            trees=trees,
            tree=drawing,
            listed=MOST_ORIGINS,
            words_of=stage_words(timeline, found.articles),
            beside=beside,
            cut=cut,
            times=timeline_drawing(timeline, found.articles, deal.standing.history),
            numbers=interval_drawings(timeline, found.articles),
            contradictions=[contradicting(one, found) for one in deal.contradictions[:MOST_PAIRS]],
            drifts=[drifted(one, found) for one in deal.drifts[:MOST_PAIRS]],
            bonds=bonds_of(timeline, settings, shares_of(copies), found.judged, MOST_BONDS),
            taken_from=taken_from(copies),
            pieces=lambda quote: pieces_of(quote.text, quote.marks),
        )

    return routes


def stage_words(claims: Sequence[Claim], articles: Mapping[str, Article]) -> dict[str, Quote]:
    """For each article the sentence in which it tells its first claim of the deal."""
    words: dict[str, Quote] = {}
    for claim in claims:
        quote = quoted(claim, "stage", articles)
        if quote is not None:
            words.setdefault(claim.article_id, quote)
    return words


def contradicting(one: Contradiction, found: Weighed) -> Pair:
    """Both sides of a contradiction with their words."""
    sides = (one.one, one.other)
    fields = _QUOTED.get(one.kind, ("", ""))
    first, second = (
        _side(found.claims[side.claim], field or _party_field(found.claims[side.claim], side.says), side.says, found)
        for side, field in zip(sides, fields, strict=True)
    )
    return Pair(one.kind.value, (first, second), one.times)


def drifted(one: Drift, found: Weighed) -> Pair:
    """What the first article says and what became of it in the second, with the words of both."""
    first, second = (
        _side(found.claims[claim], field, says, found)
        for claim, field, says in zip((one.source, one.taker), _DRIFTED[one.kind], (one.before, one.after), strict=True)
    )
    return Pair(one.kind.value, (first, second))


def quoted(claim: Claim, field: str, articles: Mapping[str, Article]) -> Quote | None:
    """The sentences that a field of a claim rests on."""
    return quote_of(articles[claim.article_id].text, (entry for entry in claim.evidence if entry.field == field))


def taken_from(copies: Sequence[Copy]) -> dict[str, list[Copy]]:
    """By article, whose text it took, those of whom it took most first."""
    found: dict[str, list[Copy]] = {}
    for copy in sorted(copies, key=lambda one: (-one.share, one.original)):
        found.setdefault(copy.copy, []).append(copy)
    return found


def _side(claim: Claim, field: str, says: tuple[str, ...], found: Weighed) -> Side:
    return Side(found.articles[claim.article_id], says, quoted(claim, field, found.articles))


def _party_field(claim: Claim, says: tuple[str, ...]) -> str:
    return "supplier" if claim.supplier == says else "recipient"
