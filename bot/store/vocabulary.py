"""Owns the words of the published documents, and how many have each of them."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.dialect import upsert
from bot.store.tables import vocabulary

_AT_ONCE = 500  # SQLite takes a bounded number of variables in one statement


async def count_up(conn: AsyncConnection, words: Mapping[str, int]) -> None:
    """Count for each of *words* so many documents more."""
    if not words:
        return
    rows = upsert(conn, vocabulary)
    more = {"documents": vocabulary.c.documents + rows.excluded.documents}
    counted = [{"word": word, "documents": documents} for word, documents in words.items()]
    await conn.execute(rows.on_conflict_do_update(index_elements=["word"], set_=more), counted)


async def count_down(conn: AsyncConnection, words: Sequence[str]) -> None:
    """Count one document less for each of *words*; those that nobody has any more are forgotten."""
    for some in _batches(words):
        these = vocabulary.c.word.in_(some)
        await conn.execute(update(vocabulary).where(these).values(documents=vocabulary.c.documents - 1))
        await conn.execute(delete(vocabulary).where(these, vocabulary.c.documents <= 0))


async def starting(conn: AsyncConnection, prefix: str, *, limit: int) -> list[str]:
    """The words that begin with *prefix*, the most frequent first."""
    range_ = (vocabulary.c.word >= prefix, vocabulary.c.word < prefix + "\U0010ffff")
    order = (vocabulary.c.documents.desc(), vocabulary.c.word)
    query = select(vocabulary.c.word).where(*range_).order_by(*order).limit(limit)
    return list((await conn.execute(query)).scalars())


def _batches(words: Sequence[str]) -> Iterable[Sequence[str]]:
    return (words[start : start + _AT_ONCE] for start in range(0, len(words), _AT_ONCE))
