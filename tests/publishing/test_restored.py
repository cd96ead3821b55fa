"""A database that came back from a backup: what may be out since is not sent again, and nothing is lost."""

import asyncio
import shutil
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select, update

from bot.errors import MayBeOut, StoreReplaced
from bot.model.address import Address
from bot.model.edition import DeliveryState, EditionKind, EditionState, EmptyQueue
from bot.model.subscription import Moment
from bot.publishing.aftermath import Aftermath
from bot.publishing.calendar import Slot
from bot.publishing.delivery import Dispatcher
from bot.publishing.publisher import Publisher
from bot.store import deliveries, editions, entries, generation, installation, restored, subscriptions, tables
from bot.store.backup.taking import take
from bot.store.database import Database
from bot.store.generation import MARK, Return
from tests.databases import every_kind as kind  # noqa: F401  # a fixture
from tests.databases import only_sqlite
from tests.publishing.recording import RecordingMessenger

SUNDAY = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)  # the night of the backup
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # the moment of the week 48
TUESDAY = MONDAY + timedelta(days=1)
FRIDAY = Moment(4, 18, 0, "UTC")
READERS = (1, 2, 3)


class World:
    """A publisher over a database, a clock that can be turned, and an editor."""

    def __init__(self, database: Database, now: datetime) -> None:
        self.database, self.now = database, now
        self.messenger, self.replaced = RecordingMessenger(), list[StoreReplaced]()
        self.dispatcher = Dispatcher(database, self.messenger, self.clock, rate=0, patience=timedelta(0))

    def clock(self) -> datetime:
        return self.now

    async def open(self, *, empty_queue: EmptyQueue = EmptyQueue.ARCHIVE) -> "World":
        async with self.database.reading() as conn:
            series = await entries.all_series(conn)
        self.publisher = Publisher(
            self.database,
            self.messenger,
            self.dispatcher,
            series,
            self.clock,
            empty_queue=empty_queue,
            on_replaced=self.replaced.append,
        )
        self.aftermath = Aftermath(self.database, series, self.clock, lambda: self.messenger, self.dispatcher.wake)
        return self

    async def tick(self) -> None:
        await self.publisher.open_due()
        await self.dispatcher.run()

    async def states(self) -> dict[DeliveryState, int]:
        async with self.database.reading() as conn:
            return await deliveries.count_states(conn)

    def reached(self) -> list[int]:
        return sorted(address.chat_id for address, _ in self.messenger.sent)


async def live(database: Database, *, readers: Sequence[int] = READERS, since: datetime = SUNDAY) -> None:
    """Let an installation have known its rhythms, and readers, for a month."""
    long_ago = since - timedelta(days=30)
    async with database.writing() as conn:
        for rhythm in ("ml-collage weekly", "ml-collage roundup", "best-of-arxiv roundup"):
            await installation.first_seen_at(conn, rhythm, since)
        for reader in readers:
            await subscriptions.see_chat(conn, reader, kind="private", title="", now=long_ago)
            await subscriptions.subscribe(conn, Address(reader), long_ago)
        await generation.name_of(conn)


async def mark(database: Database, taken_at: datetime) -> None:
    """Make the database what a backup of it is when it comes back."""
    async with database.writing() as conn:
        await conn.execute(insert(tables.installation).values(key=MARK, value=taken_at.isoformat()))


async def came_back(database: Database, *, taken_at: datetime = SUNDAY, now: datetime = TUESDAY) -> World:
    await mark(database, taken_at)
    return await World(database, now).open()


async def queue(database: Database, *numbers: int) -> None:
    async with database.writing() as conn:
        queued = tables.entry.c.number.in_(numbers)
        await conn.execute(update(tables.entry).where(queued).values(state="queued", month=None))


async def slots(database: Database) -> dict[tuple[str, str], EditionState]:
    async with database.reading() as conn:
        rows = await conn.execute(
            select(tables.series.c.slug, tables.edition.c.slot, tables.edition.c.state).join(tables.edition)
        )
        return {(slug, slot): EditionState(state) for slug, slot, state in rows}


async def test_a_slot_that_may_have_gone_out_is_held_and_nobody_gets_it(catalogue: Database) -> None:
    await live(catalogue)
    world = await came_back(catalogue)
    await world.tick()
    (held,) = await world.aftermath.held()
    assert (held.slot, held.state, held.opened_at) == ("2026-W48", EditionState.HELD, MONDAY)
    assert world.messenger.sent == []
    assert await world.aftermath.last_return() == Return(SUNDAY, TUESDAY, 1)


async def test_its_entry_is_fixed_so_that_the_queue_goes_on(catalogue: Database) -> None:
    await live(catalogue)
    await queue(catalogue, 27, 28)
    world = await came_back(catalogue)
    await world.tick()
    (held,) = await world.aftermath.held()
    assert [entry.number for entry in held.entries] == [27]
    world.now = MONDAY + timedelta(weeks=1)
    await world.tick()
    async with catalogue.reading() as conn:
        series = await entries.get_series(conn, "ml-collage")
        edition = await editions.find_edition(conn, series, EditionKind.WEEKLY, "2026-W49")
    assert edition is not None
    assert [entry.number for entry in edition.entries] == [28]
    assert world.reached() == [1, 2, 3]


async def test_an_edition_that_did_not_go_out_is_sent_to_everybody_once(catalogue: Database) -> None:
    await live(catalogue)
    world = await came_back(catalogue)
    await world.tick()
    (held,) = await world.aftermath.held()
    assert await world.aftermath.send(held.id)
    assert not await world.aftermath.send(held.id)
    await world.tick()
    await world.tick()
    assert world.reached() == [1, 2, 3]
    assert await world.aftermath.held() == []


async def test_an_edition_that_went_out_is_recorded_as_sent_and_nobody_gets_it_again(catalogue: Database) -> None:
    await live(catalogue)
    world = await came_back(catalogue)
    await world.tick()
    (held,) = await world.aftermath.held()
    assert await world.aftermath.went_out(held.id, editor=77)
    assert not await world.aftermath.went_out(held.id, editor=78)
    assert not await world.aftermath.send(held.id)
    await world.tick()
    assert world.messenger.sent == []
    assert await world.states() == {DeliveryState.SENT: 3}
    async with catalogue.reading() as conn:
        assert set((await conn.execute(select(tables.delivery.c.settled_by))).scalars()) == {77}


async def test_whose_own_moment_comes_after_the_return_gets_what_went_out(catalogue: Database) -> None:
    await live(catalogue)
    async with catalogue.writing() as conn:
        await subscriptions.subscribe(conn, Address(3), SUNDAY, moment=FRIDAY)
    world = await came_back(catalogue)
    await world.tick()
    (held,) = await world.aftermath.held()
    await world.aftermath.went_out(held.id, editor=77)
    await world.tick()
    assert world.messenger.sent == []
    world.now = datetime(2026, 11, 27, 18, 0, tzinfo=UTC)
    await world.tick()
    assert world.reached() == [3]


async def test_an_answer_that_comes_a_week_late_still_counts_for_everybody(catalogue: Database) -> None:
    await live(catalogue)
    world = await came_back(catalogue)
    await world.tick()
    (held,) = await world.aftermath.held()
    world.now = MONDAY + timedelta(days=6)
    await world.aftermath.went_out(held.id, editor=77)
    assert await world.states() == {DeliveryState.SENT: 3}


async def test_what_was_under_way_or_due_is_in_doubt(catalogue: Database) -> None:
    await live(catalogue)
    world = await World(catalogue, MONDAY).open()
    await world.publisher.open_due()
    async with catalogue.writing() as conn:
        await conn.execute(
            update(tables.delivery)
            .where(tables.delivery.c.chat_id == 1)
            .values(state=DeliveryState.SENDING, lease_until=MONDAY + timedelta(minutes=3), attempts=1)
        )
        later = tables.delivery.c.chat_id == 3
        await conn.execute(update(tables.delivery).where(later).values(not_before=TUESDAY + timedelta(hours=1)))
    world = await came_back(catalogue, taken_at=MONDAY + timedelta(minutes=1))
    await world.tick()
    assert await world.states() == {DeliveryState.IN_DOUBT: 2, DeliveryState.PENDING: 1}
    async with catalogue.reading() as conn:
        assert await restored.count_doubts(conn) == 2
    world.now = TUESDAY + timedelta(hours=2)
    await world.tick()
    assert world.reached() == [3]


async def test_slots_of_several_weeks_are_held_in_the_order_of_the_queue(catalogue: Database) -> None:
    await live(catalogue)
    await queue(catalogue, 26, 27, 28)
    world = await came_back(catalogue, now=MONDAY + timedelta(weeks=2, hours=1))
    await world.tick()
    held = await world.aftermath.held()
    said = [(edition.slot, [entry.number for entry in edition.entries]) for edition in held]
    weekly = [each for each in said if "W" in each[0]]
    assert weekly == [("2026-W48", [26]), ("2026-W49", [27]), ("2026-W50", [28])]
    assert ("2026-11", [26, 27]) in said  # the roundup came between the second and the third
    assert world.messenger.sent == []


async def test_what_was_opened_before_the_backup_is_left_alone(catalogue: Database) -> None:
    await live(catalogue)
    world = await World(catalogue, MONDAY).open()
    await world.tick()
    again = await came_back(catalogue, taken_at=MONDAY + timedelta(minutes=5))
    await again.tick()
    assert await again.aftermath.held() == []
    assert again.messenger.sent == []
    assert await again.states() == {DeliveryState.SENT: 3}


async def test_a_slot_that_the_first_tick_after_the_backup_opened_is_held(catalogue: Database) -> None:
    await live(catalogue)
    world = await came_back(catalogue, taken_at=MONDAY + timedelta(seconds=10))
    await world.tick()
    assert [edition.slot for edition in await world.aftermath.held()] == ["2026-W48"]
    assert world.messenger.sent == []


async def test_a_slot_after_the_return_goes_on_as_usual(catalogue: Database) -> None:
    await live(catalogue)
    world = await came_back(catalogue, now=MONDAY - timedelta(hours=1))
    await world.tick()
    assert await world.aftermath.held() == []
    world.now = MONDAY
    await world.tick()
    assert world.reached() == [1, 2, 3]


async def test_where_an_empty_queue_sends_nothing_the_slot_is_skipped_as_it_was(catalogue: Database) -> None:
    await live(catalogue)
    await mark(catalogue, SUNDAY)
    world = await World(catalogue, TUESDAY).open(empty_queue=EmptyQueue.SKIP)
    await world.tick()
    assert await slots(catalogue) == {("ml-collage", "2026-W48"): EditionState.SKIPPED}


async def test_updates_that_waited_are_not_handled_again(catalogue: Database) -> None:
    await live(catalogue)
    async with catalogue.writing() as conn:
        row = {"bot_id": 1, "update_id": 5, "chat_id": 1, "body": "{}", "received_at": SUNDAY, "attempts": 0}
        await conn.execute(insert(tables.incoming).values(row))
    await (await came_back(catalogue)).publisher.begin()
    async with catalogue.reading() as conn:
        handled = (await conn.execute(select(tables.incoming.c.handled_at, tables.incoming.c.body))).one()
    assert tuple(handled) == (TUESDAY, "")


async def test_it_settles_in_once_and_gets_a_name_of_its_own(catalogue: Database) -> None:
    await live(catalogue)
    async with catalogue.writing() as conn:
        before = await generation.name_of(conn)
    world = await came_back(catalogue)
    await world.publisher.begin()
    async with catalogue.reading() as conn:
        first = await generation.find_name(conn)
        assert await generation.taken_at(conn) is None
    await (await World(catalogue, TUESDAY + timedelta(hours=1)).open()).publisher.begin()
    async with catalogue.reading() as conn:
        assert await generation.find_name(conn) == first != before
    assert await world.aftermath.last_return() == Return(SUNDAY, TUESDAY, 1)


async def test_by_hand_nothing_of_a_restored_database_leaves_either(catalogue: Database) -> None:
    await live(catalogue)
    world = await World(catalogue, MONDAY).open()
    await world.publisher.open_due()
    world = await came_back(catalogue, taken_at=MONDAY, now=MONDAY + timedelta(weeks=1, hours=-1))
    await world.publisher.publish_now(EditionKind.ROUNDUP, slot="2022-01")
    async with catalogue.reading() as conn:
        assert await restored.count_doubts(conn) == 3
    assert {part for _, part in world.messenger.sent} == {0}
    assert len(world.messenger.sent) == 3  # the roundup that was asked for


async def test_a_slot_that_is_held_can_be_opened_by_hand(catalogue: Database) -> None:
    await live(catalogue)
    world = await came_back(catalogue)
    await world.tick()
    await world.publisher.publish_now(EditionKind.WEEKLY, slot="2026-W48")
    assert world.reached() == [1, 2, 3]
    assert await world.aftermath.held() == []


async def test_a_slot_that_may_be_out_is_not_sent_by_hand_unless_it_is_named(catalogue: Database) -> None:
    """The first word after a restore settles the database in and is about the very slot that it then holds."""
    await live(catalogue)
    world = await came_back(catalogue)
    with pytest.raises(MayBeOut) as refusal:
        await world.publisher.publish_now(EditionKind.WEEKLY)
    assert str(refusal.value) == (
        "ML-Collage 2026-W48 may have gone out before the database was restored; look into a subscribed chat, then say"
        " `publish weekly --slot 2026-W48 --went-out` if it did, or `publish weekly --slot 2026-W48` to send it to"
        " everybody."
    )
    with pytest.raises(MayBeOut):
        await world.publisher.publish_now(EditionKind.WEEKLY, series="ml-collage")
    await world.dispatcher.run()
    assert world.messenger.sent == []
    assert [held.slot for held in await world.aftermath.held()] == ["2026-W48"]


async def test_what_somebody_sent_by_hand_before_its_moment_is_not_sent_again(catalogue: Database) -> None:
    await live(catalogue)
    await queue(catalogue, 27)
    async with catalogue.writing() as conn:
        await subscriptions.subscribe(conn, Address(3), SUNDAY, moment=FRIDAY)
    world = await came_back(catalogue, now=MONDAY - timedelta(hours=2))
    await world.publisher.begin()
    week = Slot(EditionKind.WEEKLY, "2026-W48")
    (edition,) = await world.aftermath.went_out_early(week, editor=0, empty_queue=EmptyQueue.ARCHIVE)
    assert [entry.number for entry in edition.entries] == [27]
    assert await world.aftermath.went_out_early(week, editor=0, empty_queue=EmptyQueue.ARCHIVE) == []
    for world.now in (MONDAY, MONDAY + timedelta(days=4, hours=9)):
        await world.tick()
    assert world.messenger.sent == []
    assert await world.states() == {DeliveryState.SENT: 3}


async def test_a_process_whose_database_is_replaced_stops_sending(catalogue: Database) -> None:
    await live(catalogue)
    world = await World(catalogue, SUNDAY).open()
    await world.publisher.tick()
    async with catalogue.writing() as conn:
        await generation.settle_in(conn, Return(SUNDAY, SUNDAY))
    world.now = MONDAY
    await world.publisher.tick()
    await world.dispatcher.run()
    assert world.messenger.sent == []
    (error,) = world.replaced
    assert "start it again" in str(error)
    assert await slots(catalogue) == {}


async def test_a_copy_that_comes_back_under_a_process_is_left_to_the_next_one(catalogue: Database) -> None:
    await live(catalogue)
    world = await World(catalogue, SUNDAY).open()
    await world.publisher.tick()
    await mark(catalogue, SUNDAY - timedelta(days=1))
    world.now = MONDAY
    await world.publisher.tick()
    assert len(world.replaced) == 1
    async with catalogue.reading() as conn:
        assert await generation.taken_at(conn) is not None


async def test_by_hand_a_replaced_database_is_refused_in_words(catalogue: Database) -> None:
    await live(catalogue)
    world = await World(catalogue, SUNDAY).open()
    await world.publisher.begin()
    async with catalogue.writing() as conn:
        await generation.settle_in(conn, Return(SUNDAY, SUNDAY))
    with pytest.raises(StoreReplaced, match="start it again"):
        await world.publisher.publish_now(EditionKind.WEEKLY)


@only_sqlite
async def test_a_backup_that_somebody_copied_into_its_place_is_noticed(catalogue: Database, tmp_path: Path) -> None:
    await live(catalogue)
    backup, place = tmp_path / "night.db", tmp_path / "copied.db"
    await asyncio.to_thread(take, catalogue.url, backup, now=SUNDAY)
    shutil.copy(backup, place)
    copied = Database(f"sqlite:///{place}")
    world = await World(copied, TUESDAY).open()
    await world.tick()
    assert [edition.slot for edition in await world.aftermath.held()] == ["2026-W48"]
    assert world.messenger.sent == []
    await copied.close()


@only_sqlite
@pytest.mark.parametrize("deed", ["replaced", "deleted"])
async def test_a_file_that_is_taken_away_under_a_process_is_noticed(
    catalogue: Database, tmp_path: Path, deed: str
) -> None:
    """The process would go on with a file that has no name any more, and whoever starts next would repeat all of it."""
    await live(catalogue)
    world = await World(catalogue, SUNDAY).open()
    await world.publisher.tick()
    place = Path(catalogue.url.removeprefix("sqlite:///"))
    _take_away(place, tmp_path / "another.db" if deed == "replaced" else None)
    world.now = MONDAY
    await world.publisher.tick()
    await world.dispatcher.run()
    assert len(world.replaced) == 1
    assert world.messenger.sent == []


def _take_away(file: Path, other: Path | None) -> None:
    if other is None:
        file.unlink()
        return
    shutil.copy(file, other)
    other.replace(file)
