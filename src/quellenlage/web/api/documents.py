"""What the ledger holds → the objects of the interface."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from quellenlage.claims.version import version_of
from quellenlage.deciding import deal_version
from quellenlage.domain import Article, Claim, Judgement, Span
from quellenlage.export.claims import transfer_document
from quellenlage.export.weighing import deal_fields, each_doc
from quellenlage.ledger import Ledger, Logged
from quellenlage.weigh.copies import Copy
from quellenlage.weigh.weighing import Deal

Document = dict[str, Any]


def claims_with_articles(book: Ledger, claims: Iterable[Claim]) -> list[Document]:
    """Claims with what identifies their articles."""
    listed = list(claims)
    articles = {article.id: article for article in book.articles(sorted({claim.article_id for claim in listed}))}
    return [claim_document(claim, articles[claim.article_id]) for claim in listed]


def claim_document(claim: Claim, article: Article) -> Document:
    """A claim of an article."""
    named = {"id": article.id, "doc": article.doc, "outlet": article.outlet, "published": article.published}
    return {
        "id": claim.id,
        "version": version_of(claim),
        "article": named,
        **transfer_document(claim),
        "verdict": claim.verdict and claim.verdict.value,
        "judgements": list(claim.judgements),
    }


def article_entry(article: Article) -> Document:
    """An article without its text."""
    return {
        "id": article.id,
        "doc": article.doc,
        "title": article.title,
        "outlet": article.outlet,
        "published": article.published,
        "updated": article.updated,
        "dated_by": article.dated_by,
        "url": article.url,
        "language": article.language,
        "authors": list(article.authors),
        "credits": list(article.credits),
        "paywalled": article.paywalled,
        "part_of": article.part_of,
    }


def deal_entry(deal: Deal) -> Document:
    """A deal as a list tells it: how many articles and claims it has, and not which."""
    return {
        **deal_fields(deal),
        "version": deal_version(deal),
        "confidence": deal.confidence,
        "article_count": len(deal.articles),
        "claim_count": len(deal.claims),
    }


def deal_told(deal: Deal, docs: Mapping[str, str]) -> Document:
    """A deal with its articles and claims; `docs` are the docs of its articles by their ids."""
    return {
        **deal_entry(deal),
        "docs": each_doc(deal.articles, docs),
        "articles": list(deal.articles),
        "claims": list(deal.claims),
    }


def copy_document(copy: Copy) -> Document:
    """Two articles that share text."""
    return {
        "original": copy.original,
        "copied_by": copy.copy,
        "share": copy.share,
        "reason": copy.reason.value,
        "passages": [asdict(passage) for passage in copy.passages],
    }


def judgement_document(one: Logged) -> Document:
    """A judgement with its moments."""
    judgement = one.judgement
    return {
        **judgement_told(judgement),
        "claims": [{"id": claim.id, "article_id": claim.article_id} for claim in judgement.claims],
        "others": [{"id": claim.id, "article_id": claim.article_id} for claim in judgement.others],
        "made": one.made.isoformat(),
        "undone": one.undone and one.undone.isoformat(),
    }


def judgement_told(judgement: Judgement) -> Document:
    """A judgement, in short."""
    return {
        "number": judgement.number,
        "kind": judgement.kind.value,
        "person": judgement.person,
        "note": judgement.note,
        "corrections": [
            {"field": one.field, "value": one.value, "spans": [_place(span) for span in one.spans]}
            for one in judgement.corrections
        ],
    }


def _place(span: Span) -> Document:
    return {"start": span.start, "end": span.end, "text": span.text}
