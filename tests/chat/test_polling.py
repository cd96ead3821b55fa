"""Asking for updates: only what is written down is confirmed, by one process at a time, whatever the server says."""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from telegram import Bot
from telegram.error import TelegramError

from bot.chat import asking_for_updates, lease, polling
from bot.chat.requests import PollingRequest, sending_request
from bot.chat.updates import Json
from bot.errors import StoreBusy
from bot.sandbox import ADA, Sandbox, serve
from bot.sandbox.faults import bad_gateway, dropped, flooded, nonsense
from bot.store.database import Database
from tests.waiting import until

TOKEN = "123456:token-of-the-polling-tests"


@dataclass
class Desk:
    """Takes updates; for a while it may not be able to."""

    texts: list[str] = field(default_factory=list)
    refusals: int = 0
    is_stuck: bool = False
    calls: int = 0

    async def receive(self, updates: Sequence[Json]) -> None:
        self.calls += 1
        if self.refusals and updates:
            self.refusals -= 1
            raise StoreBusy("The database is locked.")
        if self.is_stuck and updates:
            await asyncio.Event().wait()
        self.texts += [update["message"]["text"] for update in updates]


@pytest.fixture
async def sandbox() -> Sandbox:
    return Sandbox(token=TOKEN, bot_name="Bot", bot_username="polling_bot")


@pytest.fixture
async def url(sandbox: Sandbox) -> AsyncIterator[str]:
    async with serve(sandbox.app, before_stop=sandbox.close) as url:
        yield url


@asynccontextmanager
async def bot_at(url: str) -> AsyncIterator[Bot]:
    asking = PollingRequest(url, on_refused=lambda: None)
    async with Bot(TOKEN, base_url=f"{url}/bot", request=sending_request(url), get_updates_request=asking) as bot:
        yield bot


@pytest.fixture
async def bot(url: str) -> AsyncIterator[Bot]:
    async with bot_at(url) as bot:
        yield bot


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_FIRST_PAUSE_S", "_CONFLICT_S"):
        monkeypatch.setattr(polling, name, 0.02)
    monkeypatch.setattr(lease, "_LOOK_AGAIN_S", 0.02)


def say(sandbox: Sandbox, *texts: str) -> None:
    for text in texts:
        sandbox.say(text, chat_id=ADA)


async def test_what_is_written_down_is_confirmed(bot: Bot, sandbox: Sandbox, database: Database) -> None:
    desk = Desk()
    say(sandbox, "a", "b")
    async with asking_for_updates(bot, database, desk.receive):
        await until(lambda: sandbox.waiting_updates == 0)
        say(sandbox, "c")
        await until(lambda: sandbox.waiting_updates == 0)
    assert desk.texts == ["a", "b", "c"]


async def test_what_cannot_be_written_down_is_not_confirmed_and_comes_again(
    bot: Bot, sandbox: Sandbox, database: Database
) -> None:
    desk = Desk(refusals=3)
    say(sandbox, "a", "b")
    async with asking_for_updates(bot, database, desk.receive):
        await until(lambda: desk.refusals == 1)
        assert sandbox.waiting_updates == 2
        await until(lambda: sandbox.waiting_updates == 0)
    assert desk.texts == ["a", "b"]


async def test_a_stop_before_it_is_written_down_loses_nothing(bot: Bot, sandbox: Sandbox, database: Database) -> None:
    stuck, desk = Desk(is_stuck=True), Desk()
    say(sandbox, "a")
    async with asking_for_updates(bot, database, stuck.receive):
        await until(lambda: stuck.calls == 1)
    assert (stuck.texts, sandbox.waiting_updates) == ([], 1)
    async with asking_for_updates(bot, database, desk.receive):
        await until(lambda: desk.texts == ["a"])


async def test_a_webhook_is_taken_away_and_what_waits_is_kept(bot: Bot, sandbox: Sandbox, database: Database) -> None:
    desk = Desk()
    await bot.set_webhook("http://127.0.0.1:9/nobody")
    say(sandbox, "a")
    async with asking_for_updates(bot, database, desk.receive):
        await until(lambda: desk.texts == ["a"])
    assert not (await bot.get_webhook_info()).url


async def test_a_webhook_that_cannot_be_taken_away_is_said(bot: Bot, sandbox: Sandbox, database: Database) -> None:
    sandbox.faults.add(bad_gateway("before"), method="deleteWebhook", times=99)
    from bot.chat import webhook

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(webhook, "_PAUSE_S", 0.0)
        with pytest.raises(TelegramError):
            async with asking_for_updates(bot, database, Desk().receive):
                pytest.fail("it polls")


@pytest.mark.parametrize("fault", [bad_gateway("before"), bad_gateway("after"), dropped("after"), nonsense()])
async def test_trouble_of_the_server_is_one_line_and_loses_nothing(
    bot: Bot, sandbox: Sandbox, database: Database, caplog: pytest.LogCaptureFixture, fault: object
) -> None:
    caplog.set_level(logging.INFO)
    sandbox.faults.add(fault, method="getUpdates", times=4)  # type: ignore[arg-type]
    desk = Desk()
    say(sandbox, "a")
    async with asking_for_updates(bot, database, desk.receive):
        await until(lambda: sandbox.waiting_updates == 0)
    assert set(desk.texts) == {"a"}
    lines = [record.getMessage() for record in caplog.records if record.name == polling.__name__]
    assert [line.partition(":")[0] for line in lines] == ["asking for updates", "asking for updates works again"]
    assert TOKEN not in caplog.text


async def test_a_flood_is_waited_out(bot: Bot, sandbox: Sandbox, database: Database) -> None:
    sandbox.faults.add(flooded(1), method="getUpdates")
    desk = Desk()
    say(sandbox, "a")
    async with asking_for_updates(bot, database, desk.receive):
        await until(lambda: desk.texts == ["a"])


async def test_another_program_that_asks_is_named_and_waited_for(
    bot: Bot, url: str, sandbox: Sandbox, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    desk = Desk()
    async with bot_at(url) as stranger, asking_for_updates(bot, database, desk.receive):
        say(sandbox, "a")
        await until(lambda: desk.texts == ["a"])

        def is_told() -> bool:
            return "another program takes this bot's updates; stop it" in caplog.text

        while not is_told():
            await stranger.get_updates(timeout=0)
        say(sandbox, "b")
        await until(lambda: "b" in desk.texts)


async def test_of_two_processes_one_asks_and_the_other_takes_over(
    bot: Bot, url: str, sandbox: Sandbox, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    first, second = Desk(), Desk()
    async with bot_at(url) as other:
        async with asking_for_updates(bot, database, first.receive):
            say(sandbox, "a")
            await until(lambda: first.texts == ["a"])
            standing_by = asking_for_updates(other, database, second.receive)
            await standing_by.__aenter__()
            await until(lambda: "stands by" in caplog.text)
            say(sandbox, "b")
            await until(lambda: first.texts == ["a", "b"])
        say(sandbox, "c")
        await until(lambda: "c" in second.texts)
        await standing_by.__aexit__(None, None, None)
    assert second.calls
    assert "another program" not in caplog.text


async def test_ids_that_begin_anew_at_lower_ones_are_heard(
    bot: Bot, sandbox: Sandbox, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a week without updates Telegram chooses the next id at random."""
    monkeypatch.setattr(polling, "POLL_S", 0)
    desk = Desk()
    async with asking_for_updates(bot, database, desk.receive):
        say(sandbox, "a")
        await until(lambda: sandbox.waiting_updates == 0)
        calls = desk.calls
        await until(lambda: desk.calls > calls + 2)
        sandbox._world.updates._next_id = 5
        say(sandbox, "b")
        await until(lambda: desk.texts == ["a", "b"])
