import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.editorial.library import Library
from bot.errors import NothingToPublish
from bot.model.address import Address
from bot.model.edition import Edition, EditionKind, EditionState, EmptyQueue
from bot.model.entry import Series
from bot.model.month import Month
from bot.model.subscription import Moment
from bot.publishing.calendar import Slot
from bot.publishing.delivery import Dispatcher
from bot.publishing.editions import month_of_publication, open_slot
from bot.publishing.publisher import MISSED, Publisher
from bot.store import deliveries, editions, entries, installation, subscriptions, tables
from bot.store.database import Database
from tests.publishing.recording import RecordingMessenger

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class Clock:
    """Shows the time it was set to."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


async def first_start(database: Database, at: datetime) -> None:
    async with database.writing() as conn:
        for rhythm in ("ml-collage weekly", "ml-collage roundup", "best-of-arxiv roundup"):
            await installation.first_seen_at(conn, rhythm, at)


async def subscribe(database: Database, chat_id: int, *, since: datetime, moment: Moment | None = None) -> None:
    async with database.writing() as conn:
        await subscriptions.see_chat(conn, chat_id, kind="private", title="", now=since)
        await subscriptions.subscribe(conn, Address(chat_id), since, moment=moment)


async def publisher(database: Database, clock: Clock, *, empty_queue: EmptyQueue = EmptyQueue.ARCHIVE) -> Publisher:
    async with database.reading() as conn:
        series = await entries.all_series(conn)
    messenger = RecordingMessenger()
    dispatcher = Dispatcher(database, messenger, clock, rate=0, patience=timedelta(0))
    return Publisher(database, messenger, dispatcher, series, clock, empty_queue=empty_queue)


async def ml_collage(database: Database) -> Series:
    async with database.reading() as conn:
        return await entries.get_series(conn, "ml-collage")


async def open_week(database: Database, key: str, *, now: datetime, by_hand: bool = False) -> Edition:
    series = await ml_collage(database)
    async with database.writing() as conn:
        return await open_slot(
            conn,
            series,
            Slot(EditionKind.WEEKLY, key),
            messenger=RecordingMessenger(),
            empty_queue=EmptyQueue.ARCHIVE,
            now=now,
            by_hand=by_hand,
        )


async def queue(database: Database, number: int, *, month: str | None) -> None:
    async with database.writing() as conn:
        await conn.execute(
            update(tables.entry).where(tables.entry.c.number == number).values(state="queued", month=month)
        )


async def kinds_and_slots(database: Database) -> list[tuple[str, str, str]]:
    async with database.reading() as conn:
        rows = await conn.execute(
            select(tables.series.c.slug, tables.edition.c.slot, tables.edition.c.state)
            .join(tables.edition)
            .order_by(tables.edition.c.slot, tables.series.c.slug)
        )
        return [(slug, slot, state) for slug, slot, state in rows]


async def test_the_next_queued_entry_fills_the_week_and_gets_the_month_of_its_publication(catalogue: Database) -> None:
    await queue(catalogue, 28, month=None)
    await queue(catalogue, 27, month=None)
    edition = await open_week(catalogue, "2026-W48", now=MONDAY)
    entry = edition.entries[0]
    assert (entry.number, entry.month, edition.rerun) == (27, Month(2026, 11), False)


async def test_what_is_published_can_be_found_by_its_month(catalogue: Database) -> None:
    await queue(catalogue, 27, month=None)
    await open_week(catalogue, "2026-W48", now=MONDAY)
    found = await Library(catalogue).search("convit 2026")
    assert found.hits[0].number == 27
    assert await Library(catalogue).months() == (
        Month(2021, 2),
        Month(2021, 3),
        Month(2021, 8),
        Month(2022, 1),
        Month(2026, 11),
    )


async def test_a_label_that_an_entry_bears_already_stands(catalogue: Database) -> None:
    await queue(catalogue, 27, month="2021-08")
    edition = await open_week(catalogue, "2026-W48", now=MONDAY)
    assert edition.entries[0].month == Month(2021, 8)


async def test_what_is_published_after_the_roundup_belongs_to_the_next_month(catalogue: Database) -> None:
    series = await ml_collage(catalogue)
    assert month_of_publication(series, datetime(2026, 11, 30, 17, 59, tzinfo=UTC)) == Month(2026, 11)
    assert month_of_publication(series, datetime(2026, 11, 30, 18, 0, tzinfo=UTC)) == Month(2026, 12)


async def test_an_empty_queue_reruns_the_archive_from_its_beginning(catalogue: Database) -> None:
    numbers = []
    for week in range(48, 52):
        edition = await open_week(catalogue, f"2026-W{week}", now=MONDAY + timedelta(weeks=week - 48))
        assert edition.rerun
        numbers.append(edition.entries[0].number)
    assert numbers == [1, 2, 3, 4]


async def test_the_archive_begins_again_with_what_was_sent_longest_ago(catalogue: Database) -> None:
    seen = [
        (await open_week(catalogue, f"2026-W{week:02d}", now=MONDAY + timedelta(weeks=week))).entries[0].number
        for week in range(1, 15)
    ]
    assert seen == [1, 2, 3, 4, 25, 26, 27, 28, 37, 38, 39, 40, 1, 2]


async def test_an_empty_queue_may_be_skipped_instead(catalogue: Database) -> None:
    await first_start(catalogue, MONDAY - timedelta(days=1))
    desk = await publisher(catalogue, Clock(MONDAY), empty_queue=EmptyQueue.SKIP)
    await desk.open_due()
    assert await kinds_and_slots(catalogue) == [("ml-collage", "2026-W48", "skipped")]


async def test_an_edition_is_opened_once_however_often_it_is_asked_for(catalogue: Database) -> None:
    await first_start(catalogue, MONDAY - timedelta(days=1))
    desk = await publisher(catalogue, Clock(MONDAY))
    for _ in range(3):
        await desk.open_due()
    assert len(await kinds_and_slots(catalogue)) == 1


async def test_a_slot_from_before_the_first_start_is_never_sent(catalogue: Database) -> None:
    desk = await publisher(catalogue, Clock(MONDAY + timedelta(hours=1)))
    await subscribe(catalogue, 1, since=MONDAY - timedelta(days=9))
    await desk.open_due()
    assert await kinds_and_slots(catalogue) == []


async def test_of_the_slots_missed_while_nobody_ran_only_the_newest_is_sent(catalogue: Database) -> None:
    start = MONDAY - timedelta(weeks=3, days=1)
    await first_start(catalogue, start)
    await subscribe(catalogue, 1, since=start)
    desk = await publisher(catalogue, Clock(MONDAY + timedelta(days=2)))
    await desk.open_due()
    await desk.dispatcher.run()
    weeks = [(slot, state) for slug, slot, state in await kinds_and_slots(catalogue) if "W" in slot]
    assert weeks == [
        ("2026-W45", "skipped"),
        ("2026-W46", "skipped"),
        ("2026-W47", "skipped"),
        ("2026-W48", "open"),
    ]
    async with catalogue.reading() as conn:
        missed = await editions.find_edition(conn, await ml_collage(catalogue), EditionKind.WEEKLY, "2026-W46")
        assert missed is not None
        assert missed.reason == MISSED
        assert sum((await deliveries.count_states(conn)).values()) == 1


async def test_a_month_without_entries_is_recorded_as_skipped(catalogue: Database) -> None:
    end = datetime(2026, 11, 30, 18, 0, tzinfo=UTC)
    await first_start(catalogue, end - timedelta(hours=1))
    await (await publisher(catalogue, Clock(end))).open_due()
    assert ("best-of-arxiv", "2026-11", EditionState.SKIPPED) in await kinds_and_slots(catalogue)


async def test_by_hand_an_empty_month_stays_free(catalogue: Database) -> None:
    desk = await publisher(catalogue, Clock(MONDAY))
    with pytest.raises(NothingToPublish):
        await desk.publish_now(EditionKind.ROUNDUP)
    assert await kinds_and_slots(catalogue) == []


async def test_reruns_do_not_enter_the_roundup(catalogue: Database) -> None:
    await open_week(catalogue, "2026-W48", now=MONDAY)
    async with catalogue.reading() as conn:
        assert await editions.entries_of_month(conn, await ml_collage(catalogue), Month(2026, 11)) == []


async def test_the_roundup_of_a_month_holds_what_bears_its_label(catalogue: Database) -> None:
    desk = await publisher(catalogue, Clock(MONDAY))
    await subscribe(catalogue, 1, since=MONDAY)
    said = await desk.publish_now(EditionKind.ROUNDUP, slot="2022-01")
    assert len(said) == 1
    async with catalogue.reading() as conn:
        edition = await editions.find_edition(conn, await ml_collage(catalogue), EditionKind.ROUNDUP, "2022-01")
    assert edition is not None
    assert [entry.number for entry in edition.entries] == [37, 38, 39, 40]


async def test_who_subscribes_after_the_instant_waits_for_the_next_one(catalogue: Database) -> None:
    await first_start(catalogue, MONDAY - timedelta(days=1))
    await subscribe(catalogue, 1, since=MONDAY - timedelta(minutes=1))
    await subscribe(catalogue, 2, since=MONDAY + timedelta(minutes=1))
    clock = Clock(MONDAY + timedelta(minutes=2))
    desk = await publisher(catalogue, clock)
    await desk.open_due()
    await desk.dispatcher.run()
    assert isinstance(desk.messenger, RecordingMessenger)
    assert [address.chat_id for address, _ in desk.messenger.sent] == [1]


async def test_a_chat_with_its_own_moment_gets_the_same_pick_later_in_the_week(catalogue: Database) -> None:
    await first_start(catalogue, MONDAY - timedelta(days=1))
    await subscribe(catalogue, 1, since=MONDAY + timedelta(hours=3), moment=Moment(4, 18, 0, "UTC"))
    clock = Clock(MONDAY)
    desk = await publisher(catalogue, clock)
    assert isinstance(desk.messenger, RecordingMessenger)
    for day in range(5):
        clock.now = MONDAY + timedelta(days=day, hours=8, minutes=59)
        await desk.open_due()
        await desk.dispatcher.run()
    assert desk.messenger.sent == []
    clock.now = MONDAY + timedelta(days=4, hours=9)
    await desk.open_due()
    await desk.dispatcher.run()
    assert [address.chat_id for address, _ in desk.messenger.sent] == [1]
    assert len(await kinds_and_slots(catalogue)) == 1


async def test_by_hand_everybody_gets_it_now_and_the_schedule_does_not_repeat_it(catalogue: Database) -> None:
    await first_start(catalogue, MONDAY - timedelta(days=6))
    await subscribe(catalogue, 1, since=MONDAY - timedelta(days=5))
    clock = Clock(MONDAY - timedelta(hours=1))
    clock.now = MONDAY + timedelta(minutes=-1)  # Monday, a minute early: the same ISO week
    desk = await publisher(catalogue, clock)
    assert isinstance(desk.messenger, RecordingMessenger)
    await desk.publish_now(EditionKind.WEEKLY)
    assert len(desk.messenger.sent) == 1
    clock.now = MONDAY + timedelta(minutes=1)
    await desk.open_due()
    await desk.dispatcher.run()
    await desk.publish_now(EditionKind.WEEKLY)
    assert len(desk.messenger.sent) == 1


async def test_unsubscribing_by_mistake_does_not_cost_the_pick(catalogue: Database) -> None:
    await first_start(catalogue, MONDAY - timedelta(days=1))
    await subscribe(catalogue, 1, since=MONDAY - timedelta(days=1))
    clock = Clock(MONDAY)
    desk = await publisher(catalogue, clock)
    assert isinstance(desk.messenger, RecordingMessenger)
    await desk.open_due()
    async with catalogue.writing() as conn:
        await subscriptions.unsubscribe(conn, Address(1), MONDAY)
    await desk.dispatcher.run()
    assert desk.messenger.sent == []
    async with catalogue.writing() as conn:
        await subscriptions.restore(conn, Address(1))
    await desk.open_due()
    await desk.dispatcher.run()
    assert len(desk.messenger.sent) == 1


async def test_two_processes_open_a_slot_once(catalogue: Database) -> None:
    other = Database(catalogue.url)
    await first_start(catalogue, MONDAY - timedelta(days=1))
    await subscribe(catalogue, 1, since=MONDAY - timedelta(days=1))
    try:
        for database in (catalogue, other, catalogue, other):
            await (await publisher(database, Clock(MONDAY))).open_due()
    finally:
        await other.close()
    async with catalogue.reading() as conn:
        assert sum((await deliveries.count_states(conn)).values()) == 1


async def test_a_series_without_entries_sends_nothing_and_says_so(catalogue: Database) -> None:
    async with catalogue.writing() as conn:
        await conn.execute(
            insert(tables.series).values(
                slug="new", name="New", description="", timezone="UTC", weekly_at="mon 09:00", insights=False
            )
        )
        series = await entries.get_series(conn, "new")
        edition = await open_slot(
            conn,
            series,
            Slot(EditionKind.WEEKLY, "2026-W48"),
            messenger=RecordingMessenger(),
            empty_queue=EmptyQueue.ARCHIVE,
            now=MONDAY,
        )
    assert edition.state is EditionState.SKIPPED
    assert edition.reason == "New has no entries yet"


async def test_a_moment_promised_in_the_week_of_the_first_start_is_kept(catalogue: Database) -> None:
    clock = Clock(MONDAY + timedelta(days=2))
    desk = await publisher(catalogue, clock)
    assert isinstance(desk.messenger, RecordingMessenger)
    await desk.open_due()
    await subscribe(catalogue, 1, since=clock.now, moment=Moment(4, 18, 0, "UTC"))
    await subscribe(catalogue, 2, since=clock.now)
    clock.now = MONDAY + timedelta(days=4, hours=9)
    await desk.open_due()
    await desk.dispatcher.run()
    assert [address.chat_id for address, _ in desk.messenger.sent] == [1]


async def test_a_chat_that_changes_its_moment_gets_this_week_at_the_new_one(catalogue: Database) -> None:
    await first_start(catalogue, MONDAY - timedelta(days=1))
    await subscribe(catalogue, 1, since=MONDAY - timedelta(days=1), moment=Moment(4, 18, 0, "UTC"))
    clock = Clock(MONDAY)
    desk = await publisher(catalogue, clock)
    assert isinstance(desk.messenger, RecordingMessenger)
    await desk.open_due()
    await subscribe(catalogue, 1, since=MONDAY, moment=Moment(1, 9, 0, "UTC"))
    for clock.now in (MONDAY + timedelta(days=1), MONDAY + timedelta(days=4, hours=9)):
        await desk.open_due()
        await desk.dispatcher.run()
        assert len(desk.messenger.sent) == 1


async def test_who_is_late_in_the_week_gets_it_though_others_have_begun_the_next(catalogue: Database) -> None:
    await first_start(catalogue, MONDAY - timedelta(days=1))
    await subscribe(catalogue, 1, since=MONDAY, moment=Moment(0, 0, 30, "Pacific/Kiritimati"))
    clock = Clock(MONDAY)
    desk = await publisher(catalogue, clock)
    assert isinstance(desk.messenger, RecordingMessenger)
    await desk.open_due()
    sunday = MONDAY + timedelta(days=6)
    clock.now = sunday + timedelta(hours=2)  # W49 has begun in Kiritimati
    await desk.open_due()
    await subscribe(catalogue, 2, since=clock.now, moment=Moment(6, 20, 0, "UTC"))
    clock.now = sunday + timedelta(hours=11)
    await desk.open_due()
    await desk.dispatcher.run()
    assert 2 in [address.chat_id for address, _ in desk.messenger.sent]
    assert [slot for _, slot, _ in await kinds_and_slots(catalogue)] == ["2026-W48", "2026-W49"]


async def test_by_hand_nobody_waits_for_a_moment_of_its_own(catalogue: Database) -> None:
    await first_start(catalogue, MONDAY - timedelta(days=1))
    await subscribe(catalogue, 1, since=MONDAY - timedelta(days=1), moment=Moment(4, 18, 0, "UTC"))
    desk = await publisher(catalogue, Clock(MONDAY))
    assert isinstance(desk.messenger, RecordingMessenger)
    await desk.open_due()
    assert "1 message sent" in (await desk.publish_now(EditionKind.WEEKLY))[0]
    assert len(desk.messenger.sent) == 1


async def test_a_slot_that_was_skipped_can_be_filled_by_hand(catalogue: Database) -> None:
    await first_start(catalogue, MONDAY - timedelta(days=1))
    await subscribe(catalogue, 1, since=MONDAY - timedelta(days=1))
    desk = await publisher(catalogue, Clock(MONDAY), empty_queue=EmptyQueue.SKIP)
    await desk.open_due()
    with pytest.raises(NothingToPublish):
        await desk.publish_now(EditionKind.WEEKLY)
    await queue(catalogue, 27, month=None)
    assert "1 message sent" in (await desk.publish_now(EditionKind.WEEKLY))[0]


async def test_publishing_again_says_that_everybody_has_had_it(catalogue: Database) -> None:
    desk = await publisher(catalogue, Clock(MONDAY))
    assert "Nobody has subscribed yet" in (await desk.publish_now(EditionKind.WEEKLY))[0]
    await subscribe(catalogue, 1, since=MONDAY)
    assert "1 message sent" in (await desk.publish_now(EditionKind.WEEKLY))[0]
    assert "had it already" in (await desk.publish_now(EditionKind.WEEKLY))[0]


@pytest.mark.parametrize(("kind", "slot"), [("weekly", "foo"), ("weekly", "2026-11"), ("roundup", "2026-W48")])
async def test_a_slot_that_is_none_opens_nothing(catalogue: Database, kind: str, slot: str) -> None:
    desk = await publisher(catalogue, Clock(MONDAY))
    with pytest.raises(NothingToPublish, match="No such slot"):
        await desk.publish_now(EditionKind(kind), slot=slot)
    assert await kinds_and_slots(catalogue) == []


async def test_a_rhythm_that_comes_later_does_not_look_back(catalogue: Database) -> None:
    await first_start(catalogue, MONDAY - timedelta(weeks=9))
    async with catalogue.writing() as conn:
        await conn.execute(update(tables.series).values(weekly_at="mon 09:00"))
    friday = MONDAY + timedelta(days=4)
    await (await publisher(catalogue, Clock(friday))).open_due()
    assert "best-of-arxiv" not in {slug for slug, _, state in await kinds_and_slots(catalogue) if state == "open"}


async def test_the_month_of_a_publication_is_that_of_its_series(catalogue: Database) -> None:
    series = replace(await ml_collage(catalogue), timezone="America/Los_Angeles")
    assert month_of_publication(series, datetime(2026, 12, 1, 1, 0, tzinfo=UTC)) == Month(2026, 11)


async def test_a_tick_that_breaks_is_followed_by_the_next(
    catalogue: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    await first_start(catalogue, MONDAY - timedelta(days=1))
    desk = await publisher(catalogue, Clock(MONDAY))
    broken, first_seen_at = [ValueError("broken")], installation.first_seen_at

    async def shaky(conn: AsyncConnection, what: str, now: datetime) -> datetime:
        if broken:
            raise broken.pop()
        return await first_seen_at(conn, what, now)

    monkeypatch.setattr(installation, "first_seen_at", shaky)
    serving = asyncio.create_task(desk.serve())
    for _ in range(20):
        desk.wake()
        await asyncio.sleep(0.02)
    desk.stop()
    await asyncio.wait_for(serving, 5)
    assert "the tick broke" in caplog.text
    assert [slot for _, slot, _ in await kinds_and_slots(catalogue)] == ["2026-W48"]


async def test_a_rhythm_of_the_operators_own_is_when_it_is_due(catalogue: Database) -> None:
    friday = MONDAY + timedelta(days=4, hours=9)
    await first_start(catalogue, MONDAY - timedelta(days=1))
    await subscribe(catalogue, 1, since=MONDAY - timedelta(days=1))
    desk = await publisher(catalogue, Clock(friday + timedelta(minutes=1)))
    desk = replace(desk, series=[replace(one, weekly_at="fri 18:00") for one in desk.series if one.weekly_at])
    await desk.open_due()
    async with catalogue.reading() as conn:
        ((due_at, state),) = (await conn.execute(select(tables.delivery.c.due_at, tables.delivery.c.state))).all()
    assert (due_at, state) == (friday, "pending")


@pytest.mark.parametrize(("moment", "state"), [(None, "skipped"), (Moment(4, 18, 0, "UTC"), "open")])
async def test_a_week_that_is_late_for_everybody_costs_no_entry(
    catalogue: Database, moment: Moment | None, state: str
) -> None:
    await first_start(catalogue, MONDAY - timedelta(days=1))
    await subscribe(catalogue, 1, since=MONDAY - timedelta(days=1), moment=moment)
    desk = await publisher(catalogue, Clock(MONDAY + timedelta(days=3, hours=1)))
    await desk.open_due()
    series = await ml_collage(catalogue)
    async with catalogue.reading() as conn:
        found = await editions.find_edition(conn, series, EditionKind.WEEKLY, "2026-W48")
    assert found is not None
    assert (found.state, found.reason) == (state, MISSED if state == "skipped" else None)


async def test_after_three_days_who_is_late_is_skipped_and_who_comes_later_is_served(catalogue: Database) -> None:
    await first_start(catalogue, MONDAY - timedelta(days=1))
    await subscribe(catalogue, 1, since=MONDAY - timedelta(days=1))
    await subscribe(catalogue, 2, since=MONDAY - timedelta(days=1), moment=Moment(4, 18, 0, "UTC"))
    desk = await publisher(catalogue, Clock(MONDAY + timedelta(days=3, hours=1)))
    await desk.open_due()
    delivery = tables.delivery
    async with catalogue.reading() as conn:
        rows = await conn.execute(select(delivery.c.chat_id, delivery.c.state, delivery.c.error))
        assert {row.chat_id: (row.state, row.error) for row in rows} == {
            1: ("skipped", "too late: its time had passed long ago"),
            2: ("pending", None),
        }
