"""How well readings agree with the annotation of held-back articles.

A span is right where type, start and end are. A link is right where its head is a right span and its tail is a right
span, or another mention of the same thing (for `about`: of the same event). Stages, negation and stances are scored
on the triggers and cues that both sides have.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from quellenlage.domain import Link, Reading, Span, SpanType
from quellenlage.reader.schema import RELATIONS
from training.corpus import Annotated

Key = tuple[int, int, SpanType]


@dataclass
class Tally:
    """Hits, and how many there were on either side."""

    hits: int = 0
    found: int = 0
    wanted: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.hits + other.hits, self.found + other.found, self.wanted + other.wanted)

    @property
    def precision(self) -> float:
        """Share of what was found that is right."""
        return self.hits / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of what was wanted that was found."""
        return self.hits / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.found + self.wanted
        return 2 * self.hits / total if total else 0.0


@dataclass
class Scores:
    """Tallies by span type and by relation, and right classes by kind."""

    spans: dict[str, Tally] = field(default_factory=dict)
    links: dict[str, Tally] = field(default_factory=dict)
    classes: dict[str, Tally] = field(default_factory=dict)
    confusions: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def overall(self, part: dict[str, Tally]) -> Tally:
        """All tallies of a part together."""
        return sum(part.values(), Tally())

    def table(self) -> str:
        """The scores as a Markdown table."""
        rows = ["| what | precision | recall | F1 | in the annotation |", "|---|---:|---:|---:|---:|"]
        for title, part in (("spans", self.spans), ("links", self.links)):
            for name, tally in [("**all " + title + "**", self.overall(part)), *sorted(part.items())]:
                rows.append(
                    f"| {name} | {tally.precision:.3f} | {tally.recall:.3f} | {tally.f1:.3f} | {tally.wanted} |"
                )
        for name, tally in sorted(self.classes.items()):
            rows.append(f"| {name} (accuracy) | | | {tally.recall:.3f} | {tally.wanted} |")
        return "\n".join(rows)


def key(span: Span) -> Key:
    """What makes two spans the same."""
    return span.start, span.end, span.type


def mates_of(article: Annotated) -> dict[Key, frozenset[Key]]:
    """For every span of an article all that mean the same, itself among them; for triggers, of the same event."""
    names = [key(span) for span in article.spans]
    mates = {name: frozenset({name}) for name in names}
    for group in (*article.groups, *article.events):
        for member in group:
            mates[names[member]] |= frozenset(names[other] for other in group)
    return mates


def links_of(reading: Reading) -> Iterable[tuple[str, Key, Key]]:
    """Every link of a reading as (relation, head, tail)."""
    return ((relation, key(head), key(link.span)) for relation, head, link in sure_links_of(reading))


def sure_links_of(reading: Reading) -> Iterable[tuple[str, Span, Link]]:
    """Every link of a reading as (relation, head, link), with how sure it is."""
    heads = [(t.trigger, t.roles) for t in reading.transfers] + [(s.cue, s.roles) for s in reading.statements]
    for head, roles in heads:
        yield from ((relation, head, link) for relation, links in roles.items() for link in links)
    for item, quantity in reading.quantities:
        yield "quantity", item, quantity


def pairs(groups: Iterable[Iterable[Key]]) -> set[tuple[Key, Key]]:
    """All pairs inside groups, each once."""
    found = set()
    for group in groups:
        members = sorted(group)
        found |= {(a, b) for n, a in enumerate(members) for b in members[n + 1 :]}
    return found


def score(articles: Iterable[tuple[Annotated, Reading]]) -> Scores:
    """Score readings against the annotation of their articles."""
    scores = Scores(
        spans={t: Tally() for t in SpanType},
        links={r.name: Tally() for r in RELATIONS},
        classes={name: Tally() for name in ("stage", "negation", "stance")},
    )
    for article, reading in articles:
        own = {key(s) for s in article.spans}
        found = {key(s) for s in reading.spans}
        for type in SpanType:
            tally = scores.spans[type]
            tally.hits += sum(k[2] is type for k in own & found)
            tally.found += sum(k[2] is type for k in found)
            tally.wanted += sum(k[2] is type for k in own)
        score_links(article, reading, scores)
        score_classes(article, reading, scores)
    return scores


def score_links(article: Annotated, reading: Reading, scores: Scores) -> None:
    """Add one article's links to the tallies."""
    names = [key(s) for s in article.spans]
    mates = mates_of(article)
    wanted = {(r, names[h], mates[names[t]]) for r, h, t in article.links}
    found = {(r, h, mates.get(t, frozenset({t}))) for r, h, t in links_of(reading)}
    for relation in RELATIONS:
        tally = scores.links[relation.name]
        if relation.name in ("same", "event"):
            groups = article.groups if relation.name == "same" else article.events
            theirs = reading.same if relation.name == "same" else reading.events
            a = pairs([names[m] for m in group] for group in groups)
            b = pairs([key(s) for s in group] for group in theirs)
        else:
            a = {x for x in wanted if x[0] == relation.name}
            b = {x for x in found if x[0] == relation.name}
        tally.hits += len(a & b)
        tally.found += len(b)
        tally.wanted += len(a)


def score_classes(article: Annotated, reading: Reading, scores: Scores) -> None:
    """Add one article's stages, negations and stances to the tallies."""
    stages = {key(article.spans[n]): stage for n, stage in article.stages.items()}
    negated = {key(article.spans[n]) for n in article.negated}
    stances = {key(article.spans[n]): stance for n, stance in article.stances.items()}
    for t in reading.transfers:
        k = key(t.trigger)
        if k in stages:
            for name, mine, theirs in (("stage", stages[k], t.stage), ("negation", k in negated, t.negated)):
                scores.classes[name].wanted += 1
                scores.classes[name].hits += mine == theirs
                if mine != theirs:
                    scores.confusions[name, str(mine), str(theirs)] += 1
    for s in reading.statements:
        k = key(s.cue)
        if k in stances:
            scores.classes["stance"].wanted += 1
            scores.classes["stance"].hits += stances[k] == s.stance
            if stances[k] != s.stance:
                scores.confusions["stance", stances[k], s.stance] += 1
