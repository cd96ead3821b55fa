"""How the bot hears: polling, offsets, two pollers, privacy, blocking."""

import asyncio

import pytest
from telegram import Bot, Update
from telegram.error import Conflict

from bot.sandbox import ADA, CHANNEL, GROUP, NOOR, Person, Sandbox


def texts(updates: tuple[Update, ...]) -> list[str | None]:
    """Tell what the messages of some updates say."""
    return [update.effective_message.text if update.effective_message else None for update in updates]


async def test_updates_come_until_they_are_confirmed(bot: Bot, sandbox: Sandbox) -> None:
    for text in ("/start", "hello", "again"):
        sandbox.say(text, chat_id=ADA)
    first = await bot.get_updates()
    assert texts(first) == ["/start", "hello", "again"]
    assert first[0].message is not None
    assert first[0].message.entities[0].type == "bot_command"
    assert texts(await bot.get_updates(offset=first[1].update_id, limit=1)) == ["hello"]
    assert texts(await bot.get_updates(offset=first[2].update_id + 1)) == []
    assert sandbox.waiting_updates == 0


async def test_a_negative_offset_keeps_only_the_newest(bot: Bot, sandbox: Sandbox) -> None:
    for text in "abc":
        sandbox.say(text, chat_id=ADA)
    assert texts(await bot.get_updates(offset=-1)) == ["c"]
    assert sandbox.waiting_updates == 1


async def test_a_long_poll_wakes_when_something_comes(bot: Bot, sandbox: Sandbox) -> None:
    polling = asyncio.create_task(bot.get_updates(timeout=30))
    await asyncio.sleep(0.05)
    assert not polling.done()
    sandbox.say("hello", chat_id=ADA)
    assert texts(await polling) == ["hello"]


async def test_the_newer_of_two_pollers_wins(bot: Bot, sandbox: Sandbox, url: str) -> None:
    async with Bot(bot.token, base_url=f"{url}/bot") as other:
        older = asyncio.create_task(bot.get_updates(timeout=30))
        await asyncio.sleep(0.05)
        newer = asyncio.create_task(other.get_updates(timeout=30))
        with pytest.raises(Conflict, match="terminated by other getUpdates request"):
            await asyncio.wait_for(older, 5)
        sandbox.say("hello", chat_id=ADA)
        assert texts(await newer) == ["hello"]


async def test_kinds_that_are_not_wished_do_not_come(bot: Bot, sandbox: Sandbox) -> None:
    await bot.get_updates(allowed_updates=["my_chat_member"])
    sandbox.say("hello", chat_id=ADA)
    sandbox.set_membership(chat_id=ADA, is_member=False)
    (update,) = await bot.get_updates()
    assert update.my_chat_member is not None
    assert (await bot.get_webhook_info()).allowed_updates == ("my_chat_member",)


async def test_blocking_and_coming_back_are_told(bot: Bot, sandbox: Sandbox) -> None:
    sandbox.set_membership(chat_id=ADA, is_member=False)
    sandbox.set_membership(chat_id=ADA, is_member=False)
    sandbox.say("/start", chat_id=ADA)
    blocked, back, start = await bot.get_updates()
    assert blocked.my_chat_member is not None
    assert (blocked.my_chat_member.old_chat_member.status, blocked.my_chat_member.new_chat_member.status) == (
        "member",
        "kicked",
    )
    assert back.my_chat_member is not None
    assert back.my_chat_member.new_chat_member.status == "member"
    assert texts((start,)) == ["/start"]


async def test_in_a_channel_the_bot_is_an_administrator(bot: Bot, sandbox: Sandbox) -> None:
    sandbox.set_membership(chat_id=CHANNEL, is_member=False)
    sandbox.set_membership(chat_id=CHANNEL, is_member=True)
    change = (await bot.get_updates())[-1].my_chat_member
    assert change is not None
    assert change.new_chat_member.status == "administrator"


async def test_in_a_group_the_bot_hears_only_what_is_meant_for_it(bot: Bot, sandbox: Sandbox) -> None:
    sent = await bot.send_message(GROUP, "Which words?")
    for text in ("good evening", "/latest", "/latest@other_bot", "/latest@test_bot", "ask @test_bot"):
        sandbox.say(text, chat_id=GROUP, user_id=NOOR)
    sandbox.say("vision", chat_id=GROUP, reply_to=sent.message_id)
    assert texts(await bot.get_updates()) == ["/latest", "/latest@test_bot", "ask @test_bot", "vision"]


async def test_a_channel_post_has_no_sender(bot: Bot, sandbox: Sandbox) -> None:
    sandbox.say("/subscribe", chat_id=CHANNEL)
    (update,) = await bot.get_updates()
    assert update.channel_post is not None
    assert update.channel_post.from_user is None


async def test_people_speak_only_where_they_are(sandbox: Sandbox) -> None:
    with pytest.raises(ValueError, match="user 1002 is not in chat 1001"):
        sandbox.say("x", chat_id=ADA, user_id=NOOR)
    with pytest.raises(ValueError, match="1 to 4096"):
        sandbox.say("  ", chat_id=ADA)


async def test_somebody_new_can_come(bot: Bot, sandbox: Sandbox) -> None:
    sandbox.add_person(Person(2001, "Grace", "grace"))
    sandbox.say("hello", chat_id=2001)
    (update,) = await bot.get_updates()
    assert update.effective_user is not None
    assert (update.effective_user.first_name, update.effective_user.language_code) == ("Grace", "en")
    assert await bot.send_message(2001, "welcome")


async def test_updates_that_wait_are_counted_and_dropped(bot: Bot, sandbox: Sandbox) -> None:
    sandbox.say("hello", chat_id=ADA)
    assert (await bot.get_webhook_info()).pending_update_count == 1
    assert await bot.delete_webhook(drop_pending_updates=True)
    assert sandbox.waiting_updates == 0


async def test_closing_lets_a_poll_go(bot: Bot, sandbox: Sandbox) -> None:
    polling = asyncio.create_task(bot.get_updates(timeout=30))
    await asyncio.sleep(0.05)
    sandbox.close()
    assert await polling == ()
