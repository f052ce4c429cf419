"""The full-text index over articles: SQLite's FTS5, or PostgreSQL's own.

Both are given stems that are made here, so both find the same. An article's stems stand in the order of its words,
so that phrases are found; the parts of compounds stand beside them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Select, column, func, literal_column, select, table, text

from quellenlage.domain import Article
from quellenlage.ledger.words import words_of

_INDEX = table("article_text", column("number"), column("words"))
CREATE = {
    "sqlite": (
        "CREATE VIRTUAL TABLE article_text USING fts5"
        "(stems, parts, content='', tokenize='unicode61 remove_diacritics 0')",
    ),
    "postgresql": (
        "CREATE TABLE article_text (number INTEGER PRIMARY KEY REFERENCES article (number), words TSVECTOR NOT NULL)",
        "CREATE INDEX ix_article_text_words ON article_text USING gin (words)",
    ),
}
"""How the index is made, by dialect; it is no table like the others, so only its migration makes it."""
_ADD = {
    "sqlite": "INSERT INTO article_text (rowid, stems, parts) VALUES (:number, :stems, :parts)",
    "postgresql": (
        "INSERT INTO article_text (number, words) "
        "VALUES (:number, to_tsvector('simple', :stems) || to_tsvector('simple', :parts))"
    ),
}
_REMOVE = {
    "sqlite": "INSERT INTO article_text (article_text, rowid, stems, parts) VALUES ('delete', :number, :stems, :parts)",
    "postgresql": "DELETE FROM article_text WHERE number = :number",
}


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand one after another, by their stems; the last may be only begun, and all may be unwanted."""

    stems: tuple[str, ...]
    begun: bool = False
    unwanted: bool = False


def index(connection: Connection, article: Article, number: int) -> None:
    """Enter an article under the words of its title and text."""
    connection.execute(text(_ADD[connection.dialect.name]), _entry(article, number))


def forget(connection: Connection, article: Article, number: int) -> None:
    """Take an article out of the index."""
    connection.execute(text(_REMOVE[connection.dialect.name]), _entry(article, number))


def numbers_with(dialect: str, terms: Sequence[Term]) -> Select[int]:
    """The numbers of the articles in which all terms stand and no unwanted one does.

    `terms` hold at least one that is wanted.
    """
    found: ColumnElement[bool]
    if dialect == "sqlite":
        number: ColumnElement[int] = literal_column("article_text.rowid")
        found = literal_column("article_text").bool_op("MATCH")(_in_fts5(terms))
    else:
        number = _INDEX.c.number
        found = _INDEX.c.words.bool_op("@@")(func.to_tsquery("simple", _in_postgresql(terms)))
    return select(number.label("number")).select_from(_INDEX).where(found)


def _entry(article: Article, number: int) -> dict[str, object]:
    words = list(words_of(f"{article.title or ''}\n{article.text}"))
    return {
        "number": number,
        "stems": " ".join(word.stem for word in words),
        "parts": " ".join(dict.fromkeys(part for word in words for part in word.parts)),
    }


def _in_fts5(terms: Sequence[Term]) -> str:
    def phrase(term: Term) -> str:
        return f'"{" ".join(term.stems)}"' + ("*" if term.begun else "")

    wanted = " AND ".join(phrase(term) for term in terms if not term.unwanted)
    return " NOT ".join([f"({wanted})", *(phrase(term) for term in terms if term.unwanted)])


def _in_postgresql(terms: Sequence[Term]) -> str:
    def phrase(term: Term) -> str:
        stems = [f"'{stem}'" for stem in term.stems]
        return "(" + " <-> ".join(stems) + (":*" if term.begun else "") + ")"

    return " & ".join(("!" if term.unwanted else "") + phrase(term) for term in terms)
