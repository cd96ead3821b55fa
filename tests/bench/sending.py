"""Deliveries a second into the sandbox without a pace, beside a loop that sends without a ledger."""

import asyncio
import statistics
import time
from datetime import UTC, datetime

from telegram import Bot
from telegram.request import BaseRequest, HTTPXRequest

from bot.app.rooms import Post, Rooms
from bot.chat.requests import sending_request
from bot.model.address import Address
from bot.model.canvas import Canvas
from bot.model.edition import EditionKind
from bot.sandbox import Person, Sandbox, serve
from bot.store import collages, subscriptions
from tests.bench.answering import answering_rooms
from tests.bench.replying import started_server
from tests.bench.stopwatch import headline, line, ratio

READERS = 500
IN_FLIGHT = 8
CARRIED, SIDE_BY_SIDE, ROUNDS = 1_500, (32, 128), 5
_CAPTION = ("A caption as long as ours are, with a link or two. " * 15)[:730]


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
    await _compare_transports()


async def _compare_transports() -> None:
    """Ours beside the one that python-telegram-bot brings along, from one bot into a server that answers at once."""
    with started_server() as url:
        for in_flight in SIDE_BY_SIDE:
            headline(
                f"sendPhoto by file id, {in_flight} in flight, medians of {ROUNDS} interleaved runs of {CARRIED:,}"
            )
            runs: dict[str, list[tuple[float, float]]] = {"aiohttp, JSON": [], "httpx, as it was": []}
            for _ in range(ROUNDS):
                runs["aiohttp, JSON"].append(await _carried(url, sending_request(url), in_flight))
                runs["httpx, as it was"].append(
                    await _carried(url, HTTPXRequest(in_flight, read_timeout=60), in_flight)
                )
            medians = {
                name: [statistics.median(values) for values in zip(*each, strict=True)] for name, each in runs.items()
            }
            for name, (rate, cpu_ms) in medians.items():
                line(name, f"{rate:6.0f} messages/s   {cpu_ms:.2f} ms CPU each")
            (ours, ours_cpu), (theirs, theirs_cpu) = medians.values()
            line("", f"ours is {ours / theirs:.1f}× as fast, with {ours_cpu / theirs_cpu:.2f}× the CPU")


async def _carried(url: str, request: BaseRequest, in_flight: int) -> tuple[float, float]:
    """Messages a second, and milliseconds of CPU each."""
    gate = asyncio.Semaphore(in_flight)
    async with Bot("1000:bench", base_url=f"{url}/bot", request=request) as bot:

        async def send(chat: int) -> None:
            async with gate:
                await bot.send_photo(chat, "a-file-id", caption=_CAPTION)

        await asyncio.gather(*(send(1) for _ in range(in_flight)))
        start, cpu = time.perf_counter(), time.process_time()
        await asyncio.gather(*(send(1) for _ in range(CARRIED)))
        return CARRIED / (time.perf_counter() - start), (time.process_time() - cpu) / CARRIED * 1e3


async def _readers(sandbox: Sandbox, rooms: Rooms) -> list[int]:
    readers = list(range(10_001, 10_001 + READERS))
    seen = datetime.now(UTC)
    async with rooms.database.writing() as conn:
        for reader in readers:
            sandbox.add_person(Person(reader, "Reader", f"reader_{reader}"))
            sandbox.mark_started(reader)
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
