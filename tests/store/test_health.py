from datetime import UTC, datetime, timedelta

from bot.store import budget, health
from bot.store.database import Database

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


async def test_a_pause_is_told_until_it_is_over_and_not_when_a_clock_was_wrong(database: Database) -> None:
    async with database.writing() as conn:
        assert await health.rests_until(conn, NOW) is None
        await budget.pause(conn, NOW + timedelta(minutes=1))
        assert await health.rests_until(conn, NOW) == NOW + timedelta(minutes=1)
        assert await health.rests_until(conn, NOW + timedelta(minutes=2)) is None
        await budget.hold(conn, NOW + timedelta(days=9))
        assert await health.rests_until(conn, NOW) == NOW + timedelta(minutes=1)


async def test_the_last_round_is_remembered(database: Database) -> None:
    async with database.writing() as conn:
        assert await health.last_beat(conn) is None
        await health.beat(conn, NOW)
        await health.beat(conn, NOW + timedelta(seconds=30))
        assert await health.last_beat(conn) == NOW + timedelta(seconds=30)


async def test_the_size_is_that_of_the_database(database: Database) -> None:
    size = await health.size_of(database)
    assert size.used > 10_000
    assert (size.kind, size.free is None) in {("SQLite", False), ("PostgreSQL", True)}
