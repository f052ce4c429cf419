"""The ledger as linked data in the words of schema.org (JSON-LD 1.1).

- An article is a `NewsArticle`, whose text is not repeated.
- A deal is a `Claim` with its articles as `appearance`, the earliest as `firstAppearance`.
- What one article says of it is a `Claim` that `isPartOf` the deal's, by its origins, with the sentence that it rests
  on as a `Quotation` under `citation`.
- Both are about a `TransferAction`. It tells who is said to supply what to whom and has no `actionStatus`, since in
  linked data that would say that it took place.
- Answers are a `Comment` each.

A `ClaimReview` says that a person has looked into a claim and how it was rated. The ledger keeps no such judgements:
those on claims are on whether they were read rightly, and those on deals on what is one deal. Where it does, a review
belongs beside the deal's claim, which is then its `itemReviewed`.

The context stands in the document, so that no program has to fetch it. Sources: https://schema.org/Claim,
https://schema.org/Quotation, https://www.w3.org/TR/json-ld11/
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TextIO

from quellenlage.domain import Article, Claim
from quellenlage.export.appeared import appeared_at
from quellenlage.export.figures import Figure, Figures, Sort, figures_of
from quellenlage.export.identifiers import identifier
from quellenlage.export.plain import plain
from quellenlage.export.said import claim_said, deal_said
from quellenlage.labels import Labels
from quellenlage.names.sentences import sentence_around
from quellenlage.steps import Weighed
from quellenlage.weigh.standing import ANSWERS
from quellenlage.weigh.weighing import Deal

CONTEXT = {"@version": 1.1, "@vocab": "https://schema.org/"}
_TYPES = {
    Sort.STATE: ["Country", "GovernmentOrganization"],
    Sort.ORGAN: "GovernmentOrganization",
    Sort.ORGANISATION: "Organization",
    Sort.COMPANY: "Organization",
    Sort.OUTLET: "NewsMediaOrganization",
    Sort.PERSON: "Person",
}

Node = dict[str, Any]


def write_jsonld(all_of_it: Weighed, out: TextIO, labels: Labels) -> None:
    """Write one document with everything in one graph."""
    out.write(f'{{"@context": {json.dumps(CONTEXT)}, "@graph": [')
    for number, node in enumerate(_nodes(figures_of(all_of_it, labels))):
        out.write(",\n" if number else "\n")
        out.write(json.dumps(_told(node), ensure_ascii=False))
    out.write("\n]}\n")


def _nodes(figures: Figures) -> Iterator[Node]:
    all_of_it = figures.all_of_it
    for article in all_of_it.articles.values():
        yield _article(article, figures)
    for figure in figures.all().values():
        yield {"@id": _id("figure", figure.key), "@type": _TYPES.get(figure.sort, "Thing"), "name": figure.name}
    for deal in all_of_it.weighing.deals:
        yield _deal(deal, figures)
        for id in deal.claims:
            yield from _claim(all_of_it.claims[id], deal, figures)


def _article(article: Article, figures: Figures) -> Node:
    return {
        "@id": _id("article", article.id),
        "@type": "NewsArticle",
        "identifier": article.doc,
        "headline": article.title,
        "publisher": _ref(figures.outlet(article)) if article.outlet else None,
        "datePublished": article.published,
        "inLanguage": article.language,
        "author": [{"@type": "Person", "name": name} for name in article.authors],
        "url": article.url,
    }


def _deal(deal: Deal, figures: Figures) -> Node:
    articles = sorted((figures.all_of_it.articles[id] for id in deal.articles), key=lambda a: (appeared_at(a), a.id))
    dated = [article for article in articles if article.published]
    return {
        "@id": _id("deal", deal.id),
        "@type": "Claim",
        "identifier": deal.id,
        "text": deal_said(deal, figures.all_of_it, figures.labels),
        "keywords": [deal.standing.stage.value, *deal.item_classes],
        "appearance": [{"@id": _id("article", article.id)} for article in articles],
        "firstAppearance": {"@id": _id("article", dated[0].id)} if dated else None,
        "about": _transfer(list(figures.pairs(deal)), deal.item_classes, deal.models, figures.labels),
    }


def _claim(claim: Claim, deal: Deal, figures: Figures) -> Iterator[Node]:
    article = figures.all_of_it.articles[claim.article_id]
    speakers = [figures.source(actor, article.id) for actor in claim.origins] or [figures.outlet(article)]
    pairs = [(figures.party(s, deal), figures.party(r, deal)) for s in claim.supplier for r in claim.recipient]
    quoted = _quotation(claim, article, figures)
    yield {
        "@id": _id("claim", claim.id),
        "@type": "Claim",
        "identifier": claim.id,
        "isPartOf": {"@id": _id("deal", deal.id)},
        "text": claim_said(claim, article, figures.labels),
        "keywords": [claim.stage.value, *claim.item_classes, *claim.returns],
        "author": list(map(_ref, speakers)),
        "appearance": {"@id": _id("article", article.id)},
        "about": _transfer(pairs, claim.item_classes, claim.models, figures.labels),
        "citation": {"@id": quoted["@id"]} if quoted else None,
        "comment": list(_answers(claim, figures)),
    }
    if quoted:
        yield quoted


def _quotation(claim: Claim, article: Article, figures: Figures) -> Node | None:
    """The sentence that holds the words for the stage, else those for the first field that has any."""
    evidence = sorted(claim.evidence, key=lambda entry: (entry.field != "stage", entry.start))
    if not evidence:
        return None
    start, end = sentence_around(article.text, evidence[0].start, evidence[0].end)
    return {
        "@id": _id("quotation", claim.id),
        "@type": "Quotation",
        "text": article.text[start:end].strip(),
        "inLanguage": article.language,
        "isPartOf": {"@id": _id("article", article.id)},
        "publisher": _ref(figures.outlet(article)) if article.outlet else None,
    }


def _transfer(
    pairs: Sequence[tuple[Figure, Figure]], classes: Iterable[str], models: Sequence[str], labels: Labels
) -> Node:
    suppliers = {supplier.key: _ref(supplier) for supplier, _ in pairs}
    recipients = {recipient.key: _ref(recipient) for _, recipient in pairs}
    goods = [{"@type": "Product", "name": labels.item_class(one), "category": one} for one in classes]
    return {
        "@type": "TransferAction",
        "agent": list(suppliers.values()),
        "recipient": list(recipients.values()),
        "object": [*goods, *({"@type": "Product", "name": model} for model in models)],
    }


def _answers(claim: Claim, figures: Figures) -> Iterator[Node]:
    words = figures.labels.words["role"]
    for field in ANSWERS:
        for actor in getattr(claim, field):
            author = figures.source(actor, claim.article_id)
            yield {"@type": "Comment", "author": _ref(author), "text": words[field]}


def _ref(figure: Figure) -> Node:
    return {"@id": _id("figure", figure.key)}


def _id(kind: str, content: str) -> str:
    return f"urn:uuid:{identifier(kind, content)}"


def _told(value: Any) -> Any:
    """A node without what it does not tell, and its texts as every format can hold them."""
    if isinstance(value, dict):
        return {key: _told(one) for key, one in value.items() if one not in (None, [], "")}
    if isinstance(value, list):
        return [_told(one) for one in value]
    return plain(value) if isinstance(value, str) else value
