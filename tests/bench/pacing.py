"""The pace that Telegram asks for: how much of it is used, how long who asks waits meanwhile, how an edition opens."""

import asyncio
import resource
import shutil
import statistics
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import delete, func, insert, select

from bot.app import memory
from bot.app.rooms import Post, Rooms, load_content, open_post, open_rooms
from bot.app.updates import updates_coming
from bot.model.canvas import Canvas
from bot.model.edition import DeliveryState
from bot.sandbox import Limits, Person, Sandbox, serve
from bot.sandbox.floods import busiest
from bot.settings import Settings
from bot.store import collages
from bot.store.schema import migrate
from bot.store.tables import chat, delivery, edition, subscription
from tests.bench.broadcasting import opened
from tests.bench.peers.broadcast import FILE, FIRST_CHAT
from tests.bench.replying import started_server
from tests.bench.stopwatch import headline, line

SECONDS, ASK_EVERY_S = 60, 0.5
FIRST_READER, READERS = 9_001, 20
"""Who asks; they take turns, for one chat may get about one message a second."""
MANY, MOST = 10_000, 100_000


def measure() -> None:
    """Print what the pace comes to."""
    asyncio.run(_keep_the_pace())
    asyncio.run(_open_for_many())


async def _keep_the_pace() -> None:
    """A broadcast at the usual rate into a sandbox that allows thirty in any second, while somebody asks questions."""
    headline(f"A broadcast to {MANY:,} chats at 28/s for {SECONDS} s, 30 in any second allowed; /search twice a second")
    sandbox = Sandbox(token="1000:bench", bot_name="Bench", bot_username="bench_bot")
    settings = Settings(send_rate=28)
    async with (
        serve(sandbox.app, before_stop=sandbox.close) as url,
        _bot(settings, MANY, url, sandbox) as (rooms, post),
    ):
        sandbox.floods.limits = Limits()
        await opened(rooms, post, datetime.now(UTC))
        async with updates_coming(post.application, rooms.database, settings):
            sending = asyncio.create_task(post.dispatcher.run())
            await sandbox.wait(lambda: bool(sandbox.floods.arrivals), timeout_s=60)  # the picture is drawn first
            await asyncio.sleep(2)
            start, before = time.monotonic(), len(sandbox.floods.arrivals)
            waits = await _ask_questions(sandbox)
            seconds = time.monotonic() - start
            arrivals = list(sandbox.floods.arrivals)[before:]
            post.dispatcher.stop()
            await sending
    used = sum(it.cost for it in arrivals if not it.refused_for) / seconds / 28
    line(
        "of the rate", f"{used:.1%}; {len(sandbox.floods.refusals)} refused, {busiest(arrivals)} in the busiest second"
    )
    p99 = sorted(waits)[int(len(waits) * 0.99)]
    line(
        "/search meanwhile",
        f"p50 {statistics.median(waits) * 1e3:.0f} ms   p99 {p99 * 1e3:.0f} ms ({len(waits)} asked)",
    )


async def _ask_questions(sandbox: Sandbox) -> list[float]:
    waits = []
    for number in range(int(SECONDS / ASK_EVERY_S)):
        reader = FIRST_READER + number % READERS
        asked, there = time.monotonic(), len(sandbox.delivered(reader))
        sandbox.say(f"/search {('gan', 'transformers', 'bengio')[number % 3]}", chat_id=reader)
        await sandbox.wait(lambda: len(sandbox.delivered(reader)) > there, timeout_s=30)  # noqa: B023
        waits.append(time.monotonic() - asked)
        await asyncio.sleep(max(0.0, ASK_EVERY_S - waits[-1]))
    return waits


async def _open_for_many() -> None:
    """Open an edition for very many, and watch the memory while it goes out as fast as it can."""
    headline(f"An edition for {MOST:,} chats, SQLite")
    settings = Settings(send_rate=0)
    with started_server() as url:
        async with _bot(settings, MOST, url) as (rooms, post):
            memory.settle()
            start = time.perf_counter()
            await opened(rooms, post, datetime.now(UTC))
            line("opens in", f"{time.perf_counter() - start:.1f} s")
            sizes = []
            sending = asyncio.create_task(post.dispatcher.run())
            while not sending.done():
                sizes.append(_resident_mib())
                await asyncio.sleep(1)
            assert (await sending)[DeliveryState.SENT] == MOST
            tenth = max(len(sizes) // 10, 1)
            line(
                "memory at 10 %, 50 %, at the end",
                f"{sizes[tenth]:.0f}, {sizes[len(sizes) // 2]:.0f}, {sizes[-1]:.0f} MiB",
            )
            line("", f"{MOST / len(sizes):,.0f} deliveries/s")


@asynccontextmanager
async def _bot(
    settings: Settings, chats: int, url: str, sandbox: Sandbox | None = None
) -> AsyncIterator[tuple[Rooms, Post]]:
    """A bot with so many readers, over a database of its own, whose picture of the week Telegram knows."""
    folder = Path(tempfile.mkdtemp())
    settings = replace(settings, database_url=f"sqlite:///{folder}/bench.db")
    try:
        await asyncio.to_thread(migrate, settings.database_url)
        await load_content(settings)
        async with (
            open_rooms(settings) as rooms,
            open_post(rooms, settings, token="1000:bench", api_url=url) as post,
            post.application,
        ):
            await _subscribe(rooms, chats)
            if sandbox is None:
                await _make_known(rooms, post)
            else:
                readers = range(FIRST_READER, FIRST_READER + READERS)
                for reader in (*readers, *range(FIRST_CHAT, FIRST_CHAT + chats)):
                    sandbox.add_person(Person(reader, "Reader", f"reader_{reader}"))
                    sandbox.mark_started(reader)
            yield rooms, post
    finally:
        shutil.rmtree(folder)


async def _subscribe(rooms: Rooms, chats: int) -> None:
    now, ids = datetime.now(UTC), range(FIRST_CHAT, FIRST_CHAT + chats)
    async with rooms.database.writing() as conn:
        await conn.execute(insert(chat), [{"id": it, "kind": "private", "title": "", "seen_at": now} for it in ids])
        since = now - timedelta(days=30)
        await conn.execute(insert(subscription), [{"chat_id": it, "thread_id": 0, "since": since} for it in ids])


async def _make_known(rooms: Rooms, post: Post) -> None:
    """Find out which picture goes out, and let Telegram know it; what was opened for that is taken back."""
    it = await opened(rooms, post, datetime.now(UTC))
    asset = await rooms.shelf.get(it.entries[0], Canvas.PORTRAIT)
    async with rooms.database.writing() as conn:
        await collages.remember_file_id(conn, 1000, asset.sha256, FILE)
        await conn.execute(delete(delivery))
        await conn.execute(delete(edition))
        assert not (await conn.execute(select(func.count()).select_from(delivery))).scalar_one()


def _resident_mib() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20


if __name__ == "__main__":
    measure()
