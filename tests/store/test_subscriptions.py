from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, insert, select

from bot.model.address import Address
from bot.model.edition import DeliveryState, EditionKind
from bot.model.entry import Topic
from bot.model.subscription import Appointment, Moment, Subscription
from bot.store import entries, preferences, subscriptions
from bot.store.database import Database
from bot.store.tables import delivery, edition
from tests.store.samples import SERIES

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
LATER = NOON + timedelta(days=3)
CHAT = Address(-100)
TOPIC = Address(-100, 7)
PICK, ROUNDUP = ("ml-collage", EditionKind.WEEKLY), ("ml-collage", EditionKind.ROUNDUP)
OTHERS = ("best-of-arxiv", EditionKind.ROUNDUP)
EVENING = Moment(weekday=4, hour=18, minute=30, timezone="Europe/Berlin")


async def subscribe(
    database: Database, address: Address, now: datetime = NOON, *, moment: Moment | None = None
) -> None:
    async with database.writing() as conn:
        await subscriptions.see_chat(conn, address.chat_id, "group", "Readers", now)
        await subscriptions.subscribe(conn, address, now, moment=moment)


async def find(database: Database, address: Address) -> Subscription | None:
    async with database.reading() as conn:
        return await subscriptions.find(conn, address)


async def active(database: Database) -> list[Address]:
    async with database.reading() as conn:
        return [wish.address for wish in await subscriptions.unserved(conn, edition_id=0)]


async def deliveries_of(database: Database, chat_id: int) -> list[tuple[int, str]]:
    query = select(delivery.c.part, delivery.c.state).where(delivery.c.chat_id == chat_id).order_by(delivery.c.part)
    async with database.reading() as conn:
        return [(part, state) for part, state in await conn.execute(query)]


async def plan_delivery(database: Database, chat_id: int, part: int, state: DeliveryState) -> None:
    async with database.writing() as conn:
        await entries.write_series(conn, SERIES)
        known = (await conn.execute(select(func.max(edition.c.id)))).scalar_one()
        if known is None:
            row = {"series_id": 1, "kind": "weekly", "slot": "2026-W47", "state": "open", "opened_at": NOON}
            known = (await conn.execute(insert(edition).values(row).returning(edition.c.id))).scalar_one()
        values = {"edition_id": known, "chat_id": chat_id, "part": part, "state": state}
        await conn.execute(insert(delivery).values(**values, due_at=NOON, not_before=NOON, message_ids=[]))


async def test_subscribing_again_keeps_the_first_day(database: Database) -> None:
    await subscribe(database, CHAT)
    await subscribe(database, CHAT, LATER)

    assert await find(database, CHAT) == Subscription(CHAT, since=NOON)


async def test_a_new_moment_is_taken_and_kept_until_another_one_is_given(database: Database) -> None:
    await subscribe(database, CHAT)
    await subscribe(database, CHAT, LATER, moment=EVENING)
    await subscribe(database, CHAT, LATER)

    assert await find(database, CHAT) == Subscription(CHAT, since=NOON, moment=EVENING)


async def test_an_ended_wish_is_over_and_can_be_brought_back_as_it_was(database: Database) -> None:
    await subscribe(database, CHAT, moment=EVENING)
    before = await find(database, CHAT)

    async with database.writing() as conn:
        assert await subscriptions.unsubscribe(conn, CHAT, LATER)
        assert not await subscriptions.unsubscribe(conn, CHAT, LATER)
    assert await find(database, CHAT) is None
    assert await active(database) == []

    async with database.writing() as conn:
        assert await subscriptions.restore(conn, CHAT)
        assert not await subscriptions.restore(conn, CHAT)
    assert await find(database, CHAT) == before


async def test_subscribing_brings_back_the_weekly_pick_and_leaves_the_roundup_as_it_was(database: Database) -> None:
    await subscribe(database, CHAT)
    async with database.writing() as conn:
        await subscriptions.change(conn, Subscription(CHAT, NOON, declined=frozenset({PICK, ROUNDUP, OTHERS})))

    await subscribe(database, CHAT, LATER)

    assert await find(database, CHAT) == Subscription(
        CHAT, since=NOON, declined=frozenset({ROUNDUP, OTHERS}), begun={PICK: LATER}
    )


async def test_subscribing_after_the_end_brings_back_everything(database: Database) -> None:
    await subscribe(database, CHAT, moment=EVENING)
    async with database.writing() as conn:
        given_up = Subscription(CHAT, NOON, EVENING, frozenset({ROUNDUP}), quiet=True, paused_until=date(2027, 1, 1))
        await subscriptions.change(conn, given_up)
        await subscriptions.unsubscribe(conn, CHAT, LATER)

    await subscribe(database, CHAT, LATER)

    assert await find(database, CHAT) == Subscription(CHAT, since=LATER, moment=EVENING, quiet=True)


async def test_a_changed_wish_is_kept(database: Database) -> None:
    await subscribe(database, CHAT, moment=EVENING)
    wish = Subscription(
        CHAT,
        NOON,
        declined=frozenset({PICK}),
        quiet=True,
        paused_until=date(2027, 1, 1),
        topics=("causality", "vision"),
    )

    async with database.writing() as conn:
        await subscriptions.change(conn, wish)

    assert await find(database, CHAT) == wish
    async with database.reading() as conn:
        assert await subscriptions.is_quiet(conn, CHAT)
        assert not await subscriptions.is_quiet(conn, TOPIC)


async def test_a_topic_and_its_chat_wish_for_themselves(database: Database) -> None:
    await subscribe(database, CHAT)
    await subscribe(database, TOPIC)

    async with database.writing() as conn:
        await subscriptions.unsubscribe(conn, CHAT, LATER)

    assert await active(database) == [TOPIC]


async def test_a_chat_that_is_gone_gets_nothing_until_it_is_back(database: Database) -> None:
    await subscribe(database, CHAT, moment=EVENING)
    async with database.writing() as conn:
        await subscriptions.mark_gone(conn, CHAT.chat_id, "the bot was blocked", LATER)
        assert await subscriptions.appointments(conn, PICK) == []
    assert await active(database) == []

    async with database.writing() as conn:
        await subscriptions.mark_back(conn, CHAT.chat_id)
    assert await active(database) == [CHAT]


async def test_a_chat_knows_whether_it_is_gone(database: Database) -> None:
    await subscribe(database, CHAT)
    async with database.writing() as conn:
        assert not (await preferences.find(conn, CHAT.chat_id)).is_gone
        await subscriptions.mark_gone(conn, CHAT.chat_id, "the bot was blocked", LATER)
        assert (await preferences.find(conn, CHAT.chat_id)).is_gone
        assert not (await preferences.find(conn, 5)).is_gone


async def test_who_subscribes_is_not_gone(database: Database) -> None:
    await subscribe(database, CHAT)
    async with database.writing() as conn:
        await subscriptions.mark_gone(conn, CHAT.chat_id, "the bot was blocked", LATER)

    await subscribe(database, CHAT, LATER)

    assert await active(database) == [CHAT]


async def test_appointments_are_those_of_the_chats_each_once(database: Database) -> None:
    await subscribe(database, Address(1), LATER, moment=EVENING)
    await subscribe(database, Address(2), moment=EVENING)
    await subscribe(database, Address(3))

    async with database.reading() as conn:
        assert await subscriptions.appointments(conn, PICK) == [Appointment(EVENING, NOON)]


async def test_appointments_are_those_who_want_it_since_then_and_until_when_they_pause(database: Database) -> None:
    pause = date(2026, 12, 24)
    wishes: list[dict[str, Any]] = [
        {"declined": frozenset({PICK})},
        {"begun": {PICK: LATER}},
        {"paused_until": pause},
    ]
    for number, more in enumerate(wishes, start=1):
        await subscribe(database, Address(number))
        async with database.writing() as conn:
            await subscriptions.change(conn, Subscription(Address(number), NOON, EVENING, **more))

    async with database.reading() as conn:
        picks = await subscriptions.appointments(conn, PICK)
        roundups = await subscriptions.appointments(conn, ROUNDUP)
    assert {each.paused_until: each.since for each in picks} == {None: LATER, pause: NOON}
    assert {each.paused_until: each.since for each in roundups} == {None: NOON, pause: NOON}


async def test_a_topic_that_goes_leaves_every_wish_and_who_named_no_other_takes_all(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    named = {1: ("vision", "gone"), 2: ("gone",), 3: ("vision",), 4: ()}
    for number, topics in named.items():
        await subscribe(database, Address(number))
        async with database.writing() as conn:
            await subscriptions.change(conn, Subscription(Address(number), NOON, topics=topics))
            if number == 2:
                await subscriptions.unsubscribe(conn, Address(number), LATER)  # may be brought back
    async with database.writing() as conn:
        for slug in ("vision", "gone"):
            await entries.write_topic(conn, Topic(slug, slug))
        await entries.keep_topics(conn, ["vision"])
        await subscriptions.restore(conn, Address(2))

    found = {number: await find(database, Address(number)) for number in named}
    assert {number: wish.topics for number, wish in found.items() if wish} == {
        1: ("vision",),
        2: (),
        3: ("vision",),
        4: (),
    }
    assert "2 wishes named topics that are gone (gone); 1 of them named no others" in caplog.text


async def test_a_group_that_moves_takes_its_wish_along(database: Database) -> None:
    await subscribe(database, CHAT, moment=EVENING)

    for _ in range(2):  # Telegram says it twice
        async with database.writing() as conn:
            await subscriptions.migrate_chat(conn, CHAT.chat_id, -200)

    assert await find(database, CHAT) is None
    assert await find(database, Address(-200)) == Subscription(Address(-200), since=NOON, moment=EVENING)


async def test_a_group_that_moves_where_we_know_it_already_keeps_the_wish_it_has_there(database: Database) -> None:
    await subscribe(database, CHAT, moment=EVENING)
    await subscribe(database, TOPIC)
    await subscribe(database, Address(-200), LATER)

    async with database.writing() as conn:
        await subscriptions.migrate_chat(conn, CHAT.chat_id, -200)

    assert await find(database, Address(-200)) == Subscription(Address(-200), since=LATER)
    assert await active(database) == [Address(-200), Address(-200, 7)]


async def test_an_ended_wish_at_the_new_id_gives_way_to_a_living_one(database: Database) -> None:
    await subscribe(database, CHAT)
    await subscribe(database, Address(-200), LATER)
    async with database.writing() as conn:
        await subscriptions.unsubscribe(conn, Address(-200), LATER)

        await subscriptions.migrate_chat(conn, CHAT.chat_id, -200)

    assert await find(database, Address(-200)) == Subscription(Address(-200), since=NOON)


async def test_what_a_group_has_had_it_has_had_under_its_new_id_too(database: Database) -> None:
    await subscribe(database, CHAT)
    await plan_delivery(database, -100, 0, DeliveryState.SENT)
    await plan_delivery(database, -100, 1, DeliveryState.PENDING)
    await plan_delivery(database, -100, 2, DeliveryState.PENDING)
    await plan_delivery(database, -200, 2, DeliveryState.SENT)

    async with database.writing() as conn:
        await subscriptions.migrate_chat(conn, CHAT.chat_id, -200)

    assert await deliveries_of(database, -200) == [(0, "sent"), (1, "pending"), (2, "sent")]
    assert await deliveries_of(database, -100) == []


async def test_an_unknown_group_moves_without_a_trace(database: Database) -> None:
    async with database.writing() as conn:
        await subscriptions.migrate_chat(conn, -100, -200)

    assert await active(database) == []


async def test_the_wish_of_a_topic_that_is_gone_falls_to_its_chat(database: Database) -> None:
    await subscribe(database, TOPIC, moment=EVENING)

    async with database.writing() as conn:
        await subscriptions.drop_thread(conn, TOPIC)

    assert await find(database, CHAT) == Subscription(CHAT, since=NOON, moment=EVENING)
    assert await active(database) == [CHAT]


@pytest.mark.parametrize("title", ["", "читатели 読者 🤖", "'; DROP TABLE chat; --"])
async def test_a_chat_is_called_whatever_it_likes(database: Database, title: str) -> None:
    async with database.writing() as conn:
        await subscriptions.see_chat(conn, 5, "group", title, NOON)
        await subscriptions.see_chat(conn, 5, "supergroup", title, LATER)

    async with database.reading() as conn:
        rows = (await conn.exec_driver_sql("SELECT kind, title FROM chat")).all()
    assert [tuple(row) for row in rows] == [("supergroup", title)]
