"""The sandbox against the machine-readable Bot API, which we did not write: no invented field, none missing."""

import asyncio
import io
import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from telegram import (
    Bot,
    BotCommand,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputMediaPhoto,
    InputTextMessageContent,
    MenuButtonCommands,
    ReplyParameters,
)
from telegram.request import HTTPXRequest, RequestData

from bot.sandbox import ADA, BASIC, CHANNEL, FORUM, GROUP, Sandbox, serve
from bot.sandbox.api.methods import METHODS, PLAYED
from bot.sandbox.schema.schema import PATH
from tests.distil_bot_api import distil, render

SPECIFICATION = Path(__file__).parents[3] / "shared" / "botapi" / "api.json"
TOKEN = "123456:TEST_TOKEN"
# Fields that are newer than the specification; clients of newer versions insist on them.
_LATER = {"ChatMemberAdministrator": {"can_send_welcome_messages"}}
_PLAIN: dict[str, tuple[type, ...]] = {
    "Integer": (int,),
    "String": (str,),
    "Boolean": (bool,),
    "Float": (int, float),
    "True": (bool,),
}


@pytest.fixture(scope="module")
def api() -> Any:
    if not SPECIFICATION.exists():
        pytest.skip("the Bot API's api.json does not lie beside this checkout (../shared/botapi/api.json)")
    return json.loads(SPECIFICATION.read_text())


class Recorder(HTTPXRequest):
    """A transport that keeps every call and its answer."""

    def __init__(self) -> None:
        super().__init__(read_timeout=10)
        self.calls: list[tuple[str, dict[str, Any], Any]] = []

    async def do_request(self, url: str, method: str, request_data: RequestData | None = None, **rest: Any) -> Any:  # type: ignore[override]
        status, body = await super().do_request(url, method, request_data, **rest)
        if "/file/" not in url:
            self.calls.append((url.rpartition("/")[2], request_data.parameters if request_data else {}, body))
        return status, body


@pytest.fixture
async def recorded(api: Any) -> AsyncIterator[list[tuple[str, dict[str, Any], Any]]]:
    """Do a bit of everything and keep what was said."""
    sandbox = Sandbox(token=TOKEN, bot_name="Testbot", bot_username="test_bot")
    sandbox.mark_started(ADA)
    transport = Recorder()
    async with serve(sandbox.app, before_stop=sandbox.close) as url:
        bot = Bot(TOKEN, base_url=f"{url}/bot", base_file_url=f"{url}/file/bot", request=transport)
        poller = Bot(TOKEN, base_url=f"{url}/bot", get_updates_request=transport, request=transport)
        async with bot:
            await _talk(bot, sandbox)
            await poller.get_updates()
            await _converse(bot, sandbox)
        yield transport.calls


async def _talk(bot: Bot, sandbox: Sandbox) -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (40, 50)).save(buffer, "PNG")
    photo = buffer.getvalue()
    row = [InlineKeyboardButton("a", callback_data="b"), InlineKeyboardButton("x", url="https://x.org")]
    keys = InlineKeyboardMarkup([row])
    asked = sandbox.say("/start@test_bot now", chat_id=GROUP)
    for chat_id in (ADA, GROUP, CHANNEL):
        await bot.send_message(chat_id, "<b>a</b> <pre>b</pre> #c", parse_mode="HTML", reply_markup=keys)
        sent = await bot.send_photo(chat_id, photo, caption="c", has_spoiler=True, show_caption_above_media=True)
        album = [InputMediaPhoto(photo, caption="c"), InputMediaPhoto(sent.photo[0].file_id)]
        await bot.send_media_group(chat_id, album)
        await bot.edit_message_caption(chat_id, sent.message_id, caption="d", reply_markup=keys)
        await bot.edit_message_media(InputMediaPhoto(photo, caption="e"), chat_id, sent.message_id)
        await bot.get_chat(chat_id)
        await bot.get_chat_member(chat_id, bot.id)
        sandbox.say("/latest", chat_id=chat_id)
        sandbox.set_membership(chat_id=chat_id, is_member=False)
        sandbox.set_membership(chat_id=chat_id, is_member=True)
    topic = sandbox.open_topic(GROUP, "Papers")
    await bot.send_message(GROUP, "x", message_thread_id=topic, reply_parameters=ReplyParameters(asked.message_id))
    await bot.send_document(ADA, b"x", filename="x.txt")
    await bot.get_chat_administrators(GROUP)
    await bot.get_file(sent.photo[0].file_id)
    await bot.copy_message(ADA, CHANNEL, sent.message_id)
    await bot.set_my_commands([BotCommand("a", "b")])
    await bot.get_my_commands()
    await bot.get_my_name()
    await bot.get_my_description()
    await bot.get_my_short_description()
    await bot.get_webhook_info()
    await bot.get_chat_menu_button(ADA)
    await bot.set_chat_menu_button(ADA, MenuButtonCommands())
    await bot.delete_my_commands()
    await bot.set_my_name("Sammler", language_code="de")
    await bot.set_my_description("One paper a week")
    await bot.set_my_short_description("Papers")
    await bot.send_chat_action(ADA, "typing")
    await bot.get_chat_member_count(GROUP)
    said = sandbox.say("/start", chat_id=GROUP)
    sandbox.edit(said, "/latest")
    sandbox.close_topic(GROUP, topic)
    sandbox.promote(GROUP)
    sandbox.restrict(FORUM)
    sandbox.migrate(BASIC)
    await sandbox.ask_inline("vit", user_id=ADA, timeout_s=0.01)
    await sandbox.press("a", chat_id=ADA, timeout_s=0.01)


async def _converse(bot: Bot, sandbox: Sandbox) -> None:
    """Answer a press and an inline query, change and remove messages, go over to a webhook and back, and leave."""
    keys = InlineKeyboardMarkup([[InlineKeyboardButton("p", callback_data="q")]])
    sent = await bot.send_message(ADA, "x", reply_markup=keys)
    pressing = asyncio.create_task(sandbox.press("p", chat_id=ADA))
    query = (await bot.get_updates(offset=-1, timeout=5))[-1].callback_query
    assert query is not None
    await query.answer("done")
    await pressing
    asking = asyncio.create_task(sandbox.ask_inline("vit", user_id=ADA))
    asked = (await bot.get_updates(offset=-1, timeout=5))[-1].inline_query
    assert asked is not None
    await asked.answer([InlineQueryResultArticle("1", "t", InputTextMessageContent("m"))], cache_time=0)
    answer = await asking
    assert answer is not None
    sandbox.choose(answer.results[0], user_id=ADA)
    await bot.edit_message_text("y", ADA, sent.message_id)
    await bot.edit_message_reply_markup(ADA, sent.message_id, reply_markup=keys)
    await bot.delete_message(ADA, sent.message_id)
    await bot.delete_messages(ADA, [sent.message_id])
    await bot.set_webhook("http://127.0.0.1:9/hook", secret_token="abc", allowed_updates=["message"])
    await bot.get_webhook_info()
    await bot.delete_webhook()
    await bot.leave_chat(GROUP)


def complaints(api: Any, value: Any, types: list[str], where: str) -> Iterator[str]:
    """List where *value* is none of *types*."""
    tries = [list(_against(api, value, kind, where)) for kind in types]
    if all(tries):
        yield from min(tries, key=len)


def _against(api: Any, value: Any, kind: str, where: str) -> Iterator[str]:
    if kind.startswith("Array of "):
        if not isinstance(value, list):
            yield f"{where}: {value!r} is no array"
            return
        for index, item in enumerate(value):
            yield from complaints(api, item, [kind.removeprefix("Array of ")], f"{where}[{index}]")
    elif kind in _PLAIN:
        if not isinstance(value, _PLAIN[kind]) or (isinstance(value, bool) and bool not in _PLAIN[kind]):
            yield f"{where}: {value!r} is no {kind}"
    elif "subtypes" in api["types"][kind]:
        yield from complaints(api, value, api["types"][kind]["subtypes"], where)
    else:
        yield from _against_object(api, value, kind, where)


def _against_object(api: Any, value: Any, kind: str, where: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{where}: {value!r} is no {kind}"
        return
    fields = {field["name"]: field for field in api["types"][kind].get("fields", [])}
    unknown = value.keys() - fields.keys() - _LATER.get(kind, set())
    yield from (f"{where}: {kind} has no {name}" for name in unknown)
    for name, field in fields.items():
        if name in value:
            yield from complaints(api, value[name], field["types"], f"{where}.{name}")
        elif field["required"]:
            yield f"{where}: {kind} needs {name}"


async def test_every_answer_is_of_the_type_the_specification_names(
    api: Any, recorded: list[tuple[str, dict[str, Any], Any]]
) -> None:
    assert len(recorded) > 30
    for method, _, body in recorded:
        answer = json.loads(body)
        assert answer["ok"], (method, answer)
        assert list(complaints(api, answer["result"], api["methods"][method]["returns"], method)) == []


async def test_every_kind_of_update_we_send_was_seen(recorded: list[tuple[str, dict[str, Any], Any]]) -> None:
    (polled,) = [json.loads(body)["result"] for method, _, body in recorded if method == "getUpdates"]
    kinds = {key for update in polled for key in update} - {"update_id"}
    assert kinds == {
        *("message", "edited_message", "channel_post"),
        *("my_chat_member", "callback_query", "inline_query"),
    }


async def test_python_telegram_bot_called_every_method(recorded: list[tuple[str, dict[str, Any], Any]]) -> None:
    assert set(PLAYED) - {method for method, _, _ in recorded} == {"logOut", "close"}


def test_the_schema_of_the_sandbox_is_up_to_date(api: Any) -> None:
    assert PATH.read_text(encoding="utf-8") == render(distil(api, PLAYED)), "run python -m tests.distil_bot_api"


def test_the_schema_names_its_source_and_licence() -> None:
    schema = json.loads(PATH.read_text(encoding="utf-8"))
    assert "telegram-bot-api-spec" in schema["source"]
    assert schema["licence"].startswith("MIT")


def test_no_method_is_invented(api: Any) -> None:
    assert METHODS.keys() <= {name.lower() for name in api["methods"]}


def test_the_check_itself_finds_faults(api: Any) -> None:
    user = {"id": "1", "is_bot": True, "first_name": "Ada", "colour": "blue"}
    found = list(complaints(api, user, ["User"], "user"))
    assert found == ["user: User has no colour", "user.id: '1' is no Integer"]
    assert list(complaints(api, {}, ["PhotoSize"], "size")) != []
