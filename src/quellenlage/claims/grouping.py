"""Which mentions of a transfer are one transfer: a claim is made once however often the article speaks of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from quellenlage.claims.mentions import UNKNOWN, Mentions
from quellenlage.domain import Link, Reading, Span, Stage, Transfer

UNSPECIFIED_WEAPONS = "weapons_unspecified"
AS_WEIGHTY = 0.8
"""Chosen on held-back articles by the claims that come of it: triples 0.519 with a half, 0.532 with this."""


class Phase(Enum):
    """Whether a transfer is still to come, has begun, or was stopped."""

    PROSPECT = "prospect"
    FACT = "fact"
    STOPPED = "stopped"


PHASES = {
    Stage.UNSPECIFIED: Phase.PROSPECT,
    Stage.SOUGHT: Phase.PROSPECT,
    Stage.OFFERED: Phase.PROSPECT,
    Stage.NEGOTIATING: Phase.PROSPECT,
    Stage.AGREED: Phase.PROSPECT,
    Stage.UNDERWAY: Phase.FACT,
    Stage.DELIVERED: Phase.FACT,
    Stage.HALTED: Phase.STOPPED,
}


@dataclass(frozen=True)
class Mention:
    """One transfer with its parties and items as identities; each party with the reader's confidence in its role."""

    transfer: Transfer
    supplier: dict[str, float]
    recipient: dict[str, float]
    classes: frozenset[str]

    @property
    def phase(self) -> Phase:
        """The phase of the transfer's stage."""
        return PHASES[self.transfer.stage]

    @property
    def specific(self) -> frozenset[str]:
        """The item classes that say more than "weapons"."""
        return self.classes - {UNSPECIFIED_WEAPONS}


def mention_of(transfer: Transfer, mentions: Mentions) -> Mention:
    """A transfer with its parties named; a party on both sides stays where the reader is surer of it."""
    supplier, recipient = apart(parties(transfer.supplier, mentions), parties(transfer.recipient, mentions))
    classes = frozenset(c for link in transfer.item for c in mentions.items[link.span].classes)
    return Mention(transfer, supplier, recipient, classes)


def apart(supplier: dict[str, float], recipient: dict[str, float]) -> tuple[dict[str, float], dict[str, float]]:
    """Both roles without whoever is surer in the other one: nobody supplies himself."""
    return (
        {party: weight for party, weight in supplier.items() if weight >= recipient.get(party, 0.0)},
        {party: weight for party, weight in recipient.items() if weight > supplier.get(party, 0.0)},
    )


def parties_of(group: Sequence[Mention]) -> tuple[frozenset[str], frozenset[str]]:
    """The suppliers and recipients of a transfer, as its mentions agree on them.

    A party counts by the summed confidence of the mentions that name it, and drops out below `AS_WEIGHTY` of what the
    surest in its role has: one mention that is read wrongly does not add a party.
    """
    sums: tuple[dict[str, float], dict[str, float]] = ({}, {})
    for mention in group:
        for total, own in zip(sums, (mention.supplier, mention.recipient), strict=True):
            for party, weight in own.items():
                total[party] = total.get(party, 0.0) + weight
    supplier, recipient = apart(*sums)
    return weighty(supplier), weighty(recipient)


def weighty(sums: Mapping[str, float], share: float = AS_WEIGHTY) -> frozenset[str]:
    """Whoever has at least a share of the weight of the heaviest."""
    bound = max(sums.values(), default=0.0) * share
    return frozenset(party for party, weight in sums.items() if weight >= bound)


def parties(links: Sequence[Link], mentions: Mentions) -> dict[str, float]:
    """The parties that links name, with the best confidence of each; nobody whom the text does not name."""
    found: dict[str, float] = {}
    for link in links:
        party = mentions.actors[link.span].party
        if party != UNKNOWN:
            found[party] = max(found.get(party, 0.0), link.confidence)
    return found


def grouped(reading: Reading, mentions: Mentions) -> list[list[Mention]]:
    """The mentions of each transfer, in the order of the text.

    Mentions that the reader links as one event are together unless their parties contradict each other. Mentions of
    the same parties, of items that do not exclude each other and in the same phase are together as well; a mention
    that leaves a party open joins the first of these. A mention with no party at all and linked to no other is not a
    claim and falls away.
    """
    event_of: dict[Span, int] = {span: n for n, group in enumerate(reading.events) for span in group}
    groups: list[list[Mention]] = []
    events: list[int | None] = []
    everything = [mention_of(t, mentions) for t in sorted(reading.transfers, key=lambda t: t.trigger.start)]
    told = [m for m in everything if m.supplier and m.recipient]
    partial = [m for m in everything if not (m.supplier and m.recipient)]
    for mention in told + partial:
        event = event_of.get(mention.transfer.trigger)
        for n, group in enumerate(groups):
            linked = event is not None and event == events[n]
            if fits(mention, group, linked):
                group.append(mention)
                break
        else:
            if mention.supplier or mention.recipient:
                groups.append([mention])
                events.append(event)
    return sorted(
        (sorted(group, key=lambda m: m.transfer.trigger.start) for group in groups),
        key=lambda group: group[0].transfer.trigger.start,
    )


def fits(mention: Mention, group: Sequence[Mention], linked: bool) -> bool:
    """Whether a mention tells of the transfer of a group; `linked` where the reader holds them for one event.

    A party that the reader is far less sure of than of another keeps no mention apart.
    """
    supplier, recipient = parties_of(group)
    own_supplier, own_recipient = weighty(mention.supplier), weighty(mention.recipient)
    if linked:
        return agree(own_supplier, supplier) and agree(own_recipient, recipient)
    if not own_supplier and not own_recipient:
        return False
    specific = frozenset().union(*(m.specific for m in group))
    same_parties = own_supplier <= supplier and own_recipient <= recipient
    same_items = not mention.specific or not specific or bool(mention.specific & specific)
    same_phase = any(mention.phase is m.phase for m in group)
    same_sense = mention.transfer.negated == all(m.transfer.negated for m in group)
    return same_parties and same_items and same_phase and same_sense


def agree(some: Collection[str], others: frozenset[str]) -> bool:
    """Whether parties can be those of one transfer: some are unknown, or one set holds the other."""
    return not some or not others or others.issuperset(some) or others.issubset(some)
