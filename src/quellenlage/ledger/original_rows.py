"""The bytes that articles were made of: kept once, compressed, and told from one another by their digest."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence

from sqlalchemy import Connection, delete, exists, insert, select

from quellenlage.intake.original import Original
from quellenlage.ledger import tables
from quellenlage.ledger.facets import in_parts


def digest_of(data: bytes) -> str:
    """32 hexadecimal digits of the SHA-256 of some bytes."""
    return hashlib.sha256(data).hexdigest()[:32]


def keep(connection: Connection, article_id: str, original: Original) -> None:
    """Keep the bytes that an article was made of, unless they are kept."""
    kept, of_article = tables.original, tables.article_original
    digest = digest_of(original.data)
    if not connection.execute(select(exists().where(kept.c.digest == digest))).scalar_one():
        row = {
            "digest": digest,
            "body": zlib.compress(original.data),
            "media_type": original.media_type,
            "charset": original.charset,
            "address": original.address,
            "got": original.got,
        }
        connection.execute(insert(kept).values(row))
    pair = {"article_id": article_id, "digest": digest}
    is_there = exists().where(of_article.c.article_id == article_id, of_article.c.digest == digest)
    if not connection.execute(select(is_there)).scalar_one():
        connection.execute(insert(of_article).values(pair))


def originals_of(connection: Connection, article_id: str) -> tuple[Original, ...]:
    """All bytes that an article was made of, in the order in which they came; named by the article's doc."""
    kept, of_article, article = tables.original, tables.article_original, tables.article
    wanted = (
        select(kept, article.c.doc)
        .join(of_article, of_article.c.digest == kept.c.digest)
        .join(article, article.c.id == of_article.c.article_id)
        .where(article.c.id == article_id)
        .order_by(of_article.c.id)
    )
    return tuple(
        Original(
            data=zlib.decompress(row["body"]),
            where=row["address"] or row["doc"],
            name=row["doc"],
            media_type=row["media_type"],
            charset=row["charset"],
            address=row["address"],
            got=row["got"],
        )
        for row in connection.execute(wanted).mappings()
    )


def remove(connection: Connection, articles: Sequence[str]) -> None:
    """Remove the bytes that only these articles, by their ids, were made of."""
    kept, of_article = tables.original, tables.article_original
    for part in in_parts(articles):
        going = set(connection.execute(select(of_article.c.digest).where(of_article.c.article_id.in_(part))).scalars())
        connection.execute(delete(of_article).where(of_article.c.article_id.in_(part)))
        for digests in in_parts(sorted(going)):
            needed = exists().where(of_article.c.digest == kept.c.digest)
            connection.execute(delete(kept).where(kept.c.digest.in_(digests), ~needed))
