"""A story: its articles in order of time, and who copied whom; two articles side by side, word by word."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from quellenlage.ledger import Ledger
from quellenlage.steps import story_around
from quellenlage.web.asking import asked
from quellenlage.web.drawing.arcs import arc_drawing
from quellenlage.web.drawing.scale import cut
from quellenlage.web.rendering import page
from quellenlage.weigh.differences import differences

MOST_DRAWN = 60
"""How many articles are drawn; the list has all of them."""


def story_routes(ledger: Ledger) -> APIRouter:
    """The pages of stories and copies."""
    routes = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

    @routes.get("/story/{key:path}")
    def story_page(request: Request, key: str) -> Response:
        book = asked(ledger, request.query_params)
        article = book.article(key)
        story, copies, articles = story_around(book, article)
        place = {one.id: number for number, one in enumerate(articles)}
        return page(
            request,
            "story.html",
            article=article,
            story=story,
            told_in=articles,
            articles={one.id: one for one in articles},
            copies=sorted(copies, key=lambda one: (place[one.copy], -one.share, one.original)),
            drawing=arc_drawing([one.id for one in articles][:MOST_DRAWN], copies) if copies else None,
            left_out=max(0, len(articles) - MOST_DRAWN),
            cut=cut,
        )

    @routes.get("/copies/{one}/{other}")
    def copies_page(request: Request, one: str, other: str) -> Response:
        book = asked(ledger, request.query_params)
        first, second = book.article(one), book.article(other)
        copy = next(iter(book.when_weighed().copies([first.id, second.id])), None)
        return page(
            request,
            "copies.html",
            first=first,
            second=second,
            copy=copy,
            differences=differences(first.text, second.text),
            articles={article.id: article for article in (first, second)},
        )

    return routes
