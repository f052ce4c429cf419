"""What is coordinated plays one role: in "Prag und Warschau liefern" both deliver.

Conjuncts share their relation to the rest of the sentence (Duden, Die Grammatik, 10th ed. 2022, on coordination). The
model often links only the one that stands nearest.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from quellenlage.domain import Link, Reading, Span, Transfer

COORDINATOR = re.compile(
    r"[\"“”»«’']?\s*(?:,|/|,?\s*(?:und|oder|sowie|and))\s*"
    r"(?:(?:aus|von|an|in|im|mit|für|nach|bei|über|auch)\s+)?(?:(?:der|die|das|den|dem|des|the)\s+)?[\"„»«‘']?"
)
"""All that may stand between conjuncts: comma or conjunction, a preposition said again, an article."""


CONJUNCTION = re.compile(r"\b(?:und|oder|sowie|and)\b|/")
SURE = 0.5
"""Only a link that is likelier than not brings conjuncts along."""


def with_conjuncts(reading: Reading, text: str) -> Reading:
    """Give every span that is coordinated with a supplier, a recipient or an item the same role.

    A span that already plays the opposite role in the same transfer keeps that one.
    """
    conjuncts = conjuncts_in(reading.spans, text)
    return replace(reading, transfers=tuple(shared_roles(t, conjuncts) for t in reading.transfers))


def conjuncts_in(spans: Sequence[Span], text: str) -> dict[Span, tuple[Span, ...]]:
    """For each span in a coordination all spans in it, in their order.

    A row of which no two are joined by a conjunction is none: commas alone may as well part an apposition.
    """
    rows: list[list[Span]] = []
    for span in sorted(spans, key=lambda s: s.start):
        last = rows[-1][-1] if rows else None
        if last and last.type is span.type and COORDINATOR.fullmatch(text, last.end, span.start):
            rows[-1].append(span)
        else:
            rows.append([span])
    joined = (row for row in rows if CONJUNCTION.search(text, row[0].end, row[-1].start))
    return {span: tuple(row) for row in joined if len(row) > 1 for span in row}


def shared_roles(transfer: Transfer, conjuncts: dict[Span, tuple[Span, ...]]) -> Transfer:
    """A transfer whose suppliers, recipients and items bring their conjuncts along."""
    parties = {link.span for link in (*transfer.supplier, *transfer.recipient)}
    return replace(
        transfer,
        supplier=extended(transfer.supplier, conjuncts, parties),
        recipient=extended(transfer.recipient, conjuncts, parties),
        item=extended(transfer.item, conjuncts, {link.span for link in transfer.item}),
    )


def extended(links: tuple[Link, ...], conjuncts: dict[Span, tuple[Span, ...]], taken: set[Span]) -> tuple[Link, ...]:
    """Links and those of their conjuncts that play no role yet, as sure as the link they come from."""
    found = list(links)
    for link in (link for link in links if link.confidence > SURE):
        for span in conjuncts.get(link.span, ()):
            if span not in taken and all(other.span != span for other in found):
                found.append(Link(span, link.confidence))
    return tuple(found)
