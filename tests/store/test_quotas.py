import asyncio
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from bot.errors import QuotaSpent
from bot.store import quotas
from bot.store.database import Database
from bot.store.tables import quota

TODAY = date(2026, 11, 20)


async def spend(database: Database, user_id: int = 7, day: date = TODAY, *, limit: int = 2) -> int:
    async with database.writing() as conn:
        return await quotas.spend(conn, user_id, day, limit)


async def test_every_reader_has_so_many_a_day(database: Database) -> None:
    assert [await spend(database), await spend(database)] == [1, 0]
    with pytest.raises(QuotaSpent, match="your 2 collages of today; come back tomorrow"):
        await spend(database)

    assert await spend(database, 8) == 1
    assert await spend(database, day=TODAY + timedelta(days=1)) == 1


async def test_a_limit_of_nothing_lets_nobody_in(database: Database) -> None:
    with pytest.raises(QuotaSpent):
        await spend(database, limit=0)


async def test_what_did_not_come_about_is_given_back(database: Database) -> None:
    await spend(database, limit=1)
    async with database.writing() as conn:
        for _ in range(3):
            await quotas.give_back(conn, 7, TODAY)
        await quotas.give_back(conn, 99, TODAY)  # never asked for any

    assert await spend(database, limit=1) == 0
    with pytest.raises(QuotaSpent):
        await spend(database, limit=1)


async def test_a_limit_that_was_lowered_holds_at_once(database: Database) -> None:
    await spend(database, limit=5)
    await spend(database, limit=5)

    with pytest.raises(QuotaSpent):
        await spend(database, limit=1)


async def test_presses_at_once_spend_no_more_than_there_is(database: Database) -> None:
    other = Database(database.url)

    done = await asyncio.gather(
        *(spend(each, limit=3) for _ in range(4) for each in (database, other)), return_exceptions=True
    )

    assert sorted(each for each in done if isinstance(each, int)) == [0, 1, 2]
    assert sum(isinstance(each, QuotaSpent) for each in done) == 5
    await other.close()


async def test_days_gone_by_are_forgotten(database: Database) -> None:
    for day in range(5):
        await spend(database, day=TODAY + timedelta(days=day))

    async with database.reading() as conn:
        assert (await conn.execute(select(func.count()).select_from(quota))).scalar_one() == 1
