"""python-telegram-bot as it comes, no ledger. ``python -m … URL CHATS IN_FLIGHT``."""

import asyncio
import sys

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import ParseMode
from telegram.request import HTTPXRequest

from tests.bench.peers.broadcast import BUTTONS, CAPTION, FILE, everybody


async def _run(url: str, chats: int, in_flight: int) -> None:
    rows = [[InlineKeyboardButton(it["text"], callback_data=it["callback_data"]) for it in row] for row in BUTTONS]
    buttons = InlineKeyboardMarkup(rows)
    request = HTTPXRequest(in_flight, pool_timeout=60, read_timeout=60)
    async with Bot("1000:bench", base_url=f"{url}/bot", request=request) as bot:

        async def send(chat: int) -> object:
            return await bot.send_photo(chat, FILE, caption=CAPTION, parse_mode=ParseMode.HTML, reply_markup=buttons)

        await everybody(send, chats, in_flight)


if __name__ == "__main__":
    asyncio.run(_run(sys.argv[1], *map(int, sys.argv[2:])))
