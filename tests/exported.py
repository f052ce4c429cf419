"""A small weighed ledger with every sort of trouble in it, for the tests of the exports; own wording."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from quellenlage.domain import Article, Chain, Claim, Evidence, Hop, HopKind, Money, Quantity, Stage, Verdict
from quellenlage.labels import Labels, labels
from quellenlage.steps import Weighed
from quellenlage.weigh.weighing import weigh

TROUBLE = 'Blatt "Zur Post" <&>\nzweite\x0b Zeile\x00; ü'
"""A name with quotes, markup, a line break and two characters that XML forbids."""
TAMED = 'Blatt "Zur Post" <&>\nzweite\ufffd Zeile\ufffd; ü'
FORMULA = "=cmd|'/c calc'!A0"

OSLO_TEXT = (
    "Haubitzen für Tallinn\n"
    "Norwegen hat zwölf Haubitzen an Estland übergeben. Das sagte ein Beamter dem Fjordboten. Moskau widersprach."
)
SEOUL_TEXT = (
    "Seoul prüft eine Anfrage. Lima möchte in Südkorea rund 30 Panzer vom Typ K2 bestellen, schreibt der Andenkurier."
)
QUIET_TEXT = "Am Hafen wurde ein neues Kranhaus eröffnet. Von Waffen ist nicht die Rede."


def words(field: str, text: str, of: str) -> Evidence:
    """The first place of some words in a text, as the evidence for a field."""
    start = of.index(text)
    return Evidence(field, start, start + len(text), text)


def chain(*hops: tuple[str, HopKind]) -> Chain:
    """A chain from these hops, named as their identities."""
    return Chain(tuple(Hop(actor, kind, actor) for actor, kind in hops))


OSLO = Article(
    "a1",
    "oslo",
    OSLO_TEXT,
    title="Haubitzen für Tallinn",
    outlet="Fjordbote",
    url="https://fjordbote.example/haubitzen",
    published="2024-09-02",
    language="de",
    authors=("Ida Muster",),
)
LATER = replace(
    OSLO, id="a2", doc=FORMULA, text=QUIET_TEXT + " " + OSLO_TEXT, outlet=TROUBLE, url=None, published="2024-10"
)
SEOUL = Article("a3", "seoul", SEOUL_TEXT, title=FORMULA, outlet="Andenkurier", published="2025-03-04T08:30:00+01:00")
UNDATED = Article("a4", "hof", "Die Firma Stahlhof soll den Rebellen Zünder verkauft haben.")
QUIET = Article("a5", "kran", QUIET_TEXT, title=TROUBLE, outlet="Hafenblatt", published="2025-01-01")

DELIVERED = Claim(
    "c1",
    OSLO.id,
    Stage.DELIVERED,
    supplier=("NO",),
    recipient=("EE",),
    item_classes=("artillery",),
    quantity=Quantity(12.0, 12.0, "zwölf"),
    quantity_item="artillery",
    amount=Money(1_500_000.0, None, "mehr als 1,5 Millionen Euro", "EUR"),
    chains=(chain(("fjordbote", HopKind.OUTLET), ("no-officials", HopKind.OFFICIALS)),),
    denied_by=("RU",),
    confirmed_by=("NO",),
    no_comment_by=("EE",),
    unverified_by=("fjordbote",),
    returns=("recognition",),
    time="2024-08",
    confidence=0.75,
    verdict=Verdict.CORRECTED,
    evidence=(words("supplier", "Norwegen", OSLO_TEXT), words("stage", "übergeben", OSLO_TEXT)),
)
AGAIN = replace(
    DELIVERED,
    id="c2",
    article_id=LATER.id,
    quantity=Quantity(10.0, None, "mehr als zehn"),
    chains=(chain(("blatt", HopKind.OUTLET), ("fjordbote", HopKind.OUTLET), ("unnamed-persons", HopKind.UNNAMED)),),
    hedged=True,
    verdict=None,
    denied_by=(),
    confirmed_by=(),
    time=None,
    evidence=(),
)
SOUGHT = Claim(
    "c3",
    SEOUL.id,
    Stage.SOUGHT,
    supplier=("KR",),
    recipient=("PE",),
    item_classes=("tanks", "ammunition"),
    models=("K2",),
    quantity=Quantity(30.0, 30.0, "rund 30", approximate=True),
    quantity_item="tanks",
    chains=(chain(("andenkurier", HopKind.OUTLET)),),
    evidence=(words("stage", "bestellen", SEOUL_TEXT),),
)
REFUSED = Claim("c4", SEOUL.id, Stage.AGREED, supplier=("KR",), recipient=("UA",), negated=True, time="2024-12/..")
PRIVATE = Claim(
    "c5", UNDATED.id, Stage.UNSPECIFIED, supplier=("stahlhof",), models=(FORMULA, TROUBLE), denied_by=("@stahlhof",)
)

ARTICLES = (OSLO, LATER, SEOUL, UNDATED, QUIET)
CLAIMS = (DELIVERED, AGAIN, SOUGHT, REFUSED, PRIVATE)
EN, DE = labels("en"), labels("de")


def weighed_of(articles: Sequence[Article] = ARTICLES, claims: Sequence[Claim] = CLAIMS) -> Weighed:
    """What these articles and claims add up to."""
    by_id = {claim.id: claim for claim in claims}
    return Weighed(weigh(articles, claims), {article.id: article for article in articles}, by_id, ())


def named(all_of_it: Weighed, language: str = "en") -> Labels:
    """Labels that know the sources of a weighed ledger, as the commands use them."""
    return labels(language).with_names(all_of_it.names)


NOTHING = weighed_of((), ())
WHOLE = weighed_of()
