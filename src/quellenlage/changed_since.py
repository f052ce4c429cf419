"""What a ledger holds otherwise than at an earlier moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from quellenlage.domain import Article, Claim
from quellenlage.export.pages import page_doc
from quellenlage.export.weighing import deal_document
from quellenlage.ledger import Ledger, Logged
from quellenlage.steps import weighed
from quellenlage.weigh.changes import Change, changes
from quellenlage.weigh.weighing import Deal


def told_deals(deals: Iterable[Deal], articles: Mapping[str, Article]) -> dict[str, object]:
    """Deals as the export of the weighing tells them, to be set against those of another time."""
    doc = {article.id: page_doc(article) for article in articles.values()}
    return {"deals": [deal_document(deal, doc) for deal in deals]}


@dataclass(frozen=True)
class Differences:
    """What a ledger holds otherwise than at an earlier moment.

    `claims` are new or say something else now, `gone` were held then and are not any more, `denied` are those of the
    new ones that somebody denies.
    """

    articles: tuple[Article, ...]
    claims: tuple[Claim, ...]
    gone: tuple[Claim, ...]
    deals: tuple[Change, ...]
    judgements: tuple[Logged, ...]

    @property
    def denied(self) -> tuple[Claim, ...]:
        """The new claims that somebody denies."""
        return tuple(claim for claim in self.claims if claim.denied_by)


def differences(ledger: Ledger, since: datetime) -> Differences:
    """What is new, changed, denied and merged since a moment."""
    now, then = weighed(ledger), weighed(ledger.at(since))
    before = {claim.id: claim for claim in ledger.claims_no_more(since)}
    new = tuple(ledger.new_claims(since))
    still = {claim.id for claim in new}
    told = [told_deals(one.weighing.deals, now.articles) for one in (then, now)]
    return Differences(
        articles=tuple(article for id, article in now.articles.items() if id not in then.articles),
        claims=new,
        gone=tuple(claim for id, claim in before.items() if id not in still),
        deals=changes(*told),
        judgements=tuple(one for one in ledger.log() if one.made > since or (one.undone and one.undone > since)),
    )
