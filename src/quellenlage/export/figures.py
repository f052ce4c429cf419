"""Who acts and speaks in a ledger, as other programs draw it: each under one key, with what sort of figure it is.

Words that name nobody ("Insider", "Experten") are one figure within a story only, and a party or an outlet that is not
named is a figure of its own in every deal or article; so no picture joins what nothing but its silence has in common.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from quellenlage.claims import own_hop
from quellenlage.domain import Article, HopKind
from quellenlage.labels import Labels
from quellenlage.names.known_actors import ActorKind, known_actors
from quellenlage.steps import Weighed
from quellenlage.weigh.lines import NOBODY_IN_PARTICULAR
from quellenlage.weigh.parties import UNKNOWN, party_of, state_of_organ
from quellenlage.weigh.standing import ANSWERS
from quellenlage.weigh.weighing import Deal


class Sort(StrEnum):
    """What sort of figure an identity is."""

    STATE = "state"
    ORGAN = "organ"
    ORGANISATION = "organisation"
    COMPANY = "company"
    OUTLET = "outlet"
    PERSON = "person"
    GROUP = "group"
    MATERIAL = "material"
    UNKNOWN = "unknown"


_OF_ACTOR = {
    ActorKind.STATE: Sort.STATE,
    ActorKind.ALLIANCE: Sort.ORGANISATION,
    ActorKind.ARMED_GROUP: Sort.ORGANISATION,
    ActorKind.ORGANISATION: Sort.ORGANISATION,
    ActorKind.COMPANY: Sort.COMPANY,
    ActorKind.OUTLET: Sort.OUTLET,
    ActorKind.AGENCY: Sort.OUTLET,
    ActorKind.PERSON: Sort.PERSON,
    ActorKind.UNNAMED: Sort.GROUP,
}
_OF_HOP = {
    HopKind.OUTLET: Sort.OUTLET,
    HopKind.AGENCY: Sort.OUTLET,
    HopKind.PERSON: Sort.PERSON,
    HopKind.OFFICIALS: Sort.GROUP,
    HopKind.DIPLOMATS: Sort.GROUP,
    HopKind.EXPERTS: Sort.GROUP,
    HopKind.UNNAMED: Sort.GROUP,
    HopKind.GOVERNMENT: Sort.ORGAN,
    HopKind.SERVICE: Sort.ORGAN,
    HopKind.MILITARY: Sort.ORGAN,
    HopKind.ORGANISATION: Sort.ORGANISATION,
    HopKind.ALLIANCE: Sort.ORGANISATION,
    HopKind.ARMED_GROUP: Sort.ORGANISATION,
    HopKind.COMPANY: Sort.COMPANY,
    HopKind.DOCUMENT: Sort.MATERIAL,
    HopKind.IMAGE: Sort.MATERIAL,
    HopKind.OBSERVATION: Sort.MATERIAL,
    HopKind.SOCIAL_MEDIA: Sort.MATERIAL,
}
_CODE = 2
_NO_STATE = frozenset({"EU"})


@dataclass(frozen=True, slots=True)
class Figure:
    """Who acts or speaks: its key in an export, its identity in the design's contract, its sort and readable name.

    `state` is the ISO 3166-1 code of the state that it is or belongs to, where it is one or belongs to one.
    """

    key: str
    identity: str
    sort: Sort
    name: str
    state: str | None = None


@dataclass(frozen=True)
class Figures:
    """The figures of a weighed ledger; made with `figures_of`."""

    all_of_it: Weighed
    labels: Labels
    hops: Mapping[str, HopKind]

    def outlet(self, article: Article) -> Figure:
        """The outlet of an article."""
        return self.source(own_hop(article).actor, article.id)

    def source(self, identity: str, article: str) -> Figure:
        """Whoever speaks in the article of this id."""
        if identity == UNKNOWN:
            return self._figure(identity, f"{identity} of article {article}")
        if identity in NOBODY_IN_PARTICULAR:
            weighing = self.all_of_it.weighing
            story = weighing.stories[weighing.settings[article].story]
            return self._figure(identity, f"{identity} of the story of {min(story.articles)}")
        return self._figure(identity, identity)

    def party(self, identity: str, deal: Deal) -> Figure:
        """A supplier or recipient of a deal."""
        return self._figure(identity, f"{identity} of deal {deal.id}" if identity == UNKNOWN else identity)

    def pairs(self, deal: Deal) -> Iterator[tuple[Figure, Figure]]:
        """Every supplier of a deal with every recipient."""
        for supplier in deal.supplier:
            for recipient in deal.recipient:
                yield self.party(supplier, deal), self.party(recipient, deal)

    def all(self) -> dict[str, Figure]:
        """Every figure by its key, in the order of the articles and claims."""
        return {figure.key: figure for figure in self._each()}

    def _each(self) -> Iterator[Figure]:
        for article in self.all_of_it.articles.values():
            yield self.outlet(article)
        for claim in self.all_of_it.claims.values():
            answers = (actor for field in ANSWERS for actor in getattr(claim, field))
            for actor in (*claim.sources, *answers):
                yield self.source(actor, claim.article_id)
        for deal in self.all_of_it.weighing.deals:
            for party in (*deal.supplier, *deal.recipient):
                yield self.party(party, deal)

    def _figure(self, identity: str, key: str) -> Figure:
        sort = sort_of(identity, self.hops.get(identity))
        return Figure(key, identity, sort, self.labels.actor(identity), _state(identity))


def figures_of(all_of_it: Weighed, labels: Labels) -> Figures:
    """The figures of a weighed ledger, with readable names in the language of the labels."""
    own = [own_hop(article) for article in all_of_it.articles.values()]
    told = [hop for claim in all_of_it.claims.values() for chain in claim.chains for hop in chain.hops]
    return Figures(all_of_it, labels, {hop.actor: hop.kind for hop in (*own, *told)})


def sort_of(identity: str, hop: HopKind | None = None) -> Sort:
    """What sort of figure an identity is, by its form, the packaged lists, and the kind of hop that it is."""
    if identity == UNKNOWN:
        return Sort.UNKNOWN
    if _is_code(identity):
        return Sort.STATE
    if state_of_organ(identity):
        return Sort.GROUP if identity.endswith(("-officials", "-diplomats")) else Sort.ORGAN
    return _known().get(identity) or (_OF_HOP.get(hop, Sort.UNKNOWN) if hop else Sort.UNKNOWN)


def _state(identity: str) -> str | None:
    party = party_of(identity)
    return party if _is_code(party) else None


def _is_code(identity: str) -> bool:
    return len(identity) == _CODE and identity.isupper() and identity not in _NO_STATE


@cache
def _known() -> dict[str, Sort]:
    actors = [known.actor for known in known_actors().exact.values()]
    return {actor.source: _OF_ACTOR[actor.kind] for actor in actors if actor.kind in _OF_ACTOR}
