"""A small ledger to be shown, asked and judged: two articles that share text, and what they claim."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from quellenlage.domain import (
    Article,
    Chain,
    Claim,
    Evidence,
    Hop,
    HopKind,
    Link,
    Quantity,
    Reading,
    Span,
    SpanType,
    Stage,
    Stance,
    Statement,
    Transfer,
)
from quellenlage.intake.original import Original
from quellenlage.ledger import Ledger
from quellenlage.steps import keep_weighed

FIRST = (
    "Serbien bietet Zypern Haubitzen an\n\n"
    "Laut dem Abendblatt bietet Serbien der Regierung in Nikosia bis zu 40 Haubitzen aus eigener Fertigung an. "
    "Das Ministerium in Belgrad bestreitet ein solches Angebot entschieden und verweist auf laufende Verträge."
)
SECOND = (
    "Angebot aus Belgrad\n\n"
    "Laut dem Abendblatt bietet Serbien der Regierung in Nikosia bis zu 40 Haubitzen aus eigener Fertigung an. "
    "Mehr war am Abend nicht zu erfahren."
)
PAPER = Hop("abendblatt", HopKind.OUTLET, "Abendblatt")


def span(text: str, words: str, type: SpanType) -> Span:
    start = text.rindex(words)
    return Span.of(text, start, start + len(words), type)


def evidence(text: str, field: str, words: str) -> Evidence:
    found = span(text, words, SpanType.ITEM)
    return Evidence(field, found.start, found.end, words)


def article(id: str, text: str, outlet: str, day: str) -> Article:
    return Article(id, f"doc-{id}", text, outlet=outlet, published=day, language="de")


def reading(id: str, text: str) -> Reading:
    offers, serbia = span(text, "bietet", SpanType.TRIGGER), span(text, "Serbien", SpanType.ACTOR)
    guns, paper = span(text, "Haubitzen", SpanType.ITEM), span(text, "Abendblatt", SpanType.ACTOR)
    says = span(text, "Laut", SpanType.CUE)
    transfer = Transfer(offers, Stage.OFFERED, supplier=(Link(serbia),), item=(Link(guns),))
    statement = Statement(says, Stance.ASSERTS, source=(Link(paper),), about=(Link(offers),))
    spans = tuple(sorted((offers, serbia, guns, paper, says)))
    return Reading(id, "1", spans=spans, transfers=(transfer,), statements=(statement,))


def claim(id: str, text: str, outlet: str, confidence: float) -> Claim:
    own = Hop(outlet.lower(), HopKind.OUTLET, outlet)
    return Claim(
        f"{id}-0",
        id,
        Stage.OFFERED,
        supplier=("RS",),
        recipient=("CY",),
        item_classes=("artillery",),
        quantity=Quantity(None, 40, "bis zu 40"),
        chains=(Chain((own, PAPER)),),
        confidence=confidence,
        evidence=(
            evidence(text, "supplier", "Serbien"),
            evidence(text, "stage", "bietet"),
            evidence(text, "item_classes", "Haubitzen"),
            evidence(text, "quantity", "bis zu 40"),
        ),
    )


def small_ledger(path: Path) -> Path:
    """Make the ledger, weighed; gives its file."""
    path.write_bytes(_weighed())
    return path


@cache
def _weighed() -> bytes:
    """The bytes of the ledger: making it takes longer than any test over it."""
    with TemporaryDirectory() as folder:
        made = Path(folder) / "ledger.db"
        with Ledger.open(made) as ledger:
            for id, text, outlet, day, confidence in (
                ("aa11", FIRST, "Kurier", "2024-05-02", 0.4),
                ("bb22", SECOND, "Echo", "2024-05-03", 0.8),
            ):
                one = article(id, text, outlet, day)
                bytes_of_it = Original(text.encode(), f"{id}.html", id, "text/html", "utf-8")
                ledger.record(one, reading(id, text), [claim(id, text, outlet, confidence)], bytes_of_it)
            keep_weighed(ledger)
        return made.read_bytes()
