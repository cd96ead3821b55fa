"""The program as a stranger meets it: one command, no token, one address."""

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

pytestmark = pytest.mark.slow

ADA = 1001
STARTED = re.compile(r"Open (http://127\.0\.0\.1:\d+)")


class Page:
    """What the sandbox's page can do, without the browser."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def messages(self) -> list[dict[str, Any]]:
        answer = await self._client.get(f"/sandbox/chats/{ADA}/messages")
        found: list[dict[str, Any]] = answer.raise_for_status().json()["messages"]
        return found

    async def say(self, text: str, *, answers: int = 1) -> list[dict[str, Any]]:
        before = len(await self.messages())
        body = {"text": text, "user_id": ADA}
        (await self._client.post(f"/sandbox/chats/{ADA}/messages", json=body)).raise_for_status()
        for _ in range(300):
            messages = await self.messages()
            if len(messages) >= before + 1 + answers:
                return messages[before + 1 :]
            await asyncio.sleep(0.1)
        raise AssertionError(f"{text} was not answered: {messages[before:]}")

    async def control(self, number: int) -> dict[str, Any]:
        answer: dict[str, Any] = (await self._client.post(f"/sandbox/controls/{number}", json={})).json()
        return answer


@asynccontextmanager
async def running(folder: Path) -> AsyncIterator[Page]:
    environment = {**os.environ, "PORT": "0", "DATABASE_URL": f"sqlite:///{folder / 'run.db'}"}
    environment.pop("TELEGRAM_BOT_TOKEN", None)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run",
        env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stderr is not None
    errors = asyncio.create_task(process.stderr.read())
    greeting = (await asyncio.wait_for(process.stdout.readline(), 60)).decode()
    address = STARTED.search(greeting)
    assert address, greeting
    try:
        async with httpx.AsyncClient(base_url=address[1], timeout=60) as client:
            yield Page(client)
    except BaseException:
        process.kill()
        raise
    process.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(process.wait(), 30) == 0
    assert "Traceback" not in (await errors).decode()


@pytest.mark.timeout(180)
async def test_a_stranger_starts_subscribes_and_gets_the_week_and_the_month(tmp_path: Path) -> None:
    async with running(tmp_path) as page:
        (newest,) = await page.say("/start")
        assert newest["photo"]
        (subscribed,) = await page.say("/subscribe")
        assert "Monday" in subscribed["text"]
        said = await page.control(0)
        assert "1 message sent" in str(said)
        assert "had it already" in str(await page.control(0))
        assert "sent" in str(await page.control(1))
        assert "For the bot it is now" in str(await page.control(2))
        month = await page.say("/month 2022-01", answers=6)
        assert [bool(message.get("photo")) for message in month] == [True] * (1 + 4) + [False]
        assert all(str(number) in month[-1]["text"] for number in (37, 38, 39, 40))
        (found,) = await page.say("/search transformers")
        assert all(name in found["text"] for name in ("ConViT", "TransGAN", "Position Information"))
        (paper,) = await page.say("/paper 27")
        assert paper["photo"]


@pytest.mark.timeout(180)
async def test_a_subscription_outlives_a_restart_and_nothing_comes_twice(tmp_path: Path) -> None:
    async with running(tmp_path) as page:
        await page.say("/subscribe")
        assert "1 message sent" in str(await page.control(0))
    async with running(tmp_path) as page:
        await page.control(0)
        assert await page.messages() == []
