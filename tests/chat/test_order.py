"""Updates of one chat keep their order; those of different chats do not wait for each other."""

import asyncio

from telegram import Chat, Message, Update

from bot.chat.order import ChatByChat
from bot.model.address import Address
from bot.sandbox import ADA
from bot.store import subscriptions
from tests.chat.conftest import NOW, Stage


def update(number: int, chat_id: int) -> Update:
    message = Message(message_id=number, date=NOW, chat=Chat(chat_id, "private"))
    return Update(number, message=message)


async def test_in_a_chat_nobody_overtakes() -> None:
    seen: list[int] = []

    async def answer(number: int, seconds: float) -> None:
        await asyncio.sleep(seconds)
        seen.append(number)

    line = ChatByChat(8)
    waits = [0.03, 0.0, 0.02, 0.0]
    await asyncio.gather(*(line.process_update(update(i, 1), answer(i, wait)) for i, wait in enumerate(waits)))
    assert seen == [0, 1, 2, 3]


async def test_other_chats_do_not_wait() -> None:
    line, gate, seen = ChatByChat(8), asyncio.Event(), list[int]()

    async def slow() -> None:
        await gate.wait()
        seen.append(1)

    async def quick() -> None:
        seen.append(2)
        gate.set()

    first = asyncio.create_task(line.process_update(update(1, 1), slow()))
    await asyncio.sleep(0)
    await line.process_update(update(2, 2), quick())
    await first
    assert seen == [2, 1]


async def test_a_failed_answer_lets_the_next_one_through() -> None:
    line = ChatByChat(8)

    async def fail() -> None:
        raise ValueError

    async def answer() -> str:
        return "done"

    results = await asyncio.gather(
        line.process_update(update(1, 1), fail()), line.process_update(update(2, 1), answer()), return_exceptions=True
    )
    assert isinstance(results[0], ValueError)
    assert results[1] is None


async def test_who_subscribes_and_at_once_unsubscribes_is_not_subscribed(stage: Stage) -> None:
    stage.sandbox.say("/subscribe", chat_id=ADA)
    await stage.ask("/unsubscribe", answers=2)
    async with stage.services.database.reading() as conn:
        assert await subscriptions.find(conn, Address(ADA)) is None
