"""The words of the project as small frozen types.

Everything here is plain data: no input or output, no third-party imports. A value that cannot be (an end before its
start, a span outside its text) is refused when it is made, so that no later step has to ask.

The words are those of the design: article, span, reading, transfer, statement, claim, chain, hop.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Self


class Impossible(ValueError):
    """A value that contradicts itself or its text."""


class SpanType(StrEnum):
    """What a stretch of text names; the types of the annotation guide."""

    ACTOR = "ACT"
    ITEM = "ITM"
    QUANTITY = "QTY"
    AMOUNT = "AMT"
    TIME = "TIM"
    PLACE = "PLC"
    TRIGGER = "TRG"
    RETURN = "RET"
    CUE = "CUE"
    HEDGE = "HDG"


class Stage(StrEnum):
    """How far a transfer has come, as the text tells it."""

    SOUGHT = "sought"
    OFFERED = "offered"
    NEGOTIATING = "negotiating"
    AGREED = "agreed"
    UNDERWAY = "underway"
    DELIVERED = "delivered"
    HALTED = "halted"
    UNSPECIFIED = "unspecified"


class Stance(StrEnum):
    """What a statement does to the transfer that it is about."""

    ASSERTS = "asserts"
    CONFIRMS = "confirms"
    DENIES = "denies"
    DECLINES = "declines"
    UNVERIFIED = "unverified"
    ASSESSES = "assesses"
    DEMANDS = "demands"


class HopKind(StrEnum):
    """What kind of source a hop of a chain is; of a plain source no more is known."""

    OUTLET = "outlet"
    AGENCY = "agency"
    PERSON = "person"
    OFFICIALS = "officials"
    GOVERNMENT = "government"
    SERVICE = "service"
    MILITARY = "military"
    DIPLOMATS = "diplomats"
    EXPERTS = "experts"
    ORGANISATION = "organisation"
    COMPANY = "company"
    ALLIANCE = "alliance"
    ARMED_GROUP = "armed_group"
    DOCUMENT = "document"
    IMAGE = "image"
    OBSERVATION = "observation"
    SOCIAL_MEDIA = "social_media"
    UNNAMED = "unnamed"
    SOURCE = "source"

    @property
    def relays(self) -> bool:
        """Whether such a source mostly passes on what others say."""
        return self in (HopKind.OUTLET, HopKind.AGENCY)


class MarkKind(StrEnum):
    """What a stretch of a text is that is no part of what it tells: a dateline ("Kiew (dpa) – "), someone's age."""

    DATELINE = "dateline"
    AGE = "age"


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A stretch of an article's text that says nothing of what the article tells; offsets count its characters."""

    start: int
    end: int
    kind: MarkKind


@dataclass(frozen=True, slots=True)
class Article:
    """A text with its outlet, address, date of publication and language.

    `text` is the text as it was taken in; every offset in the project counts its characters. `id` is a hash of the
    content. `doc` is the name under which people know the article: its own id, its address, or the file's name
    without its ending. `published` is an ISO 8601 date or time, or an EDTF date where only that is known; `dated_by`
    are the words that it was worked out from, where the article states none; `updated` is an ISO 8601 date or time.
    `credits` are the agencies that it names as its makers, as written there ("dpa"); `paywalled` is whether the page
    says that it is not free to read, None where it says nothing; `marks` are in the order of the text. `part_of` is
    the doc of the ticker that this is an entry of; the texts of its entries, in the order of their docs' numbers and
    joined by line ends, are its text.
    """

    id: str
    doc: str
    text: str
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: str | None = None
    language: str | None = None
    authors: tuple[str, ...] = ()
    dated_by: str | None = None
    updated: str | None = None
    credits: tuple[str, ...] = ()
    paywalled: bool | None = None
    marks: tuple[Mark, ...] = ()
    part_of: str | None = None

    def __post_init__(self) -> None:
        if not self.id or not self.doc:
            raise Impossible("an article needs an id and a doc")
        if not self.text.strip():
            raise Impossible(f"article {self.doc}: there is no text in it")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of an article's text: `start` and `end` count characters, `text` is what stands there."""

    start: int
    end: int
    type: SpanType
    text: str
    confidence: float = 1.0

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise Impossible(f"a span cannot run from {self.start} to {self.end}")
        if len(self.text) != self.end - self.start:
            raise Impossible(f"span {self.start}–{self.end} cannot hold the {len(self.text)} characters {self.text!r}")
        _probability(self.confidence)

    @classmethod
    def of(cls, text: str, start: int, end: int, type: SpanType, confidence: float = 1.0) -> Self:
        """The span of `text` from `start` to `end`; raises `Impossible` where it lies outside the text."""
        if not 0 <= start < end <= len(text):
            raise Impossible(f"a span from {start} to {end} lies outside a text of {len(text)} characters")
        return cls(start, end, type, text[start:end], confidence)


@dataclass(frozen=True, slots=True)
class Link:
    """A span in a role, and how sure the reader is that it plays it."""

    span: Span
    confidence: float = 1.0

    def __post_init__(self) -> None:
        _probability(self.confidence)


TRANSFER_ROLES = {
    "supplier": SpanType.ACTOR,
    "recipient": SpanType.ACTOR,
    "item": SpanType.ITEM,
    "amount": SpanType.AMOUNT,
    "time": SpanType.TIME,
    "place": SpanType.PLACE,
    "return": SpanType.RETURN,
    "hedge": SpanType.HEDGE,
}
"""The roles of a transfer, in the order of its fields, and the type of span that plays each."""

STATEMENT_ROLES = {"source": SpanType.ACTOR, "reporter": SpanType.ACTOR, "about": SpanType.TRIGGER}
"""The roles of a statement, in the order of its fields, and the type of span that plays each."""


@dataclass(frozen=True, slots=True)
class Transfer:
    """One mention of a transfer in a reading: trigger, roles, stage, negation."""

    trigger: Span
    stage: Stage
    stage_confidence: float = 1.0
    negated: bool = False
    supplier: tuple[Link, ...] = ()
    recipient: tuple[Link, ...] = ()
    item: tuple[Link, ...] = ()
    amount: tuple[Link, ...] = ()
    time: tuple[Link, ...] = ()
    place: tuple[Link, ...] = ()
    returns: tuple[Link, ...] = ()
    hedge: tuple[Link, ...] = ()

    def __post_init__(self) -> None:
        _of_type(self.trigger, SpanType.TRIGGER)
        _probability(self.stage_confidence)
        _links_of_type(self.roles, TRANSFER_ROLES)

    @property
    def roles(self) -> dict[str, tuple[Link, ...]]:
        """The links of every role, by the names of `TRANSFER_ROLES`."""
        links = (self.supplier, self.recipient, self.item, self.amount, self.time, self.place, self.returns, self.hedge)
        return dict(zip(TRANSFER_ROLES, links, strict=True))

    def with_roles(self, links_of: Callable[[str], tuple[Link, ...]]) -> Self:
        """The same transfer with the links that `links_of` gives for each role."""
        return type(self)(
            self.trigger, self.stage, self.stage_confidence, self.negated, *(links_of(role) for role in TRANSFER_ROLES)
        )


@dataclass(frozen=True, slots=True)
class Statement:
    """One act of saying in a reading: cue, source, reporter, stance, and the triggers it is about."""

    cue: Span
    stance: Stance
    stance_confidence: float = 1.0
    source: tuple[Link, ...] = ()
    reporter: tuple[Link, ...] = ()
    about: tuple[Link, ...] = ()

    def __post_init__(self) -> None:
        _of_type(self.cue, SpanType.CUE)
        _probability(self.stance_confidence)
        _links_of_type(self.roles, STATEMENT_ROLES)

    @property
    def roles(self) -> dict[str, tuple[Link, ...]]:
        """The links of every role, by the names of `STATEMENT_ROLES`."""
        return dict(zip(STATEMENT_ROLES, (self.source, self.reporter, self.about), strict=True))

    def with_roles(self, links_of: Callable[[str], tuple[Link, ...]]) -> Self:
        """The same statement with the links that `links_of` gives for each role."""
        return type(self)(self.cue, self.stance, self.stance_confidence, *(links_of(role) for role in STATEMENT_ROLES))


PERSON = "person:"
"""How the name of a reader begins who is a person."""


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one version of the reader found in one article.

    `quantities` pairs an item with the words for how many; `same` groups spans of one type that mean the same thing;
    `events` groups triggers that speak of one transfer. All spans that transfers, statements and groups name are
    among `spans`.
    """

    article_id: str
    reader: str
    spans: tuple[Span, ...] = ()
    transfers: tuple[Transfer, ...] = ()
    statements: tuple[Statement, ...] = ()
    quantities: tuple[tuple[Span, Link], ...] = ()
    same: tuple[tuple[Span, ...], ...] = ()
    events: tuple[tuple[Span, ...], ...] = ()

    def __post_init__(self) -> None:
        known = set(self.spans)
        named = [t.trigger for t in self.transfers] + [s.cue for s in self.statements]
        named += [span for group in (*self.same, *self.events) for span in group]
        named += [span for item, quantity in self.quantities for span in (item, quantity.span)]
        for span in named:
            if span not in known:
                raise Impossible(f"reading of {self.article_id}: {span.text!r} is used but not among its spans")

    @property
    def is_by_person(self) -> bool:
        """Whether a person made it, whose word goes before that of any program."""
        return self.reader.startswith(PERSON)

    def must_lie_in(self, text: str) -> None:
        """Raise `Impossible` unless every span stands in `text` just where it says."""
        for span in self.spans:
            if text[span.start : span.end] != span.text:
                raise Impossible(f"reading of {self.article_id}: {span.text!r} does not stand at {span.start}")


@dataclass(frozen=True, slots=True)
class Quantity:
    """How many: an interval with open ends, in units where the words name one; `words` are the text's own."""

    low: float | None
    high: float | None
    words: str
    unit: str | None = None
    approximate: bool = False

    def __post_init__(self) -> None:
        _interval(self.low, self.high)


@dataclass(frozen=True, slots=True)
class Money:
    """How much money: an interval in a currency (ISO 4217), `words` are the text's own."""

    low: float | None
    high: float | None
    words: str
    currency: str | None = None
    approximate: bool = False

    def __post_init__(self) -> None:
        _interval(self.low, self.high)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that a field of a claim was read from; `rule` says how, where it is more than reading them off."""

    field: str
    start: int
    end: int
    text: str
    rule: str | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise Impossible(f"evidence for {self.field} cannot run from {self.start} to {self.end}")


@dataclass(frozen=True, slots=True)
class Hop:
    """One station of a chain: who passes the claim on or makes it, and the words for it.

    The first hop of a chain is the article's own outlet and has no span.
    """

    actor: str
    kind: HopKind
    name: str
    span: Span | None = None
    cue: Span | None = None
    stance: Stance = Stance.ASSERTS


@dataclass(frozen=True, slots=True)
class Chain:
    """The hops by which a claim reached the reader, from this outlet back to whoever said it first."""

    hops: tuple[Hop, ...]

    def __post_init__(self) -> None:
        if not self.hops:
            raise Impossible("a chain has at least the article's own outlet as its hop")

    @property
    def origin(self) -> Hop:
        """The last hop: whoever said it first, as far as the text tells."""
        return self.hops[-1]


DOUBTFUL = 0.35
"""Claims that are read less surely are mostly wrong (docs/benchmarks.md, "Confidence")."""


class Verdict(StrEnum):
    """What a person made of a claim, or that a person made it; a rejected claim is held no longer."""

    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Claim:
    """What one article says of one transfer, normalised.

    Actors, sources and item classes are the identities of the design's contract. `quantity_item` is the item class
    that `quantity` counts. `time` is EDTF. `evidence` holds at least one entry for every field that is not empty.
    `judgements` are the numbers of those that made the claim what it is, where a person judged.
    """

    id: str
    article_id: str
    stage: Stage
    supplier: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    item_classes: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    quantity: Quantity | None = None
    quantity_item: str | None = None
    amount: Money | None = None
    negated: bool = False
    returns: tuple[str, ...] = ()
    chains: tuple[Chain, ...] = ()
    hedged: bool = False
    denied_by: tuple[str, ...] = ()
    confirmed_by: tuple[str, ...] = ()
    no_comment_by: tuple[str, ...] = ()
    unverified_by: tuple[str, ...] = ()
    time: str | None = None
    confidence: float = 1.0
    evidence: tuple[Evidence, ...] = ()
    kind: str = "transfer"
    verdict: Verdict | None = None
    judgements: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        _probability(self.confidence)

    @property
    def sources(self) -> tuple[str, ...]:
        """Every actor of the chains but the article's own outlet, origins first, each once."""
        cited = (hop.actor for chain in self.chains for hop in reversed(chain.hops[1:]))
        return tuple(dict.fromkeys(cited))

    @property
    def sureness(self) -> float:
        """How surely the claim was read; 1 where a person has judged it."""
        return self.confidence if self.verdict is None else 1.0

    @property
    def is_doubtful(self) -> bool:
        """Whether most claims that are read so surely are wrong: such claims want a look first."""
        return self.sureness < DOUBTFUL

    @property
    def origins(self) -> tuple[str, ...]:
        """The last hops of the chains, each once."""
        return tuple(dict.fromkeys(chain.origin.actor for chain in self.chains))


class JudgementKind(StrEnum):
    """What a person decided.

    Claims are of one deal, or these of another than those; a claim is right as it was read, no claim at all, right
    with other values, or was not read at all; a name stands for an actor.
    """

    TOGETHER = "together"
    APART = "apart"
    ACCEPT = "accept"
    REJECT = "reject"
    CORRECT = "correct"
    ADD = "add"
    IDENTIFY = "identify"


_TELLS = (JudgementKind.CORRECT, JudgementKind.ADD, JudgementKind.IDENTIFY)


@dataclass(frozen=True, slots=True)
class Correction:
    """The value that a field of a claim is to have, in the notation of `quellenlage judge correct`.

    `spans` are the words that a person marked for it. Of an identity `field` is the name that the program gave the
    actor, and `value` the one it is to have.
    """

    field: str
    value: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class JudgedClaim:
    """A claim as a judgement remembers it, so that it is found again when its article is read anew.

    One that a person added has the same id for ever, and no other looks like it.
    """

    id: str
    article_id: str
    stage: Stage = Stage.UNSPECIFIED
    supplier: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    item_classes: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    is_added: bool = False

    @classmethod
    def of(cls, claim: Claim) -> Self:
        """The claim as it is to be remembered."""
        lists = (claim.supplier, claim.recipient, claim.item_classes, claim.models)
        return cls(claim.id, claim.article_id, claim.stage, *lists, is_added=claim.verdict is Verdict.ADDED)

    def likeness(self, claim: Claim) -> int:
        """How much `claim`, of another reading of the article, looks like the remembered one; 0 where not at all.

        A party must be the same; then goods, models and stage count.
        """
        shared = [bool(set(self.supplier) & set(claim.supplier)), bool(set(self.recipient) & set(claim.recipient))]
        if self.is_added or self.article_id != claim.article_id or not any(shared):
            return 0
        goods = bool(set(self.item_classes) & set(claim.item_classes)) + bool(set(self.models) & set(claim.models))
        return 2 * sum(shared) + goods + (self.stage is claim.stage)


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's decision that lies over what the program makes of the claims; `number` is its place in the ledger.

    `others` are the claims from which `claims` were parted; `corrections` are what a claim is to say, or which actor a
    name stands for.
    """

    kind: JudgementKind
    claims: tuple[JudgedClaim, ...]
    others: tuple[JudgedClaim, ...]
    person: str
    note: str = ""
    number: int = 0
    corrections: tuple[Correction, ...] = ()

    def __post_init__(self) -> None:
        if not self.person:
            raise Impossible("a judgement needs the name of the person who judged")
        if bool(self.claims) == (self.kind is JudgementKind.IDENTIFY):
            raise Impossible("a judgement is on claims, or says which actor a name stands for")
        if (self.kind is JudgementKind.APART) != bool(self.others):
            raise Impossible("a judgement that parts claims needs others to part them from, and no other does")
        if (self.kind in _TELLS) != bool(self.corrections):
            raise Impossible("a judgement that corrects or adds needs corrections, and no other does")

    @property
    def is_of_deals(self) -> bool:
        """Whether it says which claims are of one deal, and not what a claim says."""
        return self.kind in (JudgementKind.TOGETHER, JudgementKind.APART)


def _probability(value: float) -> None:
    if not 0.0 <= value <= 1.0:
        raise Impossible(f"a confidence lies between 0 and 1, not at {value}")


def _interval(low: float | None, high: float | None) -> None:
    if low is None and high is None:
        raise Impossible("an interval needs at least one end")
    if low is not None and low < 0:
        raise Impossible(f"an interval of things cannot begin at {low}")
    if low is not None and high is not None and low > high:
        raise Impossible(f"an interval cannot run from {low} to {high}")


def _of_type(span: Span, type: SpanType) -> None:
    if span.type is not type:
        raise Impossible(f"{span.text!r} is {span.type}, where {type} is wanted")


def _links_of_type(roles: Mapping[str, tuple[Link, ...]], types: Mapping[str, SpanType]) -> None:
    for role, links in roles.items():
        for link in links:
            _of_type(link.span, types[role])
