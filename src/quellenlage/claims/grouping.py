"""Which mentions of a transfer are one transfer: a claim is made once however often the article speaks of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from quellenlage.claims.mentions import UNKNOWN, Mentions
from quellenlage.domain import Link, Reading, Span, Stage, Transfer

UNSPECIFIED_WEAPONS = "weapons_unspecified"


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
    """One transfer with its parties and items as identities."""

    transfer: Transfer
    supplier: frozenset[str]
    recipient: frozenset[str]
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
    supplier = parties(transfer.supplier, mentions)
    recipient = parties(transfer.recipient, mentions)
    for party in supplier.keys() & recipient.keys():
        weaker = supplier if supplier[party] < recipient[party] else recipient
        del weaker[party]
    classes = frozenset(c for link in transfer.item for c in mentions.items[link.span].classes)
    return Mention(transfer, frozenset(supplier), frozenset(recipient), classes)


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
    """Whether a mention tells of the transfer of a group; `linked` where the reader holds them for one event."""
    supplier = frozenset().union(*(m.supplier for m in group))
    recipient = frozenset().union(*(m.recipient for m in group))
    if linked:
        return agree(mention.supplier, supplier) and agree(mention.recipient, recipient)
    if not mention.supplier and not mention.recipient:
        return False
    specific = frozenset().union(*(m.specific for m in group))
    same_parties = mention.supplier <= supplier and mention.recipient <= recipient
    same_items = not mention.specific or not specific or bool(mention.specific & specific)
    same_phase = any(mention.phase is m.phase for m in group)
    same_sense = mention.transfer.negated == all(m.transfer.negated for m in group)
    return same_parties and same_items and same_phase and same_sense


def agree(some: frozenset[str], others: frozenset[str]) -> bool:
    """Whether two sets of parties can be of one transfer: one is unknown, or they share a party."""
    return not some or not others or bool(some & others)
