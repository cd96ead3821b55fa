"""Running an app for as long as a block lasts."""

import asyncio
import logging
import socket
from urllib.parse import urlsplit

import httpx
import pytest

from bot.sandbox import Sandbox, serve


@pytest.fixture
def sandbox() -> Sandbox:
    return Sandbox(token="1:TEST_TOKEN", bot_name="Testbot", bot_username="test_bot")


async def test_an_app_answers_inside_the_block_and_not_after(sandbox: Sandbox) -> None:
    async with httpx.AsyncClient() as client:
        async with serve(sandbox.app) as url:
            assert (await client.get(url)).status_code == 200
        with pytest.raises(httpx.ConnectError):
            await client.get(url)


async def test_who_comes_when_too_many_are_there_is_sent_away_at_once(sandbox: Sandbox) -> None:
    async with serve(sandbox.app, most=3) as url, httpx.AsyncClient(trust_env=False) as client:
        address = urlsplit(url)
        idle = [await asyncio.open_connection(address.hostname, address.port) for _ in range(2)]
        for _, writer in idle:
            writer.write(b"GET / HTTP/1.1\r\n")  # and never more of its head
            await writer.drain()
        assert (await client.get(url)).status_code == 503
        for _, writer in idle:
            writer.close()
        while (await client.get(url)).status_code != 200:
            pass


async def test_a_taken_port_is_said_before_anything_runs(sandbox: Sandbox) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(OSError, match="in use"):
            async with serve(sandbox.app, port=taken.getsockname()[1]):
                pytest.fail("two servers shared a port")


async def test_serving_leaves_the_logging_of_the_program_alone(sandbox: Sandbox) -> None:
    before = list(logging.getLogger("uvicorn").handlers)
    async with serve(sandbox.app):
        assert logging.getLogger("uvicorn").handlers == before


async def test_what_goes_wrong_in_the_block_comes_out_of_it(sandbox: Sandbox) -> None:
    with pytest.raises(LookupError, match="inside"):
        async with serve(sandbox.app):
            raise LookupError("inside")


def test_a_token_looks_like_one() -> None:
    with pytest.raises(ValueError, match="123456:some_letters"):
        Sandbox(token="secret", bot_name="Testbot", bot_username="test_bot")
