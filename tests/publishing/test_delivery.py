import asyncio
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from math import inf
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import (
    ChatGone,
    ChatMigrated,
    ContentRejected,
    DeliveryError,
    Flooded,
    InDoubt,
    NotSent,
    StoreReadOnly,
    TokenRejected,
    TopicGone,
)
from bot.model.address import Address
from bot.model.edition import Delivery, DeliveryState, Edition, EditionKind, EditionState, EmptyQueue
from bot.model.subscription import Subscription
from bot.publishing.calendar import Slot
from bot.publishing.delivery import Dispatcher
from bot.publishing.editions import open_slot
from bot.store import claims, deliveries, editions, entries, outcomes, subscriptions
from bot.store.claims import Claim, Outgoing, Room
from bot.store.database import Database
from bot.store.outcomes import Outcome
from bot.store.tables import delivery
from tests.publishing.recording import RecordingMessenger

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SLOT = Slot(EditionKind.WEEKLY, "2026-W48")
PICK, ROUNDUP = ("ml-collage", EditionKind.WEEKLY), ("ml-collage", EditionKind.ROUNDUP)


class Clock:
    """Shows the time it was set to."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


class Scene:
    """A loaded database with subscribed chats, one open edition and a dispatcher."""

    def __init__(self, database: Database, messenger: RecordingMessenger) -> None:
        self.database, self.messenger, self.clock = database, messenger, Clock()
        self.dispatcher = Dispatcher(database, messenger, self.clock, rate=0, patience=timedelta(0))

    async def subscribe(self, *addresses: Address) -> None:
        async with self.database.writing() as conn:
            for address in addresses:
                await subscriptions.see_chat(conn, address.chat_id, kind="private", title="", now=START)
                await subscriptions.subscribe(conn, address, START - timedelta(days=1))

    async def open(self, slot: Slot = SLOT) -> Edition:
        async with self.database.writing() as conn:
            series = await entries.get_series(conn, "ml-collage")
            return await open_slot(
                conn,
                series,
                slot,
                messenger=self.messenger,
                empty_queue=EmptyQueue.ARCHIVE,
                now=self.clock.now,
                by_hand=True,
            )

    async def states(self) -> dict[DeliveryState, int]:
        async with self.database.reading() as conn:
            return await deliveries.count_states(conn)


@pytest.fixture
async def scene(catalogue: Database) -> Scene:
    return Scene(catalogue, RecordingMessenger())


def chats(number: int) -> list[Address]:
    return [Address(1000 + index) for index in range(number)]


def failing(error: Callable[[], DeliveryError], *, times: int = 1) -> Callable[[object, Address], DeliveryError | None]:
    left = [times]

    def fault(part: object, address: Address) -> DeliveryError | None:
        left[0] -= 1
        return error() if left[0] >= 0 else None

    return fault


async def test_every_subscribed_chat_gets_it_once(scene: Scene) -> None:
    await scene.subscribe(*chats(20))
    await scene.open()
    tally = await scene.dispatcher.run()
    assert tally == {DeliveryState.SENT: 20}
    assert sorted(address for address, _ in scene.messenger.sent) == chats(20)
    assert await scene.states() == {DeliveryState.SENT: 20}


async def test_the_ledger_knows_which_weeks_a_chat_has_had_or_will_get(scene: Scene) -> None:
    await scene.subscribe(*chats(1))
    edition = await scene.open()
    async with scene.database.reading() as conn:
        promised = await deliveries.slots_of(conn, chats(1)[0])
    await scene.dispatcher.run()
    async with scene.database.reading() as conn:
        assert await deliveries.slots_of(conn, chats(1)[0]) == promised
        assert await deliveries.slots_of(conn, Address(1)) == {}
    (slots,) = promised.values()
    assert list(promised) == [(edition.series.slug, SLOT.kind)]
    assert list(slots) == [SLOT.key]


async def test_running_again_sends_nothing_more(scene: Scene) -> None:
    await scene.subscribe(*chats(3))
    for _ in range(3):
        await scene.open()
        await scene.dispatcher.run()
    assert scene.messenger.copies() == 1


async def test_two_dispatchers_share_the_work_without_repeating_it(scene: Scene) -> None:
    await scene.subscribe(*chats(30))
    await scene.open()
    other = Dispatcher(scene.database, scene.messenger, scene.clock, rate=0)
    await asyncio.gather(scene.dispatcher.run(), other.run())
    assert len(scene.messenger.sent) == 30
    assert scene.messenger.copies() == 1


async def test_the_delivery_is_written_down_before_the_request_leaves(scene: Scene) -> None:
    await scene.subscribe(*chats(1))
    await scene.open()
    scene.messenger.gate = asyncio.Event()
    running = asyncio.create_task(scene.dispatcher.run())
    await asyncio.wait_for(scene.messenger.reached.wait(), 5)
    assert await scene.states() == {DeliveryState.SENDING: 1}
    scene.messenger.gate.set()
    await running


async def test_what_may_have_arrived_stays_in_doubt(scene: Scene) -> None:
    scene.messenger.fault = failing(lambda: InDoubt("answer lost"))
    scene.messenger.arrives_all_the_same = True
    await scene.subscribe(*chats(1))
    await scene.open()
    await scene.dispatcher.run()
    scene.clock.now += timedelta(days=1)
    await scene.dispatcher.run()
    assert await scene.states() == {DeliveryState.IN_DOUBT: 1}
    assert scene.messenger.copies() == 1


async def test_a_fault_of_our_own_counts_as_doubt(scene: Scene) -> None:
    scene.messenger.fault = lambda part, address: RuntimeError("broken")
    await scene.subscribe(*chats(1))
    await scene.open()
    await scene.dispatcher.run()
    assert await scene.states() == {DeliveryState.IN_DOUBT: 1}


async def test_a_crash_while_sending_leaves_doubt_once_the_lease_has_run_out(scene: Scene) -> None:
    await scene.subscribe(*chats(1))
    edition = await scene.open()
    async with scene.database.writing() as conn:
        lease = timedelta(minutes=3)
        assert await claims.claim(
            conn, room(1), now=START, lease=lease, rate=0, outgoing={edition.id: Outgoing(edition, [1])}
        )
    await scene.dispatcher.run()
    assert await scene.states() == {DeliveryState.SENDING: 1}
    scene.clock.now += timedelta(minutes=4)
    await scene.dispatcher.run()
    assert await scene.states() == {DeliveryState.IN_DOUBT: 1}
    assert scene.messenger.sent == []


async def test_what_surely_did_not_leave_is_sent_later(scene: Scene) -> None:
    scene.messenger.fault = failing(lambda: NotSent("no route"))
    await scene.subscribe(*chats(1))
    await scene.open()
    scene.clock.now = START
    await _run_until_settled(scene)
    assert await scene.states() == {DeliveryState.SENT: 1}
    assert scene.messenger.copies() == 1


async def test_a_flood_is_waited_out(scene: Scene) -> None:
    scene.messenger.fault = failing(lambda: Flooded("slow down", retry_after=timedelta(seconds=40)))
    await scene.subscribe(*chats(1))
    await scene.open()
    await scene.dispatcher.run()
    scene.clock.now += timedelta(seconds=39)
    await scene.dispatcher.run()
    assert scene.messenger.sent == []
    scene.clock.now += timedelta(seconds=1)
    await scene.dispatcher.run()
    assert len(scene.messenger.sent) == 1


async def test_a_blocked_chat_is_never_tried_again(scene: Scene) -> None:
    scene.messenger.fault = failing(lambda: ChatGone("Forbidden: bot was blocked by the user"))
    await scene.subscribe(*chats(1))
    await scene.open()
    await scene.dispatcher.run()
    assert await scene.states() == {DeliveryState.FAILED: 1}
    async with scene.database.reading() as conn:
        assert not await subscriptions.unserved(conn, edition_id=0)


async def test_a_group_that_moved_gets_it_under_its_new_id(scene: Scene) -> None:
    scene.messenger.fault = failing(lambda: ChatMigrated("moved", new_chat_id=-100200))
    await scene.subscribe(Address(-200))
    await scene.open()
    await scene.dispatcher.run()
    assert scene.messenger.sent == [(Address(-100200), 0)]


async def test_a_group_that_moves_between_ticks_does_not_get_the_pick_again(scene: Scene) -> None:
    await scene.subscribe(Address(-200))
    await scene.open()
    await scene.dispatcher.run()
    async with scene.database.writing() as conn:
        await subscriptions.migrate_chat(conn, -200, -100200)
    await scene.open()
    await scene.dispatcher.run()
    assert scene.messenger.sent == [(Address(-200), 0)]


async def test_the_ids_of_messages_do_not_follow_a_group_to_its_new_id(scene: Scene) -> None:
    await scene.subscribe(Address(-200))
    await scene.open()
    await scene.dispatcher.run()
    async with scene.database.writing() as conn:
        await subscriptions.migrate_chat(conn, -200, -100200)
        row = (await conn.execute(select(delivery.c.chat_id, delivery.c.state, delivery.c.message_ids))).one()
    assert tuple(row) == (-100200, DeliveryState.SENT, [])


async def test_a_topic_that_vanishes_between_ticks_does_not_bring_the_pick_again(scene: Scene) -> None:
    await scene.subscribe(Address(-100300, 7))
    await scene.open()
    await scene.dispatcher.run()
    async with scene.database.writing() as conn:
        await subscriptions.drop_thread(conn, Address(-100300, 7))
    await scene.open()
    await scene.dispatcher.run()
    assert scene.messenger.sent == [(Address(-100300, 7), 0)]


async def test_two_editions_on_their_way_to_a_group_that_moves_both_arrive(scene: Scene) -> None:
    await scene.subscribe(Address(-200))
    await scene.open()
    await scene.open(Slot(EditionKind.ROUNDUP, "2022-01"))
    scene.messenger.fault = lambda part, address: (
        ChatMigrated("moved", new_chat_id=-100200) if address.chat_id == -200 else None
    )
    await scene.dispatcher.run()
    assert scene.messenger.sent == [(Address(-100200), 0)] * 2


async def test_a_group_that_had_moved_before_gets_it_once(scene: Scene) -> None:
    await scene.subscribe(Address(-200), Address(-100200))
    await scene.open()
    scene.messenger.fault = lambda part, address: (
        ChatMigrated("moved", new_chat_id=-100200) if address.chat_id == -200 else None
    )
    await scene.dispatcher.run()
    assert scene.messenger.sent == [(Address(-100200), 0)]


async def test_a_vanished_topic_falls_back_to_the_general_one_once(scene: Scene) -> None:
    await scene.subscribe(Address(-100300, 7))
    await scene.open()
    scene.messenger.fault = lambda part, address: TopicGone("thread not found") if address.thread_id else None
    await scene.dispatcher.run()
    assert scene.messenger.sent == [(Address(-100300), 0)]


async def test_a_chat_without_topics_that_claims_a_lost_one_is_not_tried_for_ever(scene: Scene) -> None:
    await scene.subscribe(Address(-100300))
    await scene.open()
    scene.messenger.fault = lambda part, address: TopicGone("thread not found")
    await asyncio.wait_for(scene.dispatcher.run(), 5)
    assert await scene.states() == {DeliveryState.FAILED: 1}


async def test_a_message_that_everybody_refuses_is_held_before_all_have_seen_it_fail(scene: Scene) -> None:
    scene.messenger.fault = lambda part, address: ContentRejected("can't parse entities")
    scene.dispatcher.in_flight = 1
    await scene.subscribe(*chats(20))
    edition = await scene.open()
    await scene.dispatcher.run()
    async with scene.database.reading() as conn:
        held = await editions.get_edition(conn, edition.id)
    assert held.state is EditionState.HELD
    assert await scene.states() == {DeliveryState.PENDING: 20}  # not one chat is to blame


async def test_a_held_edition_goes_on_when_somebody_publishes_it_by_hand(scene: Scene) -> None:
    scene.messenger.fault = failing(lambda: ContentRejected("can't parse entities"), times=3)
    scene.dispatcher.in_flight = 1
    await scene.subscribe(*chats(5))
    await scene.open()
    await scene.dispatcher.run()
    await scene.open()
    await scene.dispatcher.run()
    assert await scene.states() == {DeliveryState.SENT: 5}


async def test_a_held_edition_that_is_published_by_hand_is_due_then(scene: Scene) -> None:
    scene.messenger.fault = failing(lambda: ContentRejected("can't parse entities"), times=3)
    scene.dispatcher.in_flight = 1
    await scene.subscribe(*chats(5))
    await scene.open()
    await scene.dispatcher.run()
    scene.clock.now += timedelta(days=5)
    await scene.open()
    await scene.dispatcher.run()
    assert await scene.states() == {DeliveryState.SENT: 5}


async def test_chats_that_fail_for_reasons_of_their_own_hold_nothing(scene: Scene) -> None:
    scene.dispatcher.in_flight = 1
    await scene.subscribe(*chats(10))
    await scene.open()
    errors = iter([ChatGone("kicked"), ChatGone("kicked"), ContentRejected("odd"), ChatGone("kicked")])
    scene.messenger.fault = lambda part, address: next(errors, None)
    await scene.dispatcher.run()
    assert await scene.states() == {DeliveryState.FAILED: 4, DeliveryState.SENT: 6}


async def test_a_later_part_that_everybody_refuses_is_held_too(scene: Scene) -> None:
    scene.messenger.parts = 2
    scene.dispatcher.in_flight = 1
    await scene.subscribe(*chats(10))
    await scene.open()
    scene.messenger.fault = lambda part, address: ContentRejected("too long") if part.index else None
    await _run_until_settled(scene)
    assert await scene.states() == {DeliveryState.SENT: 10, DeliveryState.PENDING: 10}


async def test_at_first_few_are_under_way_so_that_few_see_a_broken_message(scene: Scene) -> None:
    scene.dispatcher.in_flight = 64
    scene.messenger.fault = lambda part, address: ContentRejected("can't parse entities")
    await scene.subscribe(*chats(100))
    await scene.open()
    await scene.dispatcher.run()
    assert scene.messenger.most_under_way <= 4
    assert await scene.states() == {DeliveryState.PENDING: 100}


async def test_a_refused_token_costs_no_chat_anything(scene: Scene) -> None:
    refused = []
    scene.dispatcher.on_refused = lambda: refused.append(True)
    scene.messenger.fault = lambda part, address: TokenRejected("401")
    await scene.subscribe(*chats(10))
    await scene.open()
    for _ in range(12):
        await scene.dispatcher.run()
        scene.clock.now += timedelta(minutes=5)
    assert refused
    assert await scene.states() == {DeliveryState.PENDING: 10}
    async with scene.database.reading() as conn:
        assert len(await subscriptions.unserved(conn, edition_id=0)) == 10
    scene.messenger.fault = lambda part, address: None
    for _ in range(3):
        scene.clock.now += timedelta(minutes=20)
        await scene.dispatcher.run()
    assert await scene.states() == {DeliveryState.SENT: 10}


async def test_while_the_token_is_refused_nobody_else_is_tried(scene: Scene) -> None:
    scene.messenger.fault = lambda part, address: TokenRejected("401")
    await scene.subscribe(*chats(50))
    await scene.open()
    await scene.dispatcher.run()
    await scene.dispatcher.run()
    async with scene.database.reading() as conn:
        tried = await conn.execute(select(func.count()).where(delivery.c.attempts > 0))
        assert tried.scalar_one() <= 4


@pytest.mark.parametrize(("late", "state"), [(3, DeliveryState.SENT), (4, DeliveryState.SKIPPED)])
async def test_a_weekly_pick_is_caught_up_within_three_days_of_the_chats_own_instant(
    scene: Scene, late: int, state: DeliveryState
) -> None:
    await scene.subscribe(*chats(1))
    await scene.open()
    scene.clock.now += timedelta(days=late)
    await scene.dispatcher.run()
    assert await scene.states() == {state: 1}


async def test_what_is_tried_again_and_again_is_late_from_the_chats_own_instant_on(scene: Scene) -> None:
    scene.messenger.fault = lambda part, address: NotSent("no route")
    await scene.subscribe(*chats(1))
    await scene.open()
    for _ in range(80):
        await scene.dispatcher.run()
        scene.clock.now += timedelta(hours=1)
    assert await scene.states() == {DeliveryState.SKIPPED: 1}


async def test_a_roundup_is_caught_up_within_seven_days(scene: Scene) -> None:
    await scene.subscribe(*chats(1))
    await scene.open(Slot(EditionKind.ROUNDUP, "2022-01"))
    scene.clock.now += timedelta(days=7)
    await scene.dispatcher.run()
    assert await scene.states() == {DeliveryState.SENT: 1}


async def test_half_an_album_is_recorded_item_by_item(scene: Scene) -> None:
    scene.messenger.fault = failing(lambda: InDoubt("half an album", missing=(2,)))
    await scene.subscribe(*chats(1))
    await scene.open()
    await scene.dispatcher.run()
    async with scene.database.reading() as conn:
        row = (await conn.execute(select(delivery.c.state, delivery.c.missing))).one()
    assert tuple(row) == (DeliveryState.IN_DOUBT, [2])


async def test_a_lease_that_a_wrong_clock_gave_does_not_last_for_ever(scene: Scene) -> None:
    await scene.subscribe(*chats(1))
    edition = await scene.open()
    async with scene.database.writing() as conn:
        ahead, lease = START + timedelta(hours=2), timedelta(minutes=3)
        assert await claims.claim(
            conn, room(1), now=ahead, lease=lease, rate=0, outgoing={edition.id: Outgoing(edition, [1])}
        )
    await scene.dispatcher.run()
    assert await scene.states() == {DeliveryState.IN_DOUBT: 1}


async def test_a_receipt_that_comes_late_is_the_truth_all_the_same(scene: Scene) -> None:
    await scene.subscribe(*chats(1))
    edition = await scene.open()
    async with scene.database.writing() as conn:
        outgoing = {edition.id: Outgoing(edition, [1])}
        (claim,) = await claims.claim(conn, room(1), now=START, lease=timedelta(0), rate=0, outgoing=outgoing)
        await outcomes.expire_leases(conn, START + timedelta(minutes=9), timedelta(minutes=3))
        await outcomes.settle(conn, [(claim.delivery, Outcome(DeliveryState.SENT, (7,)))], START)
        await outcomes.settle(conn, [(claim.delivery, Outcome(DeliveryState.IN_DOUBT, error="late"))], START)
    assert await scene.states() == {DeliveryState.SENT: 1}


async def test_what_is_said_twice_gives_away_nothing_that_somebody_else_holds(scene: Scene) -> None:
    await scene.subscribe(*chats(1))
    edition = await scene.open()
    waits = Outcome(DeliveryState.PENDING, not_before=START)
    async with scene.database.writing() as conn:
        first = await _claimed(conn, edition)
        await outcomes.settle(conn, [(first.delivery, waits)], START)
        await _claimed(conn, edition, START + timedelta(seconds=1))
        await outcomes.settle(conn, [(first.delivery, waits)], START)  # its commit was made, and the answer lost
        await outcomes.release(conn, [first.delivery])
    assert await scene.states() == {DeliveryState.SENDING: 1}


async def test_whoever_wakes_too_late_settles_only_what_nobody_has_claimed_since(scene: Scene) -> None:
    await scene.subscribe(*chats(1))
    edition = await scene.open()
    waits, later = Outcome(DeliveryState.PENDING, not_before=START), START + timedelta(minutes=9)
    async with scene.database.writing() as conn:
        frozen = await _claimed(conn, edition)
        await outcomes.expire_leases(conn, later, timedelta(minutes=3))
        await outcomes.settle(conn, [(frozen.delivery, waits)], later)  # it surely did not leave
    assert await scene.states() == {DeliveryState.PENDING: 1}
    async with scene.database.writing() as conn:
        await _claimed(conn, edition, later)
        await outcomes.expire_leases(conn, later + timedelta(minutes=9), timedelta(minutes=3))
        await outcomes.settle(conn, [(frozen.delivery, waits)], later)
    assert await scene.states() == {DeliveryState.IN_DOUBT: 1}


def room(deliveries: int, messages: float = inf) -> Callable[[datetime], Room]:
    return lambda free_at: Room(deliveries, messages)


async def _claimed(conn: AsyncConnection, edition: Edition, now: datetime = START) -> Claim:
    outgoing = {edition.id: Outgoing(edition, [1])}
    (claim,) = await claims.claim(conn, room(1), now=now, lease=timedelta(minutes=3), rate=0, outgoing=outgoing)
    return claim


async def test_albums_fill_the_room_by_their_messages(scene: Scene) -> None:
    await scene.subscribe(*chats(5))
    edition = await scene.open()
    outgoing = {edition.id: Outgoing(edition, [9])}
    async with scene.database.writing() as conn:
        for messages, expected in ((0, 0), (4, 1), (10, 2)):
            taken = await claims.claim(
                conn, room(8, messages), now=START, lease=timedelta(1), rate=0, outgoing=outgoing
            )
            assert len(taken) == expected


async def test_what_is_far_ahead_since_a_clock_was_set_back_is_given_back(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    await scene.subscribe(*chats(3))
    await scene.open()
    claim = claims.claim

    async def set_back(*args: Any, **kwargs: Any) -> list[Claim]:
        taken = await claim(*args, **kwargs)
        scene.clock.now = START - timedelta(hours=1)
        return taken

    monkeypatch.setattr(claims, "claim", set_back)
    await scene.dispatcher.run()
    assert scene.messenger.sent == []
    assert await scene.states() == {DeliveryState.PENDING: 3}


async def test_a_group_that_has_had_its_twenty_gets_the_next_one_a_minute_later(scene: Scene) -> None:
    await scene.subscribe(Address(-100300), Address(-100300, 7))
    edition = await scene.open()
    outgoing = {edition.id: Outgoing(edition, [11])}
    async with scene.database.writing() as conn:
        lease = timedelta(minutes=3)
        taken = await claims.claim(conn, room(9), now=START, lease=lease, rate=0, outgoing=outgoing)
        assert len(taken) == 1
        soon = START + timedelta(seconds=59)
        assert not await claims.claim(conn, room(9), now=soon, lease=lease, rate=0, outgoing=outgoing)
        later = START + timedelta(seconds=61)
        assert len(await claims.claim(conn, room(9), now=later, lease=lease, rate=0, outgoing=outgoing)) == 1


async def test_in_an_outage_most_chats_keep_their_message(scene: Scene) -> None:
    scene.dispatcher.in_flight = 4
    await scene.subscribe(*chats(100))
    await scene.open()
    scene.messenger.fault = lambda part, address: InDoubt("answer lost")
    for _ in range(10):
        await scene.dispatcher.run()
        scene.clock.now += timedelta(seconds=30)
    states = await scene.states()
    assert states[DeliveryState.IN_DOUBT] < 20
    scene.messenger.fault = lambda part, address: None
    for _ in range(3):
        scene.clock.now += timedelta(minutes=5)
        await scene.dispatcher.run()
    assert await scene.states() == {
        DeliveryState.IN_DOUBT: states[DeliveryState.IN_DOUBT],
        DeliveryState.SENT: 100 - states[DeliveryState.IN_DOUBT],
    }


async def test_a_text_that_was_shortened_needs_fewer_parts_than_were_written_down(scene: Scene) -> None:
    scene.messenger.parts = 3
    await scene.subscribe(*chats(1))
    await scene.open()
    scene.messenger.parts = 2
    await _run_until_settled(scene)
    assert await scene.states() == {DeliveryState.SENT: 2, DeliveryState.SKIPPED: 1}


async def test_a_fault_while_preparing_does_not_put_the_dispatcher_to_sleep(scene: Scene) -> None:
    await scene.subscribe(*chats(1))
    await scene.open()
    scene.messenger.prepare_faults = [ValueError("broken"), ValueError("broken again")]
    serving = asyncio.create_task(scene.dispatcher.serve())
    async with asyncio.timeout(30):
        while not scene.messenger.sent:
            scene.dispatcher.wake()
            await asyncio.sleep(0.01)
    scene.dispatcher.stop()
    await serving
    assert scene.messenger.prepare_faults == []
    assert len(scene.messenger.sent) == 1


async def test_what_was_sent_is_written_down_though_the_database_is_away_for_a_moment(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    await scene.subscribe(*chats(8))
    await scene.open()
    settle, broken = outcomes.settle, [StoreReadOnly("for a moment")]

    async def shaky(conn: AsyncConnection, said: Iterable[tuple[Delivery, Outcome]], now: datetime) -> None:
        if broken:
            raise broken.pop()
        await settle(conn, said, now)

    monkeypatch.setattr(outcomes, "settle", shaky)
    await scene.dispatcher.run()
    assert await scene.states() == {DeliveryState.SENT: 8}


async def test_a_clock_that_was_ahead_does_not_silence_us(scene: Scene) -> None:
    await scene.subscribe(*chats(2))
    edition = await scene.open()
    async with scene.database.writing() as conn:
        ahead = START + timedelta(days=2)
        await claims.claim(
            conn, room(1), now=ahead, lease=timedelta(1), rate=1, outgoing={edition.id: Outgoing(edition, [1])}
        )
    scene.dispatcher.rate = 1
    await scene.dispatcher.run()
    assert len(scene.messenger.sent) == 1


async def test_parts_arrive_in_order(scene: Scene) -> None:
    scene.messenger.parts = 3
    await scene.subscribe(*chats(2))
    await scene.open()
    await _run_until_settled(scene)
    for address in chats(2):
        assert [part for to, part in scene.messenger.sent if to == address] == [0, 1, 2]


async def test_the_rest_waits_for_nobody_who_refused_the_first_part(scene: Scene) -> None:
    scene.messenger.parts = 2
    scene.messenger.fault = failing(lambda: ContentRejected("too long"))
    await scene.subscribe(*chats(1))
    await scene.open()
    await scene.dispatcher.run()
    assert await scene.states() == {DeliveryState.FAILED: 1, DeliveryState.SKIPPED: 1}


async def test_who_unsubscribed_in_time_gets_nothing(scene: Scene) -> None:
    await scene.subscribe(*chats(2))
    await scene.open()
    async with scene.database.writing() as conn:
        await subscriptions.unsubscribe(conn, chats(2)[0], START)
    await scene.dispatcher.run()
    assert scene.messenger.sent == [(chats(2)[1], 0)]


async def test_who_gave_up_the_weekly_pick_in_time_gets_none_and_who_gave_up_the_roundup_does(scene: Scene) -> None:
    await scene.subscribe(*chats(2))
    await scene.open()
    async with scene.database.writing() as conn:
        await subscriptions.change(conn, Subscription(chats(2)[0], START, declined=frozenset({PICK})))
        await subscriptions.change(conn, Subscription(chats(2)[1], START, declined=frozenset({ROUNDUP})))
    await scene.dispatcher.run()
    assert scene.messenger.sent == [(chats(2)[1], 0)]


async def test_no_more_requests_are_under_way_than_allowed(scene: Scene) -> None:
    scene.dispatcher.in_flight = 4
    await scene.subscribe(*chats(40))
    await scene.open()
    await scene.dispatcher.run()
    assert scene.messenger.most_under_way <= 4


async def test_a_clean_stop_leaves_nothing_claimed(scene: Scene) -> None:
    scene.dispatcher.rate = 0.5  # the second message would have to wait two seconds
    await scene.subscribe(*chats(5))
    await scene.open()
    running = asyncio.create_task(scene.dispatcher.run())
    await asyncio.wait_for(scene.messenger.reached.wait(), 5)
    scene.dispatcher.stop()
    await asyncio.wait_for(running, 5)
    states = await scene.states()
    assert set(states) == {DeliveryState.SENT, DeliveryState.PENDING}
    assert states[DeliveryState.SENT] == len(scene.messenger.sent)


async def test_messages_leave_no_faster_than_the_rate(scene: Scene) -> None:
    await scene.subscribe(*chats(5))
    edition = await scene.open()
    instants = []
    async with scene.database.writing() as conn:
        for limit in (2, 1, 2):
            taken = await claims.claim(
                conn, room(limit), now=START, lease=timedelta(1), rate=10, outgoing={edition.id: Outgoing(edition, [1])}
            )
            instants += [(claim.send_at - START).total_seconds() for claim in taken]
    assert instants == pytest.approx([0, 0.1, 0.2, 0.3, 0.4], abs=1e-5)


async def test_an_album_takes_as_much_of_the_rate_as_it_has_pictures(scene: Scene) -> None:
    await scene.subscribe(*chats(2))
    edition = await scene.open()
    async with scene.database.writing() as conn:
        taken = await claims.claim(
            conn, room(9), now=START, lease=timedelta(1), rate=10, outgoing={edition.id: Outgoing(edition, [4])}
        )
    assert [(claim.send_at - START).total_seconds() for claim in taken] == pytest.approx([0, 0.4], abs=1e-5)


async def _run_until_settled(scene: Scene) -> None:
    for _ in range(20):
        await scene.dispatcher.run()
        scene.clock.now += timedelta(seconds=5)  # nobody waits in earnest
