"""Claims as the article page shows them: field by field, each with the words that it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quellenlage.domain import Article, Claim, Evidence
from quellenlage.labels import Labels
from quellenlage.web.marking import Mark, anchor_of

_HEADLINE = 120  # characters


@dataclass(frozen=True, slots=True)
class Value:
    """A readable value and the code that it stands for."""

    text: str
    code: str


@dataclass(frozen=True, slots=True)
class Words:
    """Words of the article, the anchor of their mark, and the rule that read more from them than they say."""

    text: str
    anchor: str | None
    rule: str | None


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a claim that is not empty; `name` is a key of the contract."""

    name: str
    values: tuple[Value, ...]
    words: tuple[Words, ...]


def fields_of(claim: Claim, labels: Labels, marks: Sequence[Mark]) -> list[Field]:
    """What the claim says, in the order of the contract, without its chains."""
    values: list[tuple[str, list[Value]]] = [
        ("supplier", _actors(claim.supplier, labels)),
        ("recipient", _actors(claim.recipient, labels)),
        ("item_classes", [Value(labels.item_class(name), name) for name in claim.item_classes]),
        ("models", [Value(name, name) for name in claim.models]),
        ("quantity", [Value(labels.quantity(claim.quantity), claim.quantity.words)] if claim.quantity else []),
        ("amount", [Value(labels.money(claim.amount), claim.amount.words)] if claim.amount else []),
        ("stage", [Value(labels.stage(claim.stage), claim.stage.value)]),
        ("return", [Value(labels.given(name), name) for name in claim.returns]),
        ("time", [Value(labels.date(claim.time), claim.time)] if claim.time else []),
        ("confirmed_by", _actors(claim.confirmed_by, labels)),
        ("denied_by", _actors(claim.denied_by, labels)),
        ("no_comment_by", _actors(claim.no_comment_by, labels)),
        ("unverified_by", _actors(claim.unverified_by, labels)),
    ]
    return [Field(name, tuple(found), _words(claim.evidence, name, marks)) for name, found in values if found]


def words_for(claim: Claim, field: str, marks: Sequence[Mark]) -> tuple[Words, ...]:
    """The words that one field of the claim rests on."""
    return _words(claim.evidence, field, marks)


def named_in(claims: Iterable[Claim]) -> frozenset[str]:
    """All whom claims name: their parties, the hops of their chains, and who answers."""
    return frozenset(
        actor
        for claim in claims
        for actors in (
            claim.supplier,
            claim.recipient,
            [hop.actor for chain in claim.chains for hop in chain.hops],
            claim.confirmed_by,
            claim.denied_by,
            claim.no_comment_by,
            claim.unverified_by,
        )
        for actor in actors
    )


def headline(article: Article) -> str:
    """The title, else the first line of the text, at most 120 characters."""
    line = article.title or article.text.strip().splitlines()[0]
    return line if len(line) <= _HEADLINE else line[: _HEADLINE - 1].rstrip() + "…"


def _actors(identities: Iterable[str], labels: Labels) -> list[Value]:
    return [Value(labels.actor(identity), identity) for identity in identities]


def _words(evidence: Iterable[Evidence], field: str, marks: Sequence[Mark]) -> tuple[Words, ...]:
    found = (
        Words(entry.text, anchor_of(entry.start, entry.end, marks), entry.rule)
        for entry in evidence
        if entry.field == field
    )
    return tuple(dict.fromkeys(found))
