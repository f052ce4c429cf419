"""A person's decisions: from what he asks for to the judgement that the ledger keeps.

Whoever decides may say what he saw: the versions of claims (`claims.version`) or of deals. Where that is another by
now, nothing is decided and `Overtaken` is raised. Weighing anew is left to the caller.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from quellenlage.claims.adding import is_same_transfer, new_claim
from quellenlage.claims.correcting import NoCorrection, corrected
from quellenlage.domain import Claim, Correction, JudgedClaim, Judgement, JudgementKind, Span
from quellenlage.ledger import ClaimFilter, Ledger, LedgerError, Refused
from quellenlage.ledger.overtaking import TOLD, Overtaken, judgements_on
from quellenlage.names.text import actor_called
from quellenlage.weigh.weighing import Deal

Seen = Mapping[str, str]
"""What was seen: versions by the ids of claims, or by the names of deals."""


class Unread(Refused):
    """What a person asks for cannot be read; the message says what could be written."""


class Missing(Refused):
    """What is to be judged is not there; the message says where to look."""


def deal_version(deal: Deal) -> str:
    """20 hexadecimal digits that change with whatever a deal says."""
    return hashlib.sha256(repr(deal).encode()).hexdigest()[:20]


def decide_on_claims(
    ledger: Ledger,
    kind: JudgementKind,
    claims: Sequence[str],
    person: str,
    note: str = "",
    corrections: tuple[Correction, ...] = (),
    seen: Seen | None = None,
) -> int:
    """Accept, reject or correct claims, by their whole ids; gives the judgement's number.

    Raises `Overtaken`, `Missing` where a claim is not held, and `Unread` where a correction cannot be read.
    """
    held = {claim.id: claim for claim in ledger.claims(ids=claims)}
    missing = [id for id in claims if id not in held]
    if missing and seen is not None and _was_held(ledger, missing[0]):
        # Somebody has rejected it since, or its article was read anew.
        raise Overtaken(missing, ledger.ask(lambda connection, _: judgements_on(connection, missing, TOLD)))
    if missing:
        raise Missing("no_claim", claim=missing[0])
    for claim in held.values():
        must_be_readable(claim, corrections)
    judged = tuple(JudgedClaim.of(held[id]) for id in claims)
    return ledger.judge(Judgement(kind, judged, (), person, note, corrections=corrections), seen)


def add(
    ledger: Ledger,
    key: str,
    values: Mapping[str, str],
    spans: Mapping[str, Sequence[Span]],
    person: str,
    note: str = "",
) -> tuple[int, str]:
    """Add a claim that was missed to those of an article, by its doc or id; gives the judgement's number and the
    claim's id.

    `values` are what it says, `spans` the words that were marked for it (`claims.values` says how they go together).
    Raises `Unread` where no words tell of the transfer, no party is named, a value cannot be read, or a claim that is
    held says so by the same words; `Missing` where the article has not been read.
    """
    article = ledger.article(key)
    if ledger.reading(article.id) is None:
        raise Missing("unread_article", article=article.doc)
    with readable():
        claim, corrections = new_claim(article, values, spans)
    for held in ledger.claims(ClaimFilter(article=article.id)):
        if is_same_transfer(claim, held):
            raise Unread("same_transfer", claim=held.id)
    judgement = Judgement(JudgementKind.ADD, (JudgedClaim.of(claim),), (), person, note, corrections=corrections)
    return ledger.judge(judgement), claim.id


def identify(ledger: Ledger, name: str, actor: str, person: str, note: str = "") -> int:
    """Say which actor a name stands for, in all claims that there are and will be; gives the judgement's number."""
    one = Correction(actor_called(name), actor_called(actor))
    if not one.field or not one.value:
        raise Unread("needs_name_and_actor")
    if one.field == one.value:
        raise Unread("is_that_actor", name=name)
    return ledger.judge(Judgement(JudgementKind.IDENTIFY, (), (), person, note, corrections=(one,)))


def split(
    ledger: Ledger, name: str, articles: Sequence[str], person: str, note: str = "", seen: Seen | None = None
) -> int:
    """Part the claims of some articles, by their ids, from a deal; gives the judgement's number.

    Raises `Missing`, `Overtaken` and, where nothing or all would be parted, `Unread`.
    """
    deal = _deal(ledger, name, seen)
    claims = ledger.claims(ids=deal.claims)
    parted = [claim for claim in claims if claim.article_id in articles]
    rest = [claim for claim in claims if claim.article_id not in articles]
    if not set(articles) <= set(deal.articles) or not parted or not rest:
        named = ", ".join(f"{article.id} ({article.doc})" for article in ledger.articles(deal.articles))
        raise Unread("some_of_the_articles", deal=name, articles=named)
    judgement = Judgement(JudgementKind.APART, _remembered(parted), _remembered(rest), person, note)
    return ledger.judge(judgement)


def merge(ledger: Ledger, names: Sequence[str], person: str, note: str = "", seen: Seen | None = None) -> int:
    """Put deals together: they are one; gives the judgement's number. Raises `Missing`, `Overtaken` and `Unread`."""
    if len(set(names)) < 2:
        raise Unread("several_deals")
    deals = [_deal(ledger, name, seen) for name in dict.fromkeys(names)]
    claims = ledger.claims(ids=[id for deal in deals for id in deal.claims])
    return ledger.judge(Judgement(JudgementKind.TOGETHER, _remembered(claims), (), person, note))


def must_be_readable(claim: Claim, corrections: Sequence[Correction]) -> None:
    """Raise `Unread` where a correction cannot be read."""
    with readable():
        corrected(claim, corrections, "")


@contextmanager
def readable() -> Iterator[None]:
    """Raise `Unread` where what a person wrote for a claim cannot be read."""
    try:
        yield
    except NoCorrection as error:
        raise Unread(error.code, **error.told) from None


def _deal(ledger: Ledger, name: str, seen: Seen | None) -> Deal:
    deal = ledger.deal(name)
    if deal is None:
        if seen is not None and name in seen:
            raise Overtaken([name])
        raise Missing("no_deal", deal=name)
    if seen is not None and seen.get(name) != deal_version(deal):
        raise Overtaken([name])
    return deal


def _remembered(claims: Sequence[Claim]) -> tuple[JudgedClaim, ...]:
    return tuple(map(JudgedClaim.of, claims))


def _was_held(ledger: Ledger, claim: str) -> bool:
    try:
        return ledger.claim_ever(claim).id == claim
    except LedgerError:
        return False
