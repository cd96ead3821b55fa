"""aiogram as its documentation shows it: /search, one FTS5 query, a reply. ``python -m … URL PAPERS.db``."""

import asyncio
import sqlite3
import sys

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.filters import Command, CommandObject
from aiogram.types import Message

from tests.bench.peers.papers import answer


async def _run(url: str, papers: sqlite3.Connection) -> None:
    bot = Bot("1000:bench-bench-bench-bench", session=AiohttpSession(api=TelegramAPIServer.from_base(url)))
    dispatcher = Dispatcher()

    @dispatcher.message(Command("search"))
    async def search(message: Message, command: CommandObject) -> None:
        await message.answer(answer(papers, command.args or ""), parse_mode=ParseMode.HTML)

    await dispatcher.start_polling(bot, handle_signals=False)


if __name__ == "__main__":
    asyncio.run(_run(sys.argv[1], sqlite3.connect(sys.argv[2])))
