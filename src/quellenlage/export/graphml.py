"""Who told whom, as a graph in GraphML: articles and sources, and between them every hop of every claim.

An edge runs from whoever says something to whoever passes it on, down to the article. Answers (denials, confirmations,
"no comment") run from whoever answers to the article that tells it. Source: "The GraphML file format",
http://graphml.graphdrawing.org/specification.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TextIO

from quellenlage.domain import Chain, Claim, Stance
from quellenlage.export.figures import Figures, figures_of
from quellenlage.export.markup import Markup
from quellenlage.labels import Labels
from quellenlage.steps import Weighed
from quellenlage.weigh.weighing import Deal

_NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
_NODE = dict.fromkeys(("label", "kind", "identity", "sort", "published", "url"), "string")
_EDGE = {
    **dict.fromkeys(("label", "kind", "stance", "deal", "claim", "stage"), "string"),
    **dict.fromkeys(("negated", "hedged"), "boolean"),
}
_STANCES = {
    "confirmed_by": Stance.CONFIRMS,
    "denied_by": Stance.DENIES,
    "no_comment_by": Stance.DECLINES,
    "unverified_by": Stance.UNVERIFIED,
}

Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Edge:
    """From the node of one key to that of another, and what is known of it."""

    start: str
    end: str
    values: Values


def write_graphml(all_of_it: Weighed, out: TextIO, labels: Labels) -> None:
    """Write the graph: directed, several edges between two nodes where several claims went that way."""
    xml = Markup(out)
    figures = figures_of(all_of_it, labels)
    with xml.element("graphml", {"xmlns": _NAMESPACE}):
        for what, keys in (("node", _NODE), ("edge", _EDGE)):
            for name, type in keys.items():
                xml.leaf("key", "", {"id": f"{what}-{name}", "for": what, "attr.name": name, "attr.type": type})
        with xml.element("graph", {"id": "hops", "edgedefault": "directed"}):
            for key, values in _nodes(figures):
                _element(xml, "node", {"id": key}, values)
            for number, edge in enumerate(_edges(figures)):
                _element(xml, "edge", {"id": f"e{number}", "source": edge.start, "target": edge.end}, edge.values)


def _nodes(figures: Figures) -> Iterator[tuple[str, Values]]:
    for article in figures.all_of_it.articles.values():
        yield (
            _article(article.id),
            {
                "label": article.title or article.doc,
                "kind": "article",
                "identity": article.doc,
                "published": article.published or "",
                "url": article.url or "",
            },
        )
    for figure in figures.all().values():
        values = {"label": figure.name, "kind": "source", "identity": figure.identity, "sort": figure.sort.value}
        yield _source(figure.key), values


def _edges(figures: Figures) -> Iterator[_Edge]:
    all_of_it = figures.all_of_it
    deals = {claim: deal for deal in all_of_it.weighing.deals for claim in deal.claims}
    for article in all_of_it.articles.values():
        yield _Edge(_source(figures.outlet(article).key), _article(article.id), {"kind": "publishes"})
    for claim in all_of_it.claims.values():
        about = _about(claim, deals[claim.id])
        for chain in claim.chains:
            yield from _told(chain, claim, about, figures)
        if not claim.chains:
            outlet = figures.outlet(all_of_it.articles[claim.article_id])
            yield _Edge(
                _source(outlet.key), _article(claim.article_id), _saying(Stance.ASSERTS, about, "tells", figures)
            )
        for field, stance in _STANCES.items():
            for actor in getattr(claim, field):
                answering = _source(figures.source(actor, claim.article_id).key)
                yield _Edge(answering, _article(claim.article_id), _saying(stance, about, "answers", figures))


def _told(chain: Chain, claim: Claim, about: Values, figures: Figures) -> Iterator[_Edge]:
    """The hops of a chain from its origin to the article; the article's own outlet only where it names nobody."""
    hops = chain.hops[1:] or chain.hops
    ends = [_article(claim.article_id), *(_source(figures.source(hop.actor, claim.article_id).key) for hop in hops)]
    for place in range(len(hops), 0, -1):
        stance = hops[place - 1].stance
        yield _Edge(ends[place], ends[place - 1], _saying(stance, about, "tells", figures))


def _saying(stance: Stance, about: Values, kind: str, figures: Figures) -> Values:
    return {"label": figures.labels.stance(stance), "kind": kind, "stance": stance.value, **about}


def _about(claim: Claim, deal: Deal) -> Values:
    flags = {"negated": str(claim.negated).lower(), "hedged": str(claim.hedged).lower()}
    return {"deal": deal.id, "claim": claim.id, "stage": claim.stage.value, **flags}


def _article(id: str) -> str:
    return f"article:{id}"


def _source(key: str) -> str:
    return f"source:{key}"


def _element(xml: Markup, name: str, attributes: Values, values: Values) -> None:
    with xml.element(name, attributes):
        for key, value in values.items():
            if value:
                xml.leaf("data", value, {"key": f"{name}-{key}"})
