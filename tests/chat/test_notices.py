"""Who was told something without having asked, and what follows when they could not be, or their message is gone."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest

from bot.chat import Services
from bot.chat.markup import rich
from bot.chat.messages.message import Message
from bot.chat.notices import AGAIN, announce, conclude
from bot.chat.outbox import Outbox
from bot.sandbox import ADA, NOOR
from bot.sandbox.faults import Fault, blocked, dropped, rejected
from bot.store import notices
from tests.chat.conftest import NOW, Stage, on_stage
from tests.chat.desks import with_editors
from tests.databases import every_kind as kind  # noqa: F401  # a fixture

NOT_STARTED = "bot can't initiate conversation with a user"


@dataclass
class Room:
    """A running bot with editors, and a clock that can be turned."""

    stage: Stage
    now: datetime = NOW

    async def announce(self, words: str, *, state: str = "") -> None:
        stage = self.stage
        services = replace(stage.services, clock=lambda: self.now)
        outbox = Outbox(stage.application.bot, services.database, services.shelf)
        await announce(outbox, services, "weather", lambda: Message(rich(words)), state=state)

    async def conclude(self, words: str) -> None:
        stage = self.stage
        outbox = Outbox(stage.application.bot, stage.services.database, stage.services.shelf)
        await conclude(outbox, stage.services, "weather", lambda: Message(rich(words)))

    def break_down(self, fault: Fault, method: str = "sendMessage", *, times: int = 1) -> None:
        self.stage.sandbox.faults.add(fault, method=method, chat_id=ADA, times=times)

    def heard(self, editor: int = ADA) -> Sequence[str]:
        return [message.text for message in self.stage.sent(editor)]

    def refusals(self) -> int:
        return len(self.stage.sandbox.faults.strikes)


@asynccontextmanager
async def opened(services: Services, *editors: int) -> AsyncIterator[Room]:
    async with on_stage(with_editors(services, *editors)) as stage:
        stage.sandbox.mark_started(*editors)
        yield Room(stage)


@pytest.fixture
async def room(services: Services) -> AsyncIterator[Room]:
    async with opened(services, ADA) as one:
        yield one


@pytest.mark.parametrize("state", ["", "rain"])
async def test_who_had_not_pressed_start_is_told_once_they_do(room: Room, state: str) -> None:
    room.break_down(blocked(NOT_STARTED), times=9)
    for _ in range(3):
        await room.announce("It rains.", state=state)
    assert (room.heard(), room.refusals()) == ([], 1)
    room.stage.sandbox.faults.clear()
    await room.announce("It rains.", state=state)
    assert room.heard() == []
    await room.stage.ask("/start", answers=1)
    await room.announce("It rains.", state=state)
    await room.announce("It rains.", state=state)
    assert room.heard()[-1] == "It rains."
    assert room.heard().count("It rains.") == 1


async def test_who_cannot_be_written_to_is_tried_once_an_hour(room: Room) -> None:
    room.break_down(blocked(), times=9)
    for minutes in (0, 30, 59, 60, 61, 119, 120):
        room.now = NOW + timedelta(minutes=minutes)
        await room.announce(f"It rains since {minutes}.", state=str(minutes))
    assert room.refusals() == 3
    room.stage.sandbox.faults.clear()
    room.now += AGAIN
    await room.announce("It still rains.", state="still")
    assert room.heard() == ["It still rains."]


async def test_whose_message_is_gone_is_told_anew_when_it_would_change(room: Room) -> None:
    await room.announce("It rains.", state="rain")
    room.break_down(rejected("message to edit not found"), "editMessageText")
    await room.announce("It snows.", state="snow")
    await room.announce("It snows.", state="snow")
    assert room.heard() == ["It rains.", "It snows."]  # the sandbox has kept the first one
    await room.announce("The sun shines.", state="sun")
    assert room.heard() == ["It rains.", "The sun shines."]


async def test_who_blocks_the_bot_is_told_anew_when_they_come_back(room: Room) -> None:
    await room.announce("It rains.", state="rain")
    room.break_down(blocked(), "editMessageText")
    room.break_down(blocked())
    await room.announce("It snows.", state="snow")
    assert room.heard() == ["It rains."]
    await room.stage.ask("/start")
    await room.announce("It snows.", state="snow")
    assert room.heard()[-1] == "It snows."


async def test_a_message_of_which_nobody_knows_whether_it_arrived_is_told_anew_in_an_hour(room: Room) -> None:
    room.break_down(dropped("before"))
    await room.announce("It rains.", state="rain")
    room.now += AGAIN - timedelta(seconds=1)
    await room.announce("It rains.", state="rain")
    assert room.heard() == []
    room.now += timedelta(seconds=1)
    await room.announce("It rains.", state="rain")
    await room.announce("It rains.", state="rain")
    assert room.heard() == ["It rains."]


async def test_a_message_that_never_changes_and_may_have_arrived_is_not_sent_again(room: Room) -> None:
    room.break_down(dropped("after"))
    await room.announce("It rains.")
    room.now += 2 * AGAIN
    await room.announce("It rains.")
    assert room.heard() == ["It rains."]


async def test_who_was_about_to_be_told_when_the_bot_stopped_is_told_by_the_next_one(room: Room) -> None:
    asked = asyncio.Event()
    room.break_down(Fault("before", stall_s=30, status=0, deed=asked.set))
    telling = asyncio.create_task(room.announce("It rains.", state="rain"))
    await asyncio.wait_for(asked.wait(), 5)
    telling.cancel()
    with pytest.raises(asyncio.CancelledError):
        await telling
    async with room.stage.services.database.reading() as conn:
        assert await notices.find(conn, "weather", ADA) is None
    await room.announce("It rains.", state="rain")
    assert room.heard() == ["It rains."]


async def test_what_is_over_is_said_and_whose_message_is_gone_hears_nothing_more(services: Services) -> None:
    async with opened(services, ADA, NOOR) as room:
        await room.announce("It rains.", state="rain")
        room.break_down(rejected("message to edit not found"), "editMessageText")
        await room.conclude("It is over.")
        assert (room.heard(), room.heard(NOOR)) == (["It rains."], ["It is over."])
        await room.announce("It rains.", state="rain")
        assert [len(room.heard(editor)) for editor in (ADA, NOOR)] == [2, 2]
