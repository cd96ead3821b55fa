"""The bot's way from Telegram to its handlers in a process of its own, which notes what it handles.

``python -m tests.flows.listener NOTES GATE`` with the environment of the bot writes ``began 7 PID`` and ``ended 7 PID``
to NOTES for each message, and is slow with every one for as long as GATE exists. In the environment besides: HANDLER_S,
how long it takes for a message at most; LEASE_S, how long a lease lasts; CLOCK_S, by how much its clock is ahead.
"""

import asyncio
import logging
import os
import random
import sys
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any

from telegram import Update
from telegram.ext import ApplicationHandlerStop, TypeHandler

from bot.app.rooms import open_post, open_rooms, signed_in
from bot.app.signals import on_stop_signal
from bot.app.updates import updates_coming
from bot.chat import books, lease
from bot.settings import read_settings


async def _run(notes: Path, gate: Path) -> None:
    async def handle(update: Update, _: Any) -> None:
        _note(notes, "began", update)
        await asyncio.sleep(random.uniform(0, float(os.environ.get("HANDLER_S", "0"))))
        while gate.exists():  # noqa: ASYNC110, ASYNC240  # another process removes it
            await asyncio.sleep(0.01)
        _note(notes, "ended", update)
        raise ApplicationHandlerStop

    settings = read_settings(os.environ)
    end = asyncio.Event()
    async with (
        open_rooms(settings) as rooms,
        open_post(rooms, settings, token=str(settings.token), api_url=settings.telegram_api_url) as post,
        signed_in(post),
    ):
        post.application.add_handler(TypeHandler(Update, handle), group=-1)
        async with updates_coming(post.application, rooms.database, settings):
            with on_stop_signal(end.set):
                print("ready", flush=True)
                await end.wait()


def _hurry(lease_s: float) -> None:
    """Let leases last so long, and everything that goes by them."""
    books.LEASE = lease.LEASE = timedelta(seconds=lease_s)  # type: ignore[attr-defined]
    books._LOOK_S = lease._RENEW_S = lease_s / 3
    books._LATE_S = 2 * books._LOOK_S


def _put_ahead(ahead: timedelta) -> None:
    """Let the clock by which leases are given be wrong."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz) + ahead

    books.datetime = lease.datetime = Clock  # type: ignore[attr-defined]


def _note(notes: Path, what: str, update: Update) -> None:
    line = f"{what} {update.effective_message.text if update.effective_message else ''} {os.getpid()}\n"
    file = os.open(notes, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(file, line.encode())
    os.close(file)


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    if "LEASE_S" in os.environ:
        _hurry(float(os.environ["LEASE_S"]))
    if "CLOCK_S" in os.environ:
        _put_ahead(timedelta(seconds=float(os.environ["CLOCK_S"])))
    asyncio.run(_run(Path(sys.argv[1]), Path(sys.argv[2])))
