"""Topics of a forum: opened, renamed, closed, opened again, deleted."""

import pytest
from telegram import Bot, Message, ReplyParameters
from telegram.error import BadRequest

from bot.sandbox import ADA, BASIC, FORUM, GROUP, NOOR, PAPERS, RANDOM, Sandbox


async def services(bot: Bot) -> list[Message]:
    """List the messages that wait."""
    return [update.message for update in await bot.get_updates() if update.message]


async def test_the_bot_hears_of_every_change_but_deletion(bot: Bot, sandbox: Sandbox) -> None:
    topic = sandbox.open_topic(FORUM, "Vision")
    sandbox.rename_topic(FORUM, topic, "Seeing")
    sandbox.close_topic(FORUM, topic)
    sandbox.close_topic(FORUM, topic)
    sandbox.reopen_topic(FORUM, topic)
    sandbox.delete_topic(FORUM, topic)
    opened, renamed, closed, reopened = await services(bot)
    assert opened.forum_topic_created is not None
    assert opened.forum_topic_created.name == "Vision"
    assert renamed.forum_topic_edited is not None
    assert renamed.forum_topic_edited.name == "Seeing"
    assert closed.forum_topic_closed is not None
    assert reopened.forum_topic_reopened is not None
    assert {message.message_thread_id for message in (opened, renamed, closed, reopened)} == {topic}


async def test_a_closed_topic_is_closed_to_all_who_do_not_run_it(bot: Bot, sandbox: Sandbox) -> None:
    sandbox.close_topic(FORUM, PAPERS)
    with pytest.raises(BadRequest, match=r"(?i)topic_closed"):
        await bot.send_message(FORUM, "x", message_thread_id=PAPERS)
    with pytest.raises(ValueError, match="this topic is closed"):
        sandbox.say("x", chat_id=FORUM, user_id=NOOR, thread_id=PAPERS)
    assert sandbox.say("x", chat_id=FORUM, user_id=ADA, thread_id=PAPERS)
    sandbox.promote(FORUM)
    assert await bot.send_message(FORUM, "x", message_thread_id=PAPERS)


async def test_an_answer_lands_in_the_topic_of_what_it_answers(bot: Bot, sandbox: Sandbox) -> None:
    asked = ReplyParameters(sandbox.say("/latest", chat_id=FORUM, thread_id=PAPERS).message_id)
    assert (await bot.send_message(FORUM, "x", reply_parameters=asked)).message_thread_id == PAPERS
    sandbox.close_topic(FORUM, PAPERS)
    with pytest.raises(BadRequest, match=r"(?i)topic_closed"):
        await bot.send_message(FORUM, "x", reply_parameters=asked)


async def test_a_deleted_topic_takes_its_messages_along(bot: Bot, sandbox: Sandbox) -> None:
    sandbox.say("one", chat_id=FORUM, thread_id=RANDOM)
    sandbox.delete_topic(FORUM, RANDOM)
    assert [message.thread_id for message in sandbox.transcript(FORUM)] == [PAPERS]
    with pytest.raises(BadRequest, match="Message thread not found"):
        await bot.send_message(FORUM, "x", message_thread_id=RANDOM)


async def test_what_cannot_be_a_topic_is_refused(sandbox: Sandbox) -> None:
    with pytest.raises(ValueError, match="only supergroups have topics"):
        sandbox.open_topic(BASIC, "Papers")
    with pytest.raises(ValueError, match="1 to 128"):
        sandbox.open_topic(GROUP, " ")
    with pytest.raises(ValueError, match="there is no topic 5"):
        sandbox.close_topic(FORUM, 5)
