import asyncio
from datetime import UTC, datetime, timedelta

from bot.store import forgetting, notices
from bot.store.database import Database
from bot.store.notices import Told

ADA, BOB = 111, 11
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


async def told_of(database: Database, what: str, editor: int) -> Told | None:
    async with database.reading() as conn:
        return await notices.find(conn, what, editor)


async def test_whoever_claims_first_tells_it(database: Database) -> None:
    other = Database(database.url)

    async def claim(here: Database) -> bool:
        async with here.writing() as conn:
            return await notices.claim(conn, "doubts 1", ADA, NOW)

    assert sorted(await asyncio.gather(claim(database), claim(other))) == [False, True]
    assert await told_of(database, "doubts 1", ADA) == Told(NOW)
    assert await told_of(database, "doubts 1", BOB) is None
    await other.close()


async def test_where_it_stands_and_what_it_says_is_kept(database: Database) -> None:
    async with database.writing() as conn:
        await notices.claim(conn, "doubts 1", ADA, NOW)
        await notices.keep(conn, "doubts 1", ADA, Told(NOW, 17, "3 since noon"))
    assert await told_of(database, "doubts 1", ADA) == Told(NOW, 17, "3 since noon")


async def test_what_was_given_back_can_be_claimed_again_and_is_not_kept_by_who_comes_late(database: Database) -> None:
    async with database.writing() as conn:
        await notices.claim(conn, "doubts 1", ADA, NOW)
        await notices.give_back(conn, "doubts 1", ADA, NOW)
        await notices.keep(conn, "doubts 1", ADA, Told(NOW, 17, "3"))
        assert await notices.find(conn, "doubts 1", ADA) is None
        assert await notices.claim(conn, "doubts 1", ADA, NOW)


async def test_who_gives_back_late_leaves_what_somebody_claimed_since(database: Database) -> None:
    async with database.writing() as conn:
        await notices.claim(conn, "doubts 1", ADA, NOW + timedelta(hours=1))
        await notices.keep(conn, "doubts 1", ADA, Told(NOW + timedelta(hours=1), 17, "3"))
        await notices.give_back(conn, "doubts 1", ADA, NOW)
        assert await notices.find(conn, "doubts 1", ADA) == Told(NOW + timedelta(hours=1), 17, "3")


async def test_who_can_be_written_to_is_told_what_could_not_be_told_and_nothing_else(database: Database) -> None:
    async with database.writing() as conn:
        for what, told in (("one", Told(NOW, None, notices.UNREACHED)), ("two", Told(NOW, 17, "3")), ("three", None)):
            for editor in (ADA, BOB):
                await notices.claim(conn, what, editor, NOW)
                if told:
                    await notices.keep(conn, what, editor, told)
        await notices.reach(conn, BOB)
        left = [(what, editor) for what in ("one", "two", "three") for editor in (ADA, BOB)]
        left.remove(("one", BOB))
        assert [it for it in left if await notices.find(conn, *it)] == left
        assert await notices.find(conn, "one", BOB) is None


async def test_forgetting_one_thing_leaves_what_is_spelled_alike(database: Database) -> None:
    async with database.writing() as conn:
        for what in ("doubts 1", "doubts 12", "held 1", "doubts_1"):
            for editor in (ADA, BOB):
                await notices.claim(conn, what, editor, NOW)
        assert await notices.standing(conn, "doubts ") == ["doubts 1", "doubts 12"]
        await notices.forget(conn, "doubts 1")
        assert await notices.standing(conn, "doubts ") == ["doubts 12"]
        assert await notices.standing(conn, "doubts_") == ["doubts_1"]


async def test_who_is_forgotten_leaves_nothing_here(database: Database) -> None:
    async with database.writing() as conn:
        for editor in (ADA, BOB):
            await notices.claim(conn, "doubts 1", editor, NOW)
        await forgetting.forget_person(conn, BOB, today=NOW.date())
        assert await notices.find(conn, "doubts 1", BOB) is None
        assert await notices.find(conn, "doubts 1", ADA) == Told(NOW)
