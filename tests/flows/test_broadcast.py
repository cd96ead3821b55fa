"""Editions on their whole way, from the slot to the chat, over real HTTP; the sandbox counts what arrived."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest

from bot.model.address import Address
from bot.model.edition import DeliveryState, EditionKind
from bot.publishing.delivery import Dispatcher
from bot.publishing.publisher import Publisher
from bot.sandbox import Chat, Person
from bot.sandbox.answers import Refusal
from bot.sandbox.faults import (
    Fault,
    bad_gateway,
    blocked,
    cut_album,
    dropped,
    flooded,
    migrated,
    nonsense,
    refused,
    rejected,
)
from bot.store import deliveries, subscriptions
from tests.chat.conftest import NOW, Stage, on_stage, services  # noqa: F401  # a fixture
from tests.databases import every_kind as kind  # noqa: F401  # a fixture

FIRST_READER = 5001


class Desk:
    """A publisher over a running bot, with subscribed readers and a clock that can be turned."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.now = stage, NOW
        self.dispatcher = Dispatcher(
            stage.services.database, stage.messenger, self.clock, rate=0, patience=timedelta(0)
        )
        self.publisher = Publisher(
            stage.services.database, stage.messenger, self.dispatcher, stage.services.series, self.clock
        )

    def clock(self) -> datetime:
        return self.now

    async def readers(self, number: int) -> list[int]:
        ids = list(range(FIRST_READER, FIRST_READER + number))
        async with self.stage.services.database.writing() as conn:
            for user_id in ids:
                self.stage.sandbox.add_person(Person(user_id, f"Reader {user_id}", f"reader_{user_id}"))
                self.stage.sandbox.mark_started(user_id)
                await subscriptions.see_chat(conn, user_id, kind="private", title="", now=NOW)
                await subscriptions.subscribe(conn, Address(user_id), NOW)
        return ids

    async def send_week(self) -> None:
        await self.publisher.publish_now(EditionKind.WEEKLY)

    async def try_again_later(self) -> None:
        for _ in range(4):
            self.now += timedelta(hours=1)
            await self.dispatcher.run()

    async def states(self) -> dict[DeliveryState, int]:
        async with self.stage.services.database.reading() as conn:
            return await deliveries.count_states(conn)

    def pictures(self, chat_id: int) -> int:
        return sum(bool(one.digest) for one in self.stage.sandbox.delivered(chat_id))


@pytest.fixture
async def desk(services) -> AsyncIterator[Desk]:  # type: ignore[no-untyped-def]  # noqa: F811
    async with on_stage(services) as stage:
        yield Desk(stage)


async def test_everybody_gets_the_week_once_and_one_upload_serves_all(desk: Desk) -> None:
    readers = await desk.readers(12)
    await desk.send_week()
    await desk.send_week()
    assert [desk.pictures(reader) for reader in readers] == [1] * 12


@pytest.mark.parametrize(
    ("fault", "state", "copies"),
    [
        pytest.param(flooded(2), DeliveryState.SENT, 1, id="flooded"),
        pytest.param(flooded(None), DeliveryState.SENT, 1, id="flooded without a time"),
        pytest.param(dropped("after"), DeliveryState.IN_DOUBT, 1, id="answer lost"),
        pytest.param(dropped("before"), DeliveryState.IN_DOUBT, 0, id="connection lost before"),
        pytest.param(bad_gateway("after"), DeliveryState.IN_DOUBT, 1, id="502 after delivery"),
        pytest.param(nonsense("after"), DeliveryState.IN_DOUBT, 1, id="a web page instead of an answer"),
        pytest.param(blocked(), DeliveryState.FAILED, 0, id="blocked"),
        pytest.param(rejected("chat not found"), DeliveryState.FAILED, 0, id="chat not found"),
        pytest.param(refused(Refusal(401, "Unauthorized")), DeliveryState.SENT, 1, id="401 for a moment"),
    ],
)
async def test_whatever_goes_wrong_nobody_gets_it_twice(
    desk: Desk, fault: Fault, state: DeliveryState, copies: int
) -> None:
    readers = await desk.readers(3)
    await desk.send_week()  # everybody has the file by now, so that the fault meets one plain request
    desk.now += timedelta(weeks=1)
    desk.stage.sandbox.faults.add(fault, method="sendPhoto", chat_id=readers[1])
    await desk.send_week()
    await desk.try_again_later()
    assert [desk.pictures(reader) - 1 for reader in readers] == [1, copies, 1]
    expected = {DeliveryState.SENT: 5, state: 1} if state is not DeliveryState.SENT else {DeliveryState.SENT: 6}
    assert await desk.states() == expected


async def test_half_an_album_is_left_in_doubt_and_its_text_still_comes(desk: Desk) -> None:
    (reader,) = await desk.readers(1)
    desk.stage.sandbox.faults.add(cut_album(2), method="sendMediaGroup")
    await desk.publisher.publish_now(EditionKind.ROUNDUP, slot="2022-01")
    await desk.try_again_later()
    assert await desk.states() == {DeliveryState.IN_DOUBT: 1, DeliveryState.SENT: 1}
    assert desk.pictures(reader) == 2


async def test_a_group_that_moves_while_we_send_gets_it_in_its_new_place(desk: Desk) -> None:
    old, new = -7001, -1007001
    for chat_id, form in ((old, "group"), (new, "supergroup")):
        desk.stage.sandbox.add_chat(Chat(chat_id, form, "Movers", (desk_member(desk),)))  # type: ignore[arg-type]
    async with desk.stage.services.database.writing() as conn:
        await subscriptions.see_chat(conn, old, kind="group", title="Movers", now=NOW)
        await subscriptions.subscribe(conn, Address(old), NOW)
    desk.stage.sandbox.faults.add(migrated(new), chat_id=old, times=9)
    await desk.send_week()
    assert (desk.pictures(old), desk.pictures(new)) == (0, 1)


async def test_a_roundup_is_an_album_and_then_one_message(desk: Desk) -> None:
    (reader,) = await desk.readers(1)
    await desk.publisher.publish_now(EditionKind.ROUNDUP, slot="2022-01")
    await desk.try_again_later()
    said = [message for message in desk.stage.sandbox.transcript(reader) if message.is_from_bot]
    assert [bool(message.media) for message in said] == [True] * (1 + 4) + [False]
    assert said[-1].text.startswith("January 2022 · four papers")


def desk_member(desk: Desk) -> int:
    desk.stage.sandbox.add_person(Person(6001, "Member", "member"))
    desk.stage.sandbox.mark_started(6001)
    return 6001


async def test_a_week_that_a_chat_has_had_is_not_promised_again(desk: Desk) -> None:
    (reader,) = await desk.readers(1)
    await desk.send_week()
    (said,) = await desk.stage.ask("/subscribe fri 18:00 UTC", chat_id=reader)  # it is Friday noon
    assert "Friday 27 November, 18:00 UTC" in said.text
