"""Updates by webhook: posted with their secret, in order, again when they were not taken, and never to a poller too."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import Bot
from telegram.error import Conflict

from bot.sandbox import ADA, NOOR, Sandbox, serve


@dataclass
class Receiver:
    """A bot's door: it notes what comes, and answers with the statuses it was told, then with 200."""

    url: str = ""
    updates: list[dict[str, Any]] = field(default_factory=list)
    secrets: list[str | None] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    refuses: int = 0

    async def take(self, request: Request) -> Response:
        update = await request.json()
        self.secrets.append(request.headers.get("x-telegram-bot-api-secret-token"))
        if self.refuses and update.get("message", {}).get("chat", {}).get("id") == self.refuses:
            return Response(status_code=503)
        status = self.statuses.pop(0) if self.statuses else 200
        if status == 200:
            self.updates.append(update)
        return Response(status_code=status, headers={"retry-after": "0"})

    @property
    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.updates]


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    async with serve(Starlette(routes=[Route("/hook", receiver.take, methods=["POST"])])) as url:
        receiver.url = f"{url}/hook"
        yield receiver


async def test_updates_are_posted_with_their_secret_in_order(bot: Bot, sandbox: Sandbox, receiver: Receiver) -> None:
    sandbox.say("before", chat_id=ADA)
    assert await bot.set_webhook(receiver.url, secret_token="s3-cret_", max_connections=7)
    for text in "abc":
        sandbox.say(text, chat_id=ADA)
    assert await sandbox.wait(lambda: sandbox.waiting_updates == 0)
    assert receiver.texts == ["before", "a", "b", "c"]
    assert set(receiver.secrets) == {"s3-cret_"}
    info = await bot.get_webhook_info()
    assert (info.url, info.max_connections, info.pending_update_count) == (receiver.url, 7, 0)
    assert info.last_error_message is None


async def test_what_is_not_taken_comes_again_and_is_reported(bot: Bot, sandbox: Sandbox, receiver: Receiver) -> None:
    receiver.statuses = [500]
    await bot.set_webhook(receiver.url)
    sandbox.say("a", chat_id=ADA)
    sandbox.say("b", chat_id=ADA)
    assert await sandbox.wait(lambda: sandbox.waiting_updates == 0)
    assert receiver.texts == ["a", "b"]
    info = await bot.get_webhook_info()
    assert info.last_error_message == "Wrong response from the webhook: 500 Internal Server Error"
    assert info.last_error_date is not None


async def test_a_chat_that_is_refused_holds_up_no_other(bot: Bot, sandbox: Sandbox, receiver: Receiver) -> None:
    receiver.refuses = ADA
    await bot.set_webhook(receiver.url)
    sandbox.say("a", chat_id=ADA)
    sandbox.say("b", chat_id=NOOR)
    assert await sandbox.wait(lambda: sandbox.waiting_updates == 1)
    assert receiver.texts == ["b"]


async def test_nobody_behind_the_address_is_reported(bot: Bot, sandbox: Sandbox) -> None:
    await bot.set_webhook("http://127.0.0.1:9/hook")
    sandbox.say("a", chat_id=ADA)
    for _ in range(500):
        info = await bot.get_webhook_info()
        if info.last_error_message:
            break
        await asyncio.sleep(0.01)
    assert info.last_error_message == "Connection refused"
    assert info.pending_update_count == 1


async def test_one_cannot_poll_beside_a_webhook(bot: Bot, sandbox: Sandbox, receiver: Receiver) -> None:
    polling = asyncio.create_task(bot.get_updates(timeout=30))
    await asyncio.sleep(0.05)
    await bot.set_webhook(receiver.url)
    with pytest.raises(Conflict, match="terminated by setWebhook request"):
        await polling
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()
    sandbox.say("a", chat_id=ADA)
    assert len(await bot.get_updates()) == 1
    assert receiver.updates == []


async def test_only_kinds_that_are_wished_are_posted(bot: Bot, sandbox: Sandbox, receiver: Receiver) -> None:
    sandbox.say("old", chat_id=ADA)
    await bot.set_webhook(receiver.url, allowed_updates=["message"], drop_pending_updates=True)
    sandbox.set_membership(chat_id=ADA, is_member=False)
    sandbox.say("new", chat_id=ADA)
    assert await sandbox.wait(lambda: sandbox.waiting_updates == 0)
    assert [set(update) for update in receiver.updates] == [{"update_id", "message"}]
    assert (await bot.get_webhook_info()).allowed_updates == ("message",)


async def test_an_empty_address_removes_the_webhook(bot: Bot, receiver: Receiver) -> None:
    await bot.set_webhook(receiver.url)
    assert await bot.set_webhook("")
    assert (await bot.get_webhook_info()).url == ""


async def test_closing_the_sandbox_ends_the_posting(bot: Bot, sandbox: Sandbox, receiver: Receiver) -> None:
    await bot.set_webhook(receiver.url)
    sandbox.close()
    before = len(asyncio.all_tasks())
    sandbox.say("late", chat_id=ADA)
    await asyncio.sleep(0.05)
    assert receiver.updates == []
    assert len(asyncio.all_tasks()) <= before
