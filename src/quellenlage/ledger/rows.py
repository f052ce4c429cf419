"""Articles and claims as rows of the tables, and back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping

from quellenlage.domain import (
    Article,
    Chain,
    Claim,
    Correction,
    Evidence,
    Hop,
    HopKind,
    JudgedClaim,
    Judgement,
    JudgementKind,
    Mark,
    MarkKind,
    Money,
    Quantity,
    Span,
    SpanType,
    Stage,
    Stance,
    Verdict,
)

_LISTS = {
    "supplier": "supplier",
    "recipient": "recipient",
    "item_class": "item_classes",
    "model": "models",
    "return": "returns",
    "denied_by": "denied_by",
    "confirmed_by": "confirmed_by",
    "no_comment_by": "no_comment_by",
    "unverified_by": "unverified_by",
}
"""The fields of `claim_value` and the fields of a claim that they hold."""


def article_row(article: Article, number: int, taken_in: datetime) -> dict[str, Any]:
    """The row of `article`."""
    return {
        "number": number,
        "id": article.id,
        "doc": article.doc,
        "outlet": article.outlet,
        "title": article.title,
        "url": article.url,
        "published": article.published,
        "dated_by": article.dated_by,
        "language": article.language,
        "authors": list(article.authors),
        "updated": article.updated,
        "credits": list(article.credits),
        "paywalled": article.paywalled,
        "marks": [[mark.start, mark.end, mark.kind.value] for mark in article.marks],
        "part_of": article.part_of,
        "text": article.text,
        "taken_in": taken_in,
    }


def article_of(row: RowMapping) -> Article:
    """The article of its row."""
    return Article(
        id=row["id"],
        doc=row["doc"],
        text=row["text"],
        title=row["title"],
        outlet=row["outlet"],
        url=row["url"],
        published=row["published"],
        language=row["language"],
        authors=tuple(row["authors"]),
        dated_by=row["dated_by"],
        updated=row["updated"],
        credits=tuple(row["credits"]),
        paywalled=row["paywalled"],
        marks=tuple(Mark(start, end, MarkKind(kind)) for start, end, kind in row["marks"]),
        part_of=row["part_of"],
    )


def day_of(article: Article) -> str:
    """The day of an article, or as much of it as is known: EDTF's marks of doubt say nothing of the order."""
    return (article.published or "").partition("/")[0].partition("T")[0].strip("?~%.")


def judgement_row(judgement: Judgement, made: datetime) -> dict[str, Any]:
    """The row of a new judgement."""
    return {
        "kind": judgement.kind.value,
        "claims": [asdict(claim) for claim in judgement.claims],
        "others": [asdict(claim) for claim in judgement.others],
        "corrections": [_correction_row(one) for one in judgement.corrections],
        "person": judgement.person,
        "note": judgement.note,
        "made": made,
    }


def judgement_of(row: RowMapping) -> Judgement:
    """The judgement of its row."""
    claims, others = (tuple(map(_judged_claim, row[side])) for side in ("claims", "others"))
    corrections = tuple(map(_correction_of, row["corrections"]))
    return Judgement(JudgementKind(row["kind"]), claims, others, row["person"], row["note"], row["id"], corrections)


def _judged_claim(kept: dict[str, Any]) -> JudgedClaim:
    return JudgedClaim(
        kept["id"],
        kept["article_id"],
        Stage(kept["stage"]),
        **{field: tuple(kept[field]) for field in ("supplier", "recipient", "item_classes", "models")},
        is_added=kept.get("is_added", False),
    )


def _correction_row(one: Correction) -> dict[str, Any]:
    spans = [[span.start, span.end, span.type.value, span.text] for span in one.spans]
    return {"field": one.field, "value": one.value, **({"spans": spans} if spans else {})}


def _correction_of(kept: dict[str, Any]) -> Correction:
    spans = (Span(start, end, SpanType(type), text) for start, end, type, text in kept.get("spans", ()))
    return Correction(kept["field"], kept["value"], tuple(spans))


def claim_row(claim: Claim, reading_id: int, dated: str, since: datetime, until: datetime | None) -> dict[str, Any]:
    """The row of `claim`, without its key; its article is `dated`, and it is held from `since` to `until`."""
    quantity, amount = claim.quantity, claim.amount
    return {
        "id": claim.id,
        "reading_id": reading_id,
        "article_id": claim.article_id,
        "kind": claim.kind,
        "stage": claim.stage.value,
        "negated": claim.negated,
        "hedged": claim.hedged,
        "quantity_low": quantity and quantity.low,
        "quantity_high": quantity and quantity.high,
        "quantity_words": quantity and quantity.words,
        "quantity_unit": quantity and quantity.unit,
        "quantity_approximate": quantity and quantity.approximate,
        "quantity_item": claim.quantity_item,
        "amount_low": amount and amount.low,
        "amount_high": amount and amount.high,
        "amount_words": amount and amount.words,
        "amount_currency": amount and amount.currency,
        "amount_approximate": amount and amount.approximate,
        "time": claim.time,
        "confidence": claim.confidence,
        "position": claim.evidence[0].start if claim.evidence else 0,
        "verdict": claim.verdict and claim.verdict.value,
        "since": since,
        "until": until,
        "dated": dated,
    }


def value_rows(claim: Claim, key: int) -> list[dict[str, Any]]:
    """The rows of `claim_value`: one a value of a field that holds several."""
    return [
        {"claim_key": key, "field": field, "position": position, "value": value}
        for field, attribute in _LISTS.items()
        for position, value in enumerate(getattr(claim, attribute))
    ]


def hop_rows(claim: Claim, key: int) -> list[dict[str, Any]]:
    """The rows of `claim_hop`."""
    return [
        {
            "claim_key": key,
            "chain": number,
            "position": position,
            "actor": hop.actor,
            "kind": hop.kind.value,
            "name": hop.name,
            "stance": hop.stance.value,
            **_span_row("span", hop.span),
            **_span_row("cue", hop.cue),
        }
        for number, chain in enumerate(claim.chains)
        for position, hop in enumerate(chain.hops)
    ]


def evidence_rows(claim: Claim, key: int) -> list[dict[str, Any]]:
    """The rows of `evidence`."""
    return [
        {
            "claim_key": key,
            "position": position,
            "field": entry.field,
            "start": entry.start,
            "end": entry.end,
            "text": entry.text,
            "rule": entry.rule,
        }
        for position, entry in enumerate(claim.evidence)
    ]


def judgement_rows(claim: Claim, key: int) -> list[dict[str, Any]]:
    """The rows of `claim_judgement`."""
    return [{"claim_key": key, "judgement_id": number} for number in claim.judgements]


def claim_of(
    row: RowMapping,
    values: Iterable[RowMapping],
    hops: Iterable[RowMapping],
    evidence: Iterable[RowMapping],
    judgements: Iterable[RowMapping],
) -> Claim:
    """The claim of its rows; values, hops, evidence and judgements come in their order."""
    lists: dict[str, list[str]] = defaultdict(list)
    for value in values:
        lists[_LISTS[value["field"]]].append(value["value"])
    chains: dict[int, list[Hop]] = defaultdict(list)
    for hop in hops:
        chains[hop["chain"]].append(_hop_of(hop))
    return Claim(
        id=row["id"],
        article_id=row["article_id"],
        stage=Stage(row["stage"]),
        quantity=_quantity_of(row),
        quantity_item=row["quantity_item"],
        amount=_amount_of(row),
        negated=row["negated"],
        chains=tuple(Chain(tuple(stations)) for stations in chains.values()),
        hedged=row["hedged"],
        time=row["time"],
        confidence=row["confidence"],
        evidence=tuple(
            Evidence(entry["field"], entry["start"], entry["end"], entry["text"], entry["rule"]) for entry in evidence
        ),
        kind=row["kind"],
        verdict=None if row["verdict"] is None else Verdict(row["verdict"]),
        judgements=tuple(one["judgement_id"] for one in judgements),
        **{attribute: tuple(found) for attribute, found in lists.items()},
    )


def _quantity_of(row: RowMapping) -> Quantity | None:
    if row["quantity_words"] is None:
        return None
    return Quantity(
        row["quantity_low"],
        row["quantity_high"],
        row["quantity_words"],
        row["quantity_unit"],
        row["quantity_approximate"],
    )


def _amount_of(row: RowMapping) -> Money | None:
    if row["amount_words"] is None:
        return None
    return Money(
        row["amount_low"],
        row["amount_high"],
        row["amount_words"],
        row["amount_currency"],
        row["amount_approximate"],
    )


def _hop_of(row: RowMapping) -> Hop:
    return Hop(
        actor=row["actor"],
        kind=HopKind(row["kind"]),
        name=row["name"],
        span=_span_of("span", row),
        cue=_span_of("cue", row),
        stance=Stance(row["stance"]),
    )


def _span_row(name: str, span: Span | None) -> dict[str, Any]:
    return {
        f"{name}_start": span and span.start,
        f"{name}_end": span and span.end,
        f"{name}_type": span and span.type.value,
        f"{name}_text": span and span.text,
        f"{name}_confidence": span and span.confidence,
    }


def _span_of(name: str, row: RowMapping) -> Span | None:
    if row[f"{name}_type"] is None:
        return None
    return Span(
        row[f"{name}_start"],
        row[f"{name}_end"],
        SpanType(row[f"{name}_type"]),
        row[f"{name}_text"],
        row[f"{name}_confidence"],
    )
