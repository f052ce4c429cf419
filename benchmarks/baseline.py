"""A reader without a model, which the trained one is measured against: the lists of `names` and a few plain rules.

It is meant to be honest and simple: links go to the nearest span that fits, and triggers are not grouped into events.
The words for stages are in `stages.yaml`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from benchmarks.rule_spans import ARTICLES, Mark, Words, common_words, head_of, kept, marked, words_of
from quellenlage.domain import Article, Link, Reading, Span, Stage, Stance, Statement, Transfer
from quellenlage.domain import SpanType as Type
from quellenlage.names import actors
from quellenlage.names.actors import OUTLETS, ActorKind
from quellenlage.names.cue_words import Manner, manner
from quellenlage.names.knowledge import fold
from quellenlage.names.text import to_ascii
from quellenlage.names.transfer_words import Perspective, perspective
from quellenlage.reader.coordination import with_conjuncts

STAGE_WORDS = Path(__file__).with_name("stages.yaml")
NO = re.compile(r"nicht|nie|niemals|weder|kein(?:e[nmrs]?)?")
SOURCE_FOLLOWS = re.compile(r"laut|angaben|darstellung|unter .* auf|.* sich")
NO_PARTIES = OUTLETS | {ActorKind.UNNAMED, ActorKind.UNKNOWN}
STANCES = {Manner.REFUSES: Stance.DECLINES} | {Manner(s.value): s for s in Stance if s is not Stance.ASSERTS}
Marks = Mapping[Type, Sequence[Mark]]


class RuleReader:
    """Reads with lists and rules alone; fulfils `quellenlage.reader.Reader`."""

    name = "rules"

    def read(self, article: Article) -> Reading:
        """Read an article: spans are flat and stand in the article's own text."""
        words = words_of(article.text)
        marks = defaultdict(list)
        for mark in kept(list(marked(words, article.text))):
            marks[mark.span.type].append(mark)
        counted = [(_nearest(q, marks[Type.ITEM], after=True), Link(q.span)) for q in marks[Type.QUANTITY]]
        reading = Reading(
            article.id,
            self.name,
            tuple(sorted(mark.span for group in marks.values() for mark in group)),
            tuple(transfer(trigger, marks, words) for trigger in marks[Type.TRIGGER]),
            tuple(statement(cue, marks, words) for cue in marks[Type.CUE]),
            tuple((item.span, count) for item, count in counted if item),
            tuple(same(marks)),
        )
        return with_conjuncts(reading, article.text)


def transfer(trigger: Mark, marks: Marks, words: Words) -> Transfer:
    """A transfer with the parties of its sentence, and with the nearest item, sum, time and hedge in it."""
    clause = [word.folded for word in words if word.clause == trigger.word.clause]
    side = perspective(trigger.span.text)
    stage = _stage(trigger.word.folded, " ".join(clause), side)
    negated = stage is not Stage.HALTED and any(map(NO.fullmatch, clause))
    near = {
        role: _nearest(trigger, _beside(trigger, marks[type]))
        for role, type in (("item", Type.ITEM), ("amount", Type.AMOUNT), ("time", Type.TIME), ("hedge", Type.HEDGE))
    }
    roles = near | parties(trigger, _beside(trigger, marks[Type.ACTOR]), marks[Type.ITEM], words, side)
    return Transfer(trigger.span, stage, negated=negated).with_roles(lambda role: _links(roles.get(role)))


def parties(
    trigger: Mark, beside: Sequence[Mark], goods: Sequence[Mark], words: Words, side: Perspective
) -> dict[str, Mark]:
    """Supplier and recipient: by preposition, by an adjective before the goods, else by their order before the verb."""
    takes = side in (Perspective.TAKES, Perspective.EXCHANGES, Perspective.MOVES)
    subject, other = ("recipient", "supplier") if takes else ("supplier", "recipient")
    found: dict[str, Mark] = {}
    plain = []
    nouns = {trigger.at, *(item.at for item in goods)}
    actors_by_nearness = sorted(beside, key=lambda m: (m.word.clause != trigger.word.clause, _distance(trigger, m)))
    for actor in actors_by_nearness:
        if actors.identify(actor.span.text).kind in NO_PARTIES:
            continue
        before = [word.folded for word in words[max(actor.at - 2, 0) : actor.at]]
        preposition = before[-2] if len(before) > 1 and before[-1] in ARTICLES else before[-1] if before else ""
        role = common_words()["prepositions"].get(preposition)
        if role:
            found.setdefault(other if role == "other" else role, actor)
        elif actor.end in nouns and not actor.word.capital:
            found.setdefault("supplier", actor)
        else:
            plain.append(actor)
    own_clause = [actor for actor in plain if actor.word.clause == trigger.word.clause] or plain
    for role, actor in zip((subject, other), sorted(own_clause, key=lambda m: m.at), strict=False):
        found.setdefault(role, actor)
    return found


def statement(cue: Mark, marks: Marks, words: Words) -> Statement:
    """A statement of the nearest actor of its clause, else of its sentence, about the nearest transfer."""
    beside = _beside(cue, marks[Type.ACTOR])
    speaker = _nearest(cue, [m for m in beside if m.word.clause == cue.word.clause]) or _nearest(cue, beside)
    if SOURCE_FOLLOWS.fullmatch(to_ascii(cue.span.text)):
        speaker = _nearest(cue, beside, after=True) or speaker
    how = manner(cue.span.text)
    denied = any(NO.fullmatch(word.folded) for word in words if word.clause == cue.word.clause)
    if denied and how in (Manner.SAYS, Manner.CONFIRMS):
        how = manner(f"nicht {cue.span.text}")
    roles = {"about": _nearest(cue, marks[Type.TRIGGER])}
    if how is not Manner.HEARSAY and speaker:
        roles["reporter" if _is_outlet(speaker.span.text) else "source"] = speaker
    return Statement(cue.span, STANCES.get(how, Stance.ASSERTS)).with_roles(lambda role: _links(roles.get(role)))


def same(marks: Marks) -> Iterator[tuple[Span, ...]]:
    """Groups of actors that are one identity to the lists, and of items in the same words."""
    groups: dict[tuple[Type, str], list[Span]] = defaultdict(list)
    for mark in (*marks[Type.ACTOR], *marks[Type.ITEM]):
        known = actors.identify(mark.span.text).source if mark.span.type is Type.ACTOR else "unknown"
        groups[mark.span.type, fold(mark.span.text) if known == "unknown" else known].append(mark.span)
    return (tuple(group) for group in groups.values() if len(group) > 1)


def _stage(trigger: str, clause: str, side: Perspective) -> Stage:
    for text in (trigger, clause):
        for stage, beginnings in _stages()["words"]:
            if re.search(rf"\b(?:{'|'.join(beginnings)})", text):
                return Stage(stage)
    return Stage(_stages()["by_perspective"][side.value])


def _links(mark: Mark | None) -> tuple[Link, ...]:
    return (Link(mark.span),) if mark else ()


def _beside(mark: Mark, others: Sequence[Mark]) -> list[Mark]:
    return [other for other in others if other.word.sentence == mark.word.sentence]


def _nearest(mark: Mark, others: Sequence[Mark], after: bool = False) -> Mark | None:
    eligible = [m for m in _beside(mark, others) if m.at >= mark.end] if after else others
    return min(eligible, key=lambda other: _distance(mark, other), default=None)


def _distance(one: Mark, other: Mark) -> int:
    return max(one.at - other.end, other.at - one.end)


def _is_outlet(words: str) -> bool:
    head = head_of(words)
    return actors.identify(words).kind in OUTLETS or (head is not None and head.stands_for in OUTLETS)


@cache
def _stages() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(STAGE_WORDS.read_text(encoding="utf-8"))
    return content
