"""What is out is changed or taken away in chats of every kind, over real HTTP, whatever breaks on the way."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.editorial.shelf import CollageShelf
from bot.errors import CollageError
from bot.model.language import ENGLISH
from bot.sandbox import ADA, CHANNEL, FORUM, GROUP, NOOR, Message
from bot.sandbox.faults import Fault, bad_gateway, blocked, dropped, flooded, migrated, nonsense, rejected, stalled
from bot.sandbox.world.messages import Photo
from bot.store import budget, chat_budgets, correction_notices, corrections, forgetting, preferences
from bot.store.chat_budgets import PER_MINUTE, Standing
from tests.chat.conftest import services  # noqa: F401  # a fixture
from tests.chat.desks import labels
from tests.databases import every_kind as kind  # noqa: F401  # a fixture
from tests.flows.newsroom import ALL, Newsroom, newsroom


def photo(message: Message) -> Photo:
    """The picture of a message, which has one."""
    assert isinstance(message.media, Photo)
    return message.media


@pytest.fixture
async def room(services) -> AsyncIterator[Newsroom]:  # type: ignore[no-untyped-def]  # noqa: F811
    async with newsroom(services, ADA, NOOR) as opened:
        yield opened


async def test_the_picture_of_the_week_and_its_words_change_in_every_chat(room: Newsroom) -> None:
    entry = await room.send_week()
    room.mark()
    before = {chat_id: room.out(chat_id) for chat_id in ALL}
    assert [len(messages) for messages in before.values()] == [1] * 5
    await room.say_anew(entry.id, "What we should have said")
    told = await room.correct(entry)
    assert told.text == "ML-Collage 1 is corrected in 5 of 5 messages."
    for chat_id in ALL:
        (old,), (new,) = before[chat_id], room.out(chat_id)
        assert "What we should have said" in new.text
        assert new.media is not None
        assert new.media != old.media
        assert new.keyboard == old.keyboard
        assert new.thread_id == old.thread_id


async def test_a_roundup_changes_in_its_picture_its_cover_and_its_list_and_nowhere_else(room: Newsroom) -> None:
    entries = await room.send_month()
    room.mark()
    before = {chat_id: room.out(chat_id) for chat_id in ALL}
    assert [len(messages) for messages in before.values()] == [1 + len(entries) + 1] * 5
    await room.say_anew(entries[1].id, "A better headline")
    told = await room.correct(entries[1])
    assert told.text == "ML-Collage 38 is corrected in 15 of 15 messages."
    for chat_id in ALL:
        after = room.out(chat_id)
        changed = [old.media != new.media for old, new in zip(before[chat_id], after, strict=True)]
        assert changed == [True, False, True, False, False, False]
        assert all(it.album == after[0].album and it.text == "" for it in after[:-1])
        assert "A better headline" in after[-1].text
        assert after[-1].keyboard == before[chat_id][-1].keyboard


async def test_each_chat_keeps_its_language_its_shape_and_its_colours(room: Newsroom) -> None:
    entry = await room.send_week()
    room.mark()
    (ours, theirs) = (room.out(ADA)[0], room.out(NOOR)[0])
    assert ours.text != theirs.text
    async with room.stage.services.database.writing() as conn:  # what a chat wants now is what it gets
        await preferences.choose_language(conn, NOOR, ENGLISH)
    await room.say_anew(entry.id, "Said anew")
    await room.correct(entry)
    (new,) = room.out(NOOR)
    assert [size.width > size.height for size in photo(new).sizes] == [True] * len(photo(new).sizes)
    assert photo(new).digest != photo(room.out(ADA)[0]).digest
    assert labels(theirs) != labels(new) != []


async def test_what_came_from_the_archive_still_says_so(room: Newsroom) -> None:
    entry = await room.send_week()
    room.mark()
    await room.say_anew(entry.id, "Said anew")
    await room.correct(entry)
    assert all("archive" in room.out(chat_id)[0].text for chat_id in (ADA, GROUP, FORUM, CHANNEL))


async def test_doing_it_twice_changes_nothing_and_sends_nothing(room: Newsroom) -> None:
    entry = await room.send_week()
    room.mark()
    await room.say_anew(entry.id, "Said anew")
    await room.correct(entry)
    before = {chat_id: room.out(chat_id) for chat_id in ALL}
    assert (await room.correct(entry)).text == "ML-Collage 1 is corrected in 5 of 5 messages."
    assert {chat_id: room.out(chat_id) for chat_id in ALL} == before
    assert [room.sent_since(chat_id) for chat_id in (NOOR, GROUP, FORUM, CHANNEL)] == [0] * 4


async def test_a_button_that_a_reader_pressed_says_still_that_it_is_saved(room: Newsroom) -> None:
    entry = await room.send_week()
    room.mark()
    await room.stage.press("Save", chat_id=ADA)
    await room.say_anew(entry.id, "Said anew")
    await room.correct(entry)
    assert "Saved ✓" in labels(room.out(ADA)[0])


async def test_who_got_only_words_for_want_of_photos_gets_other_words(room: Newsroom) -> None:
    no_photos = rejected("not enough rights to send photos to the chat")
    room.stage.sandbox.faults.add(no_photos, method="sendPhoto", chat_id=GROUP)
    entry = await room.send_week()
    room.mark()
    assert room.out(GROUP)[0].media is None
    room.stage.sandbox.faults.add(no_photos, method="editMessageMedia", chat_id=GROUP)
    await room.say_anew(entry.id, "Said anew")
    await room.correct(entry)
    assert room.out(GROUP)[0].media is None
    assert "Said anew" in room.out(GROUP)[0].text
    assert "Slide" not in labels(room.out(GROUP)[0])


async def test_where_photos_are_not_allowed_any_more_the_words_under_the_picture_change(room: Newsroom) -> None:
    entry = await room.send_week()
    room.mark()
    no_photos = rejected("not enough rights to send photos to the chat")
    room.stage.sandbox.faults.add(no_photos, method="editMessageMedia", chat_id=GROUP)
    await room.say_anew(entry.id, "Said anew")
    await room.correct(entry)
    assert room.out(GROUP)[0].media is not None
    assert "Said anew" in room.out(GROUP)[0].text


async def test_what_was_interrupted_goes_on_and_its_end_is_told_in_the_same_message(room: Newsroom) -> None:
    await room.readers(10)
    entry = await room.send_week()
    room.mark()
    await room.say_anew(entry.id, "Said anew")
    question = (await room.stage.ask("/correct 1", answers=2))[-1]
    await room.press("Correct 15 messages")
    room.stage.sandbox.faults.add(stalled(0.5, "before"), method="editMessageMedia", skip=6, times=2)
    running = asyncio.create_task(room.corrections.run())
    while room.stage.sandbox.faults.waiting:  # noqa: ASYNC110  # the sandbox tells nobody of a fault that strikes
        await asyncio.sleep(0)
    running.cancel()  # as a process that is killed: nothing is given back
    await asyncio.gather(running, return_exceptions=True)
    assert sum("Said anew" in room.out(chat_id)[0].text for chat_id in room.everybody) < 15
    after = room.another_process()
    room.now += timedelta(minutes=2)
    await after.run()
    assert all("Said anew" in room.out(chat_id)[0].text for chat_id in room.everybody)
    assert room.now_says(question).text == "ML-Collage 1 is corrected in 15 of 15 messages."
    assert [room.sent_since(chat_id) for chat_id in room.everybody if chat_id != ADA] == [0] * 14


async def test_another_process_leaves_alone_what_one_is_at(room: Newsroom) -> None:
    await room.readers(10)
    entry = await room.send_week()
    room.mark()
    await room.say_anew(entry.id, "Said anew")
    await room.stage.ask("/correct 1", answers=2)
    await room.press("Correct 15 messages")
    await asyncio.gather(room.corrections.run(), room.another_process().run())
    async with room.stage.services.database.reading() as conn:
        assert await corrections.unfinished(conn) == []
    assert await room.attempts() == [1] * 15


async def test_a_flood_ban_of_hours_is_remembered_and_waited_for(room: Newsroom) -> None:
    entry = await room.send_week()
    room.mark()
    await room.say_anew(entry.id, "Said anew")
    room.stage.sandbox.faults.add(flooded(3 * 3600), method="editMessageMedia", chat_id=GROUP)
    question = await room.correct(entry)
    assert question.text == "Correcting ML-Collage 1: 3 of 5 messages so far."
    room.now += timedelta(hours=2)
    await room.another_process().run()
    assert "Said anew" not in room.out(GROUP)[0].text
    room.now += timedelta(hours=1)
    await room.another_process().run()
    assert "Said anew" in room.out(GROUP)[0].text
    assert room.now_says(question).text == "ML-Collage 1 is corrected in 5 of 5 messages."


@pytest.mark.parametrize(
    "fault", [dropped("after"), dropped("before"), bad_gateway("after"), nonsense("after"), flooded(None)]
)
async def test_a_lost_answer_leaves_nothing_in_doubt_for_the_change_is_made_again(room: Newsroom, fault: Fault) -> None:
    entry = await room.send_week()
    room.mark()
    await room.say_anew(entry.id, "Said anew")
    room.stage.sandbox.faults.add(fault, method="editMessageMedia", chat_id=GROUP)
    question = await room.correct(entry)
    room.now += timedelta(minutes=2)
    await room.corrections.run()
    assert "Said anew" in room.out(GROUP)[0].text
    assert room.now_says(question).text == "ML-Collage 1 is corrected in 5 of 5 messages."


async def test_what_cannot_be_changed_is_counted_with_its_reason(room: Newsroom) -> None:
    entry = await room.send_week()
    room.mark()
    await room.say_anew(entry.id, "Said anew")
    faults = room.stage.sandbox.faults
    faults.add(blocked(), method="editMessageMedia", chat_id=NOOR)
    faults.add(rejected("message to edit not found"), method="editMessageMedia", chat_id=GROUP)
    faults.add(migrated(-100123), method="editMessageMedia", chat_id=FORUM)
    assert (await room.correct(entry)).text.splitlines() == [
        "ML-Collage 1 is corrected in 2 of 5 messages.",
        "Not changed: 1 (the chat is gone).",
        "Not changed: 1 (the group moved, its old messages did not).",
        "Not changed: 1 (the message is gone, or can no longer be changed).",
    ]


async def test_what_was_never_reached_is_given_up_after_two_days(room: Newsroom) -> None:
    entry = await room.send_week()
    room.mark()
    await room.say_anew(entry.id, "Said anew")
    room.stage.sandbox.faults.add(bad_gateway("before"), method="editMessageMedia", chat_id=GROUP, times=9)
    question = await room.correct(entry)
    room.now += timedelta(days=3)
    await room.corrections.run()
    assert "Not changed: 1 (no answer for two days)." in room.now_says(question).text


async def test_a_second_editor_who_presses_does_not_begin_another_one(room: Newsroom) -> None:
    entry = await room.send_week()
    room.mark()
    await room.say_anew(entry.id, "Said anew")
    for editor in (ADA, NOOR):
        await room.stage.ask("/correct 1", answers=2, chat_id=editor)
    assert (await room.press("Correct 5 messages")).text == "Begun. This message says how far it is."
    second = await room.press("更正 5 条消息", user_id=NOOR)
    assert second.is_alert
    await room.corrections.run()
    assert room.stage.sent(ADA)[-1].text == "ML-Collage 1 is corrected in 5 of 5 messages."
    async with room.stage.services.database.reading() as conn:
        assert await corrections.get(conn, 2) is None


async def test_an_editor_is_told_in_their_own_language(room: Newsroom) -> None:
    entry = await room.send_week()
    room.mark()
    await room.say_anew(entry.id, "Said anew")
    question = (await room.stage.ask("/correct 1", answers=2, chat_id=NOOR))[-1]
    await room.press("更正 5 条消息", user_id=NOOR)
    await room.corrections.run()
    assert room.now_says(question, chat_id=NOOR).text == "ML-Collage 1 已更正，共 5 条消息中的 5 条。"


async def test_of_an_entry_that_was_never_sent_there_is_nothing_to_correct(room: Newsroom) -> None:
    asked = (await room.stage.ask("/correct 27", answers=2))[-1]
    assert "No message of an edition shows it" in asked.text
    assert "ml-collage/27-convit" in asked.text
    assert asked.keyboard == ()


async def test_an_entry_that_goes_out_meanwhile_is_corrected_there_too(room: Newsroom) -> None:
    (late,) = await room.readers(1)
    room.stage.sandbox.faults.add(flooded(600), method="sendPhoto", chat_id=late)
    entry = await room.send_week()
    room.mark()
    room.now += timedelta(minutes=11)  # its turn has come, but nobody has sent it yet
    await room.say_anew(entry.id, "Said anew")
    question = await room.correct(entry)
    assert question.text == "Correcting ML-Collage 1: 5 of 5 messages so far."
    await room.dispatcher.run()
    await room.corrections.run()
    assert room.now_says(question).text == "ML-Collage 1 is corrected in 6 of 6 messages."


async def test_editions_and_answers_go_first(room: Newsroom) -> None:
    entry = await room.send_week()
    room.mark()
    await room.say_anew(entry.id, "Said anew")
    async with room.stage.services.database.writing() as conn:
        await budget.reserve(conn, [1] * 28, rate=28, now=room.now)  # a second's worth is on its way
    question = await room.correct(entry)
    assert question.text.startswith("Correcting ML-Collage 1: 0 of 5")
    room.now += timedelta(seconds=2)
    await room.corrections.run()
    assert room.now_says(question).text == "ML-Collage 1 is corrected in 5 of 5 messages."


async def test_a_group_that_has_had_its_twenty_messages_waits_for_a_minute(room: Newsroom) -> None:
    entry = await room.send_week()
    room.mark()
    await room.say_anew(entry.id, "Said anew")
    room.now += timedelta(minutes=5)
    async with room.stage.services.database.writing() as conn:
        had = Standing().charged(GROUP, PER_MINUTE, room.now.timestamp())
        await chat_budgets.keep(conn, {GROUP: had})
    question = await room.correct(entry)
    assert question.text == "Correcting ML-Collage 1: 4 of 5 messages so far."
    room.now += timedelta(minutes=1, seconds=1)
    await room.corrections.run()
    assert room.now_says(question).text == "ML-Collage 1 is corrected in 5 of 5 messages."
    assert await room.attempts() == [1] * 5


async def test_an_editor_who_is_forgotten_meanwhile_is_told_nothing_more(room: Newsroom) -> None:
    entry = await room.send_week()
    room.mark()
    await room.say_anew(entry.id, "Said anew")
    question = (await room.stage.ask("/correct 1", answers=2))[-1]
    await room.press("Correct 5 messages")
    async with room.stage.services.database.writing() as conn:
        await forgetting.forget_person(conn, ADA, today=room.now.date())
    await room.corrections.run()
    assert room.now_says(question) == question
    assert all("Said anew" in room.out(chat_id)[0].text for chat_id in ALL)


async def test_the_end_is_told_anew_where_its_message_is_gone(room: Newsroom) -> None:
    entry = await room.send_week()
    room.mark()
    await room.say_anew(entry.id, "Said anew")
    question = (await room.stage.ask("/correct 1", answers=2))[-1]
    await room.press("Correct 5 messages")
    await room.stage.application.bot.delete_message(ADA, question.message_id)
    await room.corrections.run()
    await room.corrections.run()
    ends = [it for it in room.stage.sent(ADA) if it.text == "ML-Collage 1 is corrected in 5 of 5 messages."]
    assert len(ends) == 1


async def test_an_editor_is_told_that_nothing_is_left_to_do_once(room: Newsroom) -> None:
    entry = await room.send_week()
    room.mark()
    await room.correct(entry)
    async with room.stage.services.database.reading() as conn:
        assert await correction_notices.all_notices(conn) == []


async def test_a_picture_that_cannot_be_drawn_leaves_the_message_as_it_is(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = await room.send_week()
    room.mark()
    before = {chat_id: room.out(chat_id) for chat_id in ALL}

    async def undrawn(*_: object, **__: object) -> None:
        raise CollageError("no room for it")

    monkeypatch.setattr(CollageShelf, "get", undrawn)
    told = await room.correct(entry)
    assert told.text == "ML-Collage 1 is corrected in 0 of 5 messages.\nNot changed: 5 (the picture cannot be drawn)."
    assert {chat_id: room.out(chat_id) for chat_id in ALL} == before
