"""Our application with all of its handlers, polling. ``python -m … URL DATABASE_URL TRANSPORT``; ours or httpx."""

import asyncio
import sys

from telegram.request import HTTPXRequest

from bot.app.rooms import open_post, open_rooms
from bot.app.signals import on_stop_signal
from bot.app.updates import updates_coming
from bot.chat import ChatApplication
from bot.settings import Settings


async def _run(url: str, database_url: str, transport: str) -> None:
    settings = Settings(database_url=database_url, send_rate=0)
    async with (
        open_rooms(settings) as rooms,
        open_post(rooms, settings, token="1000:bench-bench-bench-bench", api_url=url) as post,
    ):
        application = post.application
        if transport == "httpx":
            _speak_httpx(application)
        async with application:
            await application.start()
            end = asyncio.Event()
            async with updates_coming(application, rooms.database, settings):
                with on_stop_signal(end.set):
                    await end.wait()
            await application.stop()


def _speak_httpx(application: ChatApplication) -> None:
    """As it was before: the library's own transport, with the pool and the patience we gave it."""
    sending = HTTPXRequest(64, read_timeout=60, write_timeout=20, connect_timeout=10, pool_timeout=30)
    application.bot._request = (HTTPXRequest(1, read_timeout=20, connect_timeout=10, pool_timeout=30), sending)


if __name__ == "__main__":
    asyncio.run(_run(*sys.argv[1:4]))
