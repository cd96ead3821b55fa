from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import Table, delete, insert, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.entry import EntryState, Topic
from bot.model.month import Month
from bot.store import editions, entries, installation, search, tables
from bot.store.catalogue_version import CATALOGUE, find_version
from bot.store.database import Database
from tests.store.samples import CONVIT, another
from tests.store.test_entries import store

NOW = datetime(2026, 11, 20, tzinfo=UTC)
Write = Callable[[AsyncConnection], Awaitable[object]]
QUEUED = another(28, arxiv="2107.05802", title="Degrees of freedom", state=EntryState.QUEUED)
WRITERS: dict[str, Write] = {
    "a topic": lambda conn: entries.write_topic(conn, Topic("new", "New", (), {})),
    "a series": lambda conn: entries.write_series(conn, replace(CONVIT.series, name="Another name")),
    "an entry": lambda conn: entries.write_entry(conn, CONVIT, origin="content", hashed="other"),
    "another slug": lambda conn: entries.rename_entry(conn, 1, "ml-collage/renamed"),
    "no numbers": lambda conn: entries.clear_numbers(conn, [1]),
    "an entry less": lambda conn: entries.remove_entry(conn, 1),
    "fewer topics": lambda conn: entries.keep_topics(conn, []),
    "a publication": lambda conn: editions.publish_entry(conn, 2, month=Month(2026, 11), now=NOW),
    "the index": lambda conn: search.index(conn, replace(CONVIT, id=1)),
    "nothing in the index": lambda conn: search.remove(conn, 1),
    "a beginning anew": installation.forget_chats,
}


@pytest.fixture
async def two(database: Database) -> Database:
    await store(database, CONVIT, QUEUED)
    return database


async def version(database: Database) -> str | None:
    async with database.glancing() as conn:
        return await find_version(conn)


@pytest.mark.parametrize("what", WRITERS)
async def test_whoever_writes_the_catalogue_gives_it_another_version(two: Database, what: str) -> None:
    before = await version(two)
    async with two.writing() as conn:
        await WRITERS[what](conn)

    assert before is not None
    assert await version(two) not in (before, None)


def test_every_table_that_an_entry_is_read_from_belongs_to_the_catalogue() -> None:
    parts = {tables.entry, tables.entry_text, tables.entry_topic, tables.paper, tables.series, tables.topic}
    index = {tables.entry_document, tables.posting, tables.vocabulary}

    assert parts | index == CATALOGUE


@pytest.mark.parametrize("table", sorted(CATALOGUE, key=lambda table: str(table)))
async def test_every_kind_of_statement_counts(two: Database, table: Table) -> None:
    nothing = table.primary_key.columns.values()[0].is_(None)
    column = next(column for column in table.columns if not column.primary_key)
    seen = [await version(two)]
    for statement in (update(table).where(nothing).values({column: None}), delete(table).where(nothing)):
        async with two.writing() as conn:
            await conn.execute(statement)
        seen.append(await version(two))

    assert len(set(seen)) == 3


async def test_what_is_written_in_one_transaction_is_one_version(two: Database) -> None:
    async with two.writing() as conn:
        await entries.write_topic(conn, Topic("new", "New", (), {}))
        first = await find_version(conn)
        await entries.write_topic(conn, Topic("newer", "Newer", (), {}))

        assert await find_version(conn) == first


async def test_the_version_of_what_was_not_committed_is_gone_with_it(two: Database) -> None:
    before = await version(two)
    with suppress(ZeroDivisionError):
        async with two.writing() as conn:
            await entries.write_topic(conn, Topic("new", "New", (), {}))
            raise ZeroDivisionError
    assert await version(two) == before

    async with two.writing() as conn:
        await entries.write_topic(conn, Topic("new", "New", (), {}))
    assert await version(two) != before


async def test_who_writes_elsewhere_leaves_the_version(two: Database) -> None:
    before = await version(two)
    async with two.writing() as conn:
        await conn.execute(insert(tables.chat).values(id=1, kind="private", seen_at=NOW))
        await installation.first_seen_at(conn, "something", NOW)

    assert await version(two) == before
