"""The full-text index over articles: SQLite's FTS5, or PostgreSQL's own.

Both are given stems that are made here, so both find the same. An article's stems stand in the order of its words,
so that phrases are found; the parts of compounds stand beside them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Select, cast, column, literal_column, select, table, text
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.exc import DatabaseError

from quellenlage.domain import Article
from quellenlage.ledger import tables
from quellenlage.ledger.rows import article_of
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
    "postgresql": "INSERT INTO article_text (number, words) VALUES (:number, CAST(:words AS tsvector))",
}
_REMOVE = {
    "sqlite": "INSERT INTO article_text (article_text, rowid, stems, parts) VALUES ('delete', :number, :stems, :parts)",
    "postgresql": "DELETE FROM article_text WHERE number = :number",
}


_AT_ONCE = 500
_PLACES = 16_383
_PLACES_OF_ONE = 255
_LEXEME_CHARACTERS = 500
_VECTOR_BYTES = 1_000_000
"""What PostgreSQL keeps of one article: places, places of one word, characters of a word, bytes."""


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand one after another, by their stems; the last may be only begun, and all may be unwanted."""

    stems: tuple[str, ...]
    begun: bool = False
    unwanted: bool = False


def index(connection: Connection, article: Article, number: int) -> None:
    """Enter an article under the words of its title and text."""
    connection.execute(text(_ADD[connection.dialect.name]), _entry(connection, article, number))


def forget(connection: Connection, article: Article, number: int) -> None:
    """Take an article out of the index."""
    connection.execute(text(_REMOVE[connection.dialect.name]), _entry(connection, article, number))


def entered(dialect: str) -> Select[int]:
    """The numbers under which articles are entered."""
    if dialect == "sqlite":
        sizes = table("article_text_docsize", column("id"))
        return select(sizes.c.id.label("number"))
    return select(_INDEX.c.number.label("number"))


def is_readable(connection: Connection) -> bool:
    """Whether the index can be read from beginning to end; PostgreSQL's is a table like the others."""
    if connection.dialect.name != "sqlite":
        return True
    connection.exec_driver_sql("CREATE VIRTUAL TABLE temp.article_words USING fts5vocab(main, article_text, row)")
    try:
        connection.exec_driver_sql("SELECT count(*), sum(cnt) FROM temp.article_words").all()
    except DatabaseError:
        return False
    finally:
        connection.exec_driver_sql("DROP TABLE temp.article_words")
    return True


def enters(connection: Connection, article: Article, number: int) -> bool:
    """Whether an article is entered under the words that it would be entered under today.

    Only then can it be taken out of SQLite's index, which has to be told the words; another version of the program may
    have seen other stems or parts in it.
    """
    if connection.dialect.name != "sqlite":
        return True
    entry = _entry(connection, article, number)
    columns = {name: str(entry[name]).split() for name in ("stems", "parts")}
    size = text("SELECT sz FROM article_text_docsize WHERE id = :number")
    sizes = connection.execute(size, {"number": number}).scalar_one_or_none()
    if sizes is None or _numbers(sizes) != [len(words) for words in columns.values()]:
        return False
    stands = text("SELECT 1 FROM article_text WHERE article_text MATCH :words AND rowid = :number")
    return all(
        connection.execute(stands, {"words": f'{name}: "{word}"', "number": number}).first()
        for name, words in columns.items()
        for word in dict.fromkeys(words)
    )


def rebuild(connection: Connection) -> None:
    """Make the index anew from the articles."""
    connection.exec_driver_sql("DROP TABLE article_text")
    for statement in CREATE[connection.dialect.name]:
        connection.exec_driver_sql(statement)
    articles = select(tables.article).order_by(tables.article.c.number)
    for row in connection.execute(articles.execution_options(yield_per=_AT_ONCE)).mappings():
        index(connection, article_of(row), row["number"])


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
        found = _INDEX.c.words.bool_op("@@")(cast(_in_postgresql(terms), TSQUERY))
    return select(number.label("number")).select_from(_INDEX).where(found)


def _numbers(written: bytes) -> list[int]:
    """The numbers of a row of SQLite's index, seven bits a byte, all but the last byte of each marked."""
    numbers, number = [], 0
    for byte in written:
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            numbers.append(number)
            number = 0
    return numbers


def _entry(connection: Connection, article: Article, number: int) -> dict[str, object]:
    words = list(words_of(f"{article.title or ''}\n{article.text}"))
    stems = [word.stem for word in words]
    parts = list(dict.fromkeys(part for word in words for part in word.parts))
    if connection.dialect.name == "postgresql":
        return {"number": number, "words": _vector(stems, parts)}
    return {"number": number, "stems": " ".join(stems), "parts": " ".join(parts)}


def _vector(stems: Sequence[str], parts: Sequence[str]) -> str:
    """Stems and parts as PostgreSQL writes them; parts have no place, so they are in no phrase.

    A vector holds a megabyte at most, so of an article of book length the words that come first are entered.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for place, stem in enumerate(stems[:_PLACES], 1):
        places[_lexeme(stem)].append(place)
    for word in (*stems[_PLACES:], *parts):
        places.setdefault(_lexeme(word), [])
    written = []
    free = _VECTOR_BYTES
    for lexeme, found in places.items():
        free -= len(lexeme.encode()) + 2 * min(len(found), _PLACES_OF_ONE) + 4
        if free < 0:
            break
        written.append(f"{lexeme}:{','.join(map(str, found[:_PLACES_OF_ONE]))}" if found else lexeme)
    return " ".join(written)


def _lexeme(stem: str) -> str:
    """A stem as PostgreSQL quotes it, and no longer than it keeps one."""
    quoted = stem[:_LEXEME_CHARACTERS].replace("\\", "\\\\").replace("'", "''")
    return f"'{quoted}'"


def _in_fts5(terms: Sequence[Term]) -> str:
    def phrase(term: Term) -> str:
        return f'"{" ".join(term.stems)}"' + ("*" if term.begun else "")

    wanted = " AND ".join(phrase(term) for term in terms if not term.unwanted)
    return " NOT ".join([f"({wanted})", *(phrase(term) for term in terms if term.unwanted)])


def _in_postgresql(terms: Sequence[Term]) -> str:
    def phrase(term: Term) -> str:
        return "(" + " <-> ".join(map(_lexeme, term.stems)) + (":*" if term.begun else "") + ")"

    return " & ".join(("!" if term.unwanted else "") + phrase(term) for term in terms)
