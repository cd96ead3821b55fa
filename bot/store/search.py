"""Owns the search index: writes its documents and hands out candidates; the catalogue ranks them.

The newest matches in titles and the newest others are candidates, so that a question costs the same however large the
catalogue grows.
"""

from collections.abc import Iterable

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.catalogue.document import document
from bot.catalogue.query import Query
from bot.catalogue.ranking import Candidate
from bot.model.entry import Entry
from bot.model.month import Month

_TITLE_MATCHES = 300
_OTHER_MATCHES = 500
_NEAR_WORDS = 5_000

# CROSS JOIN keeps SQLite from turning the loops around: the index must lead, newest entries first.
_MATCHES = """
    SELECT * FROM (
        SELECT entry.id, entry.month, entry.number, found.title, found.people, found.text
        FROM entry_search AS found CROSS JOIN entry ON entry.id = found.rowid
        WHERE found.entry_search MATCH :{which} AND entry.state = 'published'
        ORDER BY found.rowid DESC LIMIT {limit})
"""
_CANDIDATES = text(
    _MATCHES.format(which="in_title", limit=_TITLE_MATCHES)
    + " UNION ALL "
    + _MATCHES.format(which="elsewhere", limit=_OTHER_MATCHES)
)
_REMOVE = text("DELETE FROM entry_search WHERE rowid = :id")
_ADD = text("INSERT INTO entry_search (rowid, title, people, text, words) VALUES (:id, :title, :people, :text, :words)")
_STARTING = text(
    "SELECT term FROM entry_vocabulary WHERE col = 'words' AND term >= :first AND term < :last"
    " ORDER BY doc DESC, term LIMIT :limit"
)


async def index(conn: AsyncConnection, entry: Entry) -> None:
    """Write or rewrite the document of a stored entry; only published entries are ever candidates."""
    found = document(entry)
    await remove(conn, entry.id)
    columns = {"title": found.title, "people": found.people, "text": found.text, "words": found.words}
    await conn.execute(_ADD, {"id": entry.id, **columns})


async def remove(conn: AsyncConnection, entry_id: int) -> None:
    """Take an entry out of the index."""
    await conn.execute(_REMOVE, {"id": entry_id})


async def candidates(conn: AsyncConnection, query: Query) -> list[Candidate]:
    """The published entries that may answer *query*, in no order; none for an empty question."""
    if not query:
        return []
    rows = await conn.execute(_CANDIDATES, {"in_title": _in_title(query), "elsewhere": _elsewhere(query)})
    return [
        Candidate(row.id, _age(row.month, row.number), title=row.title, people=row.people, text=row.text)
        for row in rows
    ]


async def words_starting(conn: AsyncConnection, prefix: str, *, limit: int = _NEAR_WORDS) -> list[str]:
    """The words of the index that begin with *prefix*, the most frequent first."""
    bounds = {"first": prefix, "last": prefix + "\U0010ffff", "limit": limit}
    return list((await conn.execute(_STARTING, bounds)).scalars())


def _in_title(query: Query) -> str:
    return f"({{title}} : {_any_word(query)}){_all_topics(query)}"


def _elsewhere(query: Query) -> str:
    anything = _any_word(query)
    return f"(({{people text}} : {anything}) NOT ({{title}} : {anything})){_all_topics(query)}"


def _any_word(query: Query) -> str:
    """The question in FTS5's grammar; the terms of topics stand in for words when there are none."""
    spellings: Iterable[Iterable[str]] = [spelling for word in query.words for spelling in word.spellings]
    clauses = [" AND ".join(map(_quoted, spelling)) for spelling in spellings or [query.topics]]
    return "(" + " OR ".join(f"({clause})" for clause in clauses) + ")"


def _all_topics(query: Query) -> str:
    return "".join(f" AND ({{people}} : {_quoted(term)})" for term in query.topics)


def _quoted(term: str) -> str:
    return '"' + term.replace('"', '""') + '"'


def _age(month: str | None, number: int | None) -> tuple[int, int]:
    label = Month.parse(month) if month else None
    return (-(label.year * 12 + label.number) if label else 0, -(number or 0))
