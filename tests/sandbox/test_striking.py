"""Faults that strike at random, for a while, or in the middle of an answer; and updates that come twice or never."""

from collections.abc import Callable

import pytest
from telegram import Bot
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.sandbox import ADA, NOOR, Sandbox, faults
from bot.sandbox.striking import ALL, Faults


async def test_a_connection_may_break_in_the_middle_of_the_answer(bot: Bot, sandbox: Sandbox) -> None:
    sandbox.faults.add(faults.torn())
    with pytest.raises(NetworkError):
        await bot.send_message(ADA, "x")
    assert len(sandbox.delivered(ADA)) == 1


async def test_half_an_answer_may_look_like_all_of_it(bot: Bot, sandbox: Sandbox) -> None:
    sandbox.faults.add(faults.truncated())
    with pytest.raises(TelegramError, match="Invalid server response"):
        await bot.send_message(ADA, "x")
    assert len(sandbox.delivered(ADA)) == 1


@pytest.mark.parametrize("code", [500, 502, 503, 504])
async def test_a_server_may_break_before_or_after(bot: Bot, sandbox: Sandbox, code: int) -> None:
    for stage, arrived in (("before", 0), ("after", 1)):
        sandbox.faults.add(faults.broken(code, stage))  # type: ignore[arg-type]
        with pytest.raises(NetworkError):
            await bot.send_message(ADA, "x")
        assert len(sandbox.delivered(ADA)) == arrived


async def test_a_flood_may_be_told_late(bot: Bot, sandbox: Sandbox) -> None:
    sandbox.faults.add(faults.late_flood(60, after_s=0.1))
    with pytest.raises(RetryAfter):
        await bot.send_message(ADA, "x")
    assert sandbox.delivered(ADA) == ()


async def test_something_may_happen_just_when_a_call_arrives(bot: Bot, sandbox: Sandbox) -> None:
    sandbox.faults.add(faults.happening(lambda: sandbox.set_membership(chat_id=ADA, is_member=False)))
    with pytest.raises(Forbidden, match="blocked"):
        await bot.send_message(ADA, "x")


def _struck(seed: int, order: list[str]) -> set[str]:
    rules = Faults()
    rules.scatter(faults.dropped(), chance=0.3, seed=seed)
    return {chat for chat in order if rules.take("sendmessage", chat)}


def test_chance_strikes_the_same_calls_at_every_run_in_whatever_order_they_come() -> None:
    chats = [str(number) for number in range(1000)]
    struck = _struck(1, chats)
    assert struck == _struck(1, chats[::-1])
    assert struck != _struck(2, chats)
    assert 200 < len(struck) < 400


async def test_a_token_may_be_unknown_for_a_while(bot: Bot, sandbox: Sandbox) -> None:
    sandbox.faults.last(faults.unknown_token(), seconds=60, method=ALL)
    for ask in (bot.get_updates, bot.get_me):
        with pytest.raises(InvalidToken):
            await ask()
    sandbox.faults.clear()
    assert await bot.get_me()


async def test_what_lasts_is_over_when_its_time_is(bot: Bot, sandbox: Sandbox) -> None:
    sandbox.faults.last(faults.blocked(), seconds=0)
    assert await bot.send_message(ADA, "x")


async def test_a_flood_over_all_chats_says_how_long_it_lasts(bot: Bot, sandbox: Sandbox) -> None:
    sandbox.faults.flood(3600)
    for chat_id in (ADA, NOOR):
        with pytest.raises(RetryAfter) as flood:
            await bot.send_message(chat_id, "x")
        assert flood.value.retry_after == 3600
    assert [strike.chat_id for strike in sandbox.faults.strikes] == [str(ADA), str(NOOR)]


async def test_file_ids_may_die_and_a_file_sent_again_gets_another(
    bot: Bot, sandbox: Sandbox, png: Callable[..., bytes]
) -> None:
    picture = png()
    first = (await bot.send_photo(ADA, picture)).photo[-1]
    sandbox.kill_files()
    with pytest.raises(BadRequest, match="rong file identifier"):
        await bot.send_photo(ADA, first.file_id)
    second = (await bot.send_photo(ADA, picture)).photo[-1]
    assert second.file_id != first.file_id
    assert second.file_unique_id == first.file_unique_id
    assert await bot.send_photo(ADA, second.file_id)


async def test_files_may_be_taken_in_slowly(bot: Bot, sandbox: Sandbox, png: Callable[..., bytes]) -> None:
    sandbox.faults.upload_bytes_per_s = 1.0  # for ever
    with pytest.raises(NetworkError):
        await bot.send_photo(ADA, png(), read_timeout=0.2)
    assert await bot.send_message(ADA, "texts are not held up")


async def test_updates_may_come_again_and_may_never_come(bot: Bot, sandbox: Sandbox) -> None:
    sandbox.say("first", chat_id=ADA)
    (first,) = await bot.get_updates()
    sandbox.replay_updates()
    (again,) = await bot.get_updates(offset=first.update_id + 1)
    assert again.to_dict() == first.to_dict()
    sandbox.lose_updates()
    sandbox.say("lost", chat_id=ADA)
    sandbox.say("last", chat_id=ADA)
    (last,) = await bot.get_updates(offset=first.update_id + 1)
    assert last.message is not None
    assert last.message.text == "last"
    assert last.update_id == first.update_id + 2


async def test_the_journal_tells_what_arrived_anywhere_in_order(bot: Bot, sandbox: Sandbox) -> None:
    for chat_id in (ADA, NOOR, ADA):
        await bot.send_message(chat_id, "x")
    await bot.delete_message(ADA, sandbox.delivered(ADA)[0].message_id)
    assert [arrived.chat_id for arrived in sandbox.journal()] == [ADA, NOOR, ADA]
