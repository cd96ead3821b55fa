"""Inline mode: asked anywhere, paged, cached as the bot wishes, chosen, pressed and changed by inline id."""

import asyncio
from collections.abc import Callable, Sequence

import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResult,
    InlineQueryResultArticle,
    InlineQueryResultCachedPhoto,
    InputTextMessageContent,
    Update,
)
from telegram.error import BadRequest

from bot.sandbox import ADA, CHANNEL, ELSEWHERE, EMIL, FORUM, GROUP, NOOR, PAPERS, InlineAnswer, Person, Sandbox

KEYS = InlineKeyboardMarkup([[InlineKeyboardButton("Save", callback_data="save")]])


def article(result_id: str = "1", text: str = "<b>words</b>") -> InlineQueryResultArticle:
    """Offer a text."""
    content = InputTextMessageContent(text, parse_mode="HTML")
    return InlineQueryResultArticle(result_id, "A title", content, description="what it is", reply_markup=KEYS)


async def next_update(bot: Bot) -> Update:
    """Wait for the next update, and confirm it."""
    (update, *_) = await bot.get_updates(timeout=5)
    await bot.get_updates(offset=update.update_id + 1)
    return update


async def asked(
    bot: Bot,
    sandbox: Sandbox,
    results: Sequence[InlineQueryResult],
    *,
    chat_id: int = ADA,
    user_id: int = ADA,
    **answered: object,
) -> tuple[InlineQuery, InlineAnswer]:
    """Ask for "vit", answer as the bot, and give both."""
    asking = asyncio.create_task(sandbox.ask_inline("vit", user_id=user_id, chat_id=chat_id))
    query = (await next_update(bot)).inline_query
    assert query is not None
    await query.answer(results, **answered)  # type: ignore[arg-type]
    answer = await asking
    assert answer is not None
    return query, answer


@pytest.mark.parametrize(
    ("chat_id", "kind"), [(ADA, "sender"), (GROUP, "supergroup"), (CHANNEL, "channel"), (ELSEWHERE, "group")]
)
async def test_a_query_says_who_asks_what_in_which_kind_of_chat(
    bot: Bot, sandbox: Sandbox, chat_id: int, kind: str
) -> None:
    query, answer = await asked(bot, sandbox, [article()], chat_id=chat_id, next_offset="20")
    assert (query.query, query.offset, query.chat_type, query.from_user.id) == ("vit", "", kind, ADA)
    assert [(result.kind, result.title, result.description) for result in answer.results] == [
        ("article", "A title", "what it is")
    ]
    assert answer.next_offset == "20"


async def test_an_answer_is_cached_for_everybody_unless_it_is_personal(bot: Bot, sandbox: Sandbox) -> None:
    await asked(bot, sandbox, [article()], cache_time=60)
    cached = await sandbox.ask_inline("vit", user_id=NOOR)
    assert cached is not None
    assert cached.is_cached
    assert await sandbox.ask_inline("vit", user_id=NOOR, offset="20", timeout_s=0.01) is None


async def test_a_personal_answer_is_cached_for_its_person_only(bot: Bot, sandbox: Sandbox) -> None:
    await asked(bot, sandbox, [article()], cache_time=60, is_personal=True)
    again = await sandbox.ask_inline("vit", user_id=ADA)
    assert again is not None
    assert again.is_cached
    assert await sandbox.ask_inline("vit", user_id=NOOR, timeout_s=0.01) is None


async def test_nothing_is_cached_for_no_time(bot: Bot, sandbox: Sandbox) -> None:
    await asked(bot, sandbox, [article()], cache_time=0)
    assert await sandbox.ask_inline("vit", user_id=ADA, timeout_s=0.01) is None


async def test_a_photo_is_chosen_into_a_chat_where_the_bot_is_not(
    bot: Bot, sandbox: Sandbox, png: Callable[..., bytes]
) -> None:
    sent = await bot.send_photo(ADA, png())
    photo = InlineQueryResultCachedPhoto("1", sent.photo[-1].file_id, caption="<i>c</i>", parse_mode="HTML")
    _, answer = await asked(bot, sandbox, [photo], chat_id=ELSEWHERE, user_id=EMIL)
    message = sandbox.choose(answer.results[0], user_id=EMIL, chat_id=ELSEWHERE)
    assert (message.text, message.media is not None, message.inline_id) == ("c", True, "")
    assert await bot.get_updates() == ()
    assert sandbox.delivered(ELSEWHERE) == ()


async def test_who_puts_a_result_into_the_chat_with_the_bot_has_started_it(bot: Bot, sandbox: Sandbox) -> None:
    sandbox.add_person(Person(2001, "Grace", "grace"))
    _, answer = await asked(bot, sandbox, [article()], chat_id=2001, user_id=2001)
    sandbox.choose(answer.results[0], user_id=2001)
    assert await bot.send_message(2001, "x")


async def test_in_its_own_groups_the_bot_hears_what_came_via_it(bot: Bot, sandbox: Sandbox) -> None:
    _, answer = await asked(bot, sandbox, [article()], chat_id=FORUM, user_id=NOOR)
    sandbox.choose(answer.results[0], user_id=NOOR, chat_id=FORUM, thread_id=PAPERS)
    message = (await next_update(bot)).message
    assert message is not None
    assert message.via_bot is not None
    assert (message.via_bot.id, message.text, message.message_thread_id) == (bot.id, "words", PAPERS)


async def test_its_buttons_are_pressed_and_it_is_changed_by_its_inline_id(bot: Bot, sandbox: Sandbox) -> None:
    _, answer = await asked(bot, sandbox, [article()], chat_id=ELSEWHERE)
    chosen = sandbox.choose(answer.results[0], user_id=ADA, chat_id=ELSEWHERE)
    pressing = asyncio.create_task(sandbox.press("Save", chat_id=ELSEWHERE, user_id=NOOR))
    query = (await next_update(bot)).callback_query
    assert query is not None
    assert (query.message, query.inline_message_id, query.from_user.id) == (None, chosen.inline_id, NOOR)
    await query.answer("Saved")
    toast = await pressing
    assert toast is not None
    assert toast.text == "Saved"
    assert await bot.edit_message_text("other words", inline_message_id=chosen.inline_id) is True
    assert sandbox.transcript(ELSEWHERE)[-1].text == "other words"
    assert await bot.edit_message_reply_markup(inline_message_id=chosen.inline_id, reply_markup=KEYS) is True
    with pytest.raises(BadRequest, match=r"(?i)message_id_invalid"):
        await bot.edit_message_text("x", inline_message_id="nothing")


async def test_a_query_is_answered_once(bot: Bot, sandbox: Sandbox) -> None:
    query, _ = await asked(bot, sandbox, [article()])
    with pytest.raises(BadRequest, match="Query is too old"):
        await bot.answer_inline_query(query.id, [article()])


async def test_who_only_reads_a_channel_puts_nothing_into_it(bot: Bot, sandbox: Sandbox) -> None:
    _, answer = await asked(bot, sandbox, [article()], chat_id=CHANNEL, user_id=EMIL)
    with pytest.raises(ValueError, match="only reads this channel"):
        sandbox.choose(answer.results[0], user_id=EMIL, chat_id=CHANNEL)
