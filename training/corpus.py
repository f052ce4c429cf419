"""Annotated articles as examples for the model, and the split that is never shuffled."""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import ModuleType

from quellenlage.domain import (
    STATEMENT_ROLES,
    TRANSFER_ROLES,
    Link,
    Reading,
    Span,
    SpanType,
    Stage,
    Stance,
    Statement,
    Transfer,
)
from quellenlage.reader.pieces import Pieces

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
HELD_BACK_SHARE = 0.12


@dataclass(frozen=True)
class Annotated:
    """One annotated article: its spans in order, and what is said of them by their index.

    `links` holds (relation, head, tail); `groups` the sets of spans that `same` joins, `events` those of triggers.
    """

    id: str
    register: str
    text: str
    spans: tuple[Span, ...]
    links: frozenset[tuple[str, int, int]]
    groups: tuple[frozenset[int], ...]
    events: tuple[frozenset[int], ...]
    stages: dict[int, Stage]
    negated: frozenset[int]
    stances: dict[int, Stance]


def checker() -> ModuleType:
    """The corpus' own parser, `corpus/check.py`."""
    spec = importlib.util.spec_from_file_location("corpus_check", CORPUS / "check.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def load(folder: Path = CORPUS / "articles") -> tuple[Annotated, ...]:
    """Every article of the corpus, by id; raises `ValueError` that names each mistake the checker finds."""
    parse = checker().parse
    found = []
    mistakes: list[str] = []
    for path in sorted(folder.glob("*.txt")):
        article, wrong = parse(path)
        mistakes += wrong
        if not wrong:
            found.append(annotated(article))
    if mistakes:
        raise ValueError("the corpus has mistakes; mend them first:\n" + "\n".join(mistakes))
    return tuple(found)


def annotated(article: dict[str, object]) -> Annotated:
    """An article as `check.py` gives it, with spans numbered in their order in the text."""
    text = article["text"]
    raw = article["spans"]
    assert isinstance(text, str)
    assert isinstance(raw, dict)
    names = sorted(raw, key=lambda name: int(raw[name]["start"]))
    number = {name: index for index, name in enumerate(names)}
    spans = tuple(Span.of(text, raw[n]["start"], raw[n]["end"], SpanType(raw[n]["type"])) for n in names)
    links: set[tuple[str, int, int]] = set()
    groups: list[frozenset[int]] = []
    events: list[frozenset[int]] = []
    stages: dict[int, Stage] = {}
    negated: set[int] = set()
    stances: dict[int, Stance] = {}
    relations = article["relations"]
    assert isinstance(relations, list)
    for relation in relations:
        match relation["kind"]:
            case "transfer":
                head = number[relation["head"]]
                stages[head] = Stage(relation["stage"])
                if relation.get("negated") == "yes":
                    negated.add(head)
                links |= {(r, head, number[t]) for r in TRANSFER_ROLES for t in relation.get(r, ())}
            case "says":
                head = number[relation["head"]]
                stances[head] = Stance(relation["stance"])
                links |= {(r, head, number[t]) for r in STATEMENT_ROLES for t in relation.get(r, ())}
            case "quantity":
                links.add(("quantity", number[relation["item"]], number[relation["quantity"]]))
            case "same":
                groups.append(frozenset(number[name] for name in relation["members"]))
            case "event":
                events.append(frozenset(number[name] for name in relation["members"]))
    return Annotated(
        id=str(article["id"]),
        register=str(article["register"]),
        text=text,
        spans=spans,
        links=frozenset(links),
        groups=joined(groups),
        events=joined(events),
        stages=stages,
        negated=frozenset(negated),
        stances=stances,
    )


def reading_of(article: Annotated) -> Reading:
    """The annotation as a reading, as if a reader had found all of it."""
    spans = article.spans

    def linked(head: int, relation: str) -> tuple[Link, ...]:
        return tuple(Link(spans[tail]) for r, h, tail in sorted(article.links) if (r, h) == (relation, head))

    return Reading(
        article_id=article.id,
        reader="annotation",
        spans=spans,
        transfers=tuple(
            Transfer(spans[n], stage, negated=n in article.negated).with_roles(partial(linked, n))
            for n, stage in sorted(article.stages.items())
        ),
        statements=tuple(
            Statement(spans[n], stance).with_roles(partial(linked, n)) for n, stance in sorted(article.stances.items())
        ),
        quantities=tuple(
            (spans[item], Link(spans[quantity]))
            for relation, item, quantity in sorted(article.links)
            if relation == "quantity"
        ),
        same=tuple(tuple(spans[n] for n in sorted(group)) for group in article.groups),
        events=tuple(tuple(spans[n] for n in sorted(group)) for group in article.events),
    )


def joined(groups: Sequence[frozenset[int]]) -> tuple[frozenset[int], ...]:
    """Groups that share a member become one."""
    found: list[frozenset[int]] = []
    for group in groups:
        touching = [other for other in found if other & group]
        found = [other for other in found if not other & group]
        found.append(group.union(*touching))
    return tuple(sorted(found, key=min))


def is_held_back(article_id: str) -> bool:
    """Whether an article is kept out of training: a hash of its id says so, in every run and for good."""
    digest = hashlib.sha256(article_id.encode()).digest()
    return int.from_bytes(digest[:4], "big") / 2**32 < HELD_BACK_SHARE


def split(articles: Sequence[Annotated]) -> tuple[list[Annotated], list[Annotated]]:
    """The articles to learn from, and those held back."""
    return [a for a in articles if not is_held_back(a.id)], [a for a in articles if is_held_back(a.id)]


def piece_ranges(spans: Sequence[Span], pieces: Pieces) -> list[tuple[int, int]]:
    """For each span the first and the last piece that it touches."""
    ranges = []
    at = 0
    for span in spans:
        while pieces.ends[at] <= span.start:
            at += 1
        last = at
        while last + 1 < len(pieces) and pieces.starts[last + 1] < span.end and pieces.ends[last + 1] > span.start:
            last += 1
        ranges.append((at, last))
    return ranges
