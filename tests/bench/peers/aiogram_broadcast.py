"""aiogram as its documentation shows it, no ledger. ``python -m … URL CHATS IN_FLIGHT``."""

import asyncio
import sys

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from tests.bench.peers.broadcast import BUTTONS, CAPTION, FILE, everybody


async def _run(url: str, chats: int, in_flight: int) -> None:
    session = AiohttpSession(api=TelegramAPIServer.from_base(url), limit=max(in_flight, 100))
    bot = Bot("1000:bench-bench-bench-bench", session=session)
    buttons = InlineKeyboardMarkup(
        inline_keyboard=[[InlineKeyboardButton.model_validate(it) for it in row] for row in BUTTONS]
    )

    async def send(chat: int) -> object:
        return await bot.send_photo(chat, FILE, caption=CAPTION, parse_mode=ParseMode.HTML, reply_markup=buttons)

    await everybody(send, chats, in_flight)
    await session.close()


if __name__ == "__main__":
    asyncio.run(_run(sys.argv[1], *map(int, sys.argv[2:])))
