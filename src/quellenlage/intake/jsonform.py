"""JSON objects → articles: the project's own form, and what the crawlers fundus and news-please write.

The own form is the design's "articles as JSON". fundus: the keys of `Article.to_json` (`title`, `plaintext` or `body`
with `summary` and `sections`, `authors`, `publishing_date`, `lang`, `free_access`, `publisher`, `html`), one by one, or
in lists under the names of their publishers, as `crawl(save_to_file=…)` writes them. news-please: the keys of
`NewsArticle.get_serializable_dict` (`title`, `maintext`, `date_publish`, `date_modify`, `source_domain`, `url`, …).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from quellenlage.domain import Article
from quellenlage.intake import metadata
from quellenlage.intake.headline import beginning_with
from quellenlage.intake.identity import article_id
from quellenlage.intake.length import must_be_an_article
from quellenlage.intake.storable import storable
from quellenlage.intake.unreadable import Unreadable

_KINDS = {dict: "an object", list: "a list", str: "text", bool: "true or false", int: "a number", float: "a number"}


def json_article(value: object, where: str, doc: str) -> Article:
    """The article that a parsed JSON value stands for.

    Known under its own `id`, else its address, else as `doc`. Raises `Unreadable`, naming the field, where the value
    is no article or a field of the own form has the wrong type. Of the crawlers' forms only the text is asked for;
    metadata that cannot be read is left open.
    """
    if not isinstance(value, dict):
        raise Unreadable(where, f"expected one object for each article, found {_kind(value)}")
    if is_claims(value):
        raise Unreadable(where, "this holds claims, not articles; read the articles that they come from")
    if "maintext" in value or "date_publish" in value:
        return _from_news_please(value, where, doc)
    if "plaintext" in value or "body" in value or "publishing_date" in value:
        return _from_fundus(value, where, doc)
    return _from_own_form(value, where, doc)


def unbundled(value: object) -> object:
    """The list of the articles in a file that fundus wrote, each with its publisher; any other value as it is."""
    if not isinstance(value, dict) or not value or not all(_is_list_of_objects(inside) for inside in value.values()):
        return value
    return [{"publisher": publisher, **article} for publisher, articles in value.items() for article in articles]


def own_form(article: Article) -> dict[str, object]:
    """The object of an article in the project's own form, which `json_article` reads again; `id` is its doc.

    A date that was worked out is left out: it is worked out again. What few articles have stands there only where they
    have it.
    """
    few = {"updated": article.updated, "credits": list(article.credits), "paywalled": article.paywalled}
    return {
        "id": article.doc,
        "outlet": article.outlet,
        "published": None if article.dated_by else article.published,
        "title": article.title,
        "text": article.text,
        "url": article.url,
        "language": article.language,
        "authors": list(article.authors),
        **{name: value for name, value in few.items() if value not in (None, [])},
    }


def is_claims(value: object) -> bool:
    """Whether this is a line of the design's "claims as JSON Lines", which often lie beside the articles."""
    return isinstance(value, dict) and "transfers" in value and "text" not in value


def _from_own_form(value: Mapping[str, Any], where: str, doc: str) -> Article:
    if value.get("text") is None:
        raise Unreadable(where, "field text is missing; an article is an object with at least a field text")
    fields = {name: _text_field(value, name, where) for name in ("text", "title", "outlet", "url", "language")}
    paywalled = value.get("paywalled")
    if paywalled is not None and not isinstance(paywalled, bool):
        raise Unreadable(where, f"field paywalled must be true or false, found {_kind(paywalled)}")
    article = _article(
        where=where,
        doc=_identifier(value, where) or fields["url"] or doc,
        text=fields["text"] or "",
        title=fields["title"],
        outlet=fields["outlet"],
        url=fields["url"],
        published=_date_field(value, "published", where),
        language=fields["language"] and metadata.language(fields["language"]),
        authors=_names_field(value, "authors", where),
    )
    credits = tuple(map(storable, _names_field(value, "credits", where)))
    return replace(article, updated=_date_field(value, "updated", where), credits=credits, paywalled=paywalled)


def _date_field(value: Mapping[str, Any], name: str, where: str) -> str | None:
    words = _text_field(value, name, where)
    date = words and metadata.published(words)
    if words and not date:
        raise Unreadable(where, f"field {name} holds {words!r}, expected an ISO 8601 date like 2024-03-09")
    return date


def _names_field(value: Mapping[str, Any], name: str, where: str) -> list[str]:
    names = value.get(name) or []
    if not isinstance(names, list) or not all(isinstance(one, str) for one in names):
        raise Unreadable(where, f'field {name} must be a list of names like ["A. Autor"]')
    return names


def _is_list_of_objects(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, dict) for item in value)


def _from_fundus(value: Mapping[str, Any], where: str, doc: str) -> Article:
    page = _object(value.get("html"))
    source = _object(page.get("source_info") or page.get("source"))
    url = _string(page.get("requested_url")) or _string(page.get("responded_url")) or _string(value.get("url"))
    article = _article(
        where=where,
        doc=url or doc,
        text=_string(value.get("plaintext")) or _fundus_body(value.get("body")),
        title=_string(value.get("title")),
        outlet=_string(value.get("publisher")) or _string(source.get("publisher")),
        url=url,
        published=metadata.published(_string(value.get("publishing_date")) or ""),
        language=metadata.language(_string(value.get("lang")) or ""),
        authors=_strings(value.get("authors")),
    )
    is_free = value.get("free_access")
    return replace(article, paywalled=not is_free) if isinstance(is_free, bool) else article


def _fundus_body(body: object) -> str:
    sections = _object(body).get("sections")
    paragraphs = _strings(_object(body).get("summary"))
    for section in sections if isinstance(sections, list) else []:
        paragraphs += _strings(_object(section).get("headline")) + _strings(_object(section).get("paragraphs"))
    return "\n".join(paragraphs)


def _from_news_please(value: Mapping[str, Any], where: str, doc: str) -> Article:
    url = _string(value.get("url"))
    article = _article(
        where=where,
        doc=url or doc,
        text=_string(value.get("maintext")) or _string(value.get("text")) or "",
        title=_string(value.get("title")) or _string(value.get("title_rss")),
        outlet=_string(value.get("source_domain")),
        url=url,
        published=metadata.published(_string(value.get("date_publish")) or ""),
        language=metadata.language(_string(value.get("language")) or ""),
        authors=_strings(value.get("authors")),
    )
    return replace(article, updated=metadata.published(_string(value.get("date_modify")) or ""))


def _article(
    *,
    where: str,
    doc: str,
    text: str,
    title: str | None,
    outlet: str | None,
    url: str | None,
    published: str | None,
    language: str | None,
    authors: list[str],
) -> Article:
    if not text.strip():
        raise Unreadable(where, "the article's text is empty; expected the words of the article")
    must_be_an_article(text, where)
    title = title and " ".join(storable(title).split())
    text = beginning_with(title, storable(text))
    outlet = outlet and storable(outlet)
    return Article(
        id=article_id(text, outlet),
        doc=storable(doc),
        text=text,
        title=title,
        outlet=outlet,
        url=url and storable(url),
        published=published,
        language=language,
        authors=tuple(storable(name.strip()) for name in authors if name.strip()),
    )


def _text_field(value: Mapping[str, Any], name: str, where: str) -> str | None:
    field = value.get(name)
    if field is not None and not isinstance(field, str):
        raise Unreadable(where, f"field {name} must be text, found {_kind(field)}")
    return _string(field)


def _identifier(value: Mapping[str, Any], where: str) -> str | None:
    identifier = value.get("id")
    if isinstance(identifier, int) and not isinstance(identifier, bool):
        return str(identifier)
    return _text_field(value, "id", where)


def _string(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _strings(value: object) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _object(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _kind(value: object) -> str:
    return _KINDS.get(type(value), "nothing")
