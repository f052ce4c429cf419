"""The ledger as entities of FollowTheMoney, for Aleph and the tools around OpenSanctions.

- An article is an `Article`.
- A state, its organs and unnamed officials of it are a `PublicBody` (in the design's contract a state's government and
  forces count as the state); companies, persons and organisations are what they are, all others a `LegalEntity`.
- A deal is an `UnknownLink` from supplier to recipient, one for every pair: the only edge of the schema that says no
  more than that somebody draws a connection. `ContractAward` needs a contract, where most deals are only sought, and
  `EconomicActivity` is what a customs office recorded, and no edge. `proof` leads to the articles, `role` and `status`
  tell the stage, and there is one `description` a claim, always as what somebody says.
- Who says or answers what in which article is a `Documentation` between the article and the source.

Source: https://followthemoney.tech/explorer/
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, TextIO

from quellenlage.domain import Article, Claim
from quellenlage.export.extras import need
from quellenlage.export.figures import Figure, Figures, Sort, figures_of
from quellenlage.export.identifiers import identifier
from quellenlage.export.plain import plain
from quellenlage.export.said import claim_said, deal_said
from quellenlage.labels import Labels
from quellenlage.steps import Weighed
from quellenlage.weigh.standing import ANSWERS
from quellenlage.weigh.weighing import Deal

DATASET = "quellenlage"
"""The name under which statements are made."""
_SCHEMATA = {
    Sort.STATE: "PublicBody",
    Sort.ORGAN: "PublicBody",
    Sort.ORGANISATION: "Organization",
    Sort.OUTLET: "Organization",
    Sort.COMPANY: "Company",
    Sort.PERSON: "Person",
}
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d(T[\d:]+)?)?)?")


def write_ftm(all_of_it: Weighed, out: TextIO, labels: Labels) -> None:
    """Write one entity a line, as JSON."""
    for entity in _entities(figures_of(all_of_it, labels)):
        out.write(f"{json.dumps(entity.to_dict(), ensure_ascii=False, sort_keys=True)}\n")


def write_ftm_statements(all_of_it: Weighed, out: TextIO, labels: Labels) -> None:
    """Write one statement a line, in FollowTheMoney's CSV: an entity, a property, a value."""
    library = need("followthemoney.statement.serialize")
    statement = need("followthemoney.statement").Statement
    with library.CSVStatementWriter(out) as writer:
        for entity in _entities(figures_of(all_of_it, labels)):
            for made in statement.from_entity(entity, dataset=DATASET):
                writer.write(made)


def _entities(figures: Figures) -> Iterator[Any]:
    """All entities, each checked by the library's own schema: articles, figures, who says what where, deals."""
    model = need("followthemoney").model
    for article in figures.all_of_it.articles.values():
        yield _article(model, article, figures)
    for figure in figures.all().values():
        yield _figure(model, figure)
    for claim in figures.all_of_it.claims.values():
        yield from _saying(model, claim, figures)
    for deal in figures.all_of_it.weighing.deals:
        yield from _links(model, deal, figures)


def _made(model: Any, schema: str, id: str, **properties: object) -> Any:
    """An entity; a value that is no value of its property's type is left out, as the library does it."""
    entity = model.make_entity(schema)
    entity.id = id
    for name, value in properties.items():
        for one in value if isinstance(value, tuple | list) else (value,):
            if one:
                entity.add(name, plain(str(one)), quiet=True)
    entity.schema.validate(entity.to_dict())
    return entity


def _article(model: Any, article: Article, figures: Figures) -> Any:
    return _made(
        model,
        "Article",
        _article_id(article.id),
        title=article.title or article.doc,
        fileName=article.doc,
        publisher=figures.outlet(article).name if article.outlet else None,
        publishedAt=_date(article.published),
        sourceUrl=article.url,
        language=article.language,
        author=article.authors,
    )


def _figure(model: Any, figure: Figure) -> Any:
    schema = _SCHEMATA.get(figure.sort) or ("PublicBody" if figure.state else "LegalEntity")
    # A person may speak for a state and be no national of it.
    country = None if figure.sort is Sort.PERSON else figure.state
    return _made(model, schema, _figure_id(figure), name=figure.name, country=country)


def _saying(model: Any, claim: Claim, figures: Figures) -> Iterator[Any]:
    """Who says or answers a claim in its article."""
    words = figures.labels.words["role"]
    roles = [(actor, "source") for actor in claim.sources]
    roles += [(actor, field) for field in ANSWERS for actor in getattr(claim, field)]
    article = figures.all_of_it.articles[claim.article_id]
    said = claim_said(claim, article, figures.labels)
    for actor, role in roles:
        figure = figures.source(actor, claim.article_id)
        yield _made(
            model,
            "Documentation",
            f"{DATASET}-{identifier('saying', claim.id, figure.key, role)}",
            document=_article_id(claim.article_id),
            entity=_figure_id(figure),
            role=words[role],
            summary=said,
            date=_date(article.published),
        )


def _links(model: Any, deal: Deal, figures: Figures) -> Iterator[Any]:
    all_of_it, labels = figures.all_of_it, figures.labels
    claims = [all_of_it.claims[id] for id in deal.claims]
    articles = [all_of_it.articles[id] for id in deal.articles]
    for supplier, recipient in figures.pairs(deal):
        yield _made(
            model,
            "UnknownLink",
            f"{DATASET}-{identifier('deal', deal.id, supplier.key, recipient.key)}",
            subject=_figure_id(supplier),
            object=_figure_id(recipient),
            role=labels.words["role"]["deal"],
            status=labels.stage(deal.standing.stage),
            summary=deal_said(deal, all_of_it, labels),
            description=[claim_said(claim, all_of_it.articles[claim.article_id], labels) for claim in claims],
            date=[_date(claim.time) for claim in claims],
            recordId=deal.id,
            proof=[_article_id(article.id) for article in articles],
            sourceUrl=[article.url for article in articles],
        )


def _article_id(id: str) -> str:
    return f"{DATASET}-{identifier('article', id)}"


def _figure_id(figure: Figure) -> str:
    return f"{DATASET}-{identifier('figure', figure.key)}"


def _date(edtf: str | None) -> str | None:
    """A date that is no more than a year, month, day or time; FollowTheMoney has no doubtful dates and no intervals."""
    return edtf if edtf and _DATE.match(edtf) and not set(edtf) & set("?~%/X") else None
