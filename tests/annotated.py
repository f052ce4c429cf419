"""Small annotated texts in tests: the corpus' own mark-up, as an article with its reading."""

from __future__ import annotations

from pathlib import Path

from quellenlage.domain import Article, Reading
from training.corpus import annotated, checker, reading_of

HEADER = "id: {id}\npublished: 2024-05-14\noutlet: Morgenpost\nregister: agency\n---\n"


def read_as(
    folder: Path, text: str, relations: str, outlet: str | None = "Hafenkurier", published: str | None = "2024-05-14"
) -> tuple[Article, Reading]:
    """An article with the text of the mark-up, and the reading that the mark-up and the relations say."""
    path = folder / "t-001.txt"
    path.write_text(HEADER.format(id="t-001") + text.strip() + "\n---\n" + relations.strip() + "\n", encoding="utf-8")
    parsed, mistakes = checker().parse(path)
    assert not mistakes, mistakes
    example = annotated(parsed)
    article = Article("t-001", "t-001", example.text, outlet=outlet, published=published)
    return article, reading_of(example)
