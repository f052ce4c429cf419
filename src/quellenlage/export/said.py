"""Claims and deals in one sentence each, always as what somebody says: "… is said to be agreed, according to …"."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from quellenlage.claims import own_hop
from quellenlage.domain import Article, Claim, Quantity, Stage
from quellenlage.labels import Case, Labels
from quellenlage.steps import Weighed
from quellenlage.weigh.deals import UNSPECIFIED
from quellenlage.weigh.parties import UNKNOWN
from quellenlage.weigh.standing import ANSWERS
from quellenlage.weigh.weighing import Deal


def claim_said(claim: Claim, article: Article, labels: Labels) -> str:
    """What one article says of one transfer, according to whom, and who answers to it."""
    words = labels.words["said"]
    sources = _names(claim.sources, labels)
    reporter = _reporter(article, labels)
    goods = _goods(claim.item_classes, claim.models, claim.quantity, labels)
    said = words["transfer"].format(
        **_parties(claim.supplier, claim.recipient, labels),
        goods=goods,
        stage=_stage(claim.stage, claim.negated, labels),
        sources=sources or reporter,
    )
    if sources:
        said += words["reported"].format(reporter=reporter)
    return f"{said}.{_answers(lambda field: getattr(claim, field), labels)}"


def deal_said(deal: Deal, all_of_it: Weighed, labels: Labels) -> str:
    """What the articles say of one deal, according to which origins, and who answers to it."""
    words = labels.words["said"]
    standing = deal.standing
    outlets = [_reporter(all_of_it.articles[id], labels) for id in deal.articles]
    origins = [labels.actor(name) for origin in standing.origins for name in origin.names if name != UNKNOWN]
    count = len(standing.origins)
    said = words["transfer"].format(
        **_parties(deal.supplier, deal.recipient, labels),
        goods=_goods(deal.item_classes, deal.models, None, labels),
        stage=_stage(standing.stage, all(all_of_it.claims[id].negated for id in deal.claims), labels),
        sources=", ".join(dict.fromkeys(origins or outlets)),
    )
    said += words["origins_one" if count == 1 else "origins_many"].format(count=count)
    said += words["articles_one" if len(deal.articles) == 1 else "articles_many"].format(count=len(deal.articles))
    answered = {field: [answer.actor for answer in getattr(standing, field)] for field in ANSWERS}
    return f"{said}.{_answers(answered.__getitem__, labels)}"


def _parties(supplier: Sequence[str], recipient: Sequence[str], labels: Labels) -> dict[str, str]:
    words = labels.words["said"]
    return {
        "supplier": _in_sentence(supplier, labels, Case.DATIVE) or words["no_supplier"],
        "recipient": _in_sentence(recipient, labels, Case.ACCUSATIVE) or words["no_recipient"],
    }


def _goods(classes: Sequence[str], models: Sequence[str], quantity: Quantity | None, labels: Labels) -> str:
    named = ", ".join(labels.item_class(item_class) for item_class in classes or (UNSPECIFIED,))
    parts = [named, *models, *([labels.quantity(quantity)] if quantity else [])]
    return ", ".join(parts)


def _stage(stage: Stage, negated: bool, labels: Labels) -> str:
    return str(labels.words["said_not" if negated else "said_to"][stage.value])


def _answers(answering: Callable[[str], Sequence[str]], labels: Labels) -> str:
    answers = ((field, _names(answering(field), labels)) for field in ANSWERS)
    return "".join(f" {labels.words['said'][field].format(names=names)}" for field, names in answers if names)


def _reporter(article: Article, labels: Labels) -> str:
    outlet = own_hop(article).actor
    return article.doc if outlet == UNKNOWN else labels.actor(outlet)


def _in_sentence(identities: Iterable[str], labels: Labels, case: Case) -> str:
    return ", ".join(labels.in_sentence(identity, case) for identity in identities if identity != UNKNOWN)


def _names(identities: Iterable[str], labels: Labels) -> str:
    return ", ".join(labels.actor(identity) for identity in identities)
