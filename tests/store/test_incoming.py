"""What came is written down once, is in one hand at a time, and keeps its order within a chat."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.dialects import sqlite

from bot.store import incoming
from bot.store.database import Database
from bot.store.incoming import KEPT, MOST_ATTEMPTS, MOST_OF_ONE_CHAT, Claimed, Incoming, Outlook, Taker
from bot.store.tables import incoming as rows_of
from tests.databases import only_sqlite

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
LEASE = timedelta(seconds=15)
LATER = NOW + LEASE + timedelta(seconds=1)
BOT = 1000
ADA, EMIL = 71, 72


def said(update_id: int, chat_id: int | None = ADA) -> Incoming:
    return Incoming(update_id, chat_id, f'{{"update_id": {update_id}}}')


def taker(now: datetime = NOW, *, held: Iterable[int] = (), bot_id: int = BOT) -> Taker:
    return Taker(bot_id, frozenset(held), now, LEASE)


async def store(database: Database, *updates: Incoming, by: Taker | None = None) -> list[int]:
    async with database.writing() as conn:
        return await incoming.store(conn, updates, by or taker())


async def claim(database: Database, by: Taker) -> Claimed:
    async with database.writing() as conn:
        return await incoming.claim(conn, by)


async def claimed(database: Database, by: Taker) -> list[int]:
    return [one.update_id for one in (await claim(database, by)).updates]


async def mark(database: Database, *update_ids: int, now: datetime = NOW) -> None:
    async with database.writing() as conn:
        await incoming.handled(conn, BOT, update_ids, now)


async def look(database: Database, by: Taker) -> Outlook:
    async with database.reading() as conn:
        return await incoming.look(conn, by)


async def waiting(database: Database) -> int:
    async with database.reading() as conn:
        return await incoming.count_waiting(conn, BOT)


async def test_what_is_new_is_ours_and_what_comes_again_is_nobodys(database: Database) -> None:
    assert await store(database, said(1), said(2, EMIL), said(3, None)) == [1, 2, 3]
    assert await store(database, said(1), said(2, EMIL), said(3, None)) == []
    assert await store(database, said(3, None), said(4, None)) == [4]
    assert await waiting(database) == 4


async def test_what_was_handled_is_known_when_it_comes_again(database: Database) -> None:
    await store(database, said(1))
    await mark(database, 1)
    assert await store(database, said(1)) == []
    assert await waiting(database) == 0


async def test_bots_that_share_a_database_do_not_share_updates(database: Database) -> None:
    assert await store(database, said(1)) == [1]
    assert await store(database, said(1), by=taker(bot_id=2)) == [1]
    assert await claimed(database, taker(LATER, bot_id=2)) == [1]
    assert await claimed(database, taker(LATER)) == [1]


async def test_what_somebody_holds_is_not_taken_until_the_lease_runs_out(database: Database) -> None:
    await store(database, said(1))
    assert await claimed(database, taker(NOW + LEASE - timedelta(seconds=1))) == []
    assert not (await look(database, taker())).is_any_free
    assert (await look(database, taker(LATER))).is_any_free
    assert await claimed(database, taker(LATER)) == [1]
    assert await claimed(database, taker(LATER)) == []


async def test_what_was_claimed_is_all_there(database: Database) -> None:
    await store(database, said(2, None), said(1))
    assert (await claim(database, taker(LATER))).updates == [said(1), said(2, None)]


async def test_a_lease_that_was_renewed_holds_longer(database: Database) -> None:
    await store(database, said(1))
    async with database.writing() as conn:
        await incoming.hold(conn, BOT, [1], LATER + timedelta(seconds=5))
    assert await claimed(database, taker(LATER)) == []


@pytest.mark.parametrize("behind", [timedelta(milliseconds=1), timedelta(seconds=5)])
async def test_who_has_a_clock_a_little_behind_takes_nothing_that_is_held(
    database: Database, behind: timedelta
) -> None:
    await store(database, said(1))
    assert not (await look(database, taker(NOW - behind))).is_any_free
    assert await claimed(database, taker(NOW - behind)) == []


async def test_a_lease_of_a_wrong_clock_holds_nobody_up(database: Database) -> None:
    await store(database, said(1), by=taker(NOW + timedelta(hours=2)))
    assert await claimed(database, taker(NOW)) == [1]


async def test_what_this_process_has_in_its_hands_is_not_taken_again_whatever_the_clock_says(
    database: Database,
) -> None:
    await store(database, said(1))
    assert await claimed(database, taker(NOW + timedelta(hours=2), held=[1])) == []


async def test_nobody_overtakes_in_a_chat_whose_update_is_in_other_hands(database: Database) -> None:
    await store(database, said(1))
    assert await store(database, said(2), said(3, EMIL), said(4, None)) == [3, 4]
    assert await look(database, taker(held=[3, 4])) == Outlook(is_any_free=False, is_any_behind=True)
    assert await claimed(database, taker(held=[3, 4])) == []
    await mark(database, 1)
    assert await look(database, taker(held=[3, 4])) == Outlook(is_any_free=True, is_any_behind=False)
    assert await claimed(database, taker(held=[3, 4])) == [2]


async def test_who_has_the_earlier_one_may_have_the_next(database: Database) -> None:
    await store(database, said(1))
    assert await store(database, said(2), by=taker(held=[1])) == [2]


async def test_of_one_chat_only_the_first_are_taken_and_no_other_chat_waits(database: Database) -> None:
    flood = [said(number) for number in range(1, 3 * MOST_OF_ONE_CHAT)]
    first = list(range(1, MOST_OF_ONE_CHAT + 1))
    assert await store(database, *flood, said(100, EMIL), said(101, None)) == [*first, 100, 101]
    held = {*first, 100, 101}
    assert await store(database, said(102), said(103, EMIL), by=taker(held=held)) == [103]
    held.add(103)
    assert await look(database, taker(held=held)) == Outlook(is_any_free=False, is_any_behind=False, is_any_beyond=True)
    assert await claimed(database, taker(held=held)) == []
    await mark(database, 1, 2)
    held -= {1, 2}
    assert await claimed(database, taker(held=held)) == [MOST_OF_ONE_CHAT + 1, MOST_OF_ONE_CHAT + 2]


async def test_what_is_of_no_chat_stands_in_no_line(database: Database) -> None:
    many = [said(number, None) for number in range(1, 3 * MOST_OF_ONE_CHAT)]
    assert len(await store(database, *many)) == len(many)
    assert len(await claimed(database, taker(LATER))) == len(many)


async def test_nobody_waits_for_what_has_left_its_line(database: Database) -> None:
    await store(database, said(1))
    async with database.writing() as conn:
        await incoming.leave_line(conn, BOT, [1])
    assert await store(database, said(2)) == [2]
    assert await claimed(database, taker(LATER)) == [1, 2]


async def test_what_a_dead_process_left_keeps_its_order(database: Database) -> None:
    await store(database, said(1), said(2), said(3, EMIL))
    assert await store(database, said(4), by=taker(LATER)) == []
    assert await claimed(database, taker(LATER)) == [1, 2, 3, 4]


async def test_what_is_given_back_can_be_taken_at_once_and_counts_for_no_attempt(database: Database) -> None:
    await store(database, said(1))
    for _ in range(MOST_ATTEMPTS + 1):
        async with database.writing() as conn:
            await incoming.give_back(conn, BOT, [1])
        assert await claimed(database, taker()) == [1]


async def test_what_was_begun_and_cut_short_can_be_taken_at_once_and_was_an_attempt(database: Database) -> None:
    await store(database, said(1))
    for taken in ([1], []):
        async with database.writing() as conn:
            await incoming.hold(conn, BOT, [1], None)
        assert await claimed(database, taker()) == taken
    assert await waiting(database) == 0


async def test_what_is_handled_is_not_given_back(database: Database) -> None:
    await store(database, said(1))
    await mark(database, 1)
    async with database.writing() as conn:
        await incoming.give_back(conn, BOT, [1])
    assert await claimed(database, taker(LATER)) == []


async def test_what_was_under_way_at_two_ends_is_given_up(database: Database) -> None:
    await store(database, said(1), said(2))
    assert await claimed(database, taker(LATER)) == [1, 2]
    await mark(database, 1)
    third = await claim(database, taker(LATER + 2 * LEASE))
    assert third == Claimed((), [2])
    assert await waiting(database) == 0


async def test_what_is_handled_keeps_neither_its_words_nor_its_chat(database: Database) -> None:
    await store(database, said(1))
    await mark(database, 1)
    async with database.reading() as conn:
        row = (await conn.execute(rows_of.select())).one()
    assert (row.body, row.chat_id, row.lease_until, row.handled_at) == ("", None, None, NOW)


async def test_what_was_handled_is_remembered_for_longer_than_telegram_repeats_it(database: Database) -> None:
    await store(database, said(1), said(2), said(3))
    await mark(database, 1, 2)
    for now, known in ((NOW + timedelta(days=1, hours=12), [1, 2, 3]), (NOW + KEPT + timedelta(seconds=1), [3])):
        async with database.writing() as conn:
            await incoming.prune(conn, now)
        async with database.reading() as conn:
            rows = await conn.execute(rows_of.select().order_by(rows_of.c.update_id))
            assert [row.update_id for row in rows] == known


async def test_a_chat_with_the_largest_id_and_a_text_with_odd_signs_are_kept(database: Database) -> None:
    odd = Incoming(2**63 - 1, -(2**52), '{"text": "\\u0000 强化学习 🎉"}')
    await store(database, odd)
    assert (await claim(database, taker(LATER))).updates == [odd]


@only_sqlite
async def test_what_waits_is_found_without_going_through_all_that_was_handled(database: Database) -> None:
    """Two days of updates are kept, and looked into with every new one."""
    for question in (incoming._KNOWN, incoming._WAITING, incoming._COUNT):
        asked = question.params(of_bot=BOT, of_ids=[1, 2], of_chats=[ADA, EMIL])
        spelled = str(asked.compile(dialect=sqlite.dialect(), compile_kwargs={"render_postcompile": True}))
        async with database.reading() as conn:
            values = [0] * spelled.count("?")
            plan = (await conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {spelled}", tuple(values))).all()
        ways = [row.detail for row in plan if "incoming" in row.detail]
        assert ways
        assert all("handled_at=?" in way or "update_id=?" in way for way in ways)
