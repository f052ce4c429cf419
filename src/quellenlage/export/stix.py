"""The ledger as a bundle of STIX 2.1, for threat-intelligence platforms.

- Parties, sources and outlets are `identity` objects.
- A deal is a `relationship` of the type `said-to-supply` from supplier to recipient, one for every pair, with its
  articles as external references. Its labels tell the stage and the grade of the information; `confidence` is left
  out, as it would speak for the transfer and not for what is said of it.
- A claim is a `note` on these relationships, by whoever the article says it is from.
- A denial is an `opinion` "strongly-disagree" on them, a confirmation "strongly-agree".
- An article is a `report` with the notes, relationships and opinions that it gives rise to.

Ids are made from the content, and times from the days on which the articles appeared, so the same ledger always gives
the same bundle. Source: OASIS, "STIX Version 2.1", https://docs.oasis-open.org/cti/stix/v2.1/stix-v2.1.html
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TextIO

from quellenlage.domain import Article, Claim
from quellenlage.export.appeared import UNDATED, appeared_at
from quellenlage.export.extras import need
from quellenlage.export.figures import Figure, Figures, Sort, figures_of
from quellenlage.export.identifiers import identifier
from quellenlage.export.plain import plain
from quellenlage.export.said import claim_said, deal_said
from quellenlage.labels import Labels
from quellenlage.steps import Weighed
from quellenlage.weigh.weighing import Deal

RELATIONSHIP = "said-to-supply"
_CLASSES = {
    Sort.STATE: "organization",
    Sort.ORGAN: "organization",
    Sort.ORGANISATION: "organization",
    Sort.COMPANY: "organization",
    Sort.OUTLET: "organization",
    Sort.PERSON: "individual",
    Sort.GROUP: "class",
}
_OPINIONS = {"denied_by": "strongly-disagree", "confirmed_by": "strongly-agree"}


@dataclass(frozen=True)
class _Maker:
    """Makes objects of the library, all by one creator."""

    library: Any
    figures: Figures

    @property
    def creator(self) -> str:
        return _id("identity", "creator")

    def make(self, type: str, key: tuple[str, ...], moment: datetime, /, **fields: object) -> Any:
        """An object of a type and key, made and last changed at a moment; fields without a value are left out."""
        kind = "".join(word.capitalize() for word in type.split("-"))
        told = {name: value for name, value in fields.items() if value}
        by = {} if key == ("creator",) else {"created_by_ref": self.creator}
        return getattr(self.library, kind)(id=_id(type, *key), created=moment, modified=moment, **by, **told)


def write_stix(all_of_it: Weighed, out: TextIO, labels: Labels) -> None:
    """Write one bundle."""
    library = need("stix2")
    maker = _Maker(library, figures_of(all_of_it, labels))
    objects = list(_objects(maker))
    ids = sorted(f"{made.id} {made.modified}" for made in objects)
    out.write(library.Bundle(objects, id=_id("bundle", *ids)).serialize(indent=1))
    out.write("\n")


def _objects(maker: _Maker) -> Iterator[Any]:
    all_of_it = maker.figures.all_of_it
    yield maker.make("identity", ("creator",), UNDATED, name="Quellenlage", identity_class="system")
    for figure in maker.figures.all().values():
        yield _identity(maker, figure)
    of_article: dict[str, list[Any]] = defaultdict(list)
    for deal in all_of_it.weighing.deals:
        links = [_relationship(maker, deal, *pair) for pair in maker.figures.pairs(deal)]
        yield from links
        for claim in map(all_of_it.claims.__getitem__, deal.claims):
            made = [_note(maker, claim, links), *_opinions(maker, claim, links)]
            yield from made
            of_article[claim.article_id] += [*links, *made]
    for article in all_of_it.articles.values():
        yield _report(maker, article, of_article[article.id])


def _identity(maker: _Maker, figure: Figure) -> Any:
    return maker.make(
        "identity",
        ("figure", figure.key),
        UNDATED,
        name=plain(figure.name),
        description=plain(figure.identity),
        identity_class=_CLASSES.get(figure.sort, "unknown"),
        sectors=["government"] if figure.sort is Sort.STATE else None,
    )


def _relationship(maker: _Maker, deal: Deal, supplier: Figure, recipient: Figure) -> Any:
    figures = maker.figures
    articles = [figures.all_of_it.articles[id] for id in deal.articles]
    standing = deal.standing
    return maker.make(
        "relationship",
        (deal.id, supplier.key, recipient.key),
        max(map(appeared_at, articles)),
        relationship_type=RELATIONSHIP,
        source_ref=_figure_id(supplier),
        target_ref=_figure_id(recipient),
        description=plain(deal_said(deal, figures.all_of_it, figures.labels)),
        labels=[f"deal:{plain(deal.id)}", f"stage:{standing.stage.value}", f"credibility:{standing.grade.value}"],
        external_references=[_reference(article, figures) for article in articles],
    )


def _note(maker: _Maker, claim: Claim, links: Iterable[Any]) -> Any:
    figures = maker.figures
    article = figures.all_of_it.articles[claim.article_id]
    speakers = [figures.source(actor, article.id) for actor in claim.sources] or [figures.outlet(article)]
    return maker.make(
        "note",
        (claim.id,),
        appeared_at(article),
        content=plain(claim_said(claim, article, figures.labels)),
        authors=[plain(figure.name) for figure in speakers],
        object_refs=[*(link.id for link in links), *dict.fromkeys(map(_figure_id, speakers))],
        labels=["claim", *(["negated"] if claim.negated else []), *(["hedged"] if claim.hedged else [])],
        external_references=[_reference(article, figures)],
    )


def _opinions(maker: _Maker, claim: Claim, links: Iterable[Any]) -> Iterator[Any]:
    figures = maker.figures
    article = figures.all_of_it.articles[claim.article_id]
    for field, opinion in _OPINIONS.items():
        for actor in getattr(claim, field):
            figure = figures.source(actor, article.id)
            yield maker.make(
                "opinion",
                (claim.id, figure.key, opinion),
                appeared_at(article),
                opinion=opinion,
                authors=[plain(figure.name)],
                explanation=plain(claim_said(claim, article, figures.labels)),
                object_refs=[*(link.id for link in links), _figure_id(figure)],
                external_references=[_reference(article, figures)],
            )


def _report(maker: _Maker, article: Article, made: Iterable[Any]) -> Any:
    """The report of an article; one that claims nothing is about its outlet, as a report must be about something."""
    figures = maker.figures
    moment = appeared_at(article)
    outlet = _figure_id(figures.outlet(article))
    return maker.make(
        "report",
        (article.id,),
        moment,
        name=plain(article.title or article.doc),
        published=moment,
        object_refs=list(dict.fromkeys([outlet, *(one.id for one in made)])),
        labels=["news-article"],
        external_references=[_reference(article, figures)],
    )


def _reference(article: Article, figures: Figures) -> dict[str, str]:
    reference = {"source_name": plain(figures.outlet(article).name), "external_id": plain(article.doc)}
    if article.title:
        reference["description"] = plain(article.title)
    return {**reference, "url": plain(article.url)} if article.url else reference


def _figure_id(figure: Figure) -> str:
    return _id("identity", "figure", figure.key)


def _id(type: str, *content: str) -> str:
    return f"{type}--{identifier(f'stix/{type}', *content)}"
