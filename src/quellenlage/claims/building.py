"""One claim from the mentions of one transfer, every field with the words it rests on."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from quellenlage.claims.attribution import attribution_of
from quellenlage.claims.confidence import LEAST, confidence_of
from quellenlage.claims.continuing import TELLING, speech_around, with_speakers
from quellenlage.claims.grouping import UNSPECIFIED_WEAPONS, Mention, grouped, parties_of
from quellenlage.claims.marked import without_marked
from quellenlage.claims.mentions import UNKNOWN, Mentions, mentions_of
from quellenlage.claims.recipients import recipients_of
from quellenlage.domain import (
    Article,
    Claim,
    Evidence,
    Link,
    Money,
    Quantity,
    Reading,
    Span,
    Stage,
    Stance,
    Statement,
)
from quellenlage.names import compounds, dates, hedges, money, quantities, returns
from quellenlage.names.actors import OUTLETS
from quellenlage.names.own import NOTHING, OwnNames
from quellenlage.names.sentences import sentence_around

FORWARD = (
    Stage.UNSPECIFIED,
    Stage.SOUGHT,
    Stage.OFFERED,
    Stage.NEGOTIATING,
    Stage.AGREED,
    Stage.UNDERWAY,
    Stage.DELIVERED,
)
"""The stages in the order in which a transfer passes them; `halted` stands outside of it."""

Value = TypeVar("Value", Quantity, Money, str)


def claims_of(article: Article, reading: Reading, own: OwnNames = NOTHING) -> list[Claim]:
    """All claims of an article that are likely enough, in the order in which it makes them."""
    reading = without_marked(article, reading)
    mentions = mentions_of(reading, own, article.published)
    spoken = replace(reading, statements=tuple(with_speakers(article.text, reading.statements)))
    claims = (claim_of(article, spoken, mentions, group) for group in grouped(spoken, mentions))
    return [claim for claim in claims if claim.confidence >= LEAST]


def outlets_cited(reading: Reading, own: OwnNames = NOTHING) -> tuple[str, ...]:
    """The outlets and agencies that an article cites for anything, in the order of the text."""
    mentions = mentions_of(reading, own)
    cited = sorted(
        {link.span for s in reading.statements for link in (*s.reporter, *s.source)}, key=lambda span: span.start
    )
    return tuple(dict.fromkeys(mentions.actors[s].source for s in cited if mentions.actors[s].kind in OUTLETS))


def claim_of(article: Article, reading: Reading, mentions: Mentions, group: Sequence[Mention]) -> Claim:
    """The claim that a group of mentions makes."""
    triggers = {m.transfer.trigger for m in group}
    statements = [s for s in reading.statements if any(link.span in triggers for link in s.about)]
    if not any(s.stance in TELLING for s in statements):
        going_on = (speech_around(article.text, m.transfer.trigger, reading.statements) for m in group)
        statements += dict.fromkeys(s for s in going_on if s is not None)
    negated = all(m.transfer.negated for m in group)
    stage = stage_of(group)
    evidence: list[Evidence] = stage_evidence(group, stage)
    suppliers, recipients = parties_of(group)
    supplier = party(group, "supplier", suppliers, mentions, evidence)
    recipient = party(group, "recipient", recipients_of(group, recipients, mentions, article.text), mentions, evidence)
    item_classes, models = goods(group, mentions, evidence)
    quantity, quantity_item = count(group, reading, mentions, item_classes, evidence)
    amount = first_value("amount", [t.transfer.amount for t in group], money.parse, evidence)
    time = first_value("time", [t.transfer.time for t in group], lambda w: dates.parse(w, article.published), evidence)
    attribution = attribution_of(article, statements, mentions, stage, negated)
    hedged = hedge_evidence(article.text, group, statements)
    if negated:
        evidence += [words("negated", m.transfer.trigger) for m in group]
    return Claim(
        id=claim_id(reading, group),
        article_id=article.id,
        stage=stage,
        supplier=supplier,
        recipient=recipient,
        item_classes=item_classes,
        models=models,
        quantity=quantity,
        quantity_item=quantity_item,
        amount=amount,
        negated=negated,
        returns=labels("return", [m.transfer.returns for m in group], evidence),
        chains=attribution.chains,
        hedged=bool(hedged),
        denied_by=attribution.answers["denied_by"],
        confirmed_by=attribution.answers["confirmed_by"],
        no_comment_by=attribution.answers["no_comment_by"],
        unverified_by=attribution.answers["unverified_by"],
        time=time,
        confidence=confidence_of(group),
        evidence=tuple(dict.fromkeys([*evidence, *attribution.evidence, *hedged])),
    )


def words(field: str, span: Span, rule: str | None = None) -> Evidence:
    """A span as the evidence for a field."""
    return Evidence(field, span.start, span.end, span.text, rule)


def claim_id(reading: Reading, group: Sequence[Mention]) -> str:
    """A name for a claim that the same reading always gives it."""
    places = ",".join(str(m.transfer.trigger.start) for m in group)
    return hashlib.sha256(f"{reading.article_id}/{reading.reader}/{places}".encode()).hexdigest()[:16]


def stage_of(group: Sequence[Mention]) -> Stage:
    """The furthest stage as told.

    A transfer counts as halted where the article says so first (news tells the newest first) or mostly. Mentions that
    the text negates tell no stage where others do not.
    """
    told = [m.transfer for m in group if not m.transfer.negated] or [m.transfer for m in group]
    halted = [t for t in told if t.stage is Stage.HALTED]
    if halted and (told[0].stage is Stage.HALTED or 2 * len(halted) >= len(told)):
        return Stage.HALTED
    return max((t.stage for t in told if t.stage is not Stage.HALTED), key=FORWARD.index)


def stage_evidence(group: Sequence[Mention], stage: Stage) -> list[Evidence]:
    """The triggers that tell the stage."""
    return [words("stage", m.transfer.trigger) for m in group if m.transfer.stage is stage]


def party(
    group: Sequence[Mention], role: str, kept: frozenset[str], mentions: Mentions, evidence: list[Evidence]
) -> tuple[str, ...]:
    """The parties in a role that are kept, in the order of the text; unknown where the text names nobody."""
    found: dict[str, list[Evidence]] = {}
    for mention in group:
        links: tuple[Link, ...] = getattr(mention.transfer, role)
        for link in sorted(links, key=lambda link: link.span.start):
            name = mentions.actors[link.span].party
            if name in kept or name == UNKNOWN:
                found.setdefault(name, []).append(words(role, link.span))
    if len(found) > 1:
        found.pop(UNKNOWN, None)
    evidence += [entry for entries in found.values() for entry in entries]
    return tuple(found)


def goods(
    group: Sequence[Mention], mentions: Mentions, evidence: list[Evidence]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Item classes and models of a transfer.

    Where nothing names the item, a compound trigger does ("Waffenlieferung"); where nothing does at all, it is arms of
    an unspecified kind. "Weapons" falls away beside a mention that says which, unless one mention lists both.
    """
    classes: dict[str, list[Evidence]] = {}
    models: dict[str, None] = {}
    listed_beside_others = False
    for mention in group:
        for link in mention.transfer.item:
            item = mentions.items[link.span]
            rule = "the goods named before" if link.span in mentions.pointing else None
            for item_class in item.classes:
                classes.setdefault(item_class, []).append(words("item_classes", link.span, rule))
            for model in item.models:
                models.setdefault(model, None)
                evidence.append(words("models", link.span))
        listed_beside_others |= UNSPECIFIED_WEAPONS in mention.classes and bool(mention.specific)
    if not classes:
        for mention in group:
            trigger = mention.transfer.trigger
            for item_class in compounds.item_in(trigger.text, mentions.own).classes:
                classes.setdefault(item_class, []).append(words("item_classes", trigger, "first part of a compound"))
    if not classes:
        first = group[0].transfer.trigger
        classes[UNSPECIFIED_WEAPONS] = [words("item_classes", first, "the text names no item")]
    if len(classes) > 1 and not listed_beside_others:
        classes.pop(UNSPECIFIED_WEAPONS, None)
    evidence += [entry for entries in classes.values() for entry in entries]
    return tuple(classes), tuple(models)


def count(
    group: Sequence[Mention],
    reading: Reading,
    mentions: Mentions,
    item_classes: Sequence[str],
    evidence: list[Evidence],
) -> tuple[Quantity | None, str | None]:
    """How many of which item class: of all quantities told of the items, the one that the reader is surest of."""
    linked = {link.span for m in group for link in m.transfer.item}
    best: tuple[float, Quantity, Span, Span] | None = None
    for item, link in reading.quantities:
        if item not in linked:
            continue
        quantity = quantities.parse(link.span.text)
        if quantity is not None and (best is None or link.confidence > best[0]):
            best = (link.confidence, quantity, item, link.span)
    if best is None:
        return None, None
    _, quantity, item, span = best
    counted = [c for c in mentions.items[item].classes if c in item_classes]
    evidence.append(words("quantity", span))
    if counted:
        evidence.append(words("quantity_item", item))
    return quantity, counted[0] if counted else None


def first_value(
    field: str, links: Iterable[Sequence[Link]], parse: Callable[[str], Value | None], evidence: list[Evidence]
) -> Value | None:
    """The first of some words that can be read as a value."""
    for link in (link for some in links for link in some):
        value = parse(link.span.text)
        if value is not None:
            evidence.append(words(field, link.span))
            return value
    return None


def labels(field: str, links: Iterable[Sequence[Link]], evidence: list[Evidence]) -> tuple[str, ...]:
    """What is given in return, each once."""
    found: dict[str, None] = {}
    for link in (link for some in links for link in some):
        found.setdefault(returns.label(link.span.text), None)
        evidence.append(words(field, link.span))
    return tuple(found)


def hedge_evidence(text: str, group: Sequence[Mention], statements: Sequence[Statement]) -> list[Evidence]:
    """The words that weaken a claim: hedges, hearsay, assessments, and reported speech in the Konjunktiv."""
    found = [words("hedged", link.span) for m in group for link in m.transfer.hedge]
    found += [
        words("hedged", s.cue)
        for s in statements
        if s.stance is Stance.ASSESSES or (s.stance is Stance.ASSERTS and hedges.is_hearsay(s.cue.text))
    ]
    for mention in group:
        trigger = mention.transfer.trigger
        start, end = sentence_around(text, trigger.start, trigger.end)
        if verb := hedges.reported_mood(text[start:end]):
            at, to = start + verb[0], start + verb[1]
            found.append(Evidence("hedged", at, to, text[at:to], "Konjunktiv in the sentence"))
    return found
