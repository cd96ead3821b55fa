"""Processes that are killed while they send, that come after one another, and that run side by side."""

import asyncio
import os
import sys
from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from bot.model.address import Address
from bot.model.edition import DeliveryState
from bot.sandbox import Person, Sandbox, serve
from bot.store import deliveries, subscriptions
from bot.store.database import Database
from tests.databases import every_kind as kind  # noqa: F401  # a fixture

pytestmark = pytest.mark.slow

TOKEN = "1000:crash-tests"
READERS = list(range(7001, 7061))
IN_FLIGHT = 8


async def prepare(database: Database, sandbox: Sandbox) -> None:
    now = datetime.now(UTC)
    async with database.writing() as conn:
        for reader in READERS:
            sandbox.add_person(Person(reader, "Reader", f"reader_{reader}"))
            sandbox.mark_started(reader)
            await subscriptions.see_chat(conn, reader, kind="private", title="", now=now)
            await subscriptions.subscribe(conn, Address(reader), now)


async def publish(environment: Mapping[str, str]) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "publish", "weekly",
        env={**os.environ, **environment}, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip


def arrived(sandbox: Sandbox) -> list[int]:
    return [len(sandbox.delivered(reader)) for reader in READERS]


@pytest.mark.parametrize("signal_name", ["SIGKILL", "SIGTERM"])
async def test_nobody_gets_it_twice_and_few_are_in_doubt(catalogue: Database, signal_name: str) -> None:
    sandbox = Sandbox(token=TOKEN, bot_name="Bot", bot_username="crash_bot")
    await prepare(catalogue, sandbox)
    async with serve(sandbox.app, before_stop=sandbox.close) as url:
        environment = {
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": url,
            "DATABASE_URL": catalogue.url,
            "SEND_RATE": "28",
        }
        first = await publish(environment)
        assert await sandbox.wait(lambda: sum(arrived(sandbox)) >= 20, timeout_s=30)
        first.kill() if signal_name == "SIGKILL" else first.terminate()
        await first.wait()
        assert sum(arrived(sandbox)) < len(READERS)
        assert await (await publish(environment)).wait() == 0
    async with catalogue.reading() as conn:
        states = await deliveries.count_states(conn)
    held = states.get(DeliveryState.SENDING, 0)  # their leases have not run out yet
    assert max(arrived(sandbox)) == 1
    assert states[DeliveryState.SENT] + held == len(READERS)
    assert held <= (IN_FLIGHT if signal_name == "SIGKILL" else 0)
    assert arrived(sandbox).count(0) <= held


async def test_two_processes_side_by_side_send_everything_once(catalogue: Database) -> None:
    sandbox = Sandbox(token=TOKEN, bot_name="Bot", bot_username="crash_bot")
    await prepare(catalogue, sandbox)
    async with serve(sandbox.app, before_stop=sandbox.close) as url:
        environment = {
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": url,
            "DATABASE_URL": catalogue.url,
            "SEND_RATE": "0",
        }
        both = [await publish(environment) for _ in range(2)]
        assert [await process.wait() for process in both] == [0, 0]
    assert arrived(sandbox) == [1] * len(READERS)
