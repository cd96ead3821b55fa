"""Clocks that are wrong, that jump, that stand still for a day: nothing comes twice, nothing is forgotten."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from bot.model.address import Address
from bot.model.edition import DeliveryState, EditionKind
from bot.model.entry import Series
from bot.model.subscription import Moment, Objection
from bot.publishing.delivery import Dispatcher
from bot.publishing.messenger import Part, Receipt, Recipient
from bot.publishing.publisher import Publisher
from bot.store import entries, subscriptions, tables
from bot.store.database import Database
from tests.databases import every_kind as kind  # noqa: F401  # a fixture
from tests.torture.oracle import rows_of
from tests.torture.telegram import Telegram

pytestmark = pytest.mark.slow  # not one of them alone

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TWO_HOURS = timedelta(hours=2)
CHATS = [Address(number) for number in range(1, 41)]


class Clock:
    """Shows a time that passes only when it is told to."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


class Slow(Telegram):
    """Takes a moment for each message, so that others come in between; and turns a clock in the middle."""

    jump: tuple[Clock, timedelta, int] | None = None

    async def send(self, part: Part, recipient: Recipient) -> Receipt:
        await asyncio.sleep(0.002)
        receipt = await super().send(part, recipient)
        if self.jump is not None and len(self.arrived) == self.jump[2]:
            self.jump[0].now += self.jump[1]
        return receipt


async def subscribe(database: Database, at: datetime, *addresses: Address, moment: Moment | None = None) -> None:
    async with database.writing() as conn:
        for address in addresses:
            await subscriptions.see_chat(conn, address.chat_id, kind="private", title="", now=at)
            await subscriptions.subscribe(conn, address, at, moment=moment)


async def all_series(database: Database) -> Sequence[Series]:
    async with database.reading() as conn:
        return await entries.all_series(conn)


async def states(database: Database) -> set[str]:
    return {row.state for row in await rows_of(database)}


def dispatcher_of(database: Database, telegram: Telegram, clock: Clock) -> Dispatcher:
    return Dispatcher(database, telegram, clock, rate=0, patience=timedelta(0))


async def publisher_of(database: Database, telegram: Telegram, clock: Clock) -> Publisher:
    dispatcher = dispatcher_of(database, telegram, clock)
    return Publisher(database, telegram, dispatcher, await all_series(database), clock)


async def work(publisher: Publisher) -> None:
    await publisher.open_due()
    await publisher.dispatcher.run()


@pytest.mark.parametrize("apart", [TWO_HOURS, -TWO_HOURS], ids=["ahead", "behind"])
async def test_two_programs_with_clocks_hours_apart_send_everything_once(
    papers_database: Database, apart: timedelta
) -> None:
    telegram, right, wrong = Slow(), Clock(), Clock(NOW + apart)
    await subscribe(papers_database, NOW - timedelta(days=9), *CHATS)
    publisher = await publisher_of(papers_database, telegram, right)
    other = dispatcher_of(papers_database, telegram, wrong)
    await asyncio.gather(publisher.publish_now(EditionKind.WEEKLY), *(_soon(other) for _ in range(3)))
    for _ in range(3):  # what one of them put off, by its own clock
        right.now += timedelta(hours=1)
        wrong.now += timedelta(hours=1)
        await asyncio.gather(publisher.dispatcher.run(), other.run())
    assert telegram.repeated == []
    assert len(telegram.arrived) == len(CHATS)
    assert await states(papers_database) == {DeliveryState.SENT}


async def _soon(dispatcher: Dispatcher) -> None:
    await asyncio.sleep(0.01)
    await dispatcher.run()


@pytest.mark.parametrize("jump", [TWO_HOURS, -TWO_HOURS], ids=["forward", "back"])
@pytest.mark.parametrize("after", [1, 20])
async def test_a_clock_that_jumps_while_messages_leave_repeats_none(
    papers_database: Database, jump: timedelta, after: int
) -> None:
    telegram, clock = Slow(), Clock()
    telegram.jump = clock, jump, after
    await subscribe(papers_database, NOW - timedelta(days=9), *CHATS)
    publisher = await publisher_of(papers_database, telegram, clock)
    await publisher.publish_now(EditionKind.WEEKLY)
    for _ in range(8):
        clock.now += timedelta(minutes=30)
        await work(publisher)
    assert telegram.repeated == []
    assert len(telegram.arrived) == len(CHATS)
    assert await states(papers_database) == {DeliveryState.SENT}


async def test_a_clock_that_jumps_back_behind_what_is_open_opens_nothing_twice(papers_database: Database) -> None:
    telegram, clock = Telegram(), Clock(NOW - timedelta(days=1))
    await subscribe(papers_database, NOW - timedelta(days=9), *CHATS[:3])
    publisher = await publisher_of(papers_database, telegram, clock)
    await work(publisher)
    for jump in (timedelta(days=1), -TWO_HOURS, TWO_HOURS, timedelta(minutes=5)):
        clock.now += jump
        await work(publisher)
    assert sorted(telegram.had.values()) == [1, 1, 1]


BERLIN = {"timezone": "Europe/Berlin", "weekly_at": "sun 02:30", "roundup_at": "25 12:00"}
DOWN = datetime(2026, 10, 24, 22, 0, tzinfo=UTC)  # the clocks go back at 01:00 UTC the next morning
EARLY, USUAL, EAST, LATE = Address(1), Address(2), Address(3), Address(4)
MOMENTS = {
    EARLY: Moment(4, 18, 0, "UTC"),  # Friday, before the program goes down
    USUAL: None,  # at 02:30 the first time it is so: 00:30 UTC
    EAST: Moment(6, 10, 0, "Asia/Shanghai"),  # 02:00 UTC
    LATE: Moment(6, 23, 30, "Europe/Berlin"),  # half an hour before the program is up again
}


async def on_a_sunday_in_autumn(database: Database, telegram: Telegram, clock: Clock) -> Publisher:
    """A weekly pick at an hour that comes twice, and a roundup the same day."""
    async with database.writing() as conn:
        await conn.execute(update(tables.series).values(BERLIN))
        await conn.execute(update(tables.entry).values(month="2026-10"))
    for address, moment in MOMENTS.items():
        await subscribe(database, clock.now, address, moment=moment)
    return await publisher_of(database, telegram, clock)


def had(telegram: Telegram) -> dict[int, int]:
    """How many messages each chat had; a roundup comes as two."""
    return {
        address.chat_id: sum(n for place, n in telegram.had.items() if place[0] == address.chat_id)
        for address in MOMENTS
    }


async def test_after_a_day_of_standstill_over_two_slots_and_a_change_of_clocks_everybody_gets_all_once(
    papers_database: Database,
) -> None:
    telegram, clock = Telegram(), Clock(DOWN - timedelta(days=3))
    publisher = await on_a_sunday_in_autumn(papers_database, telegram, clock)
    while clock.now < DOWN:
        await work(publisher)
        clock.now += timedelta(hours=2)
    assert had(telegram) == {1: 1, 2: 0, 3: 0, 4: 0}
    clock.now = DOWN + timedelta(hours=25)
    publisher = await publisher_of(papers_database, telegram, clock)  # as after a start
    for _ in range(40):
        await work(publisher)
        clock.now += timedelta(minutes=30)
    assert telegram.repeated == []
    assert had(telegram) == {1: 3, 2: 3, 3: 3, 4: 3}
    assert await states(papers_database) == {DeliveryState.SENT}


async def test_an_hour_that_comes_twice_is_only_once_the_hour(papers_database: Database) -> None:
    telegram, clock = Telegram(), Clock(DOWN)
    publisher = await on_a_sunday_in_autumn(papers_database, telegram, clock)
    seen: list[datetime] = []
    while clock.now < DOWN + timedelta(hours=6):
        await work(publisher)
        seen += [clock.now] * (had(telegram)[USUAL.chat_id] > len(seen))
        clock.now += timedelta(minutes=10)
    assert seen == [datetime(2026, 10, 25, 0, 30, tzinfo=UTC)]


async def test_what_stood_still_for_too_long_is_written_down_as_too_late(papers_database: Database) -> None:
    telegram, clock = Telegram(), Clock(DOWN)
    publisher = await on_a_sunday_in_autumn(papers_database, telegram, clock)
    await work(publisher)
    clock.now = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    await publisher.open_due()  # opened, and then the program went down before anything left
    clock.now += timedelta(days=5)
    publisher = await publisher_of(papers_database, telegram, clock)
    await work(publisher)
    clock.now += timedelta(minutes=1)
    await work(publisher)
    rows = [row for row in await rows_of(papers_database) if row.kind == EditionKind.WEEKLY]
    assert {(row.state, row.error) for row in rows} == {(DeliveryState.SKIPPED, Objection.TOO_LATE)}
    assert had(telegram) == {1: 2, 2: 2, 3: 2, 4: 2}  # a roundup keeps for a week


async def test_an_hour_that_never_comes_is_the_next_one(papers_database: Database) -> None:
    telegram, clock = Telegram(), Clock(datetime(2027, 3, 27, 22, 0, tzinfo=UTC))
    async with papers_database.writing() as conn:
        await conn.execute(update(tables.series).values(BERLIN))
    await subscribe(papers_database, clock.now, USUAL)
    publisher = await publisher_of(papers_database, telegram, clock)
    while not telegram.had and clock.now < datetime(2027, 3, 28, 6, 0, tzinfo=UTC):
        await work(publisher)
        clock.now += timedelta(minutes=10)
    assert clock.now == datetime(2027, 3, 28, 1, 10, tzinfo=UTC)  # ten minutes after the clocks went on


async def test_a_rhythm_that_the_operator_has_overridden_is_everybodys(papers_database: Database) -> None:
    """The series as the program runs it counts for each delivery, not as its file has it."""
    telegram, clock = Telegram(), Clock(datetime(2026, 11, 26, 11, 0, tzinfo=UTC))
    await subscribe(papers_database, clock.now, USUAL)
    series = [replace(one, weekly_at="thu 12:00", timezone="UTC") for one in await all_series(papers_database)]
    publisher = Publisher(papers_database, telegram, dispatcher_of(papers_database, telegram, clock), series, clock)
    await work(publisher)
    clock.now += timedelta(hours=1)
    await work(publisher)
    async with papers_database.reading() as conn:
        due = (await conn.execute(select(tables.delivery.c.due_at))).scalars().all()
    assert due == [clock.now]
    assert had(telegram)[USUAL.chat_id] == 1
