"""How sure a claim is that this party is said to give these goods to that one."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

from quellenlage.calibration import Curve
from quellenlage.claims.grouping import Mention
from quellenlage.domain import Link

OPEN = 0.5
"""What a role counts that the text leaves open, or that the reader did not find."""
LEAST = 0.25
"""Less likely claims are not made: of those one in five is right. Chosen on held-back articles by the claims that come
of it: pairs 0.635 → 0.642, triples 0.538 → 0.545; on either half of them 0.25 is among the best."""
CURVE = Curve(slope=0.71, offset=0.57)
"""From the product of the parts to how often a claim is right, fitted on held-back articles (`python -m benchmarks`
fits it anew, docs/benchmarks.md shows how well it holds). The parts are surer than they should be, and not
independent."""


def confidence_of(group: Sequence[Mention]) -> float:
    """How often a claim of these mentions is right in its parties and goods: as often as its surest mention.

    A mention is worth the product of its parts, on the curve of claims.
    """
    return CURVE.at(max(map(product_of_parts, group)))


def product_of_parts(mention: Mention) -> float:
    """The probabilities of trigger, supplier, recipient and item, multiplied; of several in a role the surest."""
    transfer = mention.transfer
    roles = (transfer.supplier, transfer.recipient, transfer.item)
    return transfer.trigger.confidence * prod(map(surest, roles))


def surest(links: Sequence[Link]) -> float:
    """The best probability of some links."""
    return max((link.confidence for link in links), default=OPEN)
