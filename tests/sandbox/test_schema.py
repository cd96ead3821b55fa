"""The sandbox against the machine-readable Bot API, which we did not write: no invented field, none missing."""

import io
import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from telegram import Bot, BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto, ReplyParameters
from telegram.request import HTTPXRequest, RequestData

from bot.sandbox import ADA, CHANNEL, GROUP, Sandbox, serve
from bot.sandbox.api.methods import METHODS

SPECIFICATION = Path(__file__).parents[3] / "shared" / "botapi" / "api.json"
TOKEN = "123456:TEST_TOKEN"
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
    transport = Recorder()
    async with serve(sandbox.app, before_stop=sandbox.close) as url:
        bot = Bot(TOKEN, base_url=f"{url}/bot", base_file_url=f"{url}/file/bot", request=transport)
        poller = Bot(TOKEN, base_url=f"{url}/bot", get_updates_request=transport, request=transport)
        async with bot:
            await _talk(bot, sandbox)
            await poller.get_updates()
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
    await sandbox.press("a", chat_id=ADA, timeout_s=0.01)


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
    yield from (f"{where}: {kind} has no {name}" for name in value.keys() - fields.keys())
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
    assert kinds == {"message", "channel_post", "my_chat_member", "callback_query"}


def test_no_method_is_invented(api: Any) -> None:
    assert METHODS.keys() <= {name.lower() for name in api["methods"]}


def test_the_check_itself_finds_faults(api: Any) -> None:
    user = {"id": "1", "is_bot": True, "first_name": "Ada", "colour": "blue"}
    found = list(complaints(api, user, ["User"], "user"))
    assert found == ["user: User has no colour", "user.id: '1' is no Integer"]
    assert list(complaints(api, {}, ["PhotoSize"], "size")) != []
