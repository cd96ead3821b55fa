import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from bot.editorial.desk import Desk
from bot.errors import DraftChanged, DraftError
from bot.model.address import Address
from bot.model.arxiv_id import ArxivId
from bot.model.edition import Edition, EditionKind, EditionState, EmptyQueue
from bot.model.entry import EntryState
from bot.model.month import Month
from bot.model.subscription import Moment
from bot.publishing.calendar import DueSlot, Slot
from bot.publishing.delivery import Dispatcher
from bot.publishing.editions import open_slot
from bot.publishing.free_slots import free_slots
from bot.publishing.publisher import Publisher
from bot.publishing.queue import Lacking, Queue, QueuedEntry
from bot.store import editions, entries, installation, notices, subscriptions, tables
from bot.store.database import Database
from tests.editorial.desks import (
    ADA,
    BOB,
    MONTHLY,
    NOW,
    PAPER,
    WEEKLY,
    Clock,
    approved,
    desk_of,
    store_from_file,
    store_series,
)
from tests.publishing.recording import RecordingMessenger

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)  # of 2026-W48; NOW is the Friday before


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


@pytest.fixture
async def desk(database: Database, clock: Clock) -> Desk:
    await store_series(database)
    async with database.writing() as conn:
        for rhythm in ("weekly weekly", "weekly roundup", "monthly roundup"):
            await installation.first_seen_at(conn, rhythm, NOW - timedelta(days=1))
    return desk_of(database, clock=clock)


@pytest.fixture
def queue(desk: Desk, clock: Clock) -> Queue:
    return Queue(desk.database, (WEEKLY, MONTHLY), clock)


def publisher(queue: Queue) -> Publisher:
    messenger, clock = RecordingMessenger(), queue.clock
    dispatcher = Dispatcher(queue.database, messenger, clock, rate=0, patience=timedelta(0))
    return Publisher(queue.database, messenger, dispatcher, queue.series, clock, empty_queue=queue.empty_queue)


async def open_week(queue: Queue, key: str, *, by_hand: bool = False) -> Edition:
    async with queue.database.writing() as conn:
        return await open_slot(
            conn,
            WEEKLY,
            Slot(EditionKind.WEEKLY, key),
            messenger=RecordingMessenger(),
            empty_queue=EmptyQueue.ARCHIVE,
            now=queue.clock(),
            by_hand=by_hand,
        )


def said(listed: tuple[QueuedEntry, ...]) -> list[tuple[int, str | None, int | None]]:
    return [(each.entry.id, each.slot and each.slot[5:], each.entry.number) for each in listed]


async def test_the_queue_says_when_each_goes_out_and_under_which_number(desk: Desk, queue: Queue) -> None:
    first, second = await approved(desk, "2103.00001"), await approved(desk, "2103.00002")
    from_file = await store_from_file(desk.database, 4)

    listed = await queue.listed("weekly")

    assert said(listed) == [(from_file, "W48", 4), (first, "W49", 5), (second, "W50", 6)]
    assert [each.goes_out_at for each in listed] == [MONDAY + timedelta(weeks=week) for week in range(3)]
    assert [each.is_from_file for each in listed] == [True, False, False]


async def test_a_chat_that_is_ahead_of_the_series_gets_it_first(desk: Desk, queue: Queue) -> None:
    sunday = MONDAY - timedelta(hours=22, minutes=30)  # half past midnight of Monday in Kiritimati
    async with desk.database.writing() as conn:
        await subscriptions.see_chat(conn, 1, kind="private", title="", now=NOW)
        await subscriptions.subscribe(conn, Address(1), NOW, moment=Moment(0, 0, 30, "Pacific/Kiritimati"))
    await approved(desk, "2103.00001")

    assert (await queue.listed("weekly"))[0].goes_out_at == sunday


async def test_a_slot_that_was_opened_is_left_out(desk: Desk, queue: Queue) -> None:
    entry_id = await approved(desk, "2103.00001")
    await store_from_file(desk.database, 1, state=EntryState.PUBLISHED)
    await queue.fix(entry_id, "2026-W49")
    await open_week(queue, "2026-W48", by_hand=True)

    assert said(await queue.fix(entry_id, None)) == [(entry_id, "W49", 2)]


async def test_moving_changes_the_order_and_the_numbers(desk: Desk, queue: Queue) -> None:
    ids = [await approved(desk, f"2103.0000{number}") for number in range(3)]

    assert said(await queue.move(ids[2], -1)) == [(ids[0], "W48", 1), (ids[2], "W49", 2), (ids[1], "W50", 3)]
    assert said(await queue.move(ids[0], 9)) == [(ids[2], "W48", 1), (ids[1], "W49", 2), (ids[0], "W50", 3)]
    assert said(await queue.move(ids[2], -9))[0] == (ids[2], "W48", 1)


async def test_moving_goes_past_who_is_fixed(desk: Desk, queue: Queue) -> None:
    ids = [await approved(desk, f"2103.0000{number}") for number in range(3)]
    await queue.fix(ids[1], "2026-W52")

    assert [entry for entry, _, _ in said(await queue.move(ids[2], -1))] == [ids[2], ids[0], ids[1]]
    with pytest.raises(DraftError, match="is fixed to 2026-W52; take the date away"):
        await queue.move(ids[1], -1)


async def test_the_place_of_an_entry_from_a_file_is_its_number(desk: Desk, queue: Queue) -> None:
    later, earlier = await store_from_file(desk.database, 5), await store_from_file(desk.database, 4)
    assert [entry for entry, _, _ in said(await queue.listed("weekly"))] == [earlier, later]

    with pytest.raises(DraftError, match="Its place is its number"):
        await queue.move(later, -1)


async def test_a_fixed_date_is_kept_and_can_be_taken_away(desk: Desk, queue: Queue, clock: Clock) -> None:
    first, second = await approved(desk, "2103.00001"), await approved(desk, "2103.00002")

    listed = await queue.fix(first, "2026-W50")
    assert said(listed) == [(second, "W48", 1), (first, "W50", 2)]
    assert [each.is_fixed for each in listed] == [False, True]

    clock.now = MONDAY
    edition = await open_week(queue, "2026-W48")
    assert [(entry.id, entry.number, entry.month) for entry in edition.entries] == [(second, 1, Month(2026, 11))]
    assert said(await queue.fix(first, None)) == [(first, "W49", 2)]


async def test_an_entry_from_a_file_can_be_fixed_too(desk: Desk, queue: Queue) -> None:
    from_file, born = await store_from_file(desk.database, 4), await approved(desk, "2103.00001")

    assert said(await queue.fix(from_file, "2026-W49")) == [(born, "W48", 5), (from_file, "W49", 4)]


@pytest.mark.parametrize(
    ("slot", "why"),
    [
        ("soon", "'soon' is not a week like 2026-W47"),
        ("2026-W60", "Invalid week"),
        ("2026-11", "is not a week"),
        ("2026-W30", "over, out already or more than a year away"),
        ("2031-W01", "over, out already or more than a year away"),
    ],
)
async def test_a_date_that_makes_no_sense_is_refused(desk: Desk, queue: Queue, slot: str, why: str) -> None:
    entry_id = await approved(desk, "2103.00001")

    with pytest.raises(DraftError, match=why):
        await queue.fix(entry_id, slot)


async def test_two_entries_cannot_be_fixed_to_one_week(desk: Desk, queue: Queue) -> None:
    first, second = await approved(desk, "2103.00001"), await approved(desk, "2103.00002")
    await queue.fix(first, "2026-W50")
    await queue.fix(first, "2026-W50")  # its own date again

    with pytest.raises(DraftError, match="2026-W50 belongs to “About 2103"):
        await queue.fix(second, "2026-W50")


async def test_a_week_that_is_out_is_not_given_away(desk: Desk, queue: Queue, clock: Clock) -> None:
    await store_from_file(desk.database, 1, state=EntryState.PUBLISHED)
    clock.now = MONDAY
    await publisher(queue).open_due()
    entry_id = await approved(desk, "2103.00001")

    with pytest.raises(DraftError, match="out already"):
        await queue.fix(entry_id, "2026-W48")


async def test_what_is_not_in_the_queue_cannot_be_moved(desk: Desk, queue: Queue) -> None:
    draft = await desk.take_up(PAPER, series="weekly", editor=ADA)

    for change in (queue.move(draft.id, 1), queue.fix(draft.id, None), queue.publish_now(999)):
        with pytest.raises(DraftError, match="not in the queue any more"):
            await change


async def test_numbers_go_on_when_something_leaves_the_queue(desk: Desk, queue: Queue) -> None:
    first, second = await approved(desk, "2103.00001"), await approved(desk, "2103.00002")

    await desk.reopen(first, editor=BOB)

    assert said(await queue.listed("weekly")) == [(second, "W48", 1)]


async def test_what_is_published_has_its_number_for_good_and_leaves_the_desk(
    desk: Desk, queue: Queue, clock: Clock
) -> None:
    first, second = await approved(desk, "2103.00001"), await approved(desk, "2103.00002")
    await queue.move(second, -1)

    clock.now = MONDAY
    await publisher(queue).open_due()

    async with desk.database.reading() as conn:
        (entry,) = await entries.get_entries(conn, [second])
        left = {
            table.name: (await conn.execute(select(func.count()).select_from(table))).scalar_one()
            for table in (tables.draft, tables.draft_figure, tables.queue)
        }
        hits = (await conn.execute(select(func.count()).select_from(tables.figure))).scalar_one()
    assert (entry.state, entry.number, entry.badge) == (EntryState.PUBLISHED, 1, "Weekly 1/9")
    assert left == {"draft": 1, "draft_figure": 3, "queue": 1}
    assert hits == 2
    with pytest.raises(DraftChanged, match="gone"):
        await desk.get(second)
    assert said(await queue.listed("weekly")) == [(first, "W49", 2)]


async def test_a_number_that_a_file_takes_meanwhile_is_not_given_twice(desk: Desk, queue: Queue, clock: Clock) -> None:
    born = await approved(desk, "2103.00001")
    await store_from_file(desk.database, 1, state=EntryState.PUBLISHED)

    clock.now = MONDAY
    edition = await open_week(queue, "2026-W48")

    assert [(entry.id, entry.number) for entry in edition.entries] == [(born, 2)]


async def test_when_the_numbers_run_out_in_the_queue_the_archive_goes_out(
    desk: Desk, queue: Queue, clock: Clock
) -> None:
    born = await approved(desk, "2103.00001")
    archive = await store_from_file(desk.database, 9, state=EntryState.PUBLISHED)
    assert said(await queue.listed("weekly")) == [(born, None, None)]

    clock.now = MONDAY
    edition = await open_week(queue, "2026-W48")

    assert (edition.rerun, [entry.id for entry in edition.entries]) == (True, [archive])
    with pytest.raises(DraftError, match="no number left"):
        await queue.publish_now(born)


async def test_now_means_the_current_slot_where_that_is_not_out(desk: Desk, queue: Queue) -> None:
    await approved(desk, "2103.00001")
    second = await approved(desk, "2103.00002")

    readied = await queue.publish_now(second)

    assert (readied.slot, readied.is_now, readied.entry.number) == ("2026-W47", True, 1)
    assert readied.sentence == "“About 2103.00002” is this week's pick of Weekly."
    (sentence,) = await publisher(queue).publish_now(EditionKind.WEEKLY, slot=readied.slot, series="weekly")
    assert sentence.startswith("Weekly 2026-W47: “About 2103.00002”.")


async def test_now_means_the_next_slot_where_the_current_one_is_out(desk: Desk, queue: Queue) -> None:
    await store_from_file(desk.database, 1, state=EntryState.PUBLISHED)
    await open_week(queue, "2026-W47", by_hand=True)
    first, second = await approved(desk, "2103.00001"), await approved(desk, "2103.00002")
    await queue.fix(first, "2026-W48")

    readied = await queue.publish_now(second)

    assert (readied.slot, readied.is_now, readied.goes_out_at) == ("2026-W49", False, MONDAY + timedelta(weeks=1))
    assert readied.sentence == (
        "This week's pick of Weekly is out already; “About 2103.00002” goes out on Monday 30 November, 09:00 UTC."
    )
    assert readied.entry.number == 3


async def test_a_slot_that_was_skipped_takes_an_entry_by_hand(desk: Desk, queue: Queue, clock: Clock) -> None:
    skipping = replace(queue, empty_queue=EmptyQueue.SKIP)
    clock.now = MONDAY
    await publisher(skipping).open_due()
    entry_id = await approved(desk, "2103.00001")

    readied = await skipping.publish_now(entry_id)
    await publisher(skipping).publish_now(EditionKind.WEEKLY, slot=readied.slot, series="weekly")

    assert (readied.slot, readied.is_now) == ("2026-W48", True)
    async with desk.database.reading() as conn:
        edition = await editions.find_edition(conn, WEEKLY, EditionKind.WEEKLY, "2026-W48")
    assert edition
    assert (edition.state, [entry.id for entry in edition.entries]) == (EditionState.OPEN, [entry_id])


async def test_a_series_without_a_weekly_pick_says_when_its_entries_go_out(
    desk: Desk, queue: Queue, clock: Clock
) -> None:
    first = await approved(desk, "2103.00001", series="monthly")
    second = await approved(desk, "2103.00002", series="monthly")
    with pytest.raises(DraftError, match="no weekly pick"):
        await queue.publish_now(first)

    await queue.fix(second, "2026-12")
    assert [each.slot for each in await queue.listed("monthly")] == ["2026-11", "2026-12"]

    clock.now = datetime(2026, 11, 30, 18, tzinfo=UTC)
    await publisher(queue).open_due()

    async with desk.database.reading() as conn:
        edition = await editions.find_edition(conn, MONTHLY, EditionKind.ROUNDUP, "2026-11")
    assert edition
    assert [(entry.id, entry.month) for entry in edition.entries] == [(first, Month(2026, 11))]
    assert [each.slot for each in await queue.listed("monthly")] == ["2026-12"]


async def test_an_old_roundup_sent_again_by_hand_takes_nothing_from_the_queue(desk: Desk, queue: Queue) -> None:
    old = await store_from_file(desk.database, 1, state=EntryState.PUBLISHED)
    async with desk.database.writing() as conn:
        monthly = select(tables.series.c.id).where(tables.series.c.slug == "monthly").scalar_subquery()
        old_one = update(tables.entry).where(tables.entry.c.id == old)
        await conn.execute(old_one.values(series_id=monthly, month="2021-03", number=None))
    await approved(desk, "2103.00001", series="monthly")

    await publisher(queue).publish_now(EditionKind.ROUNDUP, slot="2021-03", series="monthly")

    assert len(await queue.listed("monthly")) == 1


async def warned(queue: Queue, lack: Lacking, editor: int) -> None:
    async with queue.database.writing() as conn:
        assert await notices.claim(conn, lack.key, editor, queue.clock())


async def test_of_a_slot_with_nothing_queued_each_editor_is_told_once_two_days_ahead(
    desk: Desk, queue: Queue, clock: Clock
) -> None:
    archive = await store_from_file(desk.database, 1, state=EntryState.PUBLISHED)
    assert await queue.lacking([ADA, BOB]) == ()  # more than two days away

    clock.now = MONDAY - timedelta(hours=47)
    (lack,) = await queue.lacking([ADA, BOB])

    assert (lack.series, lack.slot, lack.opens_at, lack.untold) == (WEEKLY, "2026-W48", MONDAY, (ADA, BOB))
    assert lack.instead
    assert lack.instead.id == archive
    await warned(queue, lack, ADA)
    assert [each.untold for each in await queue.lacking([ADA, BOB])] == [(BOB,)]
    assert await queue.lacking([ADA]) == ()
    clock.now += timedelta(weeks=1)
    assert [each.slot for each in await replace(queue, empty_queue=EmptyQueue.SKIP).lacking([ADA])] == ["2026-W49"]


async def test_nobody_plans_a_year_while_no_slot_is_near_or_everybody_was_told(
    queue: Queue, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    horizons: list[timedelta] = []

    async def found(*said: Any, horizon: timedelta, now: datetime) -> list[DueSlot]:
        horizons.append(horizon)
        return await free_slots(*said, horizon=horizon, now=now)

    monkeypatch.setattr("bot.publishing.queue.free_slots", found)
    assert await queue.lacking([ADA]) == ()
    assert max(horizons) < timedelta(days=3)

    clock.now = MONDAY - timedelta(hours=47)
    (lack,) = await queue.lacking([ADA])
    assert max(horizons) > timedelta(days=3)

    await warned(queue, lack, ADA)
    horizons.clear()
    assert await queue.lacking([ADA]) == ()
    assert max(horizons) < timedelta(days=3)


async def test_empty_slots_are_looked_for_while_somebody_else_writes(queue: Queue, clock: Clock) -> None:
    other = Database(queue.database.url)
    clock.now = MONDAY - timedelta(hours=47)
    async with other.writing():
        assert len(await queue.lacking([ADA])) == 1
    await other.close()


async def test_a_slot_that_will_be_filled_is_not_told(desk: Desk, queue: Queue, clock: Clock) -> None:
    entry_id = await approved(desk, "2103.00001")
    clock.now = MONDAY - timedelta(hours=47)
    assert await queue.lacking([ADA]) == ()

    await queue.fix(entry_id, "2026-W50")

    assert [(each.slot, each.instead) for each in await queue.lacking([ADA])] == [("2026-W48", None)]


async def test_moving_while_the_publisher_opens_the_slot_loses_nobody(desk: Desk, queue: Queue, clock: Clock) -> None:
    ids = [await approved(desk, f"2103.0000{number}") for number in range(4)]
    other = Database(queue.database.url)
    mine, theirs = publisher(queue), publisher(replace(queue, database=other))
    clock.now = MONDAY

    await asyncio.gather(
        queue.move(ids[3], -3),
        mine.open_due(),
        replace(queue, database=other).move(ids[2], -2),
        theirs.open_due(),
        return_exceptions=True,
    )

    async with desk.database.reading() as conn:
        edition = await editions.find_edition(conn, WEEKLY, EditionKind.WEEKLY, "2026-W48")
    assert edition
    (sent,) = edition.entries
    left = await queue.listed("weekly")
    assert {sent.id, *(each.entry.id for each in left)} == set(ids)
    assert [sent.number, *(each.entry.number for each in left)] == [1, 2, 3, 4]
    await other.close()


async def test_taking_an_entry_out_while_its_slot_opens_does_one_of_the_two(
    desk: Desk, queue: Queue, clock: Clock
) -> None:
    other = Database(queue.database.url)
    elsewhere = desk_of(other, clock=clock)
    for week in range(4):
        entry_id = await approved(desk, f"2103.0000{week}")
        clock.now = MONDAY + timedelta(weeks=week)

        _, reopened = await asyncio.gather(
            publisher(queue).open_due(), elsewhere.reopen(entry_id, editor=BOB), return_exceptions=True
        )

        async with desk.database.reading() as conn:
            (entry,) = await entries.get_entries(conn, [entry_id])
        assert entry.state is (EntryState.PUBLISHED if isinstance(reopened, DraftChanged) else EntryState.DRAFT)
    await other.close()


async def test_only_the_series_that_is_meant_goes_out(desk: Desk, queue: Queue) -> None:
    await store_series(desk.database, replace(MONTHLY, weekly_at="mon 09:00"))
    await approved(desk, "2103.00001")
    await approved(desk, "2103.00001", series="monthly")
    both = replace(queue, series=(WEEKLY, replace(MONTHLY, weekly_at="mon 09:00")))

    said_of = await publisher(both).publish_now(EditionKind.WEEKLY, series="weekly")

    assert len(said_of) == 1
    assert len(await both.listed("monthly")) == 1
    assert ArxivId("2103.00001") == (await both.listed("monthly"))[0].entry.paper.arxiv_id
