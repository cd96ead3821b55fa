"""What the bot changes, removes and answers, through python-telegram-bot and real HTTP."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from telegram import Bot, ForceReply, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto, Message
from telegram.error import BadRequest, ChatMigrated

from bot.sandbox import ADA, BASIC, CHANNEL, GROUP, Sandbox, Toast

Draw = Callable[..., bytes]
KEYS = InlineKeyboardMarkup([[InlineKeyboardButton("Next", callback_data="page:2")]])


async def changed(editing: Awaitable[Message | bool]) -> Message:
    """Await an edit and give the message."""
    message = await editing
    assert isinstance(message, Message)
    return message


async def test_a_text_is_changed_in_its_place(bot: Bot, sandbox: Sandbox) -> None:
    sent = await bot.send_message(ADA, "one", reply_markup=KEYS)
    edited = await changed(bot.edit_message_text("<b>two</b>", ADA, sent.message_id, parse_mode="HTML"))
    assert (edited.message_id, edited.text, edited.reply_markup) == (sent.message_id, "two", None)
    assert edited.edit_date is not None
    assert [message.text for message in sandbox.transcript(ADA)] == ["two"]
    assert [one.text for one in sandbox.delivered(ADA)] == ["one"]


async def test_the_same_again_is_not_modified(bot: Bot) -> None:
    sent = await bot.send_message(ADA, "one", reply_markup=KEYS)
    with pytest.raises(BadRequest, match="Message is not modified: specified new message content and reply markup"):
        await bot.edit_message_text("one", ADA, sent.message_id, reply_markup=KEYS)


async def test_buttons_alone_do_not_mark_a_message_as_edited(bot: Bot) -> None:
    sent = await bot.send_message(ADA, "one", reply_markup=KEYS)
    assert (await changed(bot.edit_message_reply_markup(ADA, sent.message_id))).edit_date is None


async def test_a_caption_is_changed(bot: Bot, png: Draw) -> None:
    sent = await bot.send_photo(ADA, png(), caption="one")
    edited = await changed(bot.edit_message_caption(ADA, sent.message_id, caption="two", reply_markup=KEYS))
    assert (edited.caption, edited.reply_markup, edited.photo) == ("two", KEYS, sent.photo)


async def test_another_picture_takes_the_place_of_the_old_one(bot: Bot, png: Draw) -> None:
    sent = await bot.send_photo(ADA, png(), caption="one")
    media = InputMediaPhoto(png(100, 50), caption="<i>two</i>", parse_mode="HTML")
    edited = await changed(bot.edit_message_media(media, ADA, sent.message_id))
    assert (edited.photo[-1].width, edited.caption) == (100, "two")
    again = await changed(bot.edit_message_media(InputMediaPhoto(sent.photo[-1].file_id), ADA, sent.message_id))
    assert (again.photo, again.caption) == (sent.photo, None)


async def test_what_is_not_there_cannot_be_edited(bot: Bot, sandbox: Sandbox, png: Draw) -> None:
    text, photo = await bot.send_message(ADA, "one"), await bot.send_photo(ADA, png())
    theirs = sandbox.say("mine", chat_id=ADA)
    for refused, words in (
        (bot.edit_message_text("x", ADA, 5), "Message to edit not found"),
        (bot.edit_message_caption(ADA, text.message_id, caption="x"), "There is no caption in the message to edit"),
        (bot.edit_message_text("x", ADA, photo.message_id), "There is no text in the message to edit"),
        (bot.edit_message_text("x", ADA, theirs.message_id), "Message can't be edited"),
    ):
        with pytest.raises(BadRequest, match=words):
            await refused


async def test_what_asks_for_a_reply_cannot_be_edited(bot: Bot) -> None:
    sent = await bot.send_message(ADA, "which one?", reply_markup=ForceReply())
    for refused in (bot.edit_message_text("that one", ADA, sent.message_id), sent.edit_reply_markup(KEYS)):
        with pytest.raises(BadRequest, match="Message can't be edited"):
            await refused


async def test_who_may_not_write_still_changes_and_removes_what_it_wrote(bot: Bot, sandbox: Sandbox) -> None:
    one, two, three = [await bot.send_message(GROUP, text) for text in ("one", "two", "three")]
    sandbox.restrict(GROUP)
    assert (await changed(one.edit_text("changed"))).text == "changed"
    assert await two.delete()
    assert await bot.delete_messages(GROUP, [three.message_id])
    assert [message.text for message in sandbox.transcript(GROUP) if message.is_from_bot] == ["changed"]


async def test_a_channel_where_it_may_not_post_keeps_its_posts(bot: Bot, sandbox: Sandbox) -> None:
    post = await bot.send_message(CHANNEL, "one")
    sandbox.promote(CHANNEL, rights=frozenset({"can_manage_chat"}))
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await post.edit_text("two")
    with pytest.raises(BadRequest, match="Message can't be deleted"):
        await post.delete()
    sandbox.promote(CHANNEL, rights=frozenset({"can_edit_messages", "can_delete_messages"}))
    assert await post.edit_text("two")
    assert await post.delete()


async def test_a_group_that_was_upgraded_says_where_it_went_to_who_changes_it(bot: Bot, sandbox: Sandbox) -> None:
    sent = await bot.send_message(BASIC, "one")
    new_id = sandbox.migrate(BASIC, is_silent=True)
    for refused in (sent.edit_text("two"), sent.delete(), bot.delete_messages(BASIC, [sent.message_id])):
        with pytest.raises(ChatMigrated) as told:
            await refused
        assert told.value.new_chat_id == new_id


async def test_a_message_is_removed_once(bot: Bot, sandbox: Sandbox) -> None:
    sent = await bot.send_message(ADA, "one")
    assert await bot.delete_message(ADA, sent.message_id)
    assert sandbox.transcript(ADA) == ()
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await bot.delete_message(ADA, sent.message_id)


async def test_several_messages_are_removed_and_missing_ones_passed_over(bot: Bot, sandbox: Sandbox) -> None:
    ids = [(await bot.send_message(ADA, text)).message_id for text in "abc"]
    assert await bot.delete_messages(ADA, [*ids[:2], 5])
    assert [message.text for message in sandbox.transcript(ADA)] == ["c"]


async def test_others_messages_stay_in_a_group(bot: Bot, sandbox: Sandbox) -> None:
    theirs = sandbox.say("mine", chat_id=GROUP)
    with pytest.raises(BadRequest, match="Message can't be deleted"):
        await bot.delete_message(GROUP, theirs.message_id)


async def test_a_press_waits_for_its_answer(bot: Bot, sandbox: Sandbox) -> None:
    await bot.send_message(ADA, "list", reply_markup=KEYS)
    pressing = asyncio.create_task(sandbox.press("Next", chat_id=ADA))
    (update,) = await bot.get_updates(timeout=5)
    query = update.callback_query
    assert query is not None
    assert (query.data, query.from_user.id) == ("page:2", ADA)
    assert query.message is not None
    assert await bot.answer_callback_query(query.id, "Saved", show_alert=True)
    assert await pressing == Toast("Saved", is_alert=True)
    with pytest.raises(BadRequest, match="Query is too old and response timeout expired or query id is invalid"):
        await bot.answer_callback_query(query.id)


async def test_a_query_nobody_asked_is_too_old(bot: Bot) -> None:
    with pytest.raises(BadRequest, match="Query is too old"):
        await bot.answer_callback_query("12345")


async def test_a_press_that_is_not_answered_gives_nothing(bot: Bot, sandbox: Sandbox) -> None:
    await bot.send_message(ADA, "list", reply_markup=KEYS)
    assert await sandbox.press("Next", chat_id=ADA, timeout_s=0.05) is None
    with pytest.raises(LookupError, match="no button 'Previous'"):
        await sandbox.press("Previous", chat_id=ADA)
