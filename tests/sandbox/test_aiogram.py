"""A client that nobody here wrote drives the whole sandbox: every method, every kind of update, polling and webhook."""

import asyncio
import io
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from aiogram import Bot, Dispatcher
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramBadRequest, TelegramConflictError
from aiogram.methods import TelegramMethod
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeChatAdministrators,
    BotCommandScopeChatMember,
    BotCommandScopeDefault,
    BufferedInputFile,
    CallbackQuery,
    ChatMemberUpdated,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultCachedPhoto,
    InputMediaDocument,
    InputMediaPhoto,
    InputTextMessageContent,
    LinkPreviewOptions,
    MenuButtonCommands,
    Message,
    MessageEntity,
    ReplyParameters,
    Update,
)
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web

from bot.sandbox import ADA, CHANNEL, GROUP, NOOR, Sandbox
from bot.sandbox.api.methods import PLAYED

TOKEN = "123456:TEST_TOKEN"
NOT_CALLED = {"logOut", "close"}  # they are always refused
Draw = Callable[..., bytes]
Seen = asyncio.Queue[str]
KEYS = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Save", callback_data="save:27")]])


@pytest.fixture
async def called() -> set[str]:
    """Names of the methods that were called."""
    return set()


@pytest.fixture
async def aiobot(url: str, called: set[str]) -> AsyncIterator[Bot]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(url))

    async def note(make_request: Any, bot: Bot, method: TelegramMethod[Any]) -> Any:
        called.add(method.__api_method__)
        return await make_request(bot, method)

    session.middleware(note)
    async with Bot(TOKEN, session=session, default=DefaultBotProperties(parse_mode="HTML")).context() as bot:
        yield bot


async def test_every_method_is_called_and_every_answer_parsed(
    aiobot: Bot, sandbox: Sandbox, called: set[str], png: Draw
) -> None:
    await _introduce(aiobot)
    await _write(aiobot, sandbox, BufferedInputFile(png(), "a.png"))
    await _look_around(aiobot, sandbox)
    await _answer(aiobot, sandbox)
    await aiobot.set_webhook("http://127.0.0.1:9/hook", secret_token="abc", allowed_updates=["message"])
    assert (await aiobot.get_webhook_info()).url == "http://127.0.0.1:9/hook"
    with pytest.raises(TelegramConflictError):
        await aiobot.get_updates()
    await aiobot.delete_webhook(drop_pending_updates=True)
    assert set(PLAYED) - called == NOT_CALLED


async def _introduce(bot: Bot) -> None:
    assert (await bot.get_me()).username == "test_bot"
    commands = [BotCommand(command="latest", description="The newest")]
    for scope in (
        None,
        BotCommandScopeDefault(),
        BotCommandScopeAllPrivateChats(),
        BotCommandScopeAllGroupChats(),
        BotCommandScopeAllChatAdministrators(),
        BotCommandScopeChat(chat_id=ADA),
        BotCommandScopeChatAdministrators(chat_id=GROUP),
        BotCommandScopeChatMember(chat_id=GROUP, user_id=NOOR),
    ):
        for language in (None, "zh"):
            assert await bot.set_my_commands(commands, scope=scope, language_code=language)
            assert [each.command for each in await bot.get_my_commands(scope, language)] == ["latest"]
            assert await bot.delete_my_commands(scope=scope, language_code=language)
            assert await bot.get_my_commands(scope=scope, language_code=language) == []
    await bot.set_my_name("Sammler", language_code="de")
    await bot.set_my_description("每周一篇论文", language_code="zh")
    await bot.set_my_short_description("Papers")
    assert (await bot.get_my_name(language_code="de")).name == "Sammler"
    assert (await bot.get_my_description(language_code="zh")).description == "每周一篇论文"
    assert (await bot.get_my_short_description()).short_description == "Papers"
    assert await bot.set_chat_menu_button(ADA, menu_button=MenuButtonCommands())
    assert (await bot.get_chat_menu_button(ADA)).type == "commands"


async def _write(bot: Bot, sandbox: Sandbox, picture: BufferedInputFile) -> None:
    assert await bot.send_chat_action(GROUP, "upload_photo")
    asked = sandbox.say("/latest", chat_id=GROUP)
    topic = sandbox.open_topic(GROUP, "Papers")
    sent = await bot.send_message(
        GROUP,
        "<b>Hi</b>",
        message_thread_id=topic,
        reply_parameters=ReplyParameters(message_id=asked.message_id),
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        reply_markup=KEYS,
    )
    assert (sent.message_thread_id, sent.is_topic_message) == (topic, True)
    assert sent.entities is not None
    assert [(each.type, each.offset, each.length) for each in sent.entities] == [("bold", 0, 2)]
    given = [MessageEntity(type="italic", offset=0, length=1)]
    plain = await bot.send_message(ADA, "x", parse_mode=None, entities=given, reply_markup=ForceReply())
    assert plain.entities is not None
    assert [each.type for each in plain.entities] == ["italic"]
    photo = await bot.send_photo(CHANNEL, picture, caption="<i>c</i>", has_spoiler=True, disable_notification=True)
    assert photo.photo is not None
    assert photo.sender_chat is not None
    again = InputMediaPhoto(media=photo.photo[-1].file_id, caption="two")
    album = await bot.send_media_group(ADA, [InputMediaPhoto(media=picture, caption="<b>one</b>"), again])
    assert [message.caption for message in album] == ["one", "two"]
    file = await bot.send_document(ADA, BufferedInputFile(b"@article{}", "saved.bib"), caption="c")
    await _change(bot, sent, photo, file)
    assert file.document is not None
    content = await bot.download(file.document.file_id, destination=io.BytesIO())
    assert content is not None
    assert content.read() == b"@article{}"
    await bot.get_file(photo.photo[0].file_id)
    copied = await bot.copy_message(ADA, CHANNEL, photo.message_id)
    assert await bot.delete_message(ADA, copied.message_id)
    assert await bot.delete_messages(ADA, [message.message_id for message in album])


async def _change(bot: Bot, text: Message, photo: Message, file: Message) -> None:
    edited = await bot.edit_message_text("<b>New</b>", chat_id=text.chat.id, message_id=text.message_id)
    assert isinstance(edited, Message)
    assert edited.text == "New"
    place: dict[str, Any] = {"chat_id": photo.chat.id, "message_id": photo.message_id}
    await bot.edit_message_caption(**place, caption="d", show_caption_above_media=True)
    await bot.edit_message_reply_markup(**place, reply_markup=KEYS)
    assert photo.photo is not None
    assert file.document is not None
    await bot.edit_message_media(InputMediaPhoto(media=photo.photo[-1].file_id), **place)
    await bot.edit_message_media(InputMediaDocument(media=file.document.file_id), **place)
    with pytest.raises(TelegramBadRequest, match="message is not modified"):
        await bot.edit_message_text("<b>New</b>", chat_id=text.chat.id, message_id=text.message_id)


async def _look_around(bot: Bot, sandbox: Sandbox) -> None:
    for chat_id in (ADA, GROUP, CHANNEL):
        assert (await bot.get_chat(chat_id)).id == chat_id
        assert (await bot.get_chat_member(chat_id, bot.id)).user.id == bot.id
        assert await bot.get_chat_member_count(chat_id) >= 2
    assert [member.status for member in await bot.get_chat_administrators(GROUP)] == ["creator"]
    assert await bot.leave_chat(CHANNEL)


async def _answer(bot: Bot, sandbox: Sandbox) -> None:
    await bot.get_updates(offset=-1)
    sent = await bot.send_message(ADA, "list", reply_markup=KEYS)
    assert await _update(bot, -1) is not None
    pressing = asyncio.create_task(sandbox.press("Save", chat_id=ADA, message_id=sent.message_id))
    query = (await _update(bot, -1, wait_for="callback_query")).callback_query
    assert query is not None
    assert await bot.answer_callback_query(query.id, text="Saved", show_alert=True, cache_time=5)
    assert (await pressing) is not None
    asking = asyncio.create_task(sandbox.ask_inline("vit", user_id=ADA))
    asked = (await _update(bot, -1, wait_for="inline_query")).inline_query
    assert asked is not None
    photo = (await bot.send_photo(ADA, BufferedInputFile(_pixel(), "a.png"))).photo
    assert photo is not None
    article = InlineQueryResultArticle(
        id="1", title="ViT", input_message_content=InputTextMessageContent(message_text="<b>v</b>"), reply_markup=KEYS
    )
    picture = InlineQueryResultCachedPhoto(id="2", photo_file_id=photo[-1].file_id, caption="c")
    assert await bot.answer_inline_query(asked.id, [article, picture], cache_time=0, is_personal=True, next_offset="2")
    answer = await asking
    assert answer is not None
    chosen = sandbox.choose(answer.results[0], user_id=ADA, chat_id=ADA)
    assert await bot.edit_message_text("w", inline_message_id=chosen.inline_id, reply_markup=KEYS) is True


async def _update(bot: Bot, offset: int, wait_for: str = "") -> Update:
    async with asyncio.timeout(5):
        while True:
            updates = await bot.get_updates(offset=offset, timeout=1)
            if updates and (not wait_for or getattr(updates[-1], wait_for)):
                return updates[-1]


def _pixel() -> bytes:
    from PIL import Image

    buffer = io.BytesIO()
    Image.new("RGB", (9, 9)).save(buffer, "PNG")
    return buffer.getvalue()


def _dispatcher(seen: Seen) -> Dispatcher:
    """Answer everything, and note what kind of update it was."""
    dispatcher = Dispatcher()

    @dispatcher.message()
    async def echo(message: Message) -> None:
        seen.put_nowait("message")
        if message.text:
            await message.answer(f"you said {message.text}", reply_markup=KEYS)

    @dispatcher.callback_query()
    async def pressed(query: CallbackQuery) -> None:
        seen.put_nowait("callback_query")
        await query.answer("Saved")

    @dispatcher.inline_query()
    async def offer(query: InlineQuery) -> None:
        seen.put_nowait("inline_query")
        await query.answer([], cache_time=0)

    @dispatcher.my_chat_member()
    async def moved(change: ChatMemberUpdated) -> None:
        seen.put_nowait(f"{change.old_chat_member.status} to {change.new_chat_member.status}")

    @dispatcher.edited_message()
    async def edited(message: Message) -> None:
        seen.put_nowait("edited_message")

    @dispatcher.channel_post()
    async def posted(message: Message) -> None:
        seen.put_nowait("channel_post")

    return dispatcher


async def _live(sandbox: Sandbox, seen: Seen) -> None:
    """Let people do a bit of everything, and wait until the bot has answered all of it."""
    said = sandbox.say("hello", chat_id=ADA)
    assert await sandbox.wait(lambda: sandbox.transcript(ADA)[-1].text == "you said hello")
    toast = await sandbox.press("Save", chat_id=ADA)
    assert toast is not None
    assert toast.text == "Saved"
    assert await sandbox.ask_inline("vit", user_id=ADA) is not None
    sandbox.edit(said, "hello again")
    sandbox.say("news", chat_id=CHANNEL)
    sandbox.promote(GROUP)
    sandbox.set_membership(chat_id=GROUP, is_member=False)
    expected = {
        *("message", "callback_query", "inline_query", "edited_message", "channel_post"),
        *("member to administrator", "administrator to kicked"),
    }
    async with asyncio.timeout(5):
        assert {await seen.get() for _ in expected} == expected


async def test_its_dispatcher_polls(aiobot: Bot, sandbox: Sandbox) -> None:
    seen = Seen()
    dispatcher = _dispatcher(seen)
    polling = asyncio.create_task(dispatcher.start_polling(aiobot, handle_signals=False, close_bot_session=False))
    await _live(sandbox, seen)
    await dispatcher.stop_polling()
    await polling


async def test_its_dispatcher_takes_a_webhook(aiobot: Bot, sandbox: Sandbox) -> None:
    seen = Seen()
    app = web.Application()
    SimpleRequestHandler(_dispatcher(seen), aiobot, secret_token="s3cret").register(app, path="/hook")
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        port = runner.addresses[0][1]
        await aiobot.set_webhook(f"http://127.0.0.1:{port}/hook", secret_token="s3cret")
        await _live(sandbox, seen)
    finally:
        await runner.cleanup()
    assert (await aiobot.get_webhook_info()).last_error_message is None
