"""The steps that an article goes through on its way into the ledger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from quellenlage.claims import claims_of
from quellenlage.domain import Article, Claim, JudgedClaim, Judgement
from quellenlage.ledger import Ledger
from quellenlage.names.own import NOTHING, OwnNames
from quellenlage.names.publication import publication_of
from quellenlage.reader import Reader
from quellenlage.weigh.deals import Judged
from quellenlage.weigh.weighing import Deal, Weighing, weigh


class Outcome(StrEnum):
    """What became of an article that was taken in."""

    NEW = "new"
    READ_AGAIN = "read_again"
    KNOWN = "known"


@dataclass(frozen=True, slots=True)
class Taken:
    """An article that was taken in, what became of it, and how many claims it makes (0 where it was known)."""

    article: Article
    outcome: Outcome
    claims: int = 0


def dated(article: Article) -> Article:
    """The article with a date worked out from its text, where it states none and the text tells one."""
    found = None if article.published else publication_of(article.text)
    return replace(article, published=found.published, dated_by=found.words) if found else article


def take_in(article: Article, reader: Reader, ledger: Ledger, own: OwnNames = NOTHING) -> Taken:
    """Read an article and record it with its claims, unless this reader has read it before.

    An article that an older reader has read is read again; the older reading is kept. Raises `LedgerError` where it
    cannot be recorded.
    """
    if ledger.holds(article.id, reader.name):
        return Taken(article, Outcome.KNOWN)
    known = ledger.reading(article.id) is not None
    article = dated(article)
    reading = reader.read(article)
    claims = claims_of(article, reading, own)
    if not ledger.record(article, reading, claims):
        return Taken(article, Outcome.KNOWN)
    return Taken(article, Outcome.READ_AGAIN if known else Outcome.NEW, len(claims))


@dataclass(frozen=True)
class Weighed:
    """What a ledger adds up to; the articles and claims that it rests on by their ids, and the judgements over them."""

    weighing: Weighing
    articles: Mapping[str, Article]
    claims: Mapping[str, Claim]
    judged: tuple[Judged, ...]

    @property
    def names(self) -> dict[str, str]:
        """The outlets and sources by their slugs, as the articles name them."""
        hops = [hop for claim in self.claims.values() for chain in claim.chains for hop in chain.hops]
        return {hop.actor: hop.name for hop in hops}

    def timeline(self, deal: Deal) -> list[Claim]:
        """The claims of a deal in the order of their articles, undated ones last."""
        claims = (self.claims[id] for id in deal.claims)
        return sorted(claims, key=lambda c: (self.articles[c.article_id].published or "9", c.article_id, c.id))


def weighed(ledger: Ledger) -> Weighed:
    """Weigh the claims of a ledger, with the judgements over them."""
    articles = {article.id: article for article in ledger.articles()}
    claims = {claim.id: claim for claim in ledger.claims()}
    of_article: dict[str, dict[str, Claim]] = defaultdict(dict)
    for claim in claims.values():
        of_article[claim.article_id][claim.id] = claim
    judged = tuple(found_again(judgement, of_article) for judgement in ledger.judgements())
    return Weighed(weigh(list(articles.values()), claims.values(), judged), articles, claims, judged)


def found_again(judgement: Judgement, of_article: Mapping[str, Mapping[str, Claim]]) -> Judged:
    """A judgement on the claims that there are now, which a newer reading may have given other ids.

    A claim that is still there is itself; else it is the claim of its article that looks most like it, if one does.
    """
    taken: set[str] = set()

    def now(remembered: JudgedClaim) -> str | None:
        claims = of_article.get(remembered.article_id, {})
        if remembered.id not in claims:
            free = [claim for id, claim in sorted(claims.items()) if id not in taken and remembered.likeness(claim)]
            best = max(free, key=remembered.likeness, default=None)
            if best is None:
                return None
            taken.add(best.id)
            return best.id
        taken.add(remembered.id)
        return remembered.id

    def ids(side: Iterable[JudgedClaim]) -> frozenset[str]:
        return frozenset(id for claim in side if (id := now(claim)))

    return Judged(ids(judgement.claims), ids(judgement.others))
