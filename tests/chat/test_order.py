"""Updates of one chat keep their order; those of different chats do not wait for each other."""

import asyncio

import pytest

from bot.chat.order import ChatByChat
from bot.model.address import Address
from bot.sandbox import ADA
from bot.store import subscriptions
from tests.chat.conftest import Stage


class Answers:
    """What was answered, and what has to wait."""

    def __init__(self, at_once: int = 8) -> None:
        self.order, self.seen, self.gate = ChatByChat(at_once), list[str](), asyncio.Event()

    async def answer(self, name: str, chat_id: int | None, *, waits: bool = False) -> None:
        async with self.order.turn(chat_id):
            if waits:
                await self.gate.wait()
            self.seen.append(name)


async def test_in_a_chat_nobody_overtakes() -> None:
    here = Answers()
    async with asyncio.TaskGroup() as group:
        for name, waits in (("a", True), ("b", False), ("c", True), ("d", False)):
            group.create_task(here.answer(name, 1, waits=waits))
        await asyncio.sleep(0)
        here.gate.set()
    assert here.seen == ["a", "b", "c", "d"]
    assert len(here.order) == 0


@pytest.mark.parametrize("other", [2, None])
async def test_other_chats_and_what_is_of_no_chat_do_not_wait(other: int | None) -> None:
    here = Answers()
    first = asyncio.create_task(here.answer("first", other and 1, waits=True))
    await asyncio.sleep(0)
    await here.answer("other", other)
    here.gate.set()
    await first
    assert here.seen == ["other", "first"]


async def test_who_waits_for_his_own_chat_takes_no_place_from_others() -> None:
    here = Answers(at_once=2)
    waiting = [asyncio.create_task(here.answer(f"{n}", 1, waits=True)) for n in range(20)]
    await asyncio.sleep(0)
    assert len(here.order) == 1
    async with asyncio.timeout(5):
        await here.answer("other", 2)
    here.gate.set()
    await asyncio.gather(*waiting)
    assert here.seen == ["other", *(f"{n}" for n in range(20))]


async def test_of_different_chats_only_so_many_have_their_turn_at_once() -> None:
    here = Answers(at_once=2)
    waiting = [asyncio.create_task(here.answer(f"{n}", n, waits=True)) for n in range(2)]
    third = asyncio.create_task(here.answer("third", 3))
    for _ in range(5):
        await asyncio.sleep(0)
    assert not third.done()
    here.gate.set()
    await asyncio.gather(*waiting, third)
    assert here.seen[-1] == "third"


async def test_a_failed_answer_lets_the_next_one_through() -> None:
    here = Answers()

    async def fail() -> None:
        async with here.order.turn(1):
            raise ValueError

    results = await asyncio.gather(fail(), here.answer("next", 1), return_exceptions=True)
    assert isinstance(results[0], ValueError)
    assert here.seen == ["next"]


async def test_who_is_cancelled_while_waiting_lets_nobody_overtake() -> None:
    here = Answers()
    tasks = [asyncio.create_task(here.answer(f"{n}", 1, waits=n == 0)) for n in range(3)]
    await asyncio.sleep(0)
    tasks[1].cancel()
    await asyncio.wait([tasks[1]])
    await asyncio.sleep(0)
    assert here.seen == []
    here.gate.set()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert here.seen == ["0", "2"]


async def test_who_subscribes_and_at_once_unsubscribes_is_not_subscribed(stage: Stage) -> None:
    stage.sandbox.say("/subscribe", chat_id=ADA)
    await stage.ask("/unsubscribe", answers=2)
    async with stage.services.database.reading() as conn:
        assert await subscriptions.find(conn, Address(ADA)) is None
