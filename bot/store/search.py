"""Owns the search index: writes its documents and hands out candidates; the catalogue ranks them.

The newest matches in titles and the newest others are candidates, so that a question costs the same however large the
catalogue grows. Only published entries are in the index.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import orjson
from sqlalchemy import delete, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.catalogue.document import Document, document
from bot.catalogue.query import Query
from bot.catalogue.ranking import Candidate
from bot.model.entry import Entry, EntryState
from bot.model.month import Month
from bot.store import matching, postings, vocabulary
from bot.store.matching import Match, Wanted
from bot.store.read_index import NEWEST_BLOCKS, ReadIndex
from bot.store.tables import entry_document

NEAR_WORDS = 5_000

_GROWTH = 4  # where the newest blocks do not have enough, so many times as many are read


async def index(conn: AsyncConnection, entry: Entry) -> None:
    """Write or rewrite the document of a stored entry; one that is not published is taken out."""
    await remove(conn, entry.id)
    if entry.state is EntryState.PUBLISHED:
        await add(conn, {entry.id: document(entry)})


async def add(conn: AsyncConnection, documents: Mapping[int, Document]) -> None:
    """Add documents of entries that have none yet, by their ids; many at once cost less than one after the other."""
    await conn.execute(insert(entry_document), [row_of(entry_id, found) for entry_id, found in documents.items()])
    await postings.add(conn, documents)
    await vocabulary.count_up(conn, Counter(word for found in documents.values() for word in _words(found)))


async def remove(conn: AsyncConnection, entry_id: int) -> None:
    """Take an entry out of the index."""
    mine = entry_document.c.entry_id == entry_id
    row = (await conn.execute(select(entry_document).where(mine))).one_or_none()
    if row is None:
        return
    found = Document(row.title, row.people, row.text, row.words)
    await postings.remove(conn, {entry_id: found})
    await vocabulary.count_down(conn, _words(found))
    await conn.execute(delete(entry_document).where(mine))


async def candidates(
    conn: AsyncConnection, query: Query, *, missing: int = 0, read: ReadIndex | None = None
) -> list[Candidate]:
    """The published entries that may answer *query*, in no order; none for an empty question.

    Args:
        missing: How many of its words a candidate may be without.
        read: What was read of this version of the index; None when nothing is remembered.

    Returns:
        Candidates whose columns hold, of all their terms, those the question asks for.
    """
    if not query:
        return []
    read = read or ReadIndex()
    found = await _newest_matches(conn, matching.wanted(query, missing=missing), query.terms, read)
    return await _with_ages(conn, found, read)


async def words_starting(conn: AsyncConnection, prefix: str, *, limit: int = NEAR_WORDS) -> list[str]:
    """The words of the index that begin with *prefix*, the most frequent first."""
    return await vocabulary.starting(conn, prefix, limit=limit)


def row_of(entry_id: int, found: Document) -> dict[str, Any]:
    """What is kept of a document, so that it can be taken out again."""
    words = " ".join(_words(found))
    return {"entry_id": entry_id, "title": found.title, "people": found.people, "text": found.text, "words": words}


async def _newest_matches(conn: AsyncConnection, asked: Wanted, terms: Sequence[str], read: ReadIndex) -> list[Match]:
    titles, others = matching.TITLE_MATCHES, matching.OTHER_MATCHES
    found: list[Match] = []
    nearest, farthest, newest = 0, NEWEST_BLOCKS, 0
    while nearest <= newest and (titles or others):
        if nearest == 0:
            window = await read.window(conn, asked.terms)
        else:
            window = await postings.read(conn, asked.terms, nearest=nearest, farthest=farthest)
        for block, there in window.newest_first():
            in_title, elsewhere = matching.matching(asked, there)
            first, rest = matching.newest(in_title, titles), matching.newest(elsewhere, others)
            titles, others = titles - len(first), others - len(rest)
            found += matching.matches(block, [*first, *rest], terms, there)
            if not (titles or others):
                break
        nearest, farthest, newest = farthest, farthest * _GROWTH, window.newest
    return found


async def _with_ages(conn: AsyncConnection, found: Sequence[Match], read: ReadIndex) -> list[Candidate]:
    if not found:
        return []
    ids = [entry_id for entry_id, *_ in found]
    ages = read.ages(ids)
    if unknown := [entry_id for entry_id in ids if entry_id not in ages]:
        read.keep_ages(others := await _ages(conn, unknown))
        ages |= others
    return [Candidate(match[0], ages[match[0]], *match[1:]) for match in found if match[0] in ages]


async def _ages(conn: AsyncConnection, ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    asked = orjson.dumps(ids).decode() if conn.dialect.name == "sqlite" else ids
    row = (await conn.execute(_AGES[conn.dialect.name], {"ids": asked})).one()
    there, months, numbers = map(orjson.loads, row)
    return {key: (-_months(month), -(number or 0)) for key, month, number in zip(there, months, numbers, strict=True)}


@lru_cache(maxsize=1_000)
def _months(label: str | None) -> int:
    month = Month.parse(label) if label else None
    return month.year * 12 + month.number if month else 0


def _words(found: Document) -> list[str]:
    return list(dict.fromkeys(found.words.split()))


# One parameter for hundreds of ids and one row for all that is found: as many of either take longer to carry than the
# entries to find. CROSS JOIN keeps SQLite, and a list that is put first PostgreSQL, from reading every entry.
_AGES = {
    "sqlite": text(
        "SELECT json_group_array(entry.id), json_group_array(month), json_group_array(number)"
        " FROM json_each(:ids) AS asked CROSS JOIN entry ON entry.id = asked.value WHERE state = 'published'"
    ),
    "postgresql": text(
        "SELECT coalesce(CAST(json_agg(id) AS text), '[]'), coalesce(CAST(json_agg(month) AS text), '[]'),"
        " coalesce(CAST(json_agg(number) AS text), '[]')"
        " FROM entry WHERE id = ANY(CAST(:ids AS integer[])) AND state = 'published'"
    ),
}
