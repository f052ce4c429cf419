"""The steps that an article goes through on its way into the ledger, and the weighing of a whole ledger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from quellenlage.claims import claims_of
from quellenlage.claims.judging import found_again
from quellenlage.domain import Article, Claim, JudgedClaim, Judgement
from quellenlage.intake.original import Original
from quellenlage.intake.triage import Triage
from quellenlage.ledger import Ledger
from quellenlage.names.own import NOTHING, OwnNames
from quellenlage.names.publication import publication_of
from quellenlage.reader import ModelReader, Reader
from quellenlage.weigh.copies import Copy
from quellenlage.weigh.deals import Judged, settings_of
from quellenlage.weigh.stories import Story
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


LONG = 1500
"""Characters from which on an article is looked at before it is read: shorter ones are read as fast."""


def may_tell(article: Article, reader: ModelReader, triage: Triage | None) -> bool:
    """The last look of triage: whether the reader finds words of a transfer in the sentences that it kept a text for.

    Reading a long article takes a second and this a tenth of it. Short ones, and without triage all, are read anyway.
    """
    if triage is None or len(article.text) < LONG:
        return True
    return reader.finds_trigger("\n".join(triage.telling(article.text)))


def take_in(
    article: Article, reader: Reader, ledger: Ledger, own: OwnNames = NOTHING, original: Original | None = None
) -> Taken:
    """Read an article and record it with its claims and its original, unless this reader has read it before.

    An article that an older reader has read is read again; the older reading is kept. Raises `LedgerError` where it
    cannot be recorded.
    """
    if ledger.holds(article.id, reader.name):
        return Taken(article, Outcome.KNOWN)
    known = ledger.reading(article.id) is not None
    article = dated(article)
    reading = reader.read(article)
    claims = claims_of(article, reading, own)
    if not ledger.record(article, reading, claims, original):
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
    """What a ledger adds up to: the weighing that is kept, or a new one where something has come since."""
    if not ledger.is_weighed():
        return weighed_anew(ledger)
    articles, claims, judged = _weighable(ledger)
    stories = ledger.stories()
    settings = settings_of(list(articles.values()), [story.articles for story in stories])
    return Weighed(Weighing(ledger.copies(), stories, ledger.deals(), settings), articles, claims, judged)


def weighed_around(ledger: Ledger, deal: Deal) -> Weighed:
    """What a ledger held around one deal when it was weighed: claims and articles, their stories, what they copied."""
    ledger = ledger.when_weighed()
    against = [side.claim for one in deal.contradictions for side in (one.one, one.other)]
    claims = {claim.id: claim for claim in ledger.claims(ids=[*deal.claims, *against])}
    around = sorted({claim.article_id for claim in claims.values()})
    articles = {article.id: article for article in ledger.articles(around)}
    stories = ledger.stories(around)
    alone = set(around).difference(*(story.articles for story in stories))
    settings = settings_of(list(articles.values()), [story.articles for story in stories] + [(id,) for id in alone])
    weighing = Weighing(ledger.copies(around), stories, (deal,), settings)
    return Weighed(weighing, articles, claims, _judged(ledger, claims))


def story_around(ledger: Ledger, article: Article) -> tuple[Story, tuple[Copy, ...], list[Article]]:
    """The story of an article as it was weighed last, what its articles copied, and they in order of time.

    One that came since then is a story of its own.
    """
    then = ledger.when_weighed()
    story = next(iter(then.stories([article.id])), Story((article.id,), ()))
    return story, then.copies(story.articles), list(ledger.articles(story.articles))


def weighed_anew(ledger: Ledger) -> Weighed:
    """Weigh the claims of a ledger, with the judgements over them."""
    articles, claims, judged = _weighable(ledger)
    return Weighed(weigh(list(articles.values()), claims.values(), judged), articles, claims, judged)


def keep_weighed(ledger: Ledger) -> Weighed:
    """Weigh the claims of a ledger and hold in it what that says."""
    moment = ledger.settled()
    found = weighed_anew(ledger.at(moment))
    ledger.keep_weighing(found.weighing, {claim.id: claim.article_id for claim in found.claims.values()}, moment)
    return found


def _weighable(ledger: Ledger) -> tuple[dict[str, Article], dict[str, Claim], tuple[Judged, ...]]:
    articles = {article.id: article for article in ledger.articles()}
    claims = {claim.id: claim for claim in ledger.claims()}
    return articles, claims, _judged(ledger, claims)


def _judged(ledger: Ledger, claims: Mapping[str, Claim]) -> tuple[Judged, ...]:
    of_article: dict[str, dict[str, Claim]] = defaultdict(dict)
    for claim in claims.values():
        of_article[claim.article_id][claim.id] = claim
    return tuple(judged_of(judgement, of_article) for judgement in ledger.judgements() if judgement.is_of_deals)


def judged_of(judgement: Judgement, of_article: Mapping[str, Mapping[str, Claim]]) -> Judged:
    """A judgement on the claims that there are now, which a newer reading may have given other ids."""

    def ids(side: Iterable[JudgedClaim]) -> frozenset[str]:
        remembered: dict[str, list[JudgedClaim]] = defaultdict(list)
        for claim in side:
            remembered[claim.article_id].append(claim)
        found = (found_again(claims, of_article.get(id, {})) for id, claims in remembered.items())
        return frozenset().union(*found)

    return Judged(ids(judgement.claims), ids(judgement.others))
