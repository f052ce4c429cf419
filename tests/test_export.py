import io
import json
from pathlib import Path

import pytest

from quellenlage.domain import (
    Article,
    Chain,
    Claim,
    Evidence,
    Hop,
    HopKind,
    Link,
    Money,
    Quantity,
    Reading,
    Span,
    SpanType,
    Stage,
    Stance,
    Statement,
)
from quellenlage.export.articles import write_articles
from quellenlage.export.claims import claims_document, fields_without_evidence, write_claims
from quellenlage.intake.jsonform import json_article
from quellenlage.ledger import Ledger

TEXT = (
    "Belgrad erwägt Abgabe von Haubitzen\n"
    "Serbien könnte bis zu 40 Haubitzen an Zypern abgeben, schreibt das Abendblatt. Der Preis: 1,5 Millionen Euro."
)
ARTICLE = json_article({"id": "b-7", "text": TEXT, "outlet": "Morgen Kurier", "published": "2024-05-02"}, "a test", "x")


def words(field: str, text: str, rule: str | None = None) -> Evidence:
    start = TEXT.index(text)
    return Evidence(field, start, start + len(text), text, rule)


CLAIM = Claim(
    id="k1",
    article_id=ARTICLE.id,
    stage=Stage.OFFERED,
    supplier=("RS",),
    recipient=("CY",),
    item_classes=("artillery",),
    quantity=Quantity(None, 40.0, "bis zu 40"),
    quantity_item="artillery",
    amount=Money(1_500_000.0, 1_500_000.0, "1,5 Millionen Euro", "EUR"),
    chains=(
        Chain(
            (
                Hop("morgen-kurier", HopKind.OUTLET, "Morgen Kurier"),
                Hop("abendblatt", HopKind.OUTLET, "Abendblatt", Span.of(TEXT, 103, 113, SpanType.ACTOR)),
                Hop("rs-officials", HopKind.SOURCE, "Beamte in Belgrad"),
            )
        ),
    ),
    hedged=True,
    returns=("recognition",),
    confidence=0.75,
    evidence=(
        words("supplier", "Serbien"),
        words("recipient", "Zypern"),
        words("item_classes", "Haubitzen"),
        words("quantity", "bis zu 40"),
        words("quantity_item", "Haubitzen"),
        words("amount", "1,5 Millionen Euro"),
        words("stage", "abgeben", rule="könnte + geben"),
        words("sources", "Abendblatt"),
        words("hedged", "könnte"),
        words("return", "Preis"),
    ),
)


CUE = Span.of(TEXT, TEXT.index("schreibt"), TEXT.index("schreibt") + 8, SpanType.CUE)
PAPER = Span.of(TEXT, TEXT.index("Abendblatt"), TEXT.index("Abendblatt") + 10, SpanType.ACTOR)
READING = Reading(ARTICLE.id, "1", (CUE, PAPER), statements=(Statement(CUE, Stance.ASSERTS, reporter=(Link(PAPER),)),))


@pytest.fixture
def ledger(tmp_path: Path):
    with Ledger.open(tmp_path / "ledger.db") as opened:
        opened.record(ARTICLE, READING, [CLAIM])
        opened.add_article(Article(id="z", doc="ungelesen", text="Über Kranführer – ohne Waffen.\nZweite Zeile"))
        yield opened


def test_a_claims_document_has_the_keys_of_the_contract() -> None:
    document = claims_document(ARTICLE, READING, [CLAIM])
    assert {key: document[key] for key in ("doc", "published", "outlet", "language")} == {
        "doc": "b-7",
        "published": "2024-05-02",
        "outlet": "morgen-kurier",
        "language": ARTICLE.language,
    }
    assert document["outlets_cited"] == ["abendblatt"]
    (transfer,) = document["transfers"]
    assert transfer.pop("evidence")[6] == {
        "field": "stage",
        "start": TEXT.index("abgeben"),
        "end": TEXT.index("abgeben") + 7,
        "text": "abgeben",
        "rule": "könnte + geben",
    }
    assert transfer == {
        "supplier": ["RS"],
        "recipient": ["CY"],
        "item_classes": ["artillery"],
        "models": [],
        "quantity": [None, 40],
        "quantity_words": "bis zu 40",
        "approximate": False,
        "quantity_item": "artillery",
        "amount": {"low": 1500000, "high": 1500000, "currency": "EUR", "words": "1,5 Millionen Euro"},
        "stage": "offered",
        "negated": False,
        "return": ["recognition"],
        "sources": ["rs-officials", "abendblatt"],
        "chains": [
            [
                {"actor": "morgen-kurier", "kind": "outlet", "name": "Morgen Kurier"},
                {"actor": "abendblatt", "kind": "outlet", "name": "Abendblatt"},
                {"actor": "rs-officials", "kind": "source", "name": "Beamte in Belgrad"},
            ]
        ],
        "hedged": True,
        "denied_by": [],
        "confirmed_by": [],
        "no_comment_by": [],
        "unverified_by": [],
        "time": None,
        "confidence": 0.75,
    }


def test_whole_numbers_are_written_without_a_point() -> None:
    claim = Claim("k", "a", Stage.SOUGHT, quantity=Quantity(2.0, 2.5, "zwei bis zweieinhalb"))
    assert json.dumps(claims_document(ARTICLE, None, [claim])["transfers"][0]["quantity"]) == "[2, 2.5]"


def test_a_claim_with_nothing_in_it_is_a_document_with_nothing_in_it() -> None:
    document = claims_document(ARTICLE, None, [Claim("k", "a", Stage.UNSPECIFIED)])
    (transfer,) = document["transfers"]
    assert transfer["quantity"] is None
    assert transfer["amount"] is None
    assert document["outlet"] == "morgen-kurier"
    assert document["outlets_cited"] == []
    assert fields_without_evidence(document) == ["transfers[0].stage"]


def test_every_field_with_words_passes_and_each_without_is_named() -> None:
    assert fields_without_evidence(claims_document(ARTICLE, None, [CLAIM])) == []
    for entry in CLAIM.evidence:
        document = claims_document(ARTICLE, None, [CLAIM])
        (transfer,) = document["transfers"]
        transfer["evidence"] = [other for other in transfer["evidence"] if other["field"] != entry.field]
        assert fields_without_evidence(document) == [f"transfers[0].{entry.field}"]


def test_claims_are_written_one_line_an_article(ledger: Ledger) -> None:
    out = io.StringIO()
    write_claims(ledger, out)
    first, second = (json.loads(line) for line in out.getvalue().splitlines())
    assert first == json.loads(json.dumps(claims_document(ARTICLE, READING, [CLAIM])))
    assert (second["doc"], second["reader"], second["transfers"], second["outlets_cited"]) == (
        "ungelesen",
        None,
        [],
        [],
    )


def test_articles_are_read_again_as_they_were(ledger: Ledger) -> None:
    out = io.StringIO()
    write_articles(ledger, out)
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [line["doc"] for line in lines] == ["b-7", "ungelesen"]
    assert json_article(lines[0], "a test", "other") == ARTICLE
    assert json_article(lines[1], "a test", "other").text == "Über Kranführer – ohne Waffen.\nZweite Zeile"
    assert "Über" in out.getvalue()
