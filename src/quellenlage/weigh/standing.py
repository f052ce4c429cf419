"""What the claims of a deal add up to: how far it has come, who stands behind it, who answers, and how firm that is.

The grade is the credibility of information of the Admiralty system (NATO AJP-2.1, annex on evaluation; 1 confirmed by
other sources, 2 probably true, 3 possibly true, 4 doubtful, 5 improbable, 6 truth cannot be judged). It is worked out
from the number of independent origins and from the answers of the parties, by the rule of `grade`, and says nothing of
whether the claim is true.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from quellenlage.domain import Claim, Stage
from quellenlage.weigh.copies import Shares
from quellenlage.weigh.days import Days
from quellenlage.weigh.deals import STAGES, Setting
from quellenlage.weigh.lines import Line, lines_of
from quellenlage.weigh.origins import Origin, origins_of
from quellenlage.weigh.parties import UNKNOWN, party_of

ANSWERS = ("confirmed_by", "denied_by", "no_comment_by", "unverified_by")


@dataclass(frozen=True, slots=True)
class Answer:
    """Who answered a claim, and whether he is a party to the deal."""

    actor: str
    is_party: bool


@dataclass(frozen=True, slots=True)
class StageTold:
    """A stage, since when it is told (the first day of the earliest article), and by which claims."""

    stage: Stage
    since: str | None
    claims: tuple[str, ...]


class GradeReason(StrEnum):
    """What a grade rests on."""

    ORIGINS = "origins"
    DENIED = "denied"
    CONFIRMED = "confirmed"
    NEGATED = "negated"
    NO_SOURCE = "no_source"


@dataclass(frozen=True, slots=True)
class Grade:
    """1 to 6, and the reasons, each with how many there are of what it names."""

    value: int
    reasons: tuple[tuple[GradeReason, int], ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """What the deal stood at once the articles of a day were known."""

    day: str
    stage: Stage
    origins: int
    grade: int


@dataclass(frozen=True, slots=True)
class Standing:
    """What a deal's claims add up to."""

    stage: Stage
    stages: tuple[StageTold, ...]
    origins: tuple[Origin, ...]
    confirmed_by: tuple[Answer, ...]
    denied_by: tuple[Answer, ...]
    no_comment_by: tuple[Answer, ...]
    unverified_by: tuple[Answer, ...]
    grade: Grade
    history: tuple[Moment, ...]

    @property
    def answers(self) -> tuple[Answer, ...]:
        """All who answer, in whatever way."""
        return (*self.confirmed_by, *self.denied_by, *self.no_comment_by, *self.unverified_by)


def standing_of(claims: Sequence[Claim], settings: Mapping[str, Setting], shares: Shares) -> Standing:
    """The standing of a deal by its claims; the order of `claims` does not matter."""
    listed = sorted(claims, key=lambda claim: (_day(claim, settings) or "9999", claim.id))
    days = sorted({day for claim in listed if (day := _day(claim, settings))})
    history: list[Moment] = []
    for day in days:
        known = [claim for claim in listed if (_day(claim, settings) or "0") <= day]
        origins, _, graded = _supported(known, settings, shares)
        moment = Moment(day, stage_of(known, settings), len(origins), graded.value)
        if not history or _state(moment) != _state(history[-1]):
            history.append(moment)
    origins, answers, graded = _supported(listed, settings, shares)
    return Standing(
        stage=stage_of(listed, settings),
        stages=tuple(_told(stage, listed, settings) for stage in Stage if any(c.stage is stage for c in listed)),
        origins=origins,
        **answers,
        grade=graded,
        history=tuple(history),
    )


def _supported(
    claims: Sequence[Claim], settings: Mapping[str, Setting], shares: Shares
) -> tuple[tuple[Origin, ...], dict[str, tuple[Answer, ...]], Grade]:
    """The origins of some claims, the answers to them, and the grade that these come to."""
    lines = lines_of(claims, settings)
    origins = origins_of(lines, shares)
    answers = {field: answers_of(claims, field) for field in ANSWERS}
    return origins, answers, grade(claims, lines, origins, answers)


def _state(moment: Moment) -> tuple[Stage, int, int]:
    return moment.stage, moment.origins, moment.grade


def stage_of(claims: Sequence[Claim], settings: Mapping[str, Setting]) -> Stage:
    """The furthest stage that is told and not negated; halted where the latest articles that tell a stage say so."""
    telling = [claim for claim in claims if not claim.negated and claim.stage is not Stage.UNSPECIFIED]
    if not telling:
        return Stage.UNSPECIFIED
    latest = max(_day(claim, settings) or "" for claim in telling)
    last = [claim.stage for claim in telling if (_day(claim, settings) or "") == latest]
    if 2 * last.count(Stage.HALTED) > len(last):
        return Stage.HALTED
    forward = [claim.stage for claim in telling if claim.stage in STAGES]
    return max(forward, key=STAGES.index) if forward else Stage.HALTED


def answers_of(claims: Sequence[Claim], field: str) -> tuple[Answer, ...]:
    """Who answered so, each once, in the order of the claims, and whether he is a party to the deal."""
    parties = {party for claim in claims for party in (*claim.supplier, *claim.recipient)}
    actors = dict.fromkeys(actor for claim in claims for actor in getattr(claim, field))
    return tuple(Answer(actor, party_of(actor) in parties) for actor in actors)


def grade(
    claims: Sequence[Claim],
    lines: Sequence[Line],
    origins: Sequence[Origin],
    answers: Mapping[str, tuple[Answer, ...]],
) -> Grade:
    """The credibility of the information, by the first rule that holds.

    - 5: every claim says that it does not take place, or a single origin stands against the denial of two parties.
    - 4: a single origin stands against the denial of a party.
    - 6: every origin is an outlet or an agency: no article names whoever knows it.
    - 1: two independent origins or more, of which one is a party or which a party confirms, and no party denies.
    - 2: two independent origins or more, or one that a party confirms or is, and no party denies.
    - 3: all else: one origin, or more of them against the denial of a party.
    """
    denials = len({party_of(answer.actor) for answer in answers["denied_by"] if answer.is_party})
    parties = {party for claim in claims for party in (*claim.supplier, *claim.recipient)} - {UNKNOWN}
    own = any(party_of(name) in parties for origin in origins for name in origin.names)
    confirmed = own or any(answer.is_party for answer in answers["confirmed_by"])
    count = len(origins)
    reasons = [(GradeReason.ORIGINS, count)]
    if denials:
        reasons.append((GradeReason.DENIED, denials))
    if all(claim.negated for claim in claims):
        return Grade(5, (*reasons, (GradeReason.NEGATED, len(claims))))
    if confirmed:
        reasons.append((GradeReason.CONFIRMED, 1))
    if denials and count < 2:
        return Grade(5 if denials > 1 else 4, tuple(reasons))
    if all(line.chain.origin.kind.relays for line in lines):
        return Grade(6, (*reasons, (GradeReason.NO_SOURCE, len(lines))))
    if denials:
        return Grade(3, tuple(reasons))
    if count > 1:
        return Grade(1 if confirmed else 2, tuple(reasons))
    return Grade(2 if confirmed else 3, tuple(reasons))


def _told(stage: Stage, claims: Sequence[Claim], settings: Mapping[str, Setting]) -> StageTold:
    told = [claim for claim in claims if claim.stage is stage]
    days = [day for claim in told if (day := _day(claim, settings))]
    return StageTold(stage, min(days, default=None), tuple(claim.id for claim in told))


def _day(claim: Claim, settings: Mapping[str, Setting]) -> str | None:
    published: Days | None = settings[claim.article_id].published
    return published[0].isoformat() if published else None
