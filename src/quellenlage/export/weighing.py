"""The weighing as one JSON object, in the form of the design's contract."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from quellenlage.domain import Article
from quellenlage.export.pages import page_doc
from quellenlage.weigh.standing import Answer
from quellenlage.weigh.weighing import Deal, Weighing


def weighing_document(weighing: Weighing, articles: Iterable[Article]) -> dict[str, object]:
    """Copies, stories, deals and drift, each article by its doc."""
    doc = {article.id: page_doc(article) for article in articles}
    return {
        "copies": [each_doc(group, doc) for group in weighing.copy_groups],
        "stories": [each_doc(story.articles, doc) for story in weighing.stories],
        "deals": [deal_document(deal, doc) for deal in weighing.deals],
        "drift": [
            {"from": doc[drift.source_article], "to": doc[drift.taker_article], "kind": drift.kind.value}
            for deal in weighing.deals
            for drift in deal.drifts
        ],
    }


def each_doc(articles: Iterable[str], doc: Mapping[str, str]) -> list[str]:
    """The docs of some articles, each once: several entries of a ticker have one."""
    return list(dict.fromkeys(doc[id] for id in articles))


def deal_document(deal: Deal, doc: Mapping[str, str]) -> dict[str, object]:
    """One deal in the form of the contract, and beyond it its grade."""
    return {"id": deal.id, "docs": each_doc(deal.articles, doc), **deal_fields(deal)}


def deal_fields(deal: Deal) -> dict[str, object]:
    """What a deal says, without its articles."""
    standing = deal.standing
    return {
        "id": deal.id,
        "supplier": list(deal.supplier),
        "recipient": list(deal.recipient),
        "item_classes": list(deal.item_classes),
        "models": list(deal.models),
        "stage": standing.stage.value,
        "independent_origins": len(standing.origins),
        "possibly_more": any(origin.possibly_more for origin in standing.origins),
        "origins": [list(origin.names) for origin in standing.origins],
        "confirmed_by": _actors(standing.confirmed_by),
        "denied_by": _actors(standing.denied_by),
        "no_comment_by": _actors(standing.no_comment_by),
        "unverified_by": _actors(standing.unverified_by),
        "credibility": standing.grade.value,
        "reasons": [{"reason": reason.value, "count": count} for reason, count in standing.grade.reasons],
    }


def _actors(answers: Iterable[Answer]) -> list[str]:
    return [answer.actor for answer in answers]
