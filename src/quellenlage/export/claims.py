"""Claims as JSON Lines: one object an article, in the form of the design's contract."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TextIO

from quellenlage.claims import outlets_cited, own_hop
from quellenlage.domain import Article, Claim, Evidence, Money, Quantity, Reading
from quellenlage.export.pages import pages_of
from quellenlage.ledger import Ledger
from quellenlage.names.own import NOTHING, OwnNames

_BEYOND_THE_CONTRACT = {"quantity_words", "approximate", "chains"}
"""Keys that only say more about `quantity` and `sources`, whose evidence is theirs too."""
_WITHOUT_WORDS = {"confidence", "evidence"}


def claims_document(
    article: Article, reading: Reading | None, claims: Sequence[Claim], own: OwnNames = NOTHING, start: int = 0
) -> dict[str, Any]:
    """The object of one article: what identifies it, its transfers, and the outlets that it cites for anything.

    `reader` names the version of the reader, and is null where the article has not been read; `dated_by` are the words
    that the date was worked out from, where the article states none. `start` is where the article's text begins in that
    of its page, whose characters the offsets count.
    """
    cited = outlets_cited(reading, own) if reading else ()
    return {
        "doc": article.doc,
        "published": article.published,
        "dated_by": article.dated_by,
        "outlet": own_hop(article, own).actor if article.outlet else None,
        "language": article.language,
        "reader": None if reading is None else reading.reader,
        "transfers": [transfer_document(claim, start) for claim in claims],
        "outlets_cited": list(dict.fromkeys([*_outlets_of_chains(claims), *cited])),
    }


def claims_documents(ledger: Ledger, own: OwnNames = NOTHING) -> Iterator[dict[str, object]]:
    """The object of every page of a ledger, read or not."""
    claims_of: dict[str, list[Claim]] = defaultdict(list)
    for claim in ledger.claims():
        claims_of[claim.article_id].append(claim)
    for page in pages_of(ledger.articles()):
        documents = [
            claims_document(part.article, ledger.reading(part.article.id), claims_of[part.article.id], own, part.start)
            for part in page.parts
        ]
        yield _joined(page.article, documents) if page.article.id != page.parts[0].article.id else documents[0]


def _joined(page: Article, documents: Sequence[dict[str, Any]]) -> dict[str, object]:
    return {
        **documents[0],
        "doc": page.doc,
        "published": page.published,
        "transfers": [transfer for document in documents for transfer in document["transfers"]],
        "outlets_cited": list(dict.fromkeys(outlet for one in documents for outlet in one["outlets_cited"])),
    }


def write_claims(ledger: Ledger, out: TextIO, own: OwnNames = NOTHING) -> None:
    """Write one line an article of the ledger."""
    for document in claims_documents(ledger, own):
        json.dump(document, out, ensure_ascii=False)
        out.write("\n")


def fields_of(document: Mapping[str, Any]) -> list[str]:
    """The fields of a claims document that say something and so need words, as `transfers[0].supplier`."""
    return [
        f"transfers[{number}].{field}"
        for number, transfer in enumerate(document["transfers"])
        for field in _telling(transfer)
    ]


def fields_without_evidence(document: Mapping[str, Any]) -> list[str]:
    """The fields of a claims document that say something and name no words for it."""
    return [
        f"transfers[{number}].{field}"
        for number, transfer in enumerate(document["transfers"])
        for field in _telling(transfer)
        if field not in {entry["field"] for entry in transfer["evidence"]}
    ]


def transfer_document(claim: Claim, start: int = 0) -> dict[str, object]:
    """One claim in the form of the contract, and beyond it the words of its quantity and its chains.

    `start` is where the article's text begins in that of its page, whose characters the offsets count.
    """
    return {
        "supplier": list(claim.supplier),
        "recipient": list(claim.recipient),
        "item_classes": list(claim.item_classes),
        "models": list(claim.models),
        "quantity": claim.quantity and _interval(claim.quantity),
        "quantity_words": claim.quantity and claim.quantity.words,
        "approximate": claim.quantity is not None and claim.quantity.approximate,
        "quantity_item": claim.quantity_item,
        "amount": claim.amount and _amount(claim.amount),
        "stage": claim.stage.value,
        "negated": claim.negated,
        "return": list(claim.returns),
        "sources": list(claim.sources),
        "chains": [
            [{"actor": hop.actor, "kind": hop.kind.value, "name": hop.name} for hop in chain.hops]
            for chain in claim.chains
        ],
        "hedged": claim.hedged,
        "denied_by": list(claim.denied_by),
        "confirmed_by": list(claim.confirmed_by),
        "no_comment_by": list(claim.no_comment_by),
        "unverified_by": list(claim.unverified_by),
        "time": claim.time,
        "confidence": claim.confidence,
        "evidence": [_evidence(entry, start) for entry in claim.evidence],
    }


def _interval(value: Quantity | Money) -> list[float | None]:
    return [_number(value.low), _number(value.high)]


def _amount(money: Money) -> dict[str, object]:
    return {
        "low": _number(money.low),
        "high": _number(money.high),
        "currency": money.currency,
        "words": money.words,
    }


def _number(value: float | None) -> float | None:
    return int(value) if value is not None and float(value).is_integer() else value


def _evidence(entry: Evidence, start: int) -> dict[str, object]:
    words: dict[str, object] = {
        "field": entry.field,
        "start": entry.start + start,
        "end": entry.end + start,
        "text": entry.text,
    }
    return words if entry.rule is None else {**words, "rule": entry.rule}


def _outlets_of_chains(claims: Iterable[Claim]) -> list[str]:
    return [hop.actor for claim in claims for chain in claim.chains for hop in chain.hops[1:] if hop.kind.relays]


def _telling(transfer: Mapping[str, Any]) -> list[str]:
    return [
        field
        for field, value in transfer.items()
        if value not in (None, False, "", []) and field not in _WITHOUT_WORDS | _BEYOND_THE_CONTRACT
    ]
