"""What the bot asks and tells: itself, its commands, its chats, its files."""

import io
from collections.abc import Callable

import httpx
import pytest
from PIL import Image
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    MenuButtonCommands,
)
from telegram.error import BadRequest, Forbidden, InvalidToken

from bot.sandbox import ADA, CHANNEL, GROUP, NOOR, Sandbox
from bot.sandbox.world.people import Chat
from bot.sandbox.world.profile import Command, Profile, Scope

COMMANDS = [BotCommand("start", "What this is"), BotCommand("latest", "The newest")]


async def test_the_bot_knows_itself(bot: Bot) -> None:
    me = await bot.get_me()
    assert (me.id, me.first_name, me.username, me.is_bot) == (123456, "Testbot", "test_bot", True)


async def test_commands_are_kept_per_scope_and_language(bot: Bot) -> None:
    group = BotCommandScopeAllGroupChats()
    await bot.set_my_commands(COMMANDS)
    await bot.set_my_commands(COMMANDS[1:], scope=group, language_code="zh")
    assert await bot.get_my_commands() == tuple(COMMANDS)
    assert await bot.get_my_commands(scope=group) == ()
    assert await bot.get_my_commands(scope=group, language_code="zh") == tuple(COMMANDS[1:])
    await bot.delete_my_commands(scope=group, language_code="zh")
    assert await bot.get_my_commands(scope=group, language_code="zh") == ()


@pytest.mark.parametrize(
    ("command", "said"),
    [(BotCommand("Start", "x"), "bot_command_invalid"), (BotCommand("a", ""), "command description must be non-empty")],
)
async def test_wrong_commands_are_refused(bot: Bot, command: BotCommand, said: str) -> None:
    with pytest.raises(BadRequest) as refused:
        await bot.set_my_commands([command])
    assert str(refused.value).lower() == said


async def test_commands_of_one_chat_are_possible(bot: Bot) -> None:
    await bot.set_my_commands(COMMANDS, scope=BotCommandScopeChat(ADA))
    assert await bot.get_my_commands(scope=BotCommandScopeChat(ADA)) == tuple(COMMANDS)
    assert await bot.get_my_commands(scope=BotCommandScopeAllPrivateChats()) == ()


def test_the_narrowest_scope_and_the_nearest_language_are_offered() -> None:
    profile, chat = Profile(), Chat(1, "private", "Ada", (1,))
    names = {
        (Scope(), ""): "everybody",
        (Scope(), "zh"): "everybody_zh",
        (Scope("all_private_chats"), ""): "private",
        (Scope("chat", 1), "de"): "chat_de",
    }
    for (scope, language), name in names.items():
        profile.set_commands(scope, language, (Command(name, "x"),))
    offered = [profile.menu(chat, 1, language)[0].name for language in ("de", "zh-hans", "en")]
    assert offered == ["chat_de", "private", "private"]
    profile.set_commands(Scope("all_private_chats"), "", ())
    assert profile.menu(chat, 1, "zh-hans")[0].name == "everybody_zh"


async def test_names_and_descriptions_are_kept_per_language(bot: Bot) -> None:
    await bot.set_my_name("Sammler", language_code="de")
    await bot.set_my_description("One paper a week")
    await bot.set_my_short_description("Papers")
    assert (await bot.get_my_name()).name == "Testbot"
    assert (await bot.get_my_name(language_code="de")).name == "Sammler"
    assert (await bot.get_my_description(language_code="de")).description == "One paper a week"
    assert (await bot.get_my_short_description()).short_description == "Papers"
    with pytest.raises(BadRequest, match="too long"):
        await bot.set_my_short_description("x" * 121)


async def test_the_menu_button_shows_the_commands(bot: Bot) -> None:
    assert await bot.set_chat_menu_button(ADA, MenuButtonCommands())
    assert await bot.get_chat_menu_button(ADA) == MenuButtonCommands()


async def test_chats_and_members_are_told(bot: Bot, sandbox: Sandbox) -> None:
    chat = await bot.get_chat(GROUP)
    assert (chat.title, chat.type) == ("Reading group", "supergroup")
    assert (await bot.get_chat(ADA)).first_name == "Ada"
    assert (await bot.get_chat_member(GROUP, ADA)).status == "creator"
    assert (await bot.get_chat_member(GROUP, NOOR)).status == "member"
    assert (await bot.get_chat_member(CHANNEL, NOOR)).status == "left"
    assert [member.user.id for member in await bot.get_chat_administrators(CHANNEL)] == [ADA, bot.id]
    assert await bot.get_chat_member_count(GROUP) == 3
    assert await bot.leave_chat(GROUP)
    with pytest.raises(Forbidden, match="bot is not a member of the supergroup chat"):
        await bot.get_chat_member(GROUP, bot.id)
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.get_chat(5)


async def test_a_photo_can_be_fetched_in_every_size(bot: Bot, png: Callable[..., bytes]) -> None:
    sent = await bot.send_photo(ADA, png(900, 450, "red"))
    for size in sent.photo:
        content = await (await bot.get_file(size.file_id)).download_as_bytearray()
        with Image.open(io.BytesIO(content)) as image:
            assert (image.format, image.size) == ("JPEG", (size.width, size.height))
    with pytest.raises(BadRequest, match="Wrong file_id"):
        await bot.get_file("AgADnothing")


async def test_a_transparent_picture_is_laid_on_white(bot: Bot) -> None:
    buffer = io.BytesIO()
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(buffer, "PNG")
    sent = await bot.send_photo(ADA, buffer.getvalue())
    content = await (await bot.get_file(sent.photo[-1].file_id)).download_as_bytearray()
    with Image.open(io.BytesIO(content)) as image:
        assert image.convert("RGB").getpixel((20, 20)) == (255, 255, 255)


async def test_a_wrong_token_and_an_unknown_method_are_told_apart(url: str) -> None:
    async with httpx.AsyncClient() as client:
        wrong = await client.get(f"{url}/bot123456:ANOTHER_TOKEN/getMe")
        malformed = await client.get(f"{url}/botnonsense/getMe")
        unknown = await client.post(f"{url}/bot123456:TEST_TOKEN/sendTelepathy")
        file = await client.get(f"{url}/file/bot123456:ANOTHER_TOKEN/photos/x.jpg")
    assert (wrong.status_code, wrong.json()["description"]) == (401, "Unauthorized")
    assert (malformed.status_code, malformed.json()["description"]) == (404, "Not Found")
    assert (unknown.status_code, unknown.json()["ok"]) == (404, False)
    assert file.status_code == 401


async def test_a_foreign_token_is_an_invalid_token_for_the_client(url: str) -> None:
    with pytest.raises(InvalidToken):
        await Bot("123456:ANOTHER_TOKEN", base_url=f"{url}/bot").initialize()


@pytest.mark.parametrize("way", ["query", "form", "json", "multipart"])
async def test_calls_may_come_in_every_form(url: str, sandbox: Sandbox, way: str) -> None:
    address, values = f"{url}/bot123456:TEST_TOKEN/sendmessage", {"chat_id": str(ADA), "text": "hé"}
    parts = {name: (None, value) for name, value in values.items()}
    async with httpx.AsyncClient() as client:
        answer = await {
            "query": lambda: client.get(address, params=values),
            "form": lambda: client.post(address, data=values),
            "json": lambda: client.post(address, json=values),
            "multipart": lambda: client.post(address, files=parts),
        }[way]()
    assert answer.json()["result"]["text"] == "hé"
    assert len(sandbox.delivered(ADA)) == 1


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"{", "can't parse body JSON object"),
        (b"[]", "object expected as the body"),
        (b'{"chat_id": 1001, "text": "\\ud800"}', "strings must be encoded in UTF-8"),
        (
            b'{"chat_id": 1001, "text": "x", "reply_markup": "{\\"inline_keyboard\\": 3}"}',
            'field "inline_keyboard" must be of type Array',
        ),
        (b'{"chat_id": "x", "text": "x"}', "chat not found"),
        (b'{"text": "x"}', "chat_id is empty"),
        (b'{"chat_id": 1001, "text": ["x"]}', "the sandbox is stricter than Telegram"),
        (b'{"chat_id": 1001, "text": "x", "entities": [3]}', "can't parse MessageEntity: expected an Object"),
        (b"[" * 100_000, "can't parse body JSON object"),
    ],
)
async def test_nonsense_is_refused_and_never_breaks_the_server(url: str, body: bytes, said: str) -> None:
    async with httpx.AsyncClient() as client:
        address = f"{url}/bot123456:TEST_TOKEN/sendMessage"
        answer = await client.post(address, content=body, headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()["ok"]) == (400, False)
    assert said in answer.json()["description"]
