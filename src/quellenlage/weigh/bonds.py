"""Why the claims of a deal are one deal: each with the earlier claim that speaks for it most, and what that says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quellenlage.domain import Claim
from quellenlage.weigh.copies import Shares
from quellenlage.weigh.deals import Comparison, Judged, Setting, compared, in_force, share_a_pair
from quellenlage.weigh.lines import Line, lines_of
from quellenlage.weigh.origins import Tie, roots_of, tie


@dataclass(frozen=True, slots=True)
class Bond:
    """A claim (`comparison.other`) and the one before it that is likest (`comparison.one`).

    `ties` say whether their chains rest on the same origin; `judged` is whether a person put the two together.
    """

    comparison: Comparison
    ties: tuple[Tie, ...]
    judged: bool = False


def bonds_of(
    claims: Sequence[Claim],
    settings: Mapping[str, Setting],
    shares: Shares,
    judged: Sequence[Judged] = (),
    most: int | None = None,
) -> tuple[Bond, ...]:
    """A bond for every claim but the first, in the order given, or for the first `most` claims only.

    Every claim is set against all before it, so time grows with the square of their number.
    """
    wanted = claims[:most]
    together, _ = in_force(judged, frozenset(claim.id for claim in claims))
    lines = lines_of(claims, settings)
    roots = roots_of(lines, shares)
    of_claim: dict[str, list[Line]] = {claim.id: [] for claim in claims}
    for line in lines:
        of_claim[line.claim].append(line)

    def bond(place: int) -> Bond:
        claim, before = wanted[place], wanted[:place]
        near = [one for one in before if share_a_pair(one, claim)] or before
        best = max((compared(one, claim, settings) for one in near), key=lambda found: found.score)
        ties = (tie(mine, theirs, roots) for mine in of_claim[claim.id] for theirs in of_claim[best.one])
        return Bond(best, tuple(dict.fromkeys(ties)), any({best.one, claim.id} <= group for group in together))

    return tuple(bond(place) for place in range(1, len(wanted)))
