"""One article with its claims, the text that it shares with others, and the bytes that it was made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Query, Request, Response
from fastapi.responses import HTMLResponse

from quellenlage.claims.correcting import NOTATION
from quellenlage.domain import Article, SpanType
from quellenlage.labels import labels
from quellenlage.ledger import ClaimFilter, Ledger
from quellenlage.ledger.kept_originals import kept_originals
from quellenlage.ledger.lists import copies_after
from quellenlage.names.text import slug
from quellenlage.web.asking import asked
from quellenlage.web.marking import Shared, anchor_of, claims_at, marks_of, paragraphs, ties_of
from quellenlage.web.rendering import language_of, page
from quellenlage.web.view import fields_of, named_in, words_for
from quellenlage.weigh.copies import Copy, Passage

COPIES_SHOWN = 20
"""Of how many other articles that share its text a page tells."""


@dataclass(frozen=True, slots=True)
class Beside:
    """Another article that shares text with the one shown; passages give their place in the shown one first."""

    number: int
    article: Article
    copy: Copy
    passages: tuple[Passage, ...]

    @property
    def is_original(self) -> bool:
        """Whether the other one is what the shown one copied."""
        return self.copy.original == self.article.id


def article_routes(ledger: Ledger) -> APIRouter:
    """The page of an article, and its original."""
    routes = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

    @routes.get("/article/{key:path}")
    def article_page(request: Request, key: str) -> Response:
        book = asked(ledger, request.query_params)
        article = book.article(key)
        reading = book.reading(article.id)
        claims = book.claims(ClaimFilter(article=article.id))
        marks = marks_of(reading, claims)
        names = book.names(named_in(claims))
        words = labels(language_of(request)).with_names(names)
        part = book.when_weighed().ask(copies_after(article.id, None, COPIES_SHOWN))
        copies = beside(book, article, part.entries)
        shared = [Shared(p.start, p.end, one.number) for one in copies for p in one.passages]
        entries = book.parts(article.part_of) if article.part_of else []
        return page(
            request,
            "article.html",
            names=names,
            article=article,
            reading=reading,
            lines=paragraphs(article.text, marks, shared),
            claims=[(claim, fields_of(claim, words, marks)) for claim in claims],
            claims_at=claims_at(marks, claims),
            notation=NOTATION,
            ties=ties_of(reading, marks),
            copies=copies,
            copies_by_number={one.number: one for one in copies},
            more_copies=part.after is not None,
            other_place={
                (one.number, p.start): (one.article.id, p.other_start) for one in copies for p in one.passages
            },
            originals=book.ask(kept_originals(article.id)),
            entries=entries,
            place=next((number for number, one in enumerate(entries) if one.id == article.id), 0),
            words_for=lambda claim, field: words_for(claim, field, marks),
            anchor=lambda span: anchor_of(span.start, span.end, marks),
            legend=[type for type in SpanType if any(mark.type is type for mark in marks)],
        )

    @routes.get("/original/{key:path}")
    def original(request: Request, key: str, number: int = Query(1, ge=1, le=1000)) -> Response:
        """The bytes as they came: to be kept in a file, and shown by no browser."""
        article = ledger.article(key)
        kept = ledger.originals(article.id)
        if number > len(kept):
            raise HTTPException(404)
        name = f"{slug(article.doc)[:100] or article.id}.original"
        return Response(
            kept[number - 1].data,
            media_type="application/octet-stream",
            headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"},
        )

    return routes


def beside(book: Ledger, article: Article, copies: Sequence[Copy]) -> list[Beside]:
    """The articles that share text with one, in the order of `copies`."""
    others = [one.copy if one.original == article.id else one.original for one in copies]
    known = {one.id: one for one in book.articles(others)}
    return [
        Beside(number, known[other], copy, tuple(_as_seen_from(article, copy)))
        for number, (other, copy) in enumerate(zip(others, copies, strict=True), 1)
        if other in known
    ]


def _as_seen_from(article: Article, copy: Copy) -> Iterator[Passage]:
    for p in copy.passages:
        is_first = copy.original == article.id
        yield p if is_first else Passage(p.other_start, p.other_end, p.start, p.end, p.words)
