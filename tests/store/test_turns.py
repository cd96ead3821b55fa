from datetime import UTC, datetime, timedelta

import pytest

from bot.store import turns
from bot.store.database import Database

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
LEASE = timedelta(seconds=30)
REST = timedelta(seconds=3)


async def claim(database: Database, holder: str, now: datetime = NOW, *, name: str = "arxiv") -> bool:
    async with database.writing() as conn:
        return await turns.claim(conn, name, holder, now=now, lease=LEASE)


async def release(database: Database, holder: str, free_at: datetime) -> bool:
    async with database.writing() as conn:
        return await turns.release(conn, "arxiv", holder, free_at)


async def next_turn(database: Database, now: datetime = NOW) -> datetime:
    async with database.reading() as conn:
        return await turns.next_turn(conn, "arxiv", now=now, lease=LEASE)


async def test_one_holds_the_turn_and_the_others_know_until_when(database: Database) -> None:
    assert await next_turn(database) == NOW

    assert await claim(database, "a")
    assert not await claim(database, "b")
    assert await next_turn(database) == NOW + LEASE


async def test_servers_have_turns_of_their_own(database: Database) -> None:
    assert await claim(database, "a")
    assert await claim(database, "b", name="elsewhere")


async def test_after_a_turn_there_is_a_rest(database: Database) -> None:
    await claim(database, "a")
    assert await release(database, "a", NOW + REST)

    assert await next_turn(database) == NOW + REST
    assert not await claim(database, "b", NOW + REST - timedelta(milliseconds=1))
    assert await claim(database, "b", NOW + REST)


async def test_a_holder_that_died_is_succeeded_when_its_lease_has_run_out(database: Database) -> None:
    await claim(database, "a")

    assert not await claim(database, "b", NOW + LEASE - timedelta(milliseconds=1))
    assert await claim(database, "b", NOW + LEASE)
    assert not await release(database, "a", NOW)  # it is not its turn any more
    assert not await claim(database, "c", NOW + LEASE)


async def test_a_lease_can_be_renewed_by_its_holder_alone(database: Database) -> None:
    await claim(database, "a")
    async with database.writing() as conn:
        assert await turns.extend(conn, "arxiv", "a", NOW + 1.5 * LEASE)
        assert not await turns.extend(conn, "arxiv", "b", NOW + 9 * LEASE)

    assert not await claim(database, "b", NOW + LEASE)


@pytest.mark.parametrize("behind", [timedelta(milliseconds=1), timedelta(seconds=5)])
async def test_who_has_a_clock_a_little_behind_takes_nothing_that_is_held(
    database: Database, behind: timedelta
) -> None:
    await claim(database, "a")
    assert await next_turn(database, NOW - behind) == NOW + LEASE
    assert not await claim(database, "b", NOW - behind)

    await release(database, "a", NOW + LEASE)
    assert not await claim(database, "b", NOW - behind)


async def test_what_a_wrong_clock_wrote_is_not_believed(database: Database) -> None:
    await claim(database, "a", NOW + timedelta(days=400))
    assert await next_turn(database) == NOW
    assert await claim(database, "b")

    await release(database, "b", NOW + timedelta(days=400))
    assert await next_turn(database) == NOW
    assert await claim(database, "c")
