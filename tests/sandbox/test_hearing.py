"""What privacy mode lets the bot hear, and as whom people speak."""

import pytest
from telegram import Bot

from bot.sandbox import ADA, BASIC, CHANNEL, FORUM, GROUP, NOOR, PAPERS, Sandbox, Standing

SAID = (
    "good evening",
    "/latest",
    "/latest@other_bot",
    "/latest@test_bot",
    "ask @test_bot",
    "ask @test_bots",
    "me@test_bot",
)


async def texts(bot: Bot) -> list[str | None]:
    """Tell what the messages that wait say."""
    return [update.effective_message.text for update in await bot.get_updates() if update.effective_message]


@pytest.mark.parametrize("chat_id", [GROUP, BASIC, FORUM])
async def test_a_member_hears_only_what_is_meant_for_it(bot: Bot, sandbox: Sandbox, chat_id: int) -> None:
    for text in SAID:
        sandbox.say(text, chat_id=chat_id, user_id=NOOR)
    assert await texts(bot) == ["/latest", "/latest@test_bot", "ask @test_bot"]


async def test_an_administrator_hears_everything(bot: Bot, sandbox: Sandbox) -> None:
    sandbox.promote(GROUP)
    await bot.get_updates(offset=(await bot.get_updates())[-1].update_id + 1)
    for text in SAID:
        sandbox.say(text, chat_id=GROUP, user_id=NOOR)
    assert await texts(bot) == list(SAID)


async def test_who_is_not_there_hears_nothing(bot: Bot, sandbox: Sandbox) -> None:
    sandbox.set_membership(chat_id=GROUP, is_member=False)
    await bot.get_updates(offset=(await bot.get_updates())[-1].update_id + 1)
    sandbox.say("/latest", chat_id=GROUP)
    assert await texts(bot) == []


async def test_an_anonymous_administrator_speaks_as_the_group(bot: Bot, sandbox: Sandbox) -> None:
    sandbox.stand(GROUP, ADA, Standing("creator", is_anonymous=True))
    sandbox.say("/settings", chat_id=GROUP, user_id=ADA)
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.from_user is not None
    assert update.message.from_user.username == "GroupAnonymousBot"
    assert update.message.sender_chat is not None
    assert update.message.sender_chat.id == GROUP
    assert not sandbox.transcript(GROUP)[-1].is_from_bot


async def test_an_edit_is_heard_like_the_message(bot: Bot, sandbox: Sandbox) -> None:
    sandbox.edit(sandbox.say("/latest", chat_id=GROUP), "/month")
    sandbox.edit(sandbox.say("a post", chat_id=CHANNEL), "another post")
    _, edited, _, post = await bot.get_updates()
    assert edited.edited_message is not None
    assert (edited.edited_message.text, edited.edited_message.edit_date is not None) == ("/month", True)
    assert post.edited_channel_post is not None


async def test_in_a_topic_what_answers_nothing_answers_the_topic(bot: Bot, sandbox: Sandbox) -> None:
    sandbox.say("/latest", chat_id=FORUM, user_id=NOOR, thread_id=PAPERS)
    (update,) = await bot.get_updates()
    message = update.message
    assert message is not None
    assert (message.message_thread_id, message.is_topic_message) == (PAPERS, True)
    assert message.reply_to_message is not None
    assert message.reply_to_message.forum_topic_created is not None
