"""Owns what every test of the sandbox starts from: a sandbox that is served, and a bot that talks to it."""

import io
from collections.abc import AsyncIterator, Callable

import pytest
from PIL import Image
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.sandbox import ADA, EMIL, NOOR, Sandbox, serve

TOKEN = "123456:TEST_TOKEN"


@pytest.fixture
def sandbox() -> Sandbox:
    """A sandbox in which everybody has started the bot."""
    opened = Sandbox(token=TOKEN, bot_name="Testbot", bot_username="test_bot")
    opened.mark_started(ADA, NOOR, EMIL)
    return opened


@pytest.fixture
async def url(sandbox: Sandbox) -> AsyncIterator[str]:
    async with serve(sandbox.app, before_stop=sandbox.close) as base_url:
        yield base_url


@pytest.fixture
async def bot(url: str) -> AsyncIterator[Bot]:
    request = HTTPXRequest(read_timeout=10)
    async with Bot(TOKEN, base_url=f"{url}/bot", base_file_url=f"{url}/file/bot", request=request) as client:
        yield client


@pytest.fixture
def png() -> Callable[..., bytes]:
    """Draw a picture of one colour."""

    def draw(width: int = 80, height: int = 100, colour: str = "teal") -> bytes:
        buffer = io.BytesIO()
        Image.new("RGB", (width, height), colour).save(buffer, "PNG")
        return buffer.getvalue()

    return draw
