"""What in the claims of a deal, or of a story, cannot both be so; each with the words of both sides."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations

from quellenlage.domain import Claim, Stage
from quellenlage.weigh.deals import UNSPECIFIED, Setting, can_both_hold, count_the_same
from quellenlage.weigh.parties import UNKNOWN


class ContradictionKind(StrEnum):
    """In what two claims, or a claim and an answer to it, contradict each other."""

    DENIAL = "denial"
    QUANTITY = "quantity"
    STAGE = "stage"
    PARTIES = "parties"


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a contradiction: a claim, what it says, and the words for it as they stand in its article.

    `says` are a stage (with a leading "not" where it is negated), the words of a number, or actors.
    """

    claim: str
    says: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two sides that cannot both be right; `times` is how many pairs of claims stand against each other so."""

    kind: ContradictionKind
    one: Side
    other: Side
    times: int = 1


def contradictions_of(claims: Sequence[Claim], settings: Mapping[str, Setting]) -> tuple[Contradiction, ...]:
    """The contradictions within a deal, in the order of its claims, each pair of values once."""
    listed = sorted(claims, key=lambda claim: claim.id)
    found = [denial for claim in listed for denial in _denials(claim)]
    for one, other in combinations(listed, 2):
        found += _between(one, other, settings)
    return folded(found)


def folded(found: Iterable[Contradiction]) -> tuple[Contradiction, ...]:
    """Contradictions between the same values as one, with the sides of the first."""
    first: dict[tuple[object, ...], Contradiction] = {}
    times: Counter[tuple[object, ...]] = Counter()
    for one in found:
        values = (one.kind, *sorted((one.one.says, one.other.says)))
        first.setdefault(values, one)
        times[values] += 1
    return tuple(replace(one, times=times[values]) for values, one in first.items())


def other_parties(claims: Iterable[Claim], settings: Mapping[str, Setting]) -> tuple[Contradiction, ...]:
    """Claims of one story that tell of the same goods between other parties, whatever deals they were put into.

    The same goods are the same models or the same number, and one of the parties is the same.
    """
    of_story: dict[int, list[Claim]] = defaultdict(list)
    for claim in sorted(claims, key=lambda claim: claim.id):
        of_story[settings[claim.article_id].story].append(claim)
    return tuple(
        Contradiction(ContradictionKind.PARTIES, _side(one, field), _side(other, field))
        for story in of_story.values()
        for one, other in combinations(story, 2)
        if one.article_id != other.article_id and _same_goods(one, other)
        for field in ("supplier", "recipient")
        if _differ(one, other, field)
    )


def _denials(claim: Claim) -> Iterator[Contradiction]:
    if claim.denied_by:
        yield Contradiction(ContradictionKind.DENIAL, _side(claim, "stage"), _side(claim, "denied_by"))


def _between(one: Claim, other: Claim, settings: Mapping[str, Setting]) -> Iterator[Contradiction]:
    comparable = one.stage is other.stage and count_the_same(one, other)
    if comparable and one.quantity and other.quantity and not can_both_hold(one.quantity, other.quantity):
        yield Contradiction(ContradictionKind.QUANTITY, _side(one, "quantity"), _side(other, "quantity"))
    if settings[one.article_id].story == settings[other.article_id].story and _opposite(one, other):
        yield Contradiction(ContradictionKind.STAGE, _side(one, "stage"), _side(other, "stage"))


def _opposite(one: Claim, other: Claim) -> bool:
    if one.stage is other.stage and one.negated != other.negated:
        return True
    stages = {claim.stage for claim in (one, other) if not claim.negated}
    return Stage.HALTED in stages and bool(stages & {Stage.DELIVERED, Stage.UNDERWAY})


def _same_goods(one: Claim, other: Claim) -> bool:
    goods = (set(one.item_classes) & set(other.item_classes)) - {UNSPECIFIED}
    number = (
        one.quantity
        and other.quantity
        and (one.quantity.low, one.quantity.high)
        == (
            other.quantity.low,
            other.quantity.high,
        )
    )
    return bool(goods) and bool(set(one.models) & set(other.models) or number)


def _differ(one: Claim, other: Claim, field: str) -> bool:
    shared = "recipient" if field == "supplier" else "supplier"
    mine, theirs = (set(getattr(claim, field)) - {UNKNOWN} for claim in (one, other))
    same = (set(getattr(one, shared)) & set(getattr(other, shared))) - {UNKNOWN}
    return bool(same) and bool(mine) and bool(theirs) and not mine & theirs


def _side(claim: Claim, field: str) -> Side:
    says: tuple[str, ...]
    if field == "stage":
        says = ("not", claim.stage.value) if claim.negated else (claim.stage.value,)
    elif field == "quantity":
        says = (claim.quantity.words,) if claim.quantity else ()
    else:
        says = getattr(claim, field)
    words = dict.fromkeys(entry.text for entry in claim.evidence if entry.field == field)
    return Side(claim.id, says, " … ".join(words))
