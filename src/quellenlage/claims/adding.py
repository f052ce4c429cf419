"""Claims that the program missed, and a person added."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from quellenlage.claims.attribution import own_hop
from quellenlage.claims.correcting import NoCorrection, corrected
from quellenlage.claims.grouping import UNSPECIFIED_WEAPONS, agree
from quellenlage.claims.mentions import UNKNOWN
from quellenlage.claims.values import marked_corrections
from quellenlage.domain import Article, Chain, Claim, Correction, Span, Stage, Verdict


def new_claim(
    article: Article, values: Mapping[str, str], spans: Mapping[str, Sequence[Span]]
) -> tuple[Claim, tuple[Correction, ...]]:
    """The claim that values and marked words make, and the corrections of an empty one that do.

    Where neither names goods, they are arms of an unspecified kind. Raises `NoCorrection` where no words tell of the
    transfer, no party is named, or a value cannot be read.
    """
    told = {field: value for field, value in values.items() if value.strip()}
    if not (told.get("item_classes") or spans.get("item_classes")):
        told["item_classes"] = UNSPECIFIED_WEAPONS
    corrections = marked_corrections(article, Claim("", article.id, Stage.UNSPECIFIED), told, spans)
    if not spans.get("stage"):
        raise NoCorrection("needs_trigger")
    claim = added_claim(article, corrections, "")
    if not (claim.supplier or claim.recipient):
        raise NoCorrection("needs_party")
    return claim, corrections


def added_claim(article: Article, corrections: Sequence[Correction], rule: str) -> Claim:
    """The claim that corrections of an empty one make; `rule` stands beside the words of each field.

    A field without words of its own rests on those of the stage. Raises `NoCorrection` where a value cannot be read.
    """
    empty = Claim(
        _id(article.id, corrections),
        article.id,
        Stage.UNSPECIFIED,
        chains=(Chain((own_hop(article),)),),
        verdict=Verdict.ADDED,
    )
    stage_first = sorted(corrections, key=lambda one: one.field != "stage")
    return corrected(empty, stage_first, rule)


def is_same_transfer(one: Claim, other: Claim) -> bool:
    """Whether two claims of an article rest on the same words for the transfer, and no party speaks against it."""
    words, others = ([entry for entry in claim.evidence if entry.field == "stage"] for claim in (one, other))
    touch = any(a.start < b.end and b.start < a.end for a in words for b in others)
    return touch and all(agree(_named(a), _named(b)) for a, b in zip(_parties(one), _parties(other), strict=True))


def _parties(claim: Claim) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return claim.supplier, claim.recipient


def _named(parties: Sequence[str]) -> frozenset[str]:
    return frozenset(parties) - {UNKNOWN}


def _id(article: str, corrections: Sequence[Correction]) -> str:
    """A name for the claim that the same judgement gives it in every ledger."""
    told = [f"{one.field}={one.value}@{','.join(f'{s.start}-{s.end}' for s in one.spans)}" for one in corrections]
    return hashlib.sha256("\n".join([article, *told]).encode()).hexdigest()[:16]
