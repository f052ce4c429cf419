"""An original → the articles that it holds, by the form that it has."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from quellenlage.domain import Article
from quellenlage.intake.edits import Edit
from quellenlage.intake.encoding import decode
from quellenlage.intake.files import DOCX, JSON_BEGINNING
from quellenlage.intake.jsonform import json_article, unbundled
from quellenlage.intake.length import must_be_an_article
from quellenlage.intake.original import Original, Skipped
from quellenlage.intake.storable import storable_article
from quellenlage.intake.text import text_article
from quellenlage.intake.unreadable import Unreadable

Found = tuple[Article, tuple[Edit, ...]]
"""An article, and what was taken out of its original's form to get it."""

# Nothing is tried twice: comments one behind the other could be read as one in more ways than can be tried.
_HTML = re.compile(r"\s*+(?:(?:<\?xml[^>]*+>|<!--.*?-->)\s*+)*+<(!doctype\s+html|html|head|body|meta)\b", re.I | re.S)
_BEGINNING = 100_000  # characters in which a page says that it is one
_MOST_OBJECTS = 2_000_000  # each takes twenty times the memory of its two brackets


def articles_of(original: Original) -> Iterator[Found | Skipped]:
    """Every article of an original, with what its hints say where it says nothing itself.

    An original without a media type is looked at: JSON, a page, a PDF, or plain text. What cannot be read, or is longer
    than any article, is a `Skipped`; nothing is raised.
    """
    try:
        if not original.data.strip():
            raise Unreadable(original.where, "there is nothing in it; expected an article as text, HTML or JSON")
        for found in _FORMS.get(original.media_type, _by_beginning)(original):
            yield found if isinstance(found, Skipped) else _checked(found, original)
    except Unreadable as problem:
        yield Skipped(problem.where, problem.why)


def _checked(found: Found, original: Original) -> Found:
    article, edits = found
    must_be_an_article(article.text, original.where)
    return storable_article(hinted(article, original)), edits


def hinted(article: Article, original: Original) -> Article:
    """The article with what was said of it elsewhere, where it says nothing itself."""
    hints = original.hints
    return replace(
        article,
        outlet=article.outlet or hints.outlet,
        title=article.title or hints.title,
        url=article.url or original.address,
        published=article.published or hints.published,
        language=article.language or hints.language,
        authors=article.authors or hints.authors,
    )


def _text(original: Original) -> Iterator[Found | Skipped]:
    text = _decoded(original)
    must_be_an_article(text, original.where)
    yield text_article(text, original.name), ()


def _page(original: Original) -> Iterator[Found | Skipped]:
    # Loading what reads pages takes longer than reading a folder of text files.
    from quellenlage.intake.page import page_article

    yield page_article(original)


def _pdf(original: Original) -> Iterator[Found | Skipped]:
    from quellenlage.intake.forms.pdf import pdf_article

    yield pdf_article(original), ()


def _docx(original: Original) -> Iterator[Found | Skipped]:
    from quellenlage.intake.forms.docx import docx_article

    yield docx_article(original), ()


def _json(original: Original) -> Iterator[Found | Skipped]:
    where, name = original.where, original.name
    value = unbundled(_value(_decoded(original), where))
    if not isinstance(value, list):
        yield json_article(value, where, name), ()
        return
    if not value:
        raise Unreadable(where, "the list is empty; expected a list of articles")
    for number, item in enumerate(value, 1):
        try:
            yield json_article(item, f"{where}, article {number}", f"{name}-{number}"), ()
        except Unreadable as problem:
            yield Skipped(problem.where, problem.why)


def _by_beginning(original: Original) -> Iterator[Found | Skipped]:
    if original.data.startswith(b"%PDF"):
        return _pdf(original)
    if JSON_BEGINNING.match(original.data):
        return _json(original)
    return _page(original) if _HTML.match(_decoded(original)[:_BEGINNING]) else _text(original)


_FORMS: Mapping[str, Callable[[Original], Iterator[Found | Skipped]]] = MappingProxyType(
    {
        "text/plain": _text,
        "text/html": _page,
        "application/xhtml+xml": _page,
        "application/json": _json,
        "application/pdf": _pdf,
        DOCX: _docx,
    }
)


def _decoded(original: Original) -> str:
    return decode(original.data, original.where, original.charset)


def _value(text: str, where: str) -> object:
    if text.count("{") + text.count("[") > _MOST_OBJECTS:
        raise Unreadable(
            where, f"over {_MOST_OBJECTS // 1_000_000} million objects in one piece of JSON; use JSON Lines"
        )
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        at = f"line {error.lineno}, column {error.colno}" if "\n" in text else f"column {error.colno}"
        raise Unreadable(where, f"broken JSON at {at} ({error.msg}); correct it there, or export it again") from error
    except (ValueError, RecursionError) as error:
        raise Unreadable(where, "JSON with numbers or nesting beyond all measure; expected an article") from error
