import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, insert, select, update

from bot.errors import ContentRejected, InDoubt
from bot.model.address import Address
from bot.model.edition import DeliveryState, Edition, EditionKind, EmptyQueue
from bot.publishing.calendar import Slot
from bot.publishing.delivery import Dispatcher
from bot.publishing.editions import open_slot
from bot.publishing.settling import Settling, Verdict
from bot.store import doubtful, editions, entries, forgetting, held, subscriptions
from bot.store.database import Database
from bot.store.doubtful import Meant
from bot.store.tables import delivery
from tests.databases import only_sqlite
from tests.publishing.recording import RecordingMessenger

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SLOT = Slot(EditionKind.WEEKLY, "2026-W48")
EDITOR = 42


class Desk:
    """An edition that went to some chats and whose answers were lost, with who decides about it."""

    def __init__(self, database: Database) -> None:
        self.database, self.now, self.woken = database, START, 0
        self.messenger = RecordingMessenger(fault=lambda part, address: InDoubt("the answer was lost"))
        self.dispatcher = Dispatcher(database, self.messenger, self.clock, rate=0, patience=timedelta(0))
        self.settling = Settling(database, self.clock, self.wake)

    def clock(self) -> datetime:
        return self.now

    def wake(self) -> None:
        self.woken += 1

    async def open(self, chats: Sequence[int]) -> Edition:
        async with self.database.writing() as conn:
            for chat_id in chats:
                await subscriptions.see_chat(conn, chat_id, kind="private", title=f"Chat {chat_id}", now=START)
                await subscriptions.subscribe(conn, Address(chat_id), START - timedelta(days=1))
            series = await entries.get_series(conn, "ml-collage")
            return await open_slot(
                conn, series, SLOT, messenger=self.messenger, empty_queue=EmptyQueue.ARCHIVE, now=self.now, by_hand=True
            )

    async def doubt(self, edition: Edition) -> None:
        """Let every answer be lost."""
        lost = {"state": DeliveryState.IN_DOUBT, "missing": [2], "error": "the answer was lost"}
        async with self.database.writing() as conn:
            await conn.execute(update(delivery).values(lost | {"settled_at": self.now}))

    async def rows(self) -> list[tuple[str, int | None]]:
        async with self.database.reading() as conn:
            found = await conn.execute(select(delivery.c.state, delivery.c.settled_by).order_by(delivery.c.id))
            return [(row.state, row.settled_by) for row in found]

    async def doubts(self) -> list[doubtful.Doubt]:
        async with self.database.reading() as conn:
            return await doubtful.listed(conn)


@pytest.fixture
async def desk(catalogue: Database) -> Desk:
    return Desk(catalogue)


async def test_what_is_in_doubt_is_counted_by_chat_and_told_with_its_chat(desk: Desk) -> None:
    edition = await desk.open([7, 8, 9])
    desk.messenger.parts = 2
    await desk.doubt(edition)
    async with desk.database.reading() as conn:
        (summary,) = await doubtful.by_edition(conn)
        second = (await doubtful.listed(conn, edition.id, offset=1, limit=1))[0]
        assert await doubtful.find(conn, second.delivery_id) == second
        assert await doubtful.place_of(conn, second) == 1
    assert (summary.edition_id, summary.chats, summary.messages, summary.is_busy) == (edition.id, 3, 3, False)
    assert (second.address, second.title, second.part, second.missing) == (Address(8), "Chat 8", 0, (2,))
    assert second.error == "the answer was lost"


async def test_the_messages_of_one_chat_count_once_and_stand_together(desk: Desk) -> None:
    desk.messenger.parts = 2
    edition = await desk.open([7, 8])
    await desk.doubt(edition)
    async with desk.database.reading() as conn:
        (summary,) = await doubtful.by_edition(conn)
    assert (summary.chats, summary.messages) == (2, 4)
    assert [(it.address.chat_id, it.part) for it in await desk.doubts()] == [(7, 0), (7, 1), (8, 0), (8, 1)]


@pytest.mark.parametrize(
    ("verdict", "state", "by"),
    [
        (Verdict.ARRIVED, DeliveryState.SENT, EDITOR),
        (Verdict.LEFT, DeliveryState.FAILED, EDITOR),
        (Verdict.AGAIN, DeliveryState.PENDING, None),
    ],
)
async def test_what_a_person_says_is_written_down_with_who_said_it(
    desk: Desk, verdict: Verdict, state: DeliveryState, by: int | None
) -> None:
    await desk.doubt(await desk.open([7]))
    (doubt,) = await desk.doubts()
    assert await desk.settling.decide(verdict, Meant(delivery_ids=[doubt.delivery_id]), by=EDITOR) == 1
    assert await desk.rows() == [(state, by)]
    assert desk.woken == (verdict is Verdict.AGAIN)


async def test_of_two_who_press_at_the_same_time_one_comes_too_late(desk: Desk) -> None:
    await desk.doubt(await desk.open([7]))
    other = Database(desk.database.url)
    (doubt,) = await desk.doubts()
    meant = Meant(delivery_ids=[doubt.delivery_id], attempts=doubt.attempts)
    decided = await asyncio.gather(
        desk.settling.decide(Verdict.AGAIN, meant, by=EDITOR),
        Settling(other, desk.clock).decide(Verdict.AGAIN, meant, by=EDITOR + 1),
    )
    assert sorted(decided) == [0, 1]
    await other.close()


async def test_a_button_made_before_it_was_sent_again_does_not_send_it_a_third_time(desk: Desk) -> None:
    await desk.open([7])
    await desk.dispatcher.run()
    (doubt,) = await desk.doubts()
    meant = Meant(delivery_ids=[doubt.delivery_id], attempts=doubt.attempts)
    assert await desk.settling.decide(Verdict.AGAIN, meant, by=EDITOR) == 1
    await desk.dispatcher.run()
    assert [it.attempts for it in await desk.doubts()] == [2]
    assert await desk.settling.decide(Verdict.AGAIN, meant, by=EDITOR) == 0


async def test_all_means_those_that_were_in_doubt_when_the_button_was_made(desk: Desk) -> None:
    edition = await desk.open([7, 8])
    await desk.doubt(edition)
    asked_at, desk.now = desk.now, desk.now + timedelta(minutes=5)
    async with desk.database.writing() as conn:
        values = {"chat_id": 9, "state": DeliveryState.IN_DOUBT, "due_at": START, "not_before": START}
        late = {"edition_id": edition.id, "part": 0, "message_ids": [], "settled_at": desk.now, **values}
        await conn.execute(insert(delivery).values(late))
    meant = Meant(edition_id=edition.id, until=asked_at)
    assert await desk.settling.decide(Verdict.ARRIVED, meant, by=EDITOR) == 2
    assert [it.address.chat_id for it in await desk.doubts()] == [9]


async def test_five_hundred_are_settled_at_once_and_listed_in_pages(desk: Desk) -> None:
    edition = await desk.open(range(1000, 1500))
    await desk.doubt(edition)
    async with desk.database.reading() as conn:
        last = await doubtful.listed(conn, edition.id, offset=495, limit=5)
    assert [it.address.chat_id for it in last] == [1495, 1496, 1497, 1498, 1499]
    assert await desk.settling.decide(Verdict.AGAIN, Meant(edition_id=edition.id), by=EDITOR) == 500
    assert await desk.settling.decide(Verdict.AGAIN, Meant(edition_id=edition.id), by=EDITOR) == 0
    assert desk.woken == 1


async def test_what_is_sent_again_arrives_however_late_it_is(desk: Desk) -> None:
    await desk.doubt(await desk.open([7]))
    desk.now += timedelta(days=30)
    await desk.settling.decide(Verdict.AGAIN, Meant(), by=EDITOR)
    desk.messenger.fault = lambda part, address: None
    assert await desk.dispatcher.run() == {DeliveryState.SENT: 1}


async def test_what_was_never_in_doubt_is_left_alone(desk: Desk) -> None:
    await desk.open([7, 8])
    for verdict in Verdict:
        assert await desk.settling.decide(verdict, Meant(), by=EDITOR) == 0
    assert await desk.rows() == [(DeliveryState.PENDING, None)] * 2


async def test_an_editor_who_is_forgotten_did_nothing(desk: Desk) -> None:
    await desk.doubt(await desk.open([7]))
    await desk.settling.decide(Verdict.LEFT, Meant(), by=EDITOR)
    async with desk.database.writing() as conn:
        await forgetting.forget_person(conn, EDITOR, today=START.date())
    assert await desk.rows() == [(DeliveryState.FAILED, forgetting.NOBODY)]


async def refuse(desk: Desk, chats: Sequence[int] = range(1000, 1010)) -> Edition:
    """Let the server refuse an edition until it is held."""
    edition = await desk.open(chats)
    desk.messenger.fault = lambda part, address: ContentRejected("can't parse entities")
    await desk.dispatcher.run()
    async with desk.database.reading() as conn:
        (refused,) = await held.waiting(conn)
    assert refused.id == edition.id
    desk.messenger.fault = lambda part, address: None
    return refused


async def test_a_held_edition_goes_out_to_everybody_when_an_editor_says_so(desk: Desk) -> None:
    edition = await refuse(desk)
    assert edition.reason == "can't parse entities"
    assert await desk.settling.try_again(edition.id)
    assert not await desk.settling.try_again(edition.id)
    await desk.dispatcher.run()
    assert [state for state, _by in await desk.rows()] == [DeliveryState.SENT] * 10
    assert desk.woken == 1


@pytest.mark.parametrize("waited", [timedelta(0), timedelta(days=4)])
async def test_a_held_edition_is_never_too_late_for_who_says_that_it_goes_out(desk: Desk, waited: timedelta) -> None:
    edition = await refuse(desk)
    desk.now += waited
    assert await desk.settling.try_again(edition.id)
    await desk.dispatcher.run()
    assert [state for state, _by in await desk.rows()] == [DeliveryState.SENT] * 10


async def test_whose_own_moment_is_ahead_gets_a_held_edition_then(desk: Desk) -> None:
    edition = await refuse(desk)
    ahead = START + timedelta(days=5)
    async with desk.database.writing() as conn:
        await conn.execute(update(delivery).where(delivery.c.chat_id == 1009).values(due_at=ahead, not_before=ahead))
    desk.now += timedelta(days=4)
    await desk.settling.try_again(edition.id)
    await desk.dispatcher.run()
    assert [state for state, _by in await desk.rows()] == [DeliveryState.SENT] * 9 + [DeliveryState.PENDING]
    desk.now = ahead
    await desk.dispatcher.run()
    assert [state for state, _by in await desk.rows()] == [DeliveryState.SENT] * 10


async def test_what_was_left_is_not_looked_through_any_more(desk: Desk) -> None:
    edition = await refuse(desk)
    assert await desk.settling.leave(edition.id, by=EDITOR)
    async with desk.database.writing() as conn:
        await conn.execute(update(delivery).values(state=DeliveryState.PENDING))  # nobody finds it, so nobody looked
        assert await held.waiting(conn) == []
    assert not await desk.settling.try_again(edition.id)


@only_sqlite
async def test_what_waits_of_a_held_edition_is_found_without_looking_through_what_was_sent(desk: Desk) -> None:
    await refuse(desk)
    asked = list[tuple[str, Any]]()

    def note(_connection: object, _cursor: object, statement: str, parameters: object, *_more: object) -> None:
        if "delivery" in statement:
            asked.append((statement, parameters))

    async with desk.database.reading() as conn:
        event.listen(conn.sync_connection, "before_cursor_execute", note)
        await held.waiting(conn)
        event.remove(conn.sync_connection, "before_cursor_execute", note)
        ((statement, parameters),) = asked
        plan = (await conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)).all()
    assert any("ix_delivery_due" in row.detail for row in plan)


async def test_a_held_edition_that_is_left_reaches_nobody_else_and_asks_nobody_any_more(desk: Desk) -> None:
    edition = await refuse(desk)
    assert await desk.settling.leave(edition.id, by=EDITOR)
    assert not await desk.settling.leave(edition.id, by=EDITOR)
    await desk.dispatcher.run()
    async with desk.database.reading() as conn:
        assert await held.waiting(conn) == []
        left = await editions.get_edition(conn, edition.id)
    assert (left.state, left.reason) == ("held", held.LEFT)
    assert set(await desk.rows()) == {(DeliveryState.SKIPPED, EDITOR)}


async def test_an_edition_that_is_open_cannot_be_left(desk: Desk) -> None:
    edition = await desk.open([7])
    assert not await desk.settling.leave(edition.id, by=EDITOR)
    assert await desk.rows() == [(DeliveryState.PENDING, None)]
