"""Who belongs to which party, and under which identity an article's outlet is known."""

from __future__ import annotations

from functools import cache

from quellenlage.claims import own_hop
from quellenlage.domain import Article, Claim
from quellenlage.names.known_actors import ActorKind, known_actors

UNKNOWN = "unknown"
ORGANS = frozenset({"officials", "government", "intelligence", "military", "diplomats"})
"""The kinds of source that are organs of a state, as the contract spells them: `kp-government`."""
_CODE = 2


def parties_of(claim: Claim, role: str) -> tuple[str, ...]:
    """The suppliers or recipients of a claim, `unknown` where it names none."""
    named: tuple[str, ...] = getattr(claim, role)
    return named or (UNKNOWN,)


def state_of_organ(actor: str) -> str | None:
    """The state whose organ a source is: KP of `kp-government`; None where it is none."""
    code, _, kind = actor.partition("-")
    return code.upper() if kind in ORGANS and len(code) == _CODE else None


def state_as_a_whole(actor: str) -> str | None:
    """The state for which a source speaks as a whole: KP of `KP` and `kp-government`; None where it is none."""
    if len(actor) == _CODE and actor.isupper():
        return actor
    return state_of_organ(actor) if actor.endswith("-government") else None


def party_of(actor: str) -> str:
    """The party that a source belongs to: KP of `KP`, `kp-government` and `kim-jong-un`; else the source itself."""
    return state_of_organ(actor) or _parties().get(actor, actor)


def voices_of(party: str) -> tuple[str, ...]:
    """The identities under which a party speaks: itself, its organs where it is a state, and those of the lists."""
    organs = [f"{party.lower()}-{kind}" for kind in sorted(ORGANS)] if len(party) == _CODE and party.isupper() else []
    return (party, *organs, *sorted(source for source, own in _parties().items() if own == party and source != party))


def outlet_of(article: Article) -> str:
    """The identity of an article's outlet, `unknown` where it has none: `der-spiegel` of "SPIEGEL"."""
    return own_hop(article).actor


@cache
def agencies() -> dict[str, str]:
    """The news agencies of the lists by each of their folded names."""
    entries = known_actors().exact.items()
    return {name: entry.actor.source for name, entry in entries if entry.actor.kind is ActorKind.AGENCY}


@cache
def _parties() -> dict[str, str]:
    return {entry.actor.source: entry.actor.party for entry in known_actors().exact.values()}
