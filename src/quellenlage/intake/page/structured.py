"""What a page says of itself: JSON-LD first, then its <meta>, then microdata."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import html as lxml_html
from lxml.html import HtmlElement

from quellenlage.intake import metadata
from quellenlage.intake.page.blocks import folded
from quellenlage.intake.page.jsonld import Thing, article_of
from quellenlage.intake.page.knowledge import known

_LONGEST_META = 3000  # characters
_TAG = re.compile(r"<[^<>]+>")
_STROKE = re.compile(r"\s+[|–—•·»-]\s+")


@dataclass(frozen=True, slots=True)
class Said:
    """What a page says of itself, dates as it writes them; `body` is the article's text where its data hold it."""

    title: str | None = None
    standfirst: str | None = None
    body: str | None = None
    authors: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    outlet: str | None = None
    address: str | None = None
    language: str | None = None
    paywalled: bool | None = None


def said_by(tree: HtmlElement, address: str | None = None) -> Said:
    """All that a page says of itself; `address` is the one it was got from, against which its own is read."""
    thing, metas, items = article_of(tree), _metas(tree), _items(tree)

    def first(field: str) -> list[str]:
        return [metas[name] for name in known("meta")[field] if name in metas]

    outlet = _text(_name(thing.get("publisher")))
    sites = [words for words in first("outlet") if not words.startswith(("http", "@"))]
    headings = {words: None for h1 in tree.iter("h1") if (words := folded(h1.text_content()))}
    title = _first([_text(thing.get("headline")), *first("title"), items.get("headline"), _heading(tree, headings)])
    return Said(
        title=title and _without_the_outlet(title, headings, [*sites, outlet or ""]),
        standfirst=_first([_text(thing.get("description")), *first("standfirst")]),
        body=_text(thing.get("articleBody")) or items.get("articleBody"),
        authors=tuple(_names(thing.get("author")))
        or tuple(_names(first("authors")[:1]))
        or tuple(_names(items.get("author"))),
        published=tuple(_texts(thing.get("datePublished"), *first("published"), items.get("datePublished"))),
        updated=tuple(_texts(thing.get("dateModified"), *first("updated"), items.get("dateModified"))),
        outlet=_first([*sites[:1], outlet, *sites[1:]]),
        address=_address(tree, first("address"), address),
        language=_language(tree, thing, first("language")),
        paywalled=_paywalled(thing, first("access")),
    )


def _metas(tree: HtmlElement) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        content = folded((meta.get("content") or "")[:_LONGEST_META])
        if content:
            for key in ("property", "name", "itemprop", "http-equiv"):
                name = (meta.get(key) or "").strip().lower()
                if name:
                    found.setdefault(name, content)
    return found


def _items(tree: HtmlElement) -> Mapping[str, str]:
    """Microdata of an article: the first element of each name."""
    found: dict[str, str] = {}
    for element in tree.iterfind(".//*[@itemprop]"):
        if element.tag != "meta":
            value = element.get("datetime") or element.get("content") or ""
            for name in element.get("itemprop", "").split():
                if name not in found and name in ("headline", "datePublished", "dateModified", "author", "articleBody"):
                    found[name] = folded(value or element.text_content())
    return found


def _heading(tree: HtmlElement, headings: Collection[str]) -> str | None:
    """The first heading where all of them are the same, else the page's title without the outlet behind a stroke."""
    if len(headings) == 1:
        return next(iter(headings))
    title = tree.find(".//title")
    words = folded((title.text or "")[:_LONGEST_META]) if title is not None else ""
    return max(_STROKE.split(words), key=len) or None


def _without_the_outlet(title: str, headings: Collection[str], sites: Collection[str]) -> str:
    """The title without what stands behind a stroke, where that is the outlet or the rest is a heading of the page."""
    for stroke in _STROKE.finditer(title[:_LONGEST_META]):
        before, behind = title[: stroke.start()], title[stroke.end() :]
        if behind in sites or before in headings:
            return before
    return title


def _address(tree: HtmlElement, metas: Iterable[str], got_from: str | None) -> str | None:
    links = [link.get("href") for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower().split()]
    for words in (*links, *metas):
        try:
            address: str = urljoin(got_from or "", (words or "").strip())
            parts = urlsplit(address)
        except ValueError:
            continue
        # Pages whose canonical address is the front page say nothing of themselves.
        if parts.scheme in ("http", "https") and parts.hostname and (parts.path.strip("/") or parts.query):
            return address
    return got_from


def _language(tree: HtmlElement, thing: Thing, metas: Iterable[str]) -> str | None:
    tags = (tree.get("lang"), tree.get("xml:lang"), _text(thing.get("inLanguage")), *metas)
    return next((language for tag in tags if (language := metadata.language(tag or ""))), None)


def _paywalled(thing: Thing, metas: Iterable[str]) -> bool | None:
    words = [str(thing["isAccessibleForFree"]).lower()] if thing.get("isAccessibleForFree") is not None else []
    for word in words:
        if word.rpartition("/")[2] in ("true", "false"):
            return word.rpartition("/")[2] == "false"
    for word in map(str.lower, metas):
        if word in known("paid_words") or word in known("open_words"):
            return word in known("paid_words")
    return None


def _names(value: Any) -> Iterator[str]:
    """The names of one or several persons: texts, or objects with a name; addresses are none."""
    for item in value if isinstance(value, list) else [value]:
        name = _text(_name(item))
        if name and not name.startswith(("http://", "https://", "@")):
            yield name


def _name(value: Any) -> Any:
    if isinstance(value, list):
        return _name(value[0]) if value else None
    return value.get("name") if isinstance(value, dict) else value


def _texts(*values: Any) -> Iterator[str]:
    return (words for value in values if (words := _text(value)))


def _text(value: Any) -> str | None:
    """A text without markup and references, which JSON-LD often holds twice escaped; lines stay."""
    if isinstance(value, list):
        value = "\n".join(part for part in value if isinstance(part, str))
    if not isinstance(value, str) or not value.strip():
        return None
    text = unescape(value)
    if _TAG.search(text):
        text = "\n".join(_lines_of_markup(text))
    return "\n".join(line for part in unescape(text).splitlines() if (line := folded(part))) or None


def _lines_of_markup(markup: str) -> Iterator[str]:
    from quellenlage.intake.page.blocks import blocks_of

    try:
        root = lxml_html.document_fromstring(f"<div>{markup}</div>")
    except ValueError:
        return
    yield from (block.text for block in blocks_of(root))


def _first(values: Iterable[str | None]) -> str | None:
    return next((value for value in values if value), None)
