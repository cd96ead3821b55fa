"""Deliveries a second into the sandbox without a pace, beside a loop that sends without a ledger."""

import asyncio
import time
from datetime import UTC, datetime

from bot.app.rooms import Post, Rooms
from bot.model.address import Address
from bot.model.canvas import Canvas
from bot.model.edition import EditionKind
from bot.sandbox import Person, Sandbox, serve
from bot.store import collages, subscriptions
from tests.bench.answering import answering_rooms
from tests.bench.stopwatch import headline, line, ratio

READERS = 500
IN_FLIGHT = 8


async def measure() -> None:
    """Print deliveries a second."""
    headline(f"Sending one edition to {READERS} chats of the sandbox, {IN_FLIGHT} requests under way, no pace")
    sandbox = Sandbox(token="1000:bench", bot_name="Bench", bot_username="bench_bot")
    async with (
        serve(sandbox.app, before_stop=sandbox.close) as url,
        answering_rooms(url=url) as (rooms, post),
        post.application,
    ):
        readers = await _readers(sandbox, rooms)
        start = time.perf_counter()
        await post.publisher.publish_now(EditionKind.WEEKLY)
        ours = time.perf_counter() - start
        once = all(len(sandbox.delivered(reader)) == 1 for reader in readers)
        line("with the ledger", f"{READERS / ours:6.0f} deliveries/s; each chat got it exactly once: {once}")
        bare = await _without_a_ledger(rooms, post, readers)
        line("a bare loop over the same client", f"{READERS / bare:6.0f} messages/s; ours is {ratio(ours, bare)} it")


async def _readers(sandbox: Sandbox, rooms: Rooms) -> list[int]:
    readers = list(range(10_001, 10_001 + READERS))
    seen = datetime.now(UTC)
    async with rooms.database.writing() as conn:
        for reader in readers:
            sandbox.add_person(Person(reader, "Reader", f"reader_{reader}"))
            await subscriptions.see_chat(conn, reader, kind="private", title="", now=seen)
            await subscriptions.subscribe(conn, Address(reader), seen)
    return readers


async def _without_a_ledger(rooms: Rooms, post: Post, readers: list[int]) -> float:
    """The program one would write in an evening: file id, caption, gather."""
    bot = post.application.bot
    entry = (await rooms.library.find("1"))[0]
    asset = await rooms.shelf.get(entry, Canvas.PORTRAIT)
    async with rooms.database.reading() as conn:
        file_id = await collages.find_file_id(conn, bot.id, asset.sha256)
    assert file_id is not None
    caption, gate = entry.text().summary, asyncio.Semaphore(IN_FLIGHT)

    async def send(reader: int) -> None:
        async with gate:
            await bot.send_photo(reader, file_id, caption=caption)

    start = time.perf_counter()
    await asyncio.gather(*(send(reader) for reader in readers))
    return time.perf_counter() - start
