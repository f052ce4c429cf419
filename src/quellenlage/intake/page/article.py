"""A saved page of news → its article."""

from __future__ import annotations

from datetime import date, timedelta

from quellenlage.domain import Article
from quellenlage.intake.credits import credits_of
from quellenlage.intake.edits import Edit
from quellenlage.intake.headline import beginning_with
from quellenlage.intake.identity import article_id
from quellenlage.intake.original import Original
from quellenlage.intake.page.authors import persons
from quellenlage.intake.page.dates import as_readers_saw_it, first_moment, searched_day
from quellenlage.intake.page.structured import Said, said_by
from quellenlage.intake.page.text import text_of
from quellenlage.intake.page.tree import NEXT_STEP, tree_of
from quellenlage.intake.unreadable import Unreadable

_LARGEST_SEARCHED = 2_000_000  # bytes; searching takes time that grows with the page
_SIGNATURES = ("byline", "signature")


def page_article(original: Original) -> tuple[Article, tuple[Edit, ...]]:
    r"""The article of a page, and what was taken out of the page's text and why.

    The text is the headline, the standfirst and the paragraphs, subheadings and lists, one a line; it holds no teasers,
    captions, bylines or credits. Known under its canonical address where the page names one, else the one it was got
    from, else the original's name. What the page does not say, and `hints` do not either, is None. The day of
    publication is the page's own, else the one that htmldate finds in it. Raises `Unreadable` where the page holds no
    text of an article or is too large for one.
    """
    tree = tree_of(original)
    hints = original.hints
    said = said_by(tree, original.address)
    latest = date.today() + timedelta(days=1)  # where the day began earlier than here
    lines, edits = text_of(original, tree, said)
    if not lines:
        raise Unreadable(original.where, f"no main text found in this page; {NEXT_STEP}")
    title = said.title or hints.title
    outlet = said.outlet or hints.outlet
    text = beginning_with(title, "\n".join(lines))
    signatures = [edit.words for edit in edits if edit.why in _SIGNATURES or "(byline)" in edit.why]
    article = Article(
        id=article_id(text, outlet),
        doc=said.address or original.name,
        text=text,
        title=title,
        outlet=outlet,
        url=said.address,
        published=published(original, said, latest),
        language=said.language or hints.language,
        authors=persons(said.authors, outlet, signatures) or hints.authors,
        updated=as_readers_saw_it(first_moment(said.updated, latest), said.language, None),
        credits=credits_of("\n".join(lines), (*said.authors, *signatures)),
        paywalled=said.paywalled,
    )
    return article, edits


def published(original: Original, said: Said, latest: date) -> str | None:
    """When a page was published, not later than `latest`: by what it says, its hints, or what htmldate finds in it."""
    moment = first_moment([*said.published, original.hints.published or ""], latest)
    if moment is not None:
        return as_readers_saw_it(moment, said.language, said.address)
    return searched_day(tree_of(original), said.address) if len(original.data) <= _LARGEST_SEARCHED else None
