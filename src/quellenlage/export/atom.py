"""The claims as a feed (Atom, RFC 4287), newest first.

The order is that of publication: when a claim came into the ledger is not among what the ledger tells. Claims of
undated articles come last, under the day of `appeared.UNDATED`.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TextIO

from quellenlage.claims import own_hop
from quellenlage.domain import Article, Claim
from quellenlage.export.appeared import UNDATED, appeared_at
from quellenlage.export.identifiers import tag
from quellenlage.export.markup import Markup
from quellenlage.export.said import claim_said
from quellenlage.export.table import categories
from quellenlage.labels import Labels
from quellenlage.steps import Weighed
from quellenlage.weigh.parties import UNKNOWN

_NAMESPACE = "http://www.w3.org/2005/Atom"
_ADDRESS = re.compile(r"https?://[^\s\"<>\\^`{|}]+")


def write_atom(all_of_it: Weighed, out: TextIO, labels: Labels) -> None:
    """Write one entry a claim; its name stays the same as long as the reading of its article does."""
    dated = [(appeared_at(all_of_it.articles[claim.article_id]), claim) for claim in all_of_it.claims.values()]
    dated.sort(key=lambda entry: (entry[0], entry[1].id), reverse=True)
    words = labels.words["feed"]
    xml = Markup(out)
    with xml.element("feed", {"xmlns": _NAMESPACE, "xml:lang": labels.language}):
        xml.leaf("id", tag("feed", "claims"))
        xml.leaf("title", words["title"])
        xml.leaf("subtitle", words["subtitle"])
        xml.leaf("updated", (dated[0][0] if dated else UNDATED).isoformat())
        xml.leaf("generator", "Quellenlage")
        _author(xml, "Quellenlage")
        for moment, claim in dated:
            with xml.element("entry"):
                _entry(xml, claim, all_of_it.articles[claim.article_id], moment, labels)


def _entry(xml: Markup, claim: Claim, article: Article, moment: datetime, labels: Labels) -> None:
    said = claim_said(claim, article, labels)
    outlet = own_hop(article).actor
    xml.leaf("id", tag("claim", claim.id))
    xml.leaf("title", said)
    xml.leaf("updated", moment.isoformat())
    if moment != UNDATED:
        xml.leaf("published", moment.isoformat())
    _author(xml, article.doc if outlet == UNKNOWN else labels.actor(outlet))
    if article.url and _ADDRESS.fullmatch(article.url):
        xml.leaf("link", "", {"rel": "alternate", "href": article.url})
    for scheme, terms in _categories(claim).items():
        for term in terms:
            xml.leaf("category", "", {"scheme": tag("scheme", scheme), "term": term})
    xml.leaf("content", "\n".join(filter(None, [said, article.title, article.doc])), {"type": "text"})


def _categories(claim: Claim) -> dict[str, tuple[str, ...]]:
    return {
        "stage": (claim.stage.value,),
        "supplier": claim.supplier,
        "recipient": claim.recipient,
        "item-class": claim.item_classes,
        "sipri": categories(claim.item_classes, "sipri"),
    }


def _author(xml: Markup, name: str) -> None:
    with xml.element("author"):
        xml.leaf("name", name)
