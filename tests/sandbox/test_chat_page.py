"""The endpoints of the page: what they give, what they take, and whom they turn away."""

import asyncio
import json
from collections.abc import AsyncIterator

import httpx
import pytest
from telegram import (
    Bot,
    BotCommand,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
)

from bot.sandbox import ADA, BASIC, EMIL, FORUM, GROUP, NOOR, Control, Sandbox, serve

TOKEN = "123456:TEST_TOKEN"
KEYS = InlineKeyboardMarkup([[InlineKeyboardButton("Save", callback_data="save")]])


async def _publish() -> str:
    return "Published."


async def _fail() -> str:
    raise RuntimeError("The queue is empty. Draft a paper first.")


@pytest.fixture
def sandbox() -> Sandbox:
    controls = [Control("Publish", _publish), Control("Fail", _fail)]
    opened = Sandbox(token=TOKEN, bot_name="Testbot", bot_username="test_bot", controls=controls, hosts=["box.test"])
    opened.mark_started(ADA)
    return opened


@pytest.fixture
async def page(url: str) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=url) as client:
        yield client


async def test_the_page_and_its_files_are_served(page: httpx.AsyncClient) -> None:
    index = await page.get("/")
    assert "default-src 'self'" in index.headers["content-security-policy"]
    script = await page.get("/sandbox/page/app.js")
    assert script.headers["content-type"].startswith("text/javascript")
    assert (await page.get("/sandbox/page/../sandbox.py")).status_code == 404


async def test_the_state_tells_people_chats_and_controls(page: httpx.AsyncClient, bot: Bot, sandbox: Sandbox) -> None:
    await bot.set_my_commands([BotCommand("start", "What this is")])
    await bot.set_my_commands([BotCommand("start", "这是什么")], language_code="zh")
    state = (await page.get("/sandbox/state")).json()
    assert [person["first_name"] for person in state["people"]] == ["Ada", "Noor", "Emil"]
    assert state["controls"] == ["Publish", "Fail"]
    group = next(chat for chat in state["chats"] if chat["id"] == GROUP)
    assert [text["commands"][0]["description"] for text in group["people"].values()] == ["What this is", "这是什么"]


async def test_what_is_said_reaches_the_bot_and_the_list(page: httpx.AsyncClient, bot: Bot) -> None:
    said = await page.post(f"/sandbox/chats/{ADA}/messages", json={"user_id": ADA, "text": "/start x"})
    assert said.json()["text"] == "/start x"
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.text == "/start x"
    listed = (await page.get(f"/sandbox/chats/{ADA}/messages")).json()
    assert [message["text"] for message in listed["messages"]] == ["/start x"]
    assert listed["has_older"] is False


async def test_older_messages_come_in_pages(page: httpx.AsyncClient, sandbox: Sandbox) -> None:
    for number in range(70):
        sandbox.say(str(number), chat_id=ADA)
    newest = (await page.get(f"/sandbox/chats/{ADA}/messages")).json()
    before = newest["messages"][0]["message_id"]
    oldest = (await page.get(f"/sandbox/chats/{ADA}/messages?before={before}")).json()
    texts = [message["text"] for message in oldest["messages"] + newest["messages"]]
    assert texts == [str(number) for number in range(70)]
    assert (newest["has_older"], oldest["has_older"]) == (True, False)


async def test_a_press_brings_back_what_the_bot_answers(page: httpx.AsyncClient, bot: Bot) -> None:
    sent = await bot.send_message(ADA, "x", reply_markup=KEYS)
    body = {"user_id": ADA, "message_id": sent.message_id, "row": 0, "column": 0}
    pressing = asyncio.create_task(page.post(f"/sandbox/chats/{ADA}/presses", json=body))
    (update,) = await bot.get_updates(timeout=5)
    assert update.callback_query is not None
    await bot.answer_callback_query(update.callback_query.id, "Saved")
    assert (await pressing).json() == {"text": "Saved", "is_alert": False, "url": ""}
    gone = await page.post(f"/sandbox/chats/{ADA}/presses", json=body | {"column": 1})
    assert (gone.status_code, gone.json()["error"]) == (404, "this button is gone")


async def test_controls_say_how_it_went(page: httpx.AsyncClient) -> None:
    assert (await page.post("/sandbox/controls/0", json={})).json() == {"text": "Published.", "is_error": False}
    failed = (await page.post("/sandbox/controls/1", json={})).json()
    assert failed == {"text": "The queue is empty. Draft a paper first.", "is_error": True}
    assert (await page.post("/sandbox/controls/2", json={})).status_code == 404


async def test_people_choose_their_language_and_block_the_bot(page: httpx.AsyncClient, bot: Bot) -> None:
    await page.post(f"/sandbox/people/{ADA}/language", json={"language": "zh-hans"})
    await page.post(f"/sandbox/chats/{ADA}/membership", json={"user_id": ADA, "is_member": False})
    (update,) = await bot.get_updates()
    assert update.my_chat_member is not None
    assert update.my_chat_member.from_user.language_code == "zh-hans"


async def test_files_are_shown_and_unknown_ones_are_not(page: httpx.AsyncClient, bot: Bot) -> None:
    sent = await bot.send_document(ADA, b"<script>", filename="x.html")
    assert sent.document is not None
    file = await page.get(f"/sandbox/files/{sent.document.file_unique_id}")
    assert (file.content, file.headers["content-disposition"]) == (b"<script>", "attachment")
    assert (await page.get("/sandbox/files/unknown")).status_code == 404


async def _read_events(client: httpx.AsyncClient, since: int, count: int) -> list[dict[str, object]]:
    events: list[dict[str, object]] = []
    async with client.stream("GET", f"/sandbox/events?since={since}") as stream:
        async for line in stream.aiter_lines():
            if line.startswith("data: "):
                events.append(json.loads(line.removeprefix("data: ")))
            if len(events) == count:
                break
    return events


async def test_events_tell_what_happened_since(page: httpx.AsyncClient, bot: Bot) -> None:
    since = (await page.get("/sandbox/state")).json()["count"]
    sent = await bot.send_message(ADA, "one")
    reading = asyncio.create_task(_read_events(page, since, 3))
    await bot.send_chat_action(ADA, "typing")
    await bot.delete_message(ADA, sent.message_id)
    kinds = [event["kind"] for event in await asyncio.wait_for(reading, 5)]
    assert kinds[-2:] == ["action", "removed"]


async def test_a_page_of_another_run_starts_afresh(page: httpx.AsyncClient) -> None:
    (event,) = await asyncio.wait_for(_read_events(page, 10**9, 1), 5)
    assert event == {"kind": "reset"}


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"host": "evil.example"},
        {"host": "evil.example", "origin": "http://evil.example"},
    ],
)
async def test_other_sites_are_turned_away(page: httpx.AsyncClient, sandbox: Sandbox, headers: dict[str, str]) -> None:
    body = {"user_id": ADA, "text": "x"}
    refused = await page.post(f"/sandbox/chats/{ADA}/messages", json=body, headers=headers)
    assert refused.status_code == 403
    assert (await page.get("/sandbox/state", headers=headers)).status_code == 403
    assert sandbox.transcript(ADA) == ()


@pytest.mark.parametrize("host", ["localhost:8080", "127.0.0.1:8080", "[::1]:8080", "box.test"])
async def test_its_own_names_are_answered(page: httpx.AsyncClient, host: str) -> None:
    headers = {"host": host, "origin": f"http://{host}", "sec-fetch-site": "same-origin"}
    assert (await page.get("/sandbox/state", headers=headers)).status_code == 200


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("chats/5/messages", {"user_id": ADA, "text": "x"}, 404),
        ("chats/x/messages", {"user_id": ADA, "text": "x"}, 404),
        (f"chats/{ADA}/messages", {"user_id": NOOR, "text": "x"}, 400),
        (f"chats/{ADA}/messages", {"user_id": ADA, "text": ""}, 400),
        (f"chats/{ADA}/messages", {"user_id": ADA, "text": "x" * 4097}, 400),
        (f"chats/{ADA}/messages", {"user_id": ADA, "text": 3}, 400),
        (f"chats/{ADA}/messages", {"user_id": "Ada", "text": "x"}, 400),
        (f"chats/{ADA}/messages", {"user_id": ADA, "text": "x" * 70_000}, 413),
        (f"chats/{ADA}/messages", ["x"], 400),
        (f"chats/{ADA}/presses", {"user_id": ADA, "message_id": 5, "row": 0, "column": 0}, 404),
        ("people/5/language", {"language": "en"}, 404),
        (f"people/{ADA}/language", {"language": "x" * 11}, 400),
    ],
)
async def test_requests_that_make_no_sense_are_refused(
    page: httpx.AsyncClient, path: str, body: object, status: int
) -> None:
    answer = await page.post(f"/sandbox/{path}", json=body)
    assert answer.status_code == status
    assert answer.json()["error"]


async def test_stopping_does_not_wait_for_open_pages() -> None:
    sandbox = Sandbox(token=TOKEN, bot_name="Testbot", bot_username="test_bot")
    async with httpx.AsyncClient() as client:
        async with serve(sandbox.app, before_stop=sandbox.close) as url:
            reading = asyncio.create_task(client.get(f"{url}/sandbox/events?since=0"))
            assert (await client.get(f"{url}/sandbox/state")).status_code == 200
        assert (await asyncio.wait_for(reading, 2)).status_code == 200


async def test_who_runs_a_chat_changes_what_the_bot_is_there(
    page: httpx.AsyncClient, bot: Bot, sandbox: Sandbox
) -> None:
    for deed, status in [
        ("promote", "administrator"),
        ("restrict", "restricted"),
        ("remove", "kicked"),
        ("add", "member"),
    ]:
        answer = await page.post(f"/sandbox/chats/{GROUP}/bot", json={"user_id": ADA, "deed": deed})
        assert answer.status_code == 200
        assert sandbox.standing(GROUP).status == status
    refused = await page.post(f"/sandbox/chats/{GROUP}/bot", json={"user_id": NOOR, "deed": "remove"})
    assert (refused.status_code, refused.json()["error"][:4]) == (403, "Noor")
    unknown = await page.post(f"/sandbox/chats/{GROUP}/bot", json={"user_id": ADA, "deed": "sing"})
    assert unknown.status_code == 400


async def test_an_upgrade_tells_where_the_group_went(page: httpx.AsyncClient, sandbox: Sandbox) -> None:
    answer = await page.post(f"/sandbox/chats/{BASIC}/bot", json={"user_id": ADA, "deed": "upgrade"})
    new_id = answer.json()["chat_id"]
    chats = {chat["id"]: chat for chat in (await page.get("/sandbox/state")).json()["chats"]}
    assert (chats[BASIC]["upgraded_to"], chats[new_id]["type"]) == (new_id, "supergroup")


async def test_topics_are_opened_renamed_closed_and_deleted(page: httpx.AsyncClient, sandbox: Sandbox) -> None:
    async def change(**body: object) -> httpx.Response:
        return await page.post(f"/sandbox/chats/{FORUM}/topics", json={"user_id": EMIL, **body})

    topic = (await change(deed="open", name="Vision")).json()["thread_id"]
    await change(deed="rename", thread_id=topic, name="Seeing")
    await change(deed="close", thread_id=topic)
    forum = next(chat for chat in (await page.get("/sandbox/state")).json()["chats"] if chat["id"] == FORUM)
    assert {"id": topic, "name": "Seeing", "is_closed": True} in forum["topics"]
    await change(deed="reopen", thread_id=topic)
    await change(deed="delete", thread_id=topic)
    assert (await change(deed="delete", thread_id=topic)).status_code == 400
    assert (await change(deed="open", name="")).status_code == 400
    assert (await change(deed="paint")).status_code == 400


async def test_inline_results_are_shown_and_chosen_by_number(
    page: httpx.AsyncClient, bot: Bot, sandbox: Sandbox
) -> None:
    body = {"user_id": ADA, "query": "vit"}
    asking = asyncio.create_task(page.post(f"/sandbox/chats/{GROUP}/inline", json=body))
    (update,) = await bot.get_updates(timeout=5)
    assert update.inline_query is not None
    result = InlineQueryResultArticle("1", "A title", InputTextMessageContent("words"), description="d")
    await update.inline_query.answer([result], next_offset="2")
    shown = (await asking).json()
    assert shown["results"] == [{"kind": "article", "title": "A title", "description": "d"}]
    assert (shown["next_offset"], shown["is_cached"]) == ("2", False)
    choice = {"user_id": NOOR, "name": shown["name"], "number": 0}
    chosen = (await page.post(f"/sandbox/chats/{GROUP}/choices", json=choice)).json()
    assert (chosen["text"], chosen["via_bot"]["username"]) == ("words", "test_bot")
    gone = await page.post(f"/sandbox/chats/{GROUP}/choices", json=choice | {"number": 1})
    assert gone.status_code == 404


async def test_silent_messages_and_anonymous_people_are_marked(page: httpx.AsyncClient, bot: Bot) -> None:
    await bot.send_message(GROUP, "quietly", disable_notification=True)
    listed = (await page.get(f"/sandbox/chats/{GROUP}/messages")).json()["messages"]
    assert listed[-1]["silent"] is True
    await page.post(f"/sandbox/chats/{GROUP}/anonymity", json={"user_id": ADA, "is_anonymous": True})
    group = next(chat for chat in (await page.get("/sandbox/state")).json()["chats"] if chat["id"] == GROUP)
    assert (group["anonymous"], group["roles"]) == ([ADA], {str(ADA): "creator", str(NOOR): "member"})
