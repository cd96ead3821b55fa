"""What chats wish for, and what reaches them: declined, paused, topics; recorded, so that somebody can say why."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select, text

from bot.model.address import Address
from bot.model.edition import DeliveryState, EditionKind
from bot.model.entry import Series
from bot.model.subscription import Moment, Objection, Subscription, offers
from bot.publishing.calendar import moved, next_instant
from bot.publishing.delivery import Dispatcher
from bot.publishing.publisher import Publisher
from bot.store import deliveries, entries, installation, subscriptions, tables
from bot.store.database import Database
from tests.databases import every_kind as kind  # noqa: F401  # every test here runs on both databases
from tests.publishing.recording import RecordingMessenger

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
EARLIER = MONDAY - timedelta(weeks=3)
PICK, ROUNDUP = ("ml-collage", EditionKind.WEEKLY), ("ml-collage", EditionKind.ROUNDUP)
FRIDAY = Moment(4, 18, 0, "UTC")
PART = 0


class Office:
    """A publisher over a loaded database, at a time that can be set."""

    def __init__(self, database: Database, series: list[Series]) -> None:
        self.database, self.now, self.messenger = database, MONDAY, RecordingMessenger()
        dispatcher = Dispatcher(database, self.messenger, lambda: self.now, rate=0, patience=timedelta(0))
        self.publisher = Publisher(database, self.messenger, dispatcher, series, lambda: self.now)

    async def subscribe(self, chat_id: int, **wish: Any) -> None:
        async with self.database.writing() as conn:
            await subscriptions.see_chat(conn, chat_id, kind="private", title="", now=EARLIER)
            await subscriptions.subscribe(conn, Address(chat_id), EARLIER)
            await subscriptions.change(conn, Subscription(Address(chat_id), EARLIER, **wish))

    async def change(self, chat_id: int, since: datetime = EARLIER, **wish: Any) -> None:
        async with self.database.writing() as conn:
            await subscriptions.change(conn, Subscription(Address(chat_id), since, **wish))

    async def promised(self, now: datetime) -> datetime | None:
        """When the weekly pick comes to the first chat next, as it is told."""
        async with self.database.reading() as conn:
            wish = await subscriptions.find(conn, Address(1))
            slots = await deliveries.slots_of(conn, Address(1))
        series = next(each for each in self.publisher.series if each.slug == PICK[0])
        return next_instant(series, PICK[1], wish, now, slots.get(PICK, {})) if wish else None

    async def tick(self, now: datetime) -> list[int]:
        """Let time pass; give the chats that got something."""
        self.now = now
        before = len(self.messenger.sent)
        await self.publisher.open_due()
        await self.publisher.dispatcher.run()
        return sorted(address.chat_id for address, _ in self.messenger.sent[before:])

    async def ledger(self) -> dict[int, tuple[str, str | None]]:
        """By chat, what became of its last delivery, and why."""
        delivery = tables.delivery
        async with self.database.reading() as conn:
            rows = await conn.execute(
                select(delivery.c.chat_id, delivery.c.state, delivery.c.error).order_by(delivery.c.id)
            )
            return {row.chat_id: (row.state, row.error) for row in rows}

    async def topics_of_the_next(self) -> tuple[str, ...]:
        """The topics of what an empty queue sends first."""
        async with self.database.reading() as conn:
            (entry,) = await entries.get_entries(
                conn, list((await conn.execute(select(tables.entry.c.id).where(tables.entry.c.number == 1))).scalars())
            )
        return tuple(topic.slug for topic in entry.topics)


@pytest.fixture
async def office(catalogue: Database) -> Office:
    async with catalogue.writing() as conn:
        for rhythm in ("ml-collage weekly", "ml-collage roundup", "best-of-arxiv roundup"):
            await installation.first_seen_at(conn, rhythm, MONDAY - timedelta(days=1))
        return Office(catalogue, await entries.all_series(conn))


async def test_who_declined_the_weekly_pick_gets_none_and_nothing_is_recorded(office: Office) -> None:
    await office.subscribe(1)
    await office.subscribe(2, declined=frozenset({PICK}))
    await office.subscribe(3, declined=frozenset({ROUNDUP}))
    assert await office.tick(MONDAY) == [1, 3]
    assert 2 not in await office.ledger()


async def test_a_new_series_comes_to_everybody_who_did_not_decline_it(office: Office) -> None:
    everything = frozenset(offers(office.publisher.series))
    await office.subscribe(1, declined=everything - {PICK})
    async with office.database.writing() as conn:
        new = Series("new", "New", "", "UTC", "mon 09:00", None)
        await entries.write_series(conn, new)
        row = (await conn.execute(select(tables.entry).where(tables.entry.c.number == 1))).one()._asdict()
        ids = select(tables.series.c.id).where(tables.series.c.slug == "new").scalar_subquery()
        row |= {"slug": "new/1", "series_id": ids}
        del row["id"]
        added = (await conn.execute(insert(tables.entry).values(row).returning(tables.entry.c.id))).scalar_one()
        words = {"headline": "h", "question": "q", "key_idea": "k", "summary": "s", "take_away": "t"}
        await conn.execute(insert(tables.entry_text).values(entry_id=added, language="en", key_insights=[], **words))
        await installation.first_seen_at(conn, "new weekly", MONDAY - timedelta(days=1))
    office.publisher = Publisher(
        office.database, office.messenger, office.publisher.dispatcher, [*office.publisher.series, new], lambda: MONDAY
    )
    assert await office.tick(MONDAY) == [1, 1]


async def test_who_pauses_gets_nothing_and_the_ledger_says_why(office: Office) -> None:
    await office.subscribe(1, paused_until=date(2026, 12, 1))
    await office.subscribe(2)
    assert await office.tick(MONDAY) == [2]
    assert (await office.ledger())[1] == (DeliveryState.SKIPPED, Objection.PAUSED)


async def test_nothing_is_made_up_for_after_a_pause_and_the_next_one_comes(office: Office) -> None:
    await office.subscribe(1, paused_until=date(2026, 12, 8))  # over two weeks and the end of a month
    got = [await office.tick(MONDAY + timedelta(days=days)) for days in range(17)]
    assert got == [[]] * 17
    assert await office.tick(datetime(2026, 12, 14, 8, 59, tzinfo=UTC)) == []
    assert await office.tick(datetime(2026, 12, 14, 9, 0, tzinfo=UTC)) == [1]


async def test_who_ends_the_pause_early_waits_for_the_next_one_too(office: Office) -> None:
    await office.subscribe(1, paused_until=date(2026, 12, 24))
    assert await office.tick(MONDAY) == []
    await office.change(1)
    assert await office.tick(MONDAY + timedelta(days=1)) == []
    assert await office.tick(MONDAY + timedelta(weeks=1)) == [1]


async def test_who_ends_the_pause_before_its_own_instant_gets_this_week_s(office: Office) -> None:
    await office.subscribe(1, moment=FRIDAY, paused_until=date(2026, 12, 24))
    assert await office.tick(MONDAY) == []
    await office.change(1, moment=FRIDAY)
    assert await office.tick(MONDAY + timedelta(days=4, hours=8)) == []
    assert await office.tick(MONDAY + timedelta(days=4, hours=9)) == [1]


async def test_who_pauses_after_the_edition_was_opened_gets_none(office: Office) -> None:
    await office.subscribe(1, moment=FRIDAY)
    assert await office.tick(MONDAY) == []
    await office.change(1, moment=FRIDAY, paused_until=date(2026, 12, 24))
    await office.publisher.dispatcher.run()
    assert await office.tick(MONDAY + timedelta(days=4, hours=9)) == []
    assert (await office.ledger())[1] == (DeliveryState.SKIPPED, Objection.PAUSED)


async def test_a_pause_begun_between_two_ticks_is_kept(office: Office) -> None:
    await office.subscribe(1)
    office.now = MONDAY
    await office.publisher.open_due()
    await office.change(1, paused_until=date(2026, 12, 24))
    await office.publisher.dispatcher.run()
    assert office.messenger.sent == []
    assert (await office.ledger())[1] == (DeliveryState.SKIPPED, Objection.PAUSED)


@pytest.mark.parametrize(
    ("until", "comes"),
    [(date(2027, 3, 28), True), (date(2027, 3, 29), False)],
)
async def test_a_pause_over_a_clock_change_ends_by_the_chat_s_own_clocks(
    office: Office, until: date, *, comes: bool
) -> None:
    # On 28 March 2027 Berlin's clocks go from 2:00 to 3:00: half past two is three o'clock, 01:00 UTC.
    night = Moment(6, 2, 30, "Europe/Berlin")
    await office.subscribe(1, moment=night, paused_until=until)
    assert await office.tick(datetime(2027, 3, 28, 0, 59, tzinfo=UTC)) == []
    assert await office.tick(datetime(2027, 3, 28, 1, 0, tzinfo=UTC)) == ([1] if comes else [])


async def test_after_a_stop_the_pause_counts_as_it_stood_at_the_chat_s_instant(office: Office) -> None:
    await office.subscribe(1, paused_until=date(2026, 11, 25))  # over, when we run again
    await office.subscribe(2)
    assert await office.tick(MONDAY + timedelta(days=3)) == [2]


async def test_by_hand_a_pause_is_kept_too_and_over_when_it_is_over(office: Office) -> None:
    await office.subscribe(1, paused_until=date(2026, 11, 24))
    office.now = MONDAY
    await office.publisher.publish_now(EditionKind.WEEKLY)
    assert office.messenger.sent == []
    office.now = MONDAY + timedelta(days=1)
    await office.publisher.publish_now(EditionKind.WEEKLY)
    assert office.messenger.sent == [(Address(1), PART)]


async def test_a_weekly_pick_goes_to_those_who_want_one_of_its_topics(office: Office) -> None:
    first, *_ = await office.topics_of_the_next()
    await office.subscribe(1, topics=("surveys", first))
    await office.subscribe(2, topics=("no-such-topic",))
    await office.subscribe(3)
    assert await office.tick(MONDAY) == [1, 3]
    assert (await office.ledger())[2] == (DeliveryState.SKIPPED, Objection.OFF_TOPIC)


async def test_who_wants_more_topics_afterwards_waits_for_the_next_one(office: Office) -> None:
    await office.subscribe(1, topics=("no-such-topic",))
    assert await office.tick(MONDAY) == []
    await office.change(1)
    assert await office.tick(MONDAY + timedelta(days=1)) == []
    assert await office.tick(MONDAY + timedelta(weeks=1)) == [1]


async def test_a_roundup_comes_whole_whatever_the_topics(office: Office) -> None:
    await office.subscribe(1, topics=("no-such-topic",))
    await office.publisher.publish_now(EditionKind.ROUNDUP, slot="2022-01")
    assert office.messenger.sent == [(Address(1), PART)]


async def test_every_part_of_a_roundup_is_skipped_for_the_same_reason(office: Office) -> None:
    office.messenger.parts = 3
    await office.subscribe(1, paused_until=date(2026, 12, 24))
    await office.publisher.publish_now(EditionKind.ROUNDUP, slot="2022-01")
    async with office.database.reading() as conn:
        rows = (await conn.execute(select(tables.delivery.c.state, tables.delivery.c.error))).all()
    assert [tuple(row) for row in rows] == [(DeliveryState.SKIPPED, Objection.PAUSED)] * 3


async def test_what_is_wanted_again_begins_with_the_next_edition(office: Office) -> None:
    await office.subscribe(1, declined=frozenset({PICK}))
    assert await office.tick(MONDAY) == []
    await office.change(1, since=MONDAY + timedelta(days=1))
    assert await office.tick(MONDAY + timedelta(days=2)) == []
    assert await office.tick(MONDAY + timedelta(weeks=1)) == [1]


async def test_the_ledger_is_not_written_anew_at_every_tick(office: Office) -> None:
    await office.subscribe(1, paused_until=date(2026, 12, 24))
    await office.subscribe(2, topics=("no-such-topic",))
    await office.subscribe(3, moment=FRIDAY)
    await office.tick(MONDAY)
    (edition,) = [it for it in await office.publisher.open_due() if it.kind is EditionKind.WEEKLY]
    before = await office.ledger()
    await office.tick(MONDAY + timedelta(minutes=1))
    assert edition.slot == "2026-W48"
    assert await office.ledger() == before


async def test_a_tick_uses_up_no_ids_for_what_it_found_before(office: Office) -> None:
    await office.subscribe(1, paused_until=date(2026, 12, 24))
    await office.subscribe(2, topics=("no-such-topic",))
    await office.subscribe(3, moment=FRIDAY)
    for tick in range(10):
        await office.tick(MONDAY + timedelta(seconds=30 * tick))
    await office.subscribe(4)
    await office.tick(MONDAY + timedelta(minutes=10))
    async with office.database.reading() as conn:
        ids = (await conn.execute(select(tables.delivery.c.id).order_by(tables.delivery.c.id))).scalars().all()
    assert ids == [1, 2, 3, 4]


async def test_deliveries_are_counted_beyond_32_bits(office: Office) -> None:
    await office.subscribe(1)
    await office.tick(MONDAY)
    async with office.database.writing() as conn:
        most = 2**31 - 1
        if office.database.url.startswith("postgresql"):
            await conn.execute(text(f"SELECT setval('delivery_id_seq', {most})"))
        else:
            await conn.execute(text(f"UPDATE delivery SET id = {most}"))
    assert await office.tick(MONDAY + timedelta(weeks=1)) == [1]
    assert (await office.ledger())[1] == (DeliveryState.SENT, None)


async def test_by_hand_everybody_gets_it_now_whatever_a_tick_says_meanwhile(office: Office) -> None:
    for chat_id in range(1, 5):
        await office.subscribe(chat_id, moment=FRIDAY)
    assert await office.tick(MONDAY) == []
    office.now = MONDAY + timedelta(days=1)
    office.messenger.gate = asyncio.Event()
    office.publisher.dispatcher.in_flight = 1
    by_hand = asyncio.create_task(office.publisher.publish_now(EditionKind.WEEKLY))
    await office.messenger.reached.wait()
    office.now += timedelta(seconds=30)
    await office.publisher.open_due()
    office.messenger.gate.set()
    await by_hand
    assert sorted(address.chat_id for address, _ in office.messenger.sent) == [1, 2, 3, 4]


async def test_who_wants_one_thing_again_still_gets_another_that_is_due(office: Office) -> None:
    await office.subscribe(1, declined=frozenset({ROUNDUP}))
    async with office.database.writing() as conn:
        wish = await subscriptions.find(conn, Address(1))
        assert wish is not None
        await subscriptions.change(conn, wish.declining(frozenset(), MONDAY + timedelta(seconds=10)))
    assert await office.tick(MONDAY + timedelta(seconds=30)) == [1]


async def test_who_declines_and_wants_it_again_waits_for_the_next_one(office: Office) -> None:
    await office.subscribe(1, declined=frozenset({PICK}))
    assert await office.tick(MONDAY) == []
    async with office.database.writing() as conn:
        wish = await subscriptions.find(conn, Address(1))
        assert wish is not None
        await subscriptions.change(conn, wish.declining(frozenset(), MONDAY + timedelta(days=1)))
    assert await office.tick(MONDAY + timedelta(days=2)) == []
    assert await office.tick(MONDAY + timedelta(weeks=1)) == [1]


async def test_an_earlier_time_that_has_passed_lets_this_week_s_come_when_it_was_to_come(office: Office) -> None:
    await office.subscribe(1, moment=FRIDAY)
    assert await office.tick(MONDAY) == []
    tuesday, friday = MONDAY + timedelta(days=1), MONDAY + timedelta(days=4, hours=9)
    wish = moved(Subscription(Address(1), EARLIER, FRIDAY), None, office.publisher.series, tuesday)
    async with office.database.writing() as conn:
        await subscriptions.change(conn, wish)
    assert await office.promised(tuesday) == friday
    assert await office.tick(tuesday) == []
    assert await office.tick(friday) == [1]
    assert await office.promised(friday) == MONDAY + timedelta(weeks=1)
    assert await office.tick(MONDAY + timedelta(weeks=1)) == [1]


async def test_a_row_is_never_moved_to_an_instant_that_has_passed(office: Office) -> None:
    await office.subscribe(1, moment=FRIDAY)
    assert await office.tick(MONDAY) == []
    await office.change(1)  # follows the series, whose moment is over
    assert await office.tick(MONDAY + timedelta(days=1)) == []
    assert await office.tick(MONDAY + timedelta(days=4, hours=9)) == [1]


async def test_an_earlier_time_opens_no_week_that_had_not_begun(office: Office) -> None:
    kiritimati = Moment(0, 0, 0, "Pacific/Kiritimati")  # 10:00 UTC on the day before
    await office.subscribe(1, moment=FRIDAY)
    sunday = MONDAY - timedelta(hours=13)
    wish = moved(Subscription(Address(1), EARLIER, FRIDAY), kiritimati, office.publisher.series, sunday)
    async with office.database.writing() as conn:
        await subscriptions.change(conn, wish)
    assert await office.promised(sunday) == MONDAY + timedelta(days=6, hours=1)
    assert await office.tick(sunday) == []
    assert await office.ledger() == {}


@pytest.mark.parametrize("wish", [{"declined": frozenset({PICK})}, {"paused_until": date(2026, 12, 24)}])
async def test_who_gets_no_weekly_pick_opens_none_early(office: Office, wish: dict[str, Any]) -> None:
    await office.subscribe(1, moment=Moment(0, 0, 0, "Pacific/Kiritimati"), **wish)
    await office.subscribe(2)
    await office.tick(MONDAY - timedelta(hours=13))
    async with office.database.reading() as conn:
        assert (await conn.execute(select(tables.edition))).all() == []


_SERIES = [Series("a", "A", "", "UTC", "mon 09:00", "last 18:00"), Series("b", "B", "", "Asia/Tokyo", None, "1 09:00")]


def test_what_is_offered_is_what_has_a_rhythm() -> None:
    assert offers(_SERIES) == (
        ("a", EditionKind.WEEKLY),
        ("a", EditionKind.ROUNDUP),
        ("b", EditionKind.ROUNDUP),
    )


@given(
    st.datetimes(datetime(2020, 1, 5), datetime(2035, 12, 25), timezones=st.just(UTC)),  # noqa: DTZ001
    st.dates(date(2020, 1, 5), date(2035, 12, 25)),
    st.sampled_from(["UTC", "Europe/Berlin", "Pacific/Kiritimati", "Pacific/Pago_Pago"]) | st.none(),
)
def test_a_pause_is_on_until_its_day_begins_where_the_chat_is(at: datetime, until: date, zone: str | None) -> None:
    wish = Subscription(Address(1), EARLIER, Moment(0, 9, 0, zone) if zone else None, paused_until=until)
    if wish.is_paused(at, _SERIES[1]):
        assert all(wish.is_paused(at - timedelta(hours=hours), _SERIES[1]) for hours in range(1, 60))
    else:
        assert not any(wish.is_paused(at + timedelta(hours=hours), _SERIES[1]) for hours in range(1, 60))
