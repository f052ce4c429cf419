"""Annotations that came back → readings made by a person, in the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from quellenlage.annotate.annotation import Annotation, BadAnnotation, reading_of
from quellenlage.claims import claims_of
from quellenlage.domain import PERSON, Article, Reading
from quellenlage.ledger import Ledger, LedgerError
from quellenlage.names.own import NOTHING, OwnNames


@dataclass(frozen=True, slots=True)
class Recorded:
    """How many readings are new in the ledger, how many were there already, and how many claims the new ones make."""

    new: int
    known: int
    claims: int


def record(annotations: Iterable[Annotation], person: str, ledger: Ledger, own: OwnNames = NOTHING) -> Recorded:
    """Record what a person annotated as that person's readings, each the current one of its article.

    A reading that the person has handed in before changes nothing; one that is other than the person's last is added
    as the person's next version. Raises `BadAnnotation` with all mistakes, before anything is recorded, where an
    article is not in the ledger, has another text there, or comes twice.
    """
    new = known = claims = 0
    for article, reading in _all_right(annotations, ledger):
        name = _version(_earlier(ledger, article, person), reading, person)
        if name is None:
            known += 1
            continue
        by_person = replace(reading, reader=name)
        found = claims_of(article, by_person, own)
        ledger.record(article, by_person, found)
        new += 1
        claims += len(found)
    return Recorded(new, known, claims)


def _all_right(annotations: Iterable[Annotation], ledger: Ledger) -> list[tuple[Article, Reading]]:
    found: dict[str, tuple[Article, Reading]] = {}
    places: dict[str, str] = {}
    mistakes: list[str] = []
    for one in annotations:
        try:
            article = ledger.article(one.id)
            if article.id in found:
                mistakes.append(
                    f"{one.where}: {article.doc} is annotated in {places[article.id]} as well; hand in one of the two"
                )
                continue
            places[article.id] = one.where
            found[article.id] = article, reading_of(one, article)
        except BadAnnotation as error:
            mistakes += error.mistakes
        except LedgerError as error:
            mistakes.append(f"{one.where}: {error} Annotations belong to articles that the ledger holds.")
    if mistakes:
        raise BadAnnotation(mistakes)
    return list(found.values())


def _earlier(ledger: Ledger, article: Article, person: str) -> Sequence[Reading]:
    """The readings of an article that a person made, in their order."""
    readings = (kept.reading for kept in ledger.history(article.id).readings)
    return [one for one in readings if one.reader.partition("/")[0] == PERSON + person]


def _version(earlier: Sequence[Reading], reading: Reading, person: str) -> str | None:
    """What the reader of a person's next reading is called; None where it is the person's last one."""
    if not earlier:
        return PERSON + person
    if replace(earlier[-1], reader=reading.reader) == reading:
        return None
    return f"{PERSON}{person}/{len(earlier) + 1}"
