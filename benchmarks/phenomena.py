"""What the reader misses, sorted by phenomenon: how many of the annotated links of each kind it finds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from quellenlage.domain import Reading, Span
from quellenlage.names.sentences import sentence_numbers
from training.corpus import Annotated
from training.evaluate import Tally, key, links_of, mates_of

ROLES = ("supplier", "recipient", "item", "source")
LONG = 500
"""Words from which on an article counts as long."""


def phenomena(article: Annotated, relation: str, head: int, tail: int) -> Iterator[str]:
    """Under which headings a link falls."""
    spans = article.spans
    first, second = sentence_numbers(article.text, (spans[head].start, spans[tail].start))
    apart = abs(first - second)
    yield "in one sentence" if apart == 0 else "in neighbouring sentences" if apart == 1 else "further apart"
    yield "noun as trigger or cue" if is_capitalised(spans[head]) else "verb or other word as trigger or cue"
    if not is_capitalised(spans[tail]) and relation in ("supplier", "recipient"):
        yield "adjective as party"
    yield "tail before head" if spans[tail].start < spans[head].start else "tail behind head"
    if sum((r, h) == (relation, head) for r, h, _ in article.links) > 1:
        yield "several in the role"
    if "\n" not in article.text[: spans[head].start]:
        yield "in the headline"
    yield f"article of {LONG} words or more" if len(article.text.split()) >= LONG else "shorter article"


def is_capitalised(span: Span) -> bool:
    """Whether the words begin with a capital, as German nouns do."""
    return next((c.isupper() for c in span.text if c.isalpha()), False)


def found_by_phenomenon(readings: Iterable[tuple[Annotated, Reading]]) -> dict[str, dict[str, Tally]]:
    """For each phenomenon and role how many links there are and how many were found."""
    found: dict[str, dict[str, Tally]] = {}
    for article, reading in readings:
        mates = mates_of(article)
        read = {(relation, head, mates.get(tail, frozenset({tail}))) for relation, head, tail in links_of(reading)}
        for relation, head, tail in sorted(article.links):
            if relation in ROLES:
                hit = (relation, key(article.spans[head]), mates[key(article.spans[tail])]) in read
                for name in phenomena(article, relation, head, tail):
                    tally = found.setdefault(name, {role: Tally() for role in ROLES})[relation]
                    tally.hits += hit
                    tally.wanted += 1
    return dict(sorted(found.items()))


def phenomena_table(readings: Iterable[tuple[Annotated, Reading]]) -> str:
    """The share of annotated links found, by phenomenon and role, with their number in brackets, as Markdown."""
    rows = ["| phenomenon | " + " | ".join(ROLES) + " |", "|---|" + "---:|" * len(ROLES)]
    for name, tallies in found_by_phenomenon(readings).items():
        cells = [f"{t.recall:.2f} ({t.wanted})" if t.wanted else "" for t in tallies.values()]
        rows.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(rows)
