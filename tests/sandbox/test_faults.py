"""Every fault, as the client of the bot sees it."""

import asyncio
from collections.abc import Callable

import httpx
import pytest
from telegram import Bot, InputMediaPhoto
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.sandbox import ADA, GROUP, NOOR, Sandbox, faults


async def test_a_flood_says_how_long_to_wait_or_does_not(bot: Bot, sandbox: Sandbox) -> None:
    sandbox.faults.add(faults.flooded(7))
    sandbox.faults.add(faults.flooded(None))
    with pytest.raises(RetryAfter) as flood:
        await bot.send_message(ADA, "x")
    assert flood.value.retry_after == 7
    with pytest.raises(NetworkError, match="Too Many Requests"):
        await bot.send_message(ADA, "x")
    assert sandbox.delivered(ADA) == ()
    assert await bot.send_message(ADA, "x")


async def test_refusals_speak_the_words_they_are_given(bot: Bot, sandbox: Sandbox) -> None:
    sandbox.faults.add(faults.blocked("user is deactivated"))
    sandbox.faults.add(faults.rejected("CHAT_WRITE_FORBIDDEN"))
    sandbox.faults.add(faults.migrated(-100777))
    with pytest.raises(Forbidden, match="user is deactivated"):
        await bot.send_message(ADA, "x")
    with pytest.raises(BadRequest, match=r"(?i)chat_write_forbidden"):
        await bot.send_message(ADA, "x")
    with pytest.raises(ChatMigrated) as migration:
        await bot.send_message(GROUP, "x")
    assert migration.value.new_chat_id == -100777


@pytest.mark.parametrize(("stage", "arrived"), [("before", 0), ("after", 1)])
async def test_a_bad_gateway_may_hide_a_delivery(bot: Bot, sandbox: Sandbox, stage: faults.Stage, arrived: int) -> None:
    sandbox.faults.add(faults.bad_gateway(stage))
    with pytest.raises(NetworkError, match="Bad Gateway"):
        await bot.send_message(ADA, "x")
    assert len(sandbox.delivered(ADA)) == arrived


async def test_a_dropped_connection_leaves_the_message_there(bot: Bot, sandbox: Sandbox) -> None:
    sandbox.faults.add(faults.dropped())
    with pytest.raises(NetworkError) as lost:
        await bot.send_message(ADA, "x")
    assert isinstance(lost.value.__cause__, httpx.RemoteProtocolError)
    assert len(sandbox.delivered(ADA)) == 1
    assert await bot.send_message(ADA, "y")


async def test_silence_outlasts_the_clients_patience(bot: Bot, sandbox: Sandbox) -> None:
    sandbox.faults.add(faults.stalled(0.4))
    with pytest.raises(TimedOut):
        await bot.send_message(ADA, "x", read_timeout=0.1)
    assert len(sandbox.delivered(ADA)) == 1


async def test_after_a_short_silence_the_answer_is_true(bot: Bot, sandbox: Sandbox) -> None:
    sandbox.faults.add(faults.stalled(0.05, "before"))
    assert (await bot.send_message(ADA, "x")).text == "x"
    assert len(sandbox.delivered(ADA)) == 1


async def test_a_web_page_instead_of_an_answer(bot: Bot, sandbox: Sandbox) -> None:
    sandbox.faults.add(faults.nonsense())
    with pytest.raises(TelegramError, match="Invalid server response"):
        await bot.send_message(ADA, "x")
    assert len(sandbox.delivered(ADA)) == 1


async def test_an_album_may_arrive_in_part(bot: Bot, sandbox: Sandbox, png: Callable[..., bytes]) -> None:
    sandbox.faults.add(faults.cut_album(2))
    with pytest.raises(BadRequest, match="Failed to send message #3 with the error message"):
        await bot.send_media_group(ADA, [InputMediaPhoto(png())] * 4)
    assert len(sandbox.delivered(ADA)) == len(sandbox.transcript(ADA)) == 2


async def test_a_fault_strikes_its_method_its_chat_and_its_turn(bot: Bot, sandbox: Sandbox) -> None:
    sandbox.faults.add(faults.rejected("no"), method="sendMessage", chat_id=NOOR, skip=1, times=2)
    assert await bot.send_chat_action(NOOR, "typing")
    assert await bot.send_message(ADA, "passes: another chat")
    assert await bot.send_message(NOOR, "passes: the first one")
    for _ in range(2):
        with pytest.raises(BadRequest):
            await bot.send_message(NOOR, "struck")
    assert sandbox.faults.waiting == 0
    assert await bot.send_message(NOOR, "passes: over")


async def test_polling_is_struck_only_by_name(bot: Bot, sandbox: Sandbox) -> None:
    sandbox.faults.add(faults.rejected("no"))
    assert await bot.get_updates() == ()
    assert sandbox.faults.waiting == 1
    sandbox.faults.clear()
    sandbox.faults.add(faults.bad_gateway("before"), method="getUpdates")
    with pytest.raises(NetworkError):
        await bot.get_updates()


async def test_many_at_once_are_struck_exactly_as_often_as_told(bot: Bot, sandbox: Sandbox) -> None:
    sandbox.faults.add(faults.flooded(1), times=3)
    answers = await asyncio.gather(*(bot.send_message(ADA, str(n)) for n in range(10)), return_exceptions=True)
    assert sum(isinstance(answer, RetryAfter) for answer in answers) == 3
    assert len(sandbox.delivered(ADA)) == 7
