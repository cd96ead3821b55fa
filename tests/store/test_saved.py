from datetime import UTC, datetime, timedelta

from bot.model.entry import EntryState
from bot.store import saved
from bot.store.database import Database
from tests.store.samples import CONVIT, another
from tests.store.test_entries import store

NOW = datetime(2026, 11, 20, tzinfo=UTC)
READER = 42


async def listed(database: Database, user_id: int = READER) -> list[int]:
    async with database.reading() as conn:
        return await saved.entries_of(conn, user_id)


async def test_the_last_saved_comes_first_and_saving_again_changes_nothing(database: Database) -> None:
    first, second = await store(database, CONVIT, another(28, arxiv="2107.05802", title="Degrees"))
    async with database.writing() as conn:
        assert await saved.save(conn, READER, first, now=NOW)
        assert await saved.save(conn, READER, second, now=NOW + timedelta(hours=1))
        assert not await saved.save(conn, READER, first, now=NOW + timedelta(hours=2))

    assert await listed(database) == [second, first]
    assert await listed(database, user_id=43) == []


async def test_toggling_says_whether_it_is_on_the_list_now(database: Database) -> None:
    (entry_id,) = await store(database, CONVIT)
    async with database.writing() as conn:
        assert await saved.toggle(conn, READER, entry_id, now=NOW)
        assert not await saved.toggle(conn, READER, entry_id, now=NOW)
        assert not await saved.unsave(conn, READER, entry_id)

    assert await listed(database) == []


async def test_a_saved_entry_that_is_withdrawn_is_not_shown(database: Database) -> None:
    (entry_id,) = await store(database, another(28, arxiv="2107.05802", title="Degrees", state=EntryState.DRAFT))
    async with database.writing() as conn:
        await saved.save(conn, READER, entry_id, now=NOW)

    assert await listed(database) == []
