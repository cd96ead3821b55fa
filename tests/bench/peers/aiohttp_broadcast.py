"""Bare aiohttp and orjson, no ledger, no library, no errors known. ``python -m … URL CHATS IN_FLIGHT``."""

import asyncio
import sys

import aiohttp
import orjson

from tests.bench.peers.broadcast import BUTTONS, CAPTION, FILE, everybody


async def _run(url: str, chats: int, in_flight: int) -> None:
    said = {"photo": FILE, "caption": CAPTION, "parse_mode": "HTML", "reply_markup": {"inline_keyboard": BUTTONS}}
    headers = {"Content-Type": "application/json"}
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=in_flight), headers=headers) as session:

        async def send(chat: int) -> object:
            body = orjson.dumps({**said, "chat_id": chat})
            async with session.post(f"{url}/bot1000:bench/sendPhoto", data=body) as answer:
                return orjson.loads(await answer.read())["result"]["message_id"]

        await everybody(send, chats, in_flight)


if __name__ == "__main__":
    asyncio.run(_run(sys.argv[1], *map(int, sys.argv[2:])))
