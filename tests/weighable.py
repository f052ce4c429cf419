"""Small articles and claims for tests of the weighing."""

from __future__ import annotations

from typing import Any

from quellenlage.domain import Article, Chain, Claim, Evidence, Hop, HopKind, Quantity, Stage

AGENCY_TEXT = (
    "Oslo will Tallinn zwölf Haubitzen überlassen. Das teilte das Verteidigungsministerium am Montag mit. "
    "Die Geschütze stammen aus einem Depot bei Trondheim und sollen noch vor dem Winter über die Ostsee gehen. "
    "Estlands Regierung äußerte sich zunächst nicht zu dem Vorhaben, das seit Monaten vorbereitet wird."
)
OTHER_TEXT = (
    "In Athen verhandelt die Marine über gebrauchte Minensucher aus Belgien. Ein Vertrag liegt nach Angaben aus dem "
    "Parlament noch nicht vor, weil über den Preis gestritten wird und die Werft in Ostende Bedenken hat."
)


def article(id: str, text: str = AGENCY_TEXT, outlet: str = "dpa", published: str | None = "2024-09-02") -> Article:
    """An article whose doc is its id."""
    return Article(id, id, text, outlet=outlet, published=published)


def claim(id: str, of: str, *hops: tuple[str, HopKind], **fields: Any) -> Claim:
    """Norway's howitzers for Estonia, agreed, as one article tells it; any field can be set otherwise."""
    own = hops or (("dpa", HopKind.AGENCY),)
    values: dict[str, Any] = {
        "stage": Stage.AGREED,
        "supplier": ("NO",),
        "recipient": ("EE",),
        "item_classes": ("artillery",),
        "chains": (Chain(tuple(Hop(actor, kind, actor) for actor, kind in own)),),
        "evidence": (Evidence("stage", 0, 4, "will"),),
    }
    return Claim(id, of, **{**values, **fields})


def number(low: float | None, high: float | None = None) -> Quantity:
    """An interval; its words are its ends."""
    return Quantity(low, high, f"{low}–{high}")
