"""Deals as lines on a map, from supplier to recipient (GeoJSON, RFC 7946).

A state is drawn at one point, its capital (`points.py`). Where a party is no state, or is not named, the feature has
no geometry (`null`), as RFC 7946, section 3.2, has it for what has no place; so no deal is lost.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TextIO

from quellenlage.domain import Stage
from quellenlage.export.figures import Figure, Figures, figures_of
from quellenlage.export.identifiers import identifier
from quellenlage.export.points import points
from quellenlage.export.said import deal_said
from quellenlage.export.table import docs_of
from quellenlage.labels import Labels
from quellenlage.steps import Weighed
from quellenlage.weigh.weighing import Deal

_ON_THE_WAY = frozenset({Stage.UNDERWAY, Stage.DELIVERED})


def write_geojson(all_of_it: Weighed, out: TextIO, labels: Labels) -> None:
    """Write one feature for every supplier and recipient of every deal."""
    out.write('{"type": "FeatureCollection", "features": [')
    for number, feature in enumerate(_features(figures_of(all_of_it, labels))):
        out.write(",\n" if number else "\n")
        out.write(json.dumps(feature, ensure_ascii=False))
    out.write("\n]}\n")


def _features(figures: Figures) -> Iterator[dict[str, object]]:
    for deal in figures.all_of_it.weighing.largest_first:
        for supplier, recipient in figures.pairs(deal):
            yield {
                "type": "Feature",
                "id": str(identifier("flow", deal.id, supplier.identity, recipient.identity)),
                "geometry": _line(supplier, recipient),
                "properties": _properties(deal, supplier, recipient, figures),
            }


def _line(supplier: Figure, recipient: Figure) -> dict[str, object] | None:
    ends = [points().get(figure.identity) for figure in (supplier, recipient)]
    if None in ends:
        return None
    return {"type": "LineString", "coordinates": [[point.longitude, point.latitude] for point in ends if point]}


def _properties(deal: Deal, supplier: Figure, recipient: Figure, figures: Figures) -> dict[str, object]:
    standing = deal.standing
    claims = [figures.all_of_it.claims[id] for id in deal.claims]
    return {
        "deal": deal.id,
        "said": deal_said(deal, figures.all_of_it, figures.labels),
        "supplier": supplier.identity,
        "supplier_name": supplier.name,
        "recipient": recipient.identity,
        "recipient_name": recipient.name,
        "item_classes": list(deal.item_classes),
        "models": list(deal.models),
        "stage": standing.stage.value,
        "said_to_be_on_the_way": standing.stage in _ON_THE_WAY,
        "said_to_be_delivered": standing.stage is Stage.DELIVERED,
        "said_not_to_take_place": all(claim.negated for claim in claims),
        "independent_origins": len(standing.origins),
        "possibly_more": any(origin.possibly_more for origin in standing.origins),
        "confirmed_by": [answer.actor for answer in standing.confirmed_by],
        "denied_by": [answer.actor for answer in standing.denied_by],
        "articles": list(docs_of(deal, figures.all_of_it)),
        "claims": list(deal.claims),
    }
