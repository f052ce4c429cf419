"""Who says so: the chains of a claim, and who confirms, denies, declines or could not verify it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quellenlage.claims.continuing import TELLING
from quellenlage.claims.mentions import UNKNOWN, Mentions
from quellenlage.domain import Article, Chain, Evidence, Hop, HopKind, Link, Span, Stage, Stance, Statement
from quellenlage.names import actors
from quellenlage.names.actors import OUTLETS, Actor, ActorKind
from quellenlage.names.own import NOTHING, OwnNames
from quellenlage.names.own_outlet import names_own_outlet
from quellenlage.names.source_kinds import source_kind

ANSWERS = {
    Stance.DENIES: "denied_by",
    Stance.CONFIRMS: "confirmed_by",
    Stance.DECLINES: "no_comment_by",
    Stance.UNVERIFIED: "unverified_by",
}


@dataclass(frozen=True)
class Attribution:
    """What the statements about one transfer add up to; `answers` holds parties by the field they belong to."""

    chains: tuple[Chain, ...]
    answers: dict[str, tuple[str, ...]]
    evidence: tuple[Evidence, ...]


def own_hop(article: Article, own: OwnNames = NOTHING) -> Hop:
    """The first hop of every chain: the article's own outlet."""
    if not article.outlet:
        return Hop(UNKNOWN, HopKind.OUTLET, UNKNOWN)
    actor = actors.identify(article.outlet, own)
    known = actor.source if actor.kind in OUTLETS else actors.slug(article.outlet)
    kind = HopKind.AGENCY if actor.kind is ActorKind.AGENCY else HopKind.OUTLET
    return Hop(known or UNKNOWN, kind, article.outlet)


def attribution_of(
    article: Article, statements: Sequence[Statement], mentions: Mentions, stage: Stage, negated: bool
) -> Attribution:
    """Weigh the statements that are about one transfer.

    Whoever asserts or assesses a transfer is a source of the claim, and so is whoever demands what is only sought. A
    confirmation is an answer to what others say, and a source only where nobody else says it. Who denies a transfer
    that the article itself says did not happen is the source of that.
    """
    telling = [s for s in statements if tells(s, stage, negated)]
    if not telling:
        telling = [s for s in statements if s.stance is Stance.CONFIRMS]
    chains = chains_of(article, telling, mentions)
    evidence = [
        Evidence("sources", part.start, part.end, part.text)
        for chain in chains
        for hop in chain.hops[1:]
        for part in (hop.span, hop.cue)
        if part is not None
    ]
    answers: dict[str, tuple[str, ...]] = {}
    for stance, name in ANSWERS.items():
        said = [s for s in statements if s.stance is stance and not (negated and stance is Stance.DENIES)]
        speakers: dict[str, None] = {}
        for statement in said:
            for party, span in answering(article, statement, mentions):
                speakers.setdefault(party, None)
                evidence.append(Evidence(name, span.start, span.end, span.text))
                if span != statement.cue:
                    evidence.append(Evidence(name, statement.cue.start, statement.cue.end, statement.cue.text))
        answers[name] = tuple(speakers)
    return Attribution(chains, answers, tuple(dict.fromkeys(evidence)))


def tells(statement: Statement, stage: Stage, negated: bool) -> bool:
    """Whether a statement makes the claim, rather than answering it."""
    return (
        statement.stance in TELLING
        or (statement.stance is Stance.DEMANDS and stage is Stage.SOUGHT)
        or (statement.stance is Stance.DENIES and negated)
    )


def answering(article: Article, statement: Statement, mentions: Mentions) -> Iterable[tuple[str, Span]]:
    """Who answers in a statement, as a party, with the span that names it.

    Where the text names nobody ("ließ sich nicht unabhängig überprüfen"), the article's own outlet speaks.
    """
    named = statement.source or statement.reporter
    if not named:
        return [(own_hop(article, mentions.own).actor, statement.cue)] if statement.stance is Stance.UNVERIFIED else []
    return [(speaker(mentions.actors[link.span]), link.span) for link in named]


def speaker(actor: Actor) -> str:
    """Whoever answers counts as the party for which it speaks; an outlet or a person without a party as itself."""
    return actor.source if actor.kind in OUTLETS or actor.party == UNKNOWN else actor.party


def chains_of(article: Article, statements: Sequence[Statement], mentions: Mentions) -> tuple[Chain, ...]:
    """The chains of hops that statements tell of, each once; a chain that another goes further than is left out.

    Where one chain ends with an outlet and another goes on from it (an agency cites a paper, the paper officials), they
    are one chain.
    """
    own = own_hop(article, mentions.own)
    found: dict[tuple[str, ...], tuple[Hop, ...]] = {}
    for statement in statements:
        for reporter in statement.reporter or (None,):
            for source in statement.source or (None,):
                hops: list[Hop] = []
                for link, relays in ((reporter, True), (source, False)):
                    if link is not None and not names_own_outlet(link.span.text):
                        hop = hop_of(link, relays, statement, mentions)
                        if hop.actor not in (own.actor, *(before.actor for before in hops)):
                            hops.append(hop)
                found.setdefault(tuple(hop.actor for hop in hops), tuple(hops))
    joined = {tuple(hop.actor for hop in hops): hops for hops in continued(list(found.values()))}
    kept = [
        Chain((own, *hops))
        for path, hops in joined.items()
        if not any(len(other) > len(path) and is_part(path, other) for other in joined)
    ]
    return tuple(kept) or (Chain((own,)),)


def continued(chains: Sequence[tuple[Hop, ...]]) -> list[tuple[Hop, ...]]:
    """The chains, and each that ends with an outlet together with those that begin with it; nobody comes twice."""
    found = list(chains)
    for chain in found:
        for other in chains:
            if chain and other and chain[-1].actor == other[0].actor and chain[-1].kind.relays:
                rest = other[1:]
                if rest and not {hop.actor for hop in chain} & {hop.actor for hop in rest}:
                    found.append((*chain, *rest))
    return found


def is_part(path: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether a path stands in another, at its beginning or its end."""
    return other[: len(path)] == path or other[len(other) - len(path) :] == path


def hop_of(link: Link, relays: bool, statement: Statement, mentions: Mentions) -> Hop:
    """One hop; an outlet that is given as the source of a statement is an outlet all the same.

    Whoever `relays` is one too, whatever the lists know of it.
    """
    actor = mentions.actors[link.span]
    kind = source_kind(actor, statement.cue.text)
    if relays and not kind.relays:
        kind = HopKind.OUTLET
    return Hop(actor.source, kind, actor.name, link.span, statement.cue, statement.stance)
