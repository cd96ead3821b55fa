from dataclasses import replace

import pytest

from bot.errors import NotFound
from bot.model.entry import Entry, EntryState
from bot.store import entries
from bot.store.database import Database
from tests.store.samples import BIAS, CONVIT, SERIES, TEXT, VISION, another


async def store(database: Database, *said: Entry) -> list[int]:
    async with database.writing() as conn:
        await entries.write_series(conn, SERIES)
        for topic in (VISION, BIAS):
            await entries.write_topic(conn, topic)
        return [
            await entries.write_entry(conn, one, origin="content", hashed=entries.content_hash(one)) for one in said
        ]


async def read(database: Database, *ids: int) -> list[Entry]:
    async with database.reading() as conn:
        return await entries.get_entries(conn, ids)


async def test_what_is_written_is_read_back_the_same(database: Database) -> None:
    (entry_id,) = await store(database, CONVIT)

    assert await read(database, entry_id) == [replace(CONVIT, id=entry_id)]


async def test_an_entry_with_nothing_optional_survives_too(database: Database) -> None:
    bare = replace(
        CONVIT, number=None, month=None, links=(), topics=(), aliases=(), numbers=(), panels=(), texts={"en": TEXT}
    )
    bare = replace(bare, paper=replace(bare.paper, version=None, venue=None))

    (entry_id,) = await store(database, bare)

    assert await read(database, entry_id) == [replace(bare, id=entry_id)]


async def test_writing_again_replaces_everything_under_the_same_id(database: Database) -> None:
    (first,) = await store(database, CONVIT)
    shorter = replace(CONVIT, topics=(BIAS,), texts={"en": replace(TEXT, headline="Another headline.")}, panels=())

    (second,) = await store(database, shorter)

    assert second == first
    assert await read(database, first) == [replace(shorter, id=first)]


async def test_entries_come_in_the_order_asked_for_and_unknown_ids_are_left_out(database: Database) -> None:
    first, second = await store(database, CONVIT, another(28, arxiv="2107.05802", title="Degrees of freedom"))

    found = await read(database, second, 999, first)

    assert [entry.id for entry in found] == [second, first]


async def test_topics_keep_their_order(database: Database) -> None:
    (entry_id,) = await store(database, replace(CONVIT, topics=(BIAS, VISION)))

    assert (await read(database, entry_id))[0].topics == (BIAS, VISION)


async def test_two_entries_may_speak_of_one_paper(database: Database) -> None:
    twin = replace(another(28, arxiv="2103.10697", title="ConViT"), paper=CONVIT.paper)

    ids = await store(database, CONVIT, twin)

    assert {entry.paper for entry in await read(database, *ids)} == {CONVIT.paper}


async def test_removing_an_entry_takes_its_paper_only_when_nobody_else_needs_it(database: Database) -> None:
    twin = replace(another(28, arxiv="2103.10697", title="ConViT"), paper=CONVIT.paper)
    first, second = await store(database, CONVIT, twin)

    async with database.writing() as conn:
        await entries.remove_entry(conn, first)

    assert [entry.paper for entry in await read(database, first, second)] == [CONVIT.paper]


async def test_an_id_is_never_given_twice(database: Database) -> None:
    (first,) = await store(database, CONVIT)
    async with database.writing() as conn:
        await entries.remove_entry(conn, first)

    (second,) = await store(database, another(28, arxiv="2107.05802", title="Degrees of freedom"))

    assert second > first


async def test_numbers_can_be_swapped(database: Database) -> None:
    other = another(28, arxiv="2107.05802", title="Degrees of freedom")
    ids = await store(database, CONVIT, other)

    async with database.writing() as conn:
        await entries.clear_numbers(conn, ids)
    await store(database, replace(CONVIT, number=28), replace(other, number=27))

    assert [entry.number for entry in await read(database, *ids)] == [28, 27]


async def test_a_series_that_is_not_there_says_what_to_run(database: Database) -> None:
    async with database.reading() as conn:
        with pytest.raises(NotFound, match="collagebot load"):
            await entries.get_series(conn, "ml-collage")


async def test_a_series_survives_with_all_its_fields(database: Database) -> None:
    await store(database)

    async with database.reading() as conn:
        assert await entries.get_series(conn, "ml-collage") == SERIES
        assert await entries.all_series(conn) == [SERIES]


async def test_only_what_readers_have_is_held(database: Database) -> None:
    queued = another(28, arxiv="2107.05802", title="Degrees of freedom", state=EntryState.QUEUED)
    await store(database, CONVIT, queued)

    async with database.reading() as conn:
        held = {row.slug: row.held for row in await entries.stored_entries(conn)}

    assert held == {CONVIT.slug: True, queued.slug: False}


async def test_topics_nobody_uses_are_taken_away(database: Database) -> None:
    await store(database, replace(CONVIT, topics=(BIAS,)))

    async with database.writing() as conn:
        await entries.keep_topics(conn, [])
        await entries.write_entry(conn, replace(CONVIT, topics=(BIAS,)), origin="content", hashed="")

    async with database.reading() as conn:
        rows = (await conn.exec_driver_sql("SELECT slug FROM topic")).scalars().all()
    assert rows == ["inductive-bias"]


def test_the_hash_follows_the_words_and_not_the_row() -> None:
    assert entries.content_hash(CONVIT) == entries.content_hash(replace(CONVIT, id=5))
    assert entries.content_hash(CONVIT) != entries.content_hash(replace(CONVIT, aliases=()))
    assert entries.content_hash(CONVIT) != entries.content_hash(replace(CONVIT, texts={"en": TEXT}))
